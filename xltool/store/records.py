"""What the store hands out besides the model's own types."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from xltool.model.edition import Scope, Severity
from xltool.model.finding import Finding
from xltool.model.identity import Identity
from xltool.model.plan import Carried, Prefilled, Recipient

Outcome = Literal["accepted", "held", "superseded", "repeated", "rejected", "attachment"]
"""What became of a file. `accepted`, `held` and `superseded` ones are returns; they alone have a version.

`superseded` were held until a newer held return of the same workbook was let in. `repeated` is only said: such a
file is stored already.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A workbook that went out. `file` is relative to the campaign's folder; `issued_at` is set by the store."""

    identity: Identity
    recipient: Recipient
    file: str
    issued_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """A file that came in. `current`: accepted and not superseded. Times are ISO 8601 in UTC."""

    id: int
    sha256: str
    file: str
    suffix: str
    outcome: Outcome
    code: str | None
    district: str | None
    unit: str | None
    serial: str | None
    edition: str | None
    version: int | None
    received_at: str
    current: bool


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """An immutable state of the data; `id` is the SHA-256 of the content, whenever it was taken.

    `cut_off`: when the last return came in, None where none did; `taken_at`: when the state was taken first.
    """

    id: str
    cut_off: str | None
    taken_at: str
    content: Mapping[str, Any] = field(repr=False)


def not_before(now: str, latest: str | None) -> str:
    """The time to record: `now`, but later than the latest one, which another machine's clock may have told."""
    if latest is None or latest < now:
        return now
    return (dt.datetime.fromisoformat(latest) + dt.timedelta(microseconds=1)).isoformat(timespec="microseconds")


def recipient_to_json(recipient: Recipient) -> str:
    """A recipient as canonical JSON: equal recipients give equal texts."""
    return canonical(asdict(recipient))


def recipient_from_json(text: str) -> Recipient:
    """The recipient that `recipient_to_json` wrote."""
    data = json.loads(text)
    prefilled = tuple(Prefilled(**entry) for entry in data.pop("prefilled"))
    carried = tuple(Carried(**entry) for entry in data.pop("carried", ()))
    return Recipient(**{**data, "units": tuple(data["units"]), "prefilled": prefilled, "carried": carried})


def finding_from_json(text: str) -> Finding:
    """A finding from its canonical JSON."""
    data = json.loads(text)
    data["severity"] = Severity(data["severity"])
    data["scope"] = data["scope"] and Scope(data["scope"])
    return Finding(**data)


def canonical(content: object) -> str:
    """JSON that depends on nothing but the content: sorted keys, no spaces, no NaN."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)

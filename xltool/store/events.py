"""The log of each district's review: entries are added, one transaction each, and never changed or taken out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from xltool.errors import CampaignError
from xltool.model.review import Event, LetterCheck, Status, Step
from xltool.store.schema import events, reviews


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where a district's log ends, as it is stored beside the log."""

    status: Status
    digest: str


def of_district(connection: Connection, district: str) -> tuple[Event, ...]:
    """A district's entries, by number."""
    query = select(events).where(events.c.district == district).order_by(events.c.number)
    return tuple(_event(row) for row in connection.execute(query).mappings())


def heads(connection: Connection) -> dict[str, Head]:
    """Where each log ends; districts without a step are absent."""
    return {row.district: _head(row) for row in connection.execute(select(reviews))}


def submitted(connection: Connection, districts: Collection[str]) -> frozenset[str]:
    """Those of some districts whose data are under review or approved."""
    query = select(reviews).where(reviews.c.district.in_(districts))
    return frozenset(row.district for row in connection.execute(query) if _head(row).status.submitted)


def is_submitted(connection: Connection, district: str) -> bool:
    """Whether a district's data are under review or approved."""
    return bool(submitted(connection, (district,)))


def ends_with(connection: Connection, district: str, digest: str) -> bool:
    """Whether a district's log ends with the entry of this digest; the empty text means that there is none."""
    found = connection.scalar(select(reviews.c.digest).where(reviews.c.district == district))
    return (found or "") == digest


def append(connection: Connection, event: Event) -> None:
    """Add an entry at the end of its district's log."""
    connection.execute(events.insert(), [asdict(event)])
    head = {"status": str(event.after), "digest": event.digest}
    if event.previous:
        connection.execute(reviews.update().where(reviews.c.district == event.district).values(**head))
    else:
        connection.execute(reviews.insert().values(district=event.district, **head))


def _head(row: Any) -> Head:  # noqa: ANN401 - a row of a select has no static type
    try:
        return Head(status=Status(row.status), digest=row.digest)
    except ValueError as error:
        raise CampaignError("review_state_unreadable", district=row.district) from error


def _event(row: RowMapping) -> Event:
    check = row["letter_check"]
    try:
        words = {
            "step": Step(row["step"]),
            "before": Status(row["before"]),
            "after": Status(row["after"]),
            "letter_check": None if check is None else LetterCheck(check),
        }
    except ValueError as error:
        raise CampaignError("review_log_unreadable", district=row["district"], number=row["number"]) from error
    return Event(**{**row, **words})

"""Every kind of Word file that is made from a snapshot, and how it is made again from the one that it names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from xltool.campaign.city_reports import CityKind, city_document
from xltool.campaign.confirmations import letter
from xltool.campaign.notices import Notices
from xltool.campaign.opened import Campaign
from xltool.campaign.reports import district_document
from xltool.errors import UsageError
from xltool.model.report_kinds import DUE_PASSED, DUE_PROPERTY, SNAPSHOT_PROPERTY
from xltool.store import Snapshot

SHORT = 12  # digits of an id in a text

Make = Callable[[Campaign, Snapshot, str, Mapping[str, str]], bytes | None]
"""(campaign, snapshot, district or "", the document's own properties) -> the document as it was made."""


def _district(campaign: Campaign, snapshot: Snapshot, district: str, _properties: Mapping[str, str]) -> bytes:
    return district_document(campaign, snapshot, district)


def _notice(campaign: Campaign, snapshot: Snapshot, district: str, properties: Mapping[str, str]) -> bytes | None:
    due = properties.get(DUE_PROPERTY, "")
    day = dt.date.fromisoformat(due.removesuffix(DUE_PASSED)) if due else None
    return Notices(campaign, snapshot, day=day, passed=due.endswith(DUE_PASSED)).document(district)


def _confirmation(campaign: Campaign, snapshot: Snapshot, district: str, _properties: Mapping[str, str]) -> bytes:
    made = letter(campaign, district)
    if snapshot_of(made) != snapshot.id:
        raise UsageError("report_superseded", snapshot=snapshot.id[:SHORT], district=district)
    return made


def _whole(kind: CityKind) -> Make:
    return lambda campaign, snapshot, _district, _properties: city_document(campaign, snapshot, kind)


def snapshot_of(document: bytes) -> str:
    """The id of the snapshot that a document was made from; empty where it doesn't say."""
    from xltool import reports  # noqa: PLC0415 - loads the Word libraries

    return reports.read_own(document).get(SNAPSHOT_PROPERTY, "")


KINDS: Mapping[str, Make] = {
    "district": _district,
    "analysis": _whole("analysis"),
    "city": _whole("city"),
    "notice": _notice,
    "confirmation": _confirmation,
}
"""Kind -> how it is made again."""

"""The data under review or approved (a snapshot's) against the data as they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from xltool.campaign.opened import Campaign
from xltool.campaign.results import roll_up
from xltool.campaign.snapshots import counting_rows

NAMED_ITEMS = 3
COMPARED = ("unit", "item", "row", "column", "value", "state")


def changed_items(campaign: Campaign, district: str, snapshot: str) -> str:
    """The items whose counting values are no longer those of the snapshot, named; empty where all are."""
    content = campaign.store.load_snapshot(snapshot).content
    approved = compared(row for row in content["values"] if row["district"] == district)
    standing = compared(counting_rows(roll_up(campaign, district)))
    changed = list(dict.fromkeys(item for _, item, *_ in sorted(approved ^ standing, key=str)))
    named = "、".join(f"“{label_of(campaign, item)}”" for item in changed[:NAMED_ITEMS])
    return named if len(changed) <= NAMED_ITEMS else f"{named}等{len(changed)}项"


def compared(rows: Iterable[Mapping[str, Any]]) -> set[tuple[Any, ...]]:
    """What of values is approved: not the file that they stand in."""
    return {tuple(row[name] for name in COMPARED) for row in rows}


def label_of(campaign: Campaign, item: str) -> str:
    """An item or document type as people call it; the one table that is neither is the list of units."""
    edition = campaign.edition
    named = edition.item_by_id.get(item) or edition.document_by_id.get(item)
    return named.label if named is not None else "成员单位名单"

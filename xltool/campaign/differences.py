"""`xltool diff`: what a district's newest returns say otherwise than the ones before them."""

from __future__ import annotations

from collections.abc import Iterator

from xltool.campaign.opened import Campaign, Row
from xltool.campaign.results import statuses
from xltool.messages import reason
from xltool.model.naming import cell_label
from xltool.model.states import SHOWN, State
from xltool.model.values import Value
from xltool.store import Return

Key = tuple[str | None, str, int | None, str | None]
"""What tells the cells of a return apart: unit, item, row, column."""


def diff(campaign: Campaign, district: str) -> list[Row]:
    """One row a cell that changed, by workbook, the district's own first; nothing where all returns are first ones.

    While returns are held, what they would change in the data under review or approved, else what the counting ones
    changed in those before. `change` is `added`, `changed` or `removed`; `before` and `after` are as people read them,
    `sheet` and `cell` those of the newer return, or of the older one where nothing stands there any more; `held` says
    that the newer one doesn't count yet.
    """
    campaign.require_district(district)
    rows: list[Row] = []
    held = campaign.store.held_returns(district)
    for returned in held or campaign.store.current_returns(district):
        earlier = campaign.store.return_before(returned)
        if earlier is not None or held:
            rows += between(campaign, earlier, returned)
    return rows


def changes_since(campaign: Campaign, sha256: str) -> tuple[int, int] | None:
    """Of a return: which version it took the place of, and how many cells say otherwise; None for a first one."""
    returned = campaign.store.known(sha256)
    earlier = campaign.store.return_before(returned) if returned is not None else None
    if returned is None or earlier is None or earlier.version is None:
        return None
    return earlier.version, sum(1 for _ in between(campaign, earlier, returned))


def why_held(campaign: Campaign, returned: Return) -> str:
    """Why a return doesn't count yet, and what it would change in the data under review or approved."""
    district = returned.district or ""
    changes = sum(1 for _ in between(campaign, campaign.store.return_before(returned), returned))
    word = statuses(campaign)[district].word(campaign.edition.statuses)
    return reason("held", district=district, status=word, changes=changes)


def between(campaign: Campaign, earlier: Return | None, later: Return) -> Iterator[Row]:
    """What changed from one return of a workbook (None: there was none) to a later one."""
    before = values_by_key(campaign, earlier)
    after = values_by_key(campaign, later)
    for key in dict.fromkeys((*before, *after)):
        old, new = (told(values.get(key)) for values in (before, after))
        if old == new:
            continue
        at = after.get(key) or before[key]
        yield {
            "district": later.district,
            "unit": later.unit,
            "item": at.item,
            "row": at.row,
            "column": at.column,
            "label": cell_label(campaign.edition, at.item, at.column),
            "change": "added" if old is None else "removed" if new is None else "changed",
            "before": old,
            "after": new,
            "from_version": earlier.version if earlier else None,
            "version": later.version,
            "held": later.outcome == "held",
            "sheet": at.sheet,
            "cell": at.cell,
        }


def values_by_key(campaign: Campaign, returned: Return | None) -> dict[Key, Value]:
    """What stands in a return; nothing where there is none."""
    return {value.key: value for value in campaign.store.values_of(returned)} if returned else {}


def told(value: Value | None) -> object:
    """What stood in a cell: the value, the word for its state, else what was typed and could not be read."""
    if value is None:
        return None
    if value.state is State.VALUE:
        return value.value
    return value.raw if value.state is State.MISSING else SHOWN[value.state]

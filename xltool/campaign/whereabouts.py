"""Where the items stand in the workbooks that came back, looked up only for what is blank."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache

from xltool.campaign.opened import Campaign
from xltool.campaign.plans import stored_plan
from xltool.model.companions import NONE
from xltool.model.plan import a1
from xltool.store import Store

Place = tuple[str | None, str, int | None]
"""(unit or None for the district's workbook, item, entry)."""


class Whereabouts(Mapping[Place, str]):
    """Sheet and cell by place; plans are large, and most districts leave nothing blank that would need them."""

    def __init__(self, campaign: Campaign, district: str) -> None:
        """Of the current returns of a district."""
        self._store = campaign.store
        self._district = district

    @cached_property
    def _plans(self) -> Mapping[str | None, str]:
        """By unit (None: the district itself), what its workbook was made by."""
        issues = self._store.current_issues(self._district)
        return {unit: issued.identity.plan for unit, issued in issues.items()}

    def __getitem__(self, place: Place) -> str:
        """The cell; a `KeyError` where the workbook hasn't come back or hasn't the item."""
        unit, item, entry = place
        return _cells(self._store, self._plans[unit])[item, entry]

    def __iter__(self) -> Iterator[Place]:
        """Every place of every workbook that came back."""
        return ((unit, *cell) for unit, plan in self._plans.items() for cell in _cells(self._store, plan))

    def __len__(self) -> int:
        """How many places there are."""
        return sum(len(_cells(self._store, plan)) for plan in self._plans.values())


@lru_cache(maxsize=32)
def _cells(store: Store, plan: str) -> Mapping[tuple[str, int | None], str]:
    """A plan's single values, and of its lists where they are declared empty."""
    return {
        (item, entry): f"{sheet}!{a1(cell.row, cell.col)}"
        for (item, entry, column), (sheet, cell) in stored_plan(store, plan).inputs.items()
        if column is None or (entry is None and column == NONE)
    }

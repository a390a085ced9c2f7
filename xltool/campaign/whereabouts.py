"""Where the items stand in the workbooks that came back, looked up only for what is blank."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from xltool.campaign.opened import Campaign
from xltool.campaign.plans import loaded_plan
from xltool.model.companions import NONE
from xltool.model.plan import a1

Place = tuple[str | None, str, int | None]
"""(unit or None for the district's workbook, item, entry)."""


class Whereabouts(Mapping[Place, str]):
    """Sheet and cell by place; plans are large, and most districts leave nothing blank that would need them."""

    def __init__(self, campaign: Campaign, district: str, plans: Mapping[str, bytes]) -> None:
        """The current returns of a district, with all plans by their digest."""
        issues = campaign.store.current_issues(district)
        self._plans = {unit: plans[issued.identity.plan] for unit, issued in issues.items()}

    def __getitem__(self, place: Place) -> str:
        """The cell; a `KeyError` where the workbook hasn't come back or hasn't the item."""
        unit, item, entry = place
        return _cells(self._plans[unit])[item, entry]

    def __iter__(self) -> Iterator[Place]:
        """Every place of every workbook that came back."""
        return ((unit, *cell) for unit, payload in self._plans.items() for cell in _cells(payload))

    def __len__(self) -> int:
        """How many places there are."""
        return sum(len(_cells(payload)) for payload in self._plans.values())


@lru_cache(maxsize=32)
def _cells(payload: bytes) -> Mapping[tuple[str, int | None], str]:
    """A plan's single values, and of its lists where they are declared empty."""
    return {
        (item, entry): f"{sheet}!{a1(cell.row, cell.col)}"
        for (item, entry, column), (sheet, cell) in loaded_plan(payload).inputs.items()
        if column is None or (entry is None and column == NONE)
    }

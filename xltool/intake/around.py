"""What a returned workbook lost or gained around its cells: sheets, locks, dropdowns, links, objects."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from xltool.intake.grid import Grid, Sheet
from xltool.intake.placing import Placement
from xltool.model.marking import PROBLEM_SHEET
from xltool.model.plan import CellKind

LIST_SHEET = "隐藏的选项表"


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is said of the workbook as a whole, with the sheets concerned."""

    code: str
    sheets: tuple[str, ...] = ()


def around(grid: Grid, placed: Sequence[Placement], copies: Container[int]) -> Iterator[Around]:
    """The sheet set against the plan's; protection and dropdowns, as far as the format tells; links, objects.

    `copies` are the indexes of sheets that were already named as second candidates.
    """
    added = tuple(sheet.name for index, sheet in _added(grid, placed) if index not in copies and _has_content(sheet))
    if added:
        yield Around(code="sheets_added", sheets=added)
    deleted = tuple(name for one in placed if (name := _missing(one)) is not None)
    if deleted:
        yield Around(code="sheets_deleted", sheets=deleted)
    yield from _locks(grid, placed)
    if grid.links:
        yield Around(code="links")
    if grid.objects:
        yield Around(code="objects")


def _missing(placed: Placement) -> str | None:
    """What people call a sheet without inputs that is gone; the one with the identity is no loss of theirs."""
    if placed.index is not None or placed.sheet.anchors:
        return None
    if placed.sheet.plan.visibility == "visible":
        return placed.sheet.name
    return LIST_SHEET if placed.sheet.choices else None


def _added(grid: Grid, placed: Sequence[Placement]) -> Iterator[tuple[int, Sheet]]:
    own = {one.index for one in placed}
    own |= {region.sheet for one in placed for region in one.regions if region is not None}
    for index, sheet in enumerate(grid.sheets):
        if index not in own and not sheet.name.startswith(PROBLEM_SHEET):
            yield index, sheet


def _has_content(sheet: Sheet) -> bool:
    return any(cell.raw.strip() for cell in sheet.cells.values())


def _locks(grid: Grid, placed: Sequence[Placement]) -> Iterator[Around]:
    """Programs drop protection from all sheets or from none; people take it off where it is in their way."""
    sheets = [(one, grid.sheets[one.index]) for one in placed if one.index is not None]
    told = [(one, sheet) for one, sheet in sheets if sheet.protected is not None]
    unlocked = [sheet.name for _, sheet in told if not sheet.protected]
    loose = any(sheet.validated is False and _has_slots(one) for one, sheet in sheets)
    if loose or (unlocked and len(unlocked) == len(told)):
        yield Around(code="locks_lost")
    elif unlocked:
        yield Around(code="protection_removed", sheets=tuple(unlocked))


def _has_slots(placed: Placement) -> bool:
    return any(cell.slot is not None and cell.kind is CellKind.INPUT for cell in placed.sheet.plan.cells)

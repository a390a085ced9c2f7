"""Where a plan's locked cells stand in a returned workbook: without keys of their own, they move with those."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xltool.intake.anchors import BLOCK_MARK
from xltool.intake.characters import folded
from xltool.intake.grid import Grid, Sheet
from xltool.intake.locate import Block, Located, Spot
from xltool.intake.planned import Planned
from xltool.intake.planned_sheet import PlannedSheet, Position
from xltool.model.plan import CellKind

_ALIKE = 0.5
"""Share of its texts in place by which a sheet without keys is known again under another name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Region:
    """A block with what stands below it until the next: planned rows and columns, and where they are now."""

    first: int
    sheet: int
    rows: Mapping[int, int]
    cols: Mapping[int, int]
    deleted_rows: frozenset[int]
    deleted_cols: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where a planned sheet is; `index` is None where it isn't, `regions` are empty where nothing on it was moved."""

    sheet: PlannedSheet
    index: int | None
    regions: tuple[_Region | None, ...] = ()
    firsts: tuple[int, ...] = ()

    @property
    def moved(self) -> bool:
        """Whether cells may stand elsewhere than planned."""
        return bool(self.regions)

    def at(self, row: int, col: int) -> Spot | None:
        """Where a planned cell should be now; None if its row or its whole block is gone."""
        if self.index is None:
            return None
        if not self.regions:
            return Spot(sheet=self.index, row=row, col=col)
        region = self.regions[max(bisect_right(self.firsts, row) - 1, 0)]
        if region is None or row in region.deleted_rows or col in region.deleted_cols:
            return None
        place = _along(region.rows, region.deleted_rows, row), _along(region.cols, region.deleted_cols, col)
        return Spot(sheet=region.sheet, row=max(place[0], 0), col=max(place[1], 0))

    def knows(self, row: int) -> bool:
        """Whether it is certain where a planned row is: it has a key of its own, or nothing was moved."""
        if not self.regions:
            return True
        region = self.regions[max(bisect_right(self.firsts, row) - 1, 0)]
        return region is not None and row in region.rows


def _along(known: Mapping[int, int], deleted: frozenset[int], number: int) -> int:
    """Where a row or column is: behind the nearest known one before it, else before the first."""
    before = [planned for planned in known if planned <= number]
    nearest = max(before) if before else min(known)
    between = sum(nearest < one < number for one in deleted)
    return known[nearest] + number - nearest - between


def placements(grid: Grid, planned: Planned, located: Located) -> tuple[Placement, ...]:
    """Where each planned sheet is, in the order of the plan."""
    if located.unmoved is not None:
        return tuple(
            Placement(sheet=sheet, index=index) for sheet, index in zip(planned.sheets, located.unmoved, strict=True)
        )
    by_name = {sheet.name: index for index, sheet in enumerate(grid.sheets)}
    found = {sheet.name: _keyed(sheet, located, by_name) for sheet in planned.sheets}
    taken = {placed.index for placed in found.values() if placed is not None}
    for sheet in planned.sheets:
        if found[sheet.name] is None:
            index = by_name.get(sheet.name)
            if index in taken or (index is None and sheet.keys):
                index = None
            elif index is None:
                index = _like(sheet, grid.sheets, taken)
            taken.add(index)
            lost = (None,) if sheet.keys else ()
            found[sheet.name] = Placement(sheet=sheet, index=index, regions=lost, firsts=(0,) * len(lost))
    return tuple(placed for placed in found.values() if placed is not None)


def _keyed(sheet: PlannedSheet, located: Located, by_name: Mapping[str, int]) -> Placement | None:
    """A sheet by the blocks that were found of it, or by its name where these were moved to another one."""
    heads = sorted((row, text) for (row, _), text in sheet.keys.items() if text.startswith(BLOCK_MARK))
    blocks = {text: next((one for one in located.blocks.get(text, ()) if one.rows), None) for _, text in heads}
    here = Counter(block.at.sheet for block in blocks.values() if block is not None)
    if not here:
        return None
    firsts = tuple(row for row, _ in heads)
    ends = (*firsts[1:], max(sheet.columns) + 1)
    regions = tuple(
        None if block is None else _region(sheet, block, first, end)
        for first, end, block in zip(firsts, ends, blocks.values(), strict=True)
    )
    index = by_name.get(sheet.name, here.most_common(1)[0][0])
    return Placement(sheet=sheet, index=index, regions=regions, firsts=firsts)


def _region(sheet: PlannedSheet, block: Block, first: int, end: int) -> _Region:
    rows, cols = {first: block.at.row}, {0: block.at.col}
    deleted_rows, deleted_cols = set(), set()
    keyed = {anchor.column for anchor in sheet.anchors if anchor.block == block.name}
    for (row, col), text in sheet.keys.items():
        if row == first and col and text in keyed:
            if len(block.columns.get(text, ())) == 1:
                cols[col] = block.columns[text][0]
            else:
                deleted_cols.add(col)
        elif first < row < end and col == 0:
            if text in block.rows:
                rows[row] = block.rows[text][0]
            else:
                deleted_rows.add(row)
    return _Region(
        first=first,
        sheet=block.at.sheet,
        rows=rows,
        cols=cols,
        deleted_rows=frozenset(deleted_rows),
        deleted_cols=frozenset(deleted_cols),
    )


def _like(sheet: PlannedSheet, sheets: Sequence[Sheet], taken: Iterable[int | None]) -> int | None:
    """The sheet that holds most of a planned sheet's texts, if that is enough to know it by."""
    fixed = (cell for cell in sheet.plan.cells if cell.kind in (CellKind.LABEL, CellKind.KEY) and cell.text)
    wanted = {(cell.row, cell.col): folded(cell.text) for cell in fixed}
    if not wanted:
        return None
    best, index = max(
        ((_share(wanted, one), -index) for index, one in enumerate(sheets) if index not in set(taken)),
        default=(0.0, 0),
    )
    return -index if best >= _ALIKE else None


def _share(wanted: Mapping[Position, str], sheet: Sheet) -> float:
    texts = {place: sheet.cells[place].raw for place in wanted if place in sheet.cells}
    return sum(folded(text) == wanted[place] for place, text in texts.items()) / len(wanted)

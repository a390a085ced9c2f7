"""Content that people added where the plan has none: rows of their own in a list, or cells outside of the tables."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from xltool.intake.anchors import Anchor
from xltool.intake.characters import folded
from xltool.intake.grid import Grid, Sheet
from xltool.intake.locate import Located, Spot
from xltool.intake.planned import Planned
from xltool.intake.planned_sheet import Position
from xltool.model.plan import CellKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Strays:
    """What stands on one sheet without a key: `unkeyed_rows` of a list, or `content_outside` of everything."""

    code: str
    spots: tuple[Spot, ...]


def strays(grid: Grid, planned: Planned, located: Located) -> Iterator[Strays]:
    """Filled rows without a key in a list or right under it; where nothing was moved, all other content as well."""
    if located.unmoved is not None:
        for sheet, index in zip(planned.sheets, located.unmoved, strict=True):
            outside = sheet.outside(grid.sheets[index].cells)
            if outside:
                spots = [(one, Spot(sheet=index, row=one.cell.row, col=one.cell.col)) for one in sheet.anchors]
                yield from _of_sheet(grid, planned, index, spots, outside)
        return
    by_sheet: dict[int, list[tuple[Anchor, Spot]]] = defaultdict(list)
    for anchor in planned.anchors:
        spot = located.spots.get(anchor.key)
        if spot is not None:
            by_sheet[spot.sheet].append((anchor, spot))
    for index, found in by_sheet.items():
        yield from _of_sheet(grid, planned, index, found, ())


def _of_sheet(
    grid: Grid, planned: Planned, index: int, found: Sequence[tuple[Anchor, Spot]], outside: Iterable[Position]
) -> Iterator[Strays]:
    rows = _added_rows(grid.sheets[index], planned, found)
    if rows:
        spots = (Spot(sheet=index, row=row, col=rows[row]) for row in sorted(rows))
        yield Strays(code="unkeyed_rows", spots=tuple(spots))
    cells = grid.sheets[index].cells
    others = sorted(place for place in outside if place[0] not in rows and cells[place].raw.strip())
    if others:
        yield Strays(code="content_outside", spots=tuple(Spot(sheet=index, row=row, col=col) for row, col in others))


def _added_rows(sheet: Sheet, planned: Planned, found: Iterable[tuple[Anchor, Spot]]) -> dict[int, int]:
    """The added rows of a sheet's lists, and the column of the list's first input."""
    inputs: dict[str, set[int]] = defaultdict(set)
    rows: dict[str, set[int]] = defaultdict(set)
    keyed: set[int] = set()
    for anchor, spot in found:
        keyed.add(spot.row)
        if anchor.cell.entry is not None and anchor.cell.kind is CellKind.INPUT:
            inputs[anchor.block].add(spot.col)
            rows[anchor.block].add(spot.row)
    if not rows:
        return {}
    texts = _texts_by_row(sheet)
    own = {row for row, here in texts.items() if planned.texts & here}
    return {
        row: min(inputs[block])
        for block, block_rows in rows.items()
        for row in _added(sheet, sorted(texts), block_rows, keyed | own, inputs[block])
    }


def _texts_by_row(sheet: Sheet) -> dict[int, set[str]]:
    rows: dict[int, set[str]] = defaultdict(set)
    for (row, _), cell in sheet.cells.items():
        if not cell.calculated:
            rows[row].add(folded(cell.raw))
    return rows


def _added(sheet: Sheet, filled: list[int], rows: set[int], known: set[int], inputs: set[int]) -> Iterator[int]:
    """Rows between a table's keyed rows, and those directly below, that people filled.

    `filled` are the sheet's rows with content, `known` those that have a key or the plan's own texts.
    """
    last = max(rows)
    below = last + 1
    for row in filled[bisect_left(filled, min(rows)) :]:
        if row > last and (row != below or row in known):
            return
        here = [sheet.cells[row, col] for col in inputs if (row, col) in sheet.cells]
        if here and row not in known and all(not cell.calculated for cell in here):
            yield row
        elif row > last:
            return
        below += row > last

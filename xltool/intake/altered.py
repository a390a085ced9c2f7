"""What people did to the locked parts that makes the inputs beside them uncertain."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from xltool.intake.anchors import Anchor
from xltool.intake.characters import folded
from xltool.intake.grid import Cell, Grid, Sheet
from xltool.intake.locate import Located, Spot
from xltool.model.plan import CellKind, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """An item's row whose name is now another item's, so that its figures can't be attributed."""

    anchor: Anchor
    spot: Spot
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strays:
    """Rows that people added to a sheet; `spots` are their first filled cells in input columns."""

    spots: tuple[Spot, ...]


def _rows(anchors: Iterable[Anchor], located: Located) -> dict[tuple[str, str], list[tuple[Anchor, Spot]]]:
    """The anchors that were found, by block and row key."""
    rows: dict[tuple[str, str], list[tuple[Anchor, Spot]]] = defaultdict(list)
    for anchor in anchors:
        spot = located.spots.get(anchor.key)
        if spot is not None:
            rows[anchor.block, anchor.row].append((anchor, spot))
    return rows


def moved_labels(grid: Grid, plan: Plan, anchors: Iterable[Anchor], located: Located) -> Iterator[Moved]:
    """Rows of single items whose label is gone and another row's label stands there: sorted without their keys.

    Edited wording does no such harm; the keys decide then.
    """
    labels: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for sheet in plan.sheets:
        for cell in sheet.cells:
            if cell.kind is CellKind.LABEL and len(cell.text) > 1:
                labels[sheet.name][cell.row].add(folded(cell.text))
    counts = {name: Counter(text for texts in rows.values() for text in texts) for name, rows in labels.items()}
    texts_at = [_texts_by_row(sheet.cells) for sheet in grid.sheets]
    for found in _rows(anchors, located).values():
        anchor, spot = found[0]
        if anchor.cell.entry is not None:
            continue
        unique = {text for text, times in counts.get(anchor.sheet, Counter()).items() if times == 1}
        own = labels[anchor.sheet][anchor.cell.row] & unique
        here = texts_at[spot.sheet].get(spot.row, {})
        others = [text for name, text in here.items() if name in unique and name not in own]
        if own and others and not own & here.keys():
            yield Moved(anchor=anchor, spot=spot, found=others[0])


def _texts_by_row(cells: Mapping[tuple[int, int], Cell]) -> dict[int, dict[str, str]]:
    rows: dict[int, dict[str, str]] = defaultdict(dict)
    for (row, _), cell in cells.items():
        if cell.formula is None:
            rows[row][folded(cell.raw)] = cell.raw
    return rows


def strays(grid: Grid, plan: Plan, anchors: Iterable[Anchor], located: Located) -> Iterator[Strays]:
    """Filled rows without a key inside a list or directly under it, one answer a sheet."""
    columns: dict[tuple[str, int], set[int]] = defaultdict(set)
    for anchor in anchors:
        spot = located.spots.get(anchor.key)
        if spot is not None and anchor.cell.entry is not None and anchor.cell.kind is CellKind.INPUT:
            columns[anchor.block, spot.sheet].add(spot.col)
    planned = {
        folded(cell.text)
        for sheet in plan.sheets
        for cell in sheet.cells
        if cell.kind in {CellKind.LABEL, CellKind.KEY} and len(cell.text) > 1 and not cell.text.isdigit()
    }
    texts_at = [_texts_by_row(sheet.cells) for sheet in grid.sheets]
    keyed: dict[int, set[int]] = defaultdict(set)
    for spots in located.blocks.values():
        for spot in spots:
            keyed[spot.sheet].add(spot.row)
    found: dict[int, dict[int, Spot]] = defaultdict(dict)
    for (block, sheet), inputs in columns.items():
        rows = [spot.row for spot in located.blocks[block] if spot.sheet == sheet]
        own = {row for row, texts in texts_at[sheet].items() if planned & texts.keys()}
        for row in _added(grid.sheets[sheet], sorted(texts_at[sheet]), rows, keyed[sheet] | own, inputs):
            found[sheet][row] = Spot(sheet=sheet, row=row, col=min(inputs))
    for rows_of_sheet in found.values():
        yield Strays(spots=tuple(rows_of_sheet[row] for row in sorted(rows_of_sheet)))


def _added(sheet: Sheet, filled: list[int], rows: list[int], known: set[int], inputs: set[int]) -> Iterator[int]:
    """Rows between a table's keyed rows, and those directly below, that people filled.

    `filled` are the sheet's rows with content, `known` those that have a key or the plan's own texts.
    """
    last = max(rows)
    below = last + 1
    for row in filled[bisect_left(filled, min(rows)) :]:
        if row > last and (row != below or row in known):
            return
        here = [sheet.cells[row, col] for col in inputs if (row, col) in sheet.cells]
        if here and row not in known and all(cell.formula is None for cell in here):
            yield row
        elif row > last:
            return
        below += row > last

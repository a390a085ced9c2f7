"""Where the planned inputs stand in a returned workbook: by keys, wherever people moved them.

Keys are searched for by content in all sheets, so renamed, moved, sorted, inserted and deleted things are
followed. Nothing is ever matched by position.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from xltool.intake.anchors import Anchor, Key
from xltool.intake.grid import Grid, Kind, Sheet
from xltool.model.plan import CellKind

Rows = Mapping[str, list[Anchor]]
"""A block's anchors by the key of their row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A cell of the returned workbook: index of the sheet, row and column from 0."""

    sheet: int
    row: int
    col: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """Anchors without a place (`content_lost`) or with several (`two_candidates`, then `spots` are those)."""

    code: str
    anchors: tuple[Anchor, ...]
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """Where the anchors were found, and which were not; `rows` are the keyed rows of each block, as found."""

    spots: Mapping[Key, Spot]
    gone: tuple[Gone, ...]
    blocks: Mapping[str, tuple[Spot, ...]]


@dataclass(slots=True)
class _Block:
    """A block as found: its name and key row, the columns by key, the rows by key."""

    name: str
    at: Spot
    columns: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    rows: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


def locate(grid: Grid, anchors: Iterable[Anchor]) -> Located:
    """Find each anchor's cell in the returned workbook.

    Of a row or block that stands there twice, the copies without any content in their inputs don't count;
    if more than one remains, none is taken.
    """
    wanted: dict[str, dict[str, list[Anchor]]] = defaultdict(lambda: defaultdict(list))
    for anchor in anchors:
        wanted[anchor.block][anchor.row].append(anchor)
    found: dict[str, list[_Block]] = defaultdict(list)
    for index, sheet in enumerate(grid.sheets):
        for block in _blocks_of(index, sheet, wanted):
            found[block.name].append(block)
    spots: dict[Key, Spot] = {}
    gone = [loss for name, rows in wanted.items() for loss in _place(grid, found[name], rows, spots)]
    blocks = {name: tuple(spot for block in found[name] for spot in _keyed_rows(block)) for name in wanted}
    return Located(spots=spots, gone=tuple(gone), blocks=blocks)


def _keyed_rows(block: _Block) -> Iterable[Spot]:
    for rows in block.rows.values():
        for row in rows:
            yield Spot(sheet=block.at.sheet, row=row, col=block.at.col)


def _blocks_of(index: int, sheet: Sheet, wanted: Mapping[str, Rows]) -> list[_Block]:
    """A sheet's key rows, from the top, each with the keyed rows below it."""
    texts = {
        place: cell.raw.strip()
        for place, cell in sheet.cells.items()
        if cell.kind is Kind.TEXT and cell.formula is None
    }
    row_keys = {row for rows in wanted.values() for row in rows}
    by_row: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for (row, col), text in texts.items():
        by_row[row].append((col, text))
    blocks: list[_Block] = []
    above: dict[int, _Block] = {}  # the last key row so far, by the column it stands in
    for (row, col), text in sorted(texts.items()):
        if text in wanted:
            above[col] = _Block(name=text, at=Spot(sheet=index, row=row, col=col))
            blocks.append(above[col])
            keys = {anchor.column for anchors in wanted[text].values() for anchor in anchors}
            for column, key in by_row[row]:
                if key in keys and column != col:
                    above[col].columns[key].append(column)
        elif text in row_keys and col in above and text in wanted[above[col].name]:
            above[col].rows[text].append(row)
    return blocks


def _place(grid: Grid, blocks: list[_Block], rows: Rows, spots: dict[Key, Spot]) -> list[Gone]:
    """Put the spots of one block's anchors into `spots`; gives what has none or too many."""
    everything = tuple(anchor for anchors in rows.values() for anchor in anchors)
    if not any(block.rows for block in blocks):
        return [Gone(code="content_lost", anchors=everything)]
    gone: list[Gone] = []
    doubled: list[Gone] = []
    unplaced: set[str] = set()
    for key, anchors in rows.items():
        places = _places(grid, blocks, key, anchors)
        if len(places) > 1:
            where = tuple(Spot(sheet=block.at.sheet, row=row, col=block.at.col) for block, row in places)
            doubled.append(Gone(code="two_candidates", anchors=tuple(anchors), spots=where))
        elif places:
            unplaced |= _place_row(*places[0], anchors, spots)
        elif anchors[0].cell.entry is None:
            # Deleting an entry's row deletes an entry, as its filler meant; an item's row can't be deleted.
            gone.append(Gone(code="content_lost", anchors=tuple(anchors)))
    gone += [_lost_column(blocks, column, everything) for column in sorted(unplaced)]
    if len(doubled) > 1:
        # A whole sheet or table was copied: said once, at the first row of each copy.
        together = tuple(anchor for one in doubled for anchor in one.anchors)
        doubled = [Gone(code="two_candidates", anchors=together, spots=doubled[0].spots)]
    return gone + doubled


def _places(grid: Grid, blocks: list[_Block], key: str, anchors: list[Anchor]) -> list[tuple[_Block, int]]:
    """The rows that a key stands in; of several only those that are filled, or the first blank one."""
    places = [(block, row) for block in blocks for row in block.rows.get(key, ())]
    if len(places) < 2:  # noqa: PLR2004 - one place needs no choosing
        return places
    return [place for place in places if _has_content(grid, *place, anchors)] or places[:1]


def _place_row(block: _Block, row: int, anchors: list[Anchor], spots: dict[Key, Spot]) -> set[str]:
    """Place a row's anchors; gives the columns that stand nowhere or twice."""
    unplaced = set()
    for anchor in anchors:
        at = block.columns.get(anchor.column, [])
        if len(at) == 1:
            spots[anchor.key] = Spot(sheet=block.at.sheet, row=row, col=at[0])
        else:
            unplaced.add(anchor.column)
    return unplaced


def _lost_column(blocks: list[_Block], column: str, anchors: tuple[Anchor, ...]) -> Gone:
    affected = tuple(anchor for anchor in anchors if anchor.column == column)
    spots = tuple(
        Spot(sheet=block.at.sheet, row=block.at.row, col=col)
        for block in blocks
        for col in block.columns.get(column, ())
    )
    return Gone(code="two_candidates" if spots else "content_lost", anchors=affected, spots=spots)


def _has_content(grid: Grid, block: _Block, row: int, anchors: list[Anchor]) -> bool:
    """Whether any input of a row is filled."""
    cells = grid.sheets[block.at.sheet].cells
    columns = {anchor.column for anchor in anchors if anchor.cell.kind is CellKind.INPUT}
    return any((row, col) in cells for column in columns for col in block.columns.get(column, ()))

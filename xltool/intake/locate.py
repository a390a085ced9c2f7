"""Where the planned inputs stand in a returned workbook: by keys, wherever people moved them.

Keys are searched for by content in all sheets, so renamed, moved, sorted, inserted and deleted things are
followed. Nothing is ever matched by position.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field

from xltool.intake.anchors import Anchor
from xltool.intake.grid import Cell, Grid, Kind, Sheet
from xltool.intake.planned import Planned
from xltool.intake.planned_sheet import Position, Rows
from xltool.model.plan import CellKind, Key


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


@dataclass(slots=True)
class Block:
    """A block as found: its name and key row, the columns by key, the rows by key."""

    name: str
    at: Spot
    columns: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    rows: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """Where the anchors were found, and which were not.

    `unmoved` are the indexes of the planned sheets in the returned workbook where all keys stand as issued; then
    nothing is gone and `spots` and `blocks` are left empty, since the plan says it all.
    """

    unmoved: tuple[int, ...] | None = None
    spots: Mapping[Key, Spot] = field(default_factory=dict)
    gone: tuple[Gone, ...] = ()
    blocks: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)

    def spot(self, planned: Planned, key: Key) -> Spot | None:
        """Where an input stands, if it was found."""
        if self.unmoved is None:
            return self.spots.get(key)
        if key not in planned.plan.inputs:
            return None
        anchor = planned.anchor(key)
        return Spot(sheet=self.unmoved[planned.index[anchor.sheet]], row=anchor.cell.row, col=anchor.cell.col)


def locate(grid: Grid, planned: Planned) -> Located:
    """Find each anchor's cell in the returned workbook.

    Of a row or block that stands there twice, the copies without any content in their inputs don't count;
    if more than one remains, none is taken.
    """
    unmoved = _unmoved(grid, planned)
    if unmoved is not None:
        return Located(unmoved=unmoved)
    found: dict[str, list[Block]] = defaultdict(list)
    for index, sheet in enumerate(grid.sheets):
        for block in _blocks_of(index, sheet, planned.wanted):
            found[block.name].append(block)
    spots: dict[Key, Spot] = {}
    gone = [loss for name, rows in planned.wanted.items() for loss in _place(grid, found[name], rows, spots)]
    blocks = {name: tuple(found[name]) for name in planned.wanted}
    return Located(spots=spots, gone=tuple(gone), blocks=blocks)


def _unmoved(grid: Grid, planned: Planned) -> tuple[int, ...] | None:
    """The indexes of the planned sheets, if every key stands in its issued place and nowhere else."""
    by_name = {sheet.name: index for index, sheet in enumerate(grid.sheets)}
    if any(sheet.name not in by_name for sheet in planned.sheets) or len(by_name) != len(grid.sheets):
        return None
    keyed = {by_name[sheet.name]: sheet.keys for sheet in planned.sheets if sheet.keys}
    for index, sheet in enumerate(grid.sheets):
        texts = planned.keys if index in keyed else planned.wanted
        if _texts(sheet, texts) != keyed.get(index, {}):
            return None
    return tuple(by_name[sheet.name] for sheet in planned.sheets)


def _texts(sheet: Sheet, known: Container[str]) -> dict[Position, str]:
    """The texts of a sheet that are among the known ones."""
    return {
        place: cell.raw
        for place, cell in sheet.cells.items()
        if cell.raw in known and cell.kind is Kind.TEXT and not cell.calculated
    }


def _blocks_of(index: int, sheet: Sheet, wanted: Mapping[str, Rows]) -> list[Block]:
    """A sheet's key rows, from the top, each with the keyed rows below it."""
    texts = {
        place: cell.raw.strip() for place, cell in sheet.cells.items() if cell.kind is Kind.TEXT and not cell.calculated
    }
    row_keys = {row for rows in wanted.values() for row in rows}
    by_row: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for (row, col), text in texts.items():
        by_row[row].append((col, text))
    blocks: list[Block] = []
    above: dict[int, Block] = {}  # the last key row so far, by the column it stands in
    for (row, col), text in sorted(texts.items()):
        if text in wanted:
            above[col] = Block(name=text, at=Spot(sheet=index, row=row, col=col))
            blocks.append(above[col])
            keys = {anchor.column for anchors in wanted[text].values() for anchor in anchors}
            for column, key in by_row[row]:
                if key in keys and column != col:
                    above[col].columns[key].append(column)
        elif text in row_keys and col in above and text in wanted[above[col].name]:
            above[col].rows[text].append(row)
    return blocks


def _place(grid: Grid, blocks: list[Block], rows: Rows, spots: dict[Key, Spot]) -> list[Gone]:
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


def _places(grid: Grid, blocks: list[Block], key: str, anchors: list[Anchor]) -> list[tuple[Block, int]]:
    """The rows that a key stands in; of several only those that are filled, or the first blank one."""
    places = [(block, row) for block in blocks for row in block.rows.get(key, ())]
    if len(places) < 2:  # noqa: PLR2004 - one place needs no choosing
        return places
    return [place for place in places if _has_content(grid, *place, anchors)] or places[:1]


def _place_row(block: Block, row: int, anchors: list[Anchor], spots: dict[Key, Spot]) -> set[str]:
    """Place a row's anchors; gives the columns that stand nowhere or twice."""
    unplaced = set()
    for anchor in anchors:
        at = block.columns.get(anchor.column, [])
        if len(at) == 1:
            spots[anchor.key] = Spot(sheet=block.at.sheet, row=row, col=at[0])
        else:
            unplaced.add(anchor.column)
    return unplaced


def _lost_column(blocks: list[Block], column: str, anchors: tuple[Anchor, ...]) -> Gone:
    affected = tuple(anchor for anchor in anchors if anchor.column == column)
    spots = tuple(
        Spot(sheet=block.at.sheet, row=block.at.row, col=col)
        for block in blocks
        for col in block.columns.get(column, ())
    )
    return Gone(code="two_candidates" if spots else "content_lost", anchors=affected, spots=spots)


def _has_content(grid: Grid, block: Block, row: int, anchors: list[Anchor]) -> bool:
    """Whether any input of a row is filled."""
    cells = grid.sheets[block.at.sheet].cells
    columns = {anchor.column for anchor in anchors if anchor.cell.kind is CellKind.INPUT}
    return any((row, col) in cells for column in columns for col in block.columns.get(column, ()))


def filled(grid: Grid, planned: Planned, located: Located) -> Iterator[tuple[Anchor, Spot, Cell]]:
    """The anchors whose cells hold something, sheet by sheet in the order of the plan."""
    if located.unmoved is None:
        for anchor in planned.anchors:
            spot = located.spots.get(anchor.key)
            cell = None if spot is None else grid.sheets[spot.sheet].cells.get((spot.row, spot.col))
            if spot is not None and cell is not None:
                yield anchor, spot, cell
        return
    for sheet, index in zip(planned.sheets, located.unmoved, strict=True):
        cells = grid.sheets[index].cells
        for place in [place for place in sheet.by_place if place in cells]:  # few of thousands are filled
            yield sheet.by_place[place], Spot(sheet=index, row=place[0], col=place[1]), cells[place]

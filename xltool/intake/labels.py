"""Where planned inputs stand in a workbook that has no keys any more: by what is written beside and above them.

Asked only for a workbook whose recipient the office named: its values were copied into a new file, say. Of two
places for one input neither is taken.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from xltool.intake.anchors import Anchor
from xltool.intake.characters import folded
from xltool.intake.grid import Cell, Grid
from xltool.intake.locate import Gone, Located, Spot
from xltool.intake.planned import Planned
from xltool.model.plan import CellKind, Key, Plan, Recipient, SheetPlan

Texts = Mapping[int, Mapping[int, str]]
"""The folded texts of a sheet: row -> column -> text."""

FEWEST_HEADS = 2
"""Column heads that make a row the head of a table, where the table has so many."""


def with_labels(located: Located, grid: Grid, planned: Planned, recipient: Recipient) -> Located:
    """What keys located, and of the rest what labels do."""
    if located.unmoved is not None:
        return located
    plan = planned.plan
    missing = [anchor for anchor in planned.anchors if anchor.key not in located.spots]
    search = _Search(grid, plan, recipient)
    spots, doubled = dict(located.spots), list[Gone]()
    lists: set[str] = set()  # those found by their heads: an entry without a row was not filled
    for block in _blocks(plan, missing):
        for row, candidates in search.rows(block):
            if len(candidates) > 1:
                doubled.append(Gone(code="two_candidates", anchors=tuple(row), spots=tuple(candidates)))
            for anchor in row if len(candidates) == 1 else ():
                spot = search.column(block, anchor, candidates[0])
                if spot is not None:
                    spots[anchor.key] = spot
        if block.is_list and search.is_found(block):
            lists.add(block.anchors[0].key[0])
    said = {anchor.key for gone in doubled for anchor in gone.anchors}
    said |= {anchor.key for anchor in missing if anchor.cell.entry is not None and anchor.key[0] in lists}
    lost = [left for gone in located.gone if (left := _without(gone, spots.keys() | said)) is not None]
    return replace(located, spots=spots, gone=(*lost, *doubled))


def _without(gone: Gone, found: Collection[Key]) -> Gone | None:
    """What is lost of a loss; not what was only shown."""
    inputs = (anchor for anchor in gone.anchors if anchor.cell.kind is CellKind.INPUT)
    anchors = tuple(anchor for anchor in inputs if anchor.key not in found)
    return replace(gone, anchors=anchors) if anchors else None


@dataclass(frozen=True, kw_only=True)
class _Block:
    """Inputs under common heads; `anchors` by their key row are single ones, else entries of a list."""

    name: str
    sheet: SheetPlan
    anchors: Sequence[Anchor]

    @cached_property
    def rows(self) -> Mapping[int, list[Anchor]]:
        """The planned rows, in their order."""
        rows: dict[int, list[Anchor]] = defaultdict(list)
        for anchor in sorted(self.anchors, key=lambda one: (one.cell.row, one.cell.col)):
            rows[anchor.cell.row].append(anchor)
        return rows

    @cached_property
    def labels(self) -> Texts:
        """The planned labels of the sheet."""
        rows: dict[int, dict[int, str]] = defaultdict(dict)
        for cell in self.sheet.cells:
            if cell.kind is CellKind.LABEL and cell.text:
                rows[cell.row][cell.col] = folded(cell.text)
        return rows

    @cached_property
    def heads(self) -> Mapping[int, str]:
        """Column -> what stands above it and nowhere else, in the last such row before the inputs."""
        columns = {anchor.cell.col for anchor in self.anchors}
        rows = {row: {col: self._once[row, col] for col in columns if (row, col) in self._once} for row in self.labels}
        return rows.get(max((row for row in rows if row < min(self.rows) and rows[row]), default=-1), {})

    @cached_property
    def _once(self) -> Mapping[tuple[int, int], str]:
        """The labels that stand on the sheet once, by row and column."""
        times = Counter(text for texts in self.labels.values() for text in texts.values())
        placed = (((row, col), text) for row, texts in self.labels.items() for col, text in texts.items())
        return {place: text for place, text in placed if times[text] == 1}

    @property
    def is_list(self) -> bool:
        """Whether its rows are entries, and not items of their own."""
        return all(anchor.cell.entry is not None for anchor in self.anchors)

    def name_of(self, row: int) -> tuple[int, str] | None:
        """Column and text of the label that names a row, and no other row of the sheet."""
        first = min(anchor.cell.col for anchor in self.rows[row])
        named = ((col, text) for (here, col), text in sorted(self._once.items()) if here == row and col < first)
        return next(((col, text) for col, text in named if not text.isdigit()), None)


def _blocks(plan: Plan, anchors: Iterable[Anchor]) -> Iterator[_Block]:
    """Blocks with an input among the anchors; what was prefilled below the heads of a list is no entry of it."""
    groups: dict[tuple[str, str, bool], list[Anchor]] = defaultdict(list)
    for anchor in anchors:
        groups[anchor.sheet, anchor.block, anchor.cell.entry is None].append(anchor)
    sheets = {sheet.name: sheet for sheet in plan.sheets}
    for (sheet, block, _), group in groups.items():
        if any(anchor.cell.kind is CellKind.INPUT for anchor in group):
            yield _Block(name=block, sheet=sheets[sheet], anchors=group)


class _Search:
    def __init__(self, grid: Grid, plan: Plan, recipient: Recipient) -> None:
        self._texts = [_texts(sheet.cells) for sheet in grid.sheets]
        self._units = [folded(unit) for unit in recipient.units]
        names = {folded(sheet.name): sheet.name for sheet in plan.sheets}
        self._titles = _titles(plan)
        sheets = zip(grid.sheets, self._texts, strict=True)
        self._owners = [_owners(texts, self._titles, names.get(folded(sheet.name))) for sheet, texts in sheets]

    def rows(self, block: _Block) -> Iterator[tuple[list[Anchor], list[Spot]]]:
        """Each planned row of a block with the places where it may be; `col` is that of its name or first head."""
        if block.is_list:
            yield from self._entries(block)
            return
        for row, anchors in block.rows.items():
            name = block.name_of(row)
            if name is not None:
                places = [spot for spot in self._standing(name[1]) if self._is_of(block, spot)]
                filled = [spot for spot in places if self._is_filled(block, anchors, spot)]
                yield anchors, filled or places[:1]

    def is_found(self, block: _Block) -> bool:
        """Whether the heads of a list stand in one place."""
        return len(self._list_heads(block)) == 1

    def column(self, block: _Block, anchor: Anchor, spot: Spot) -> Spot | None:
        """Where an input of a found row is: under its head, or, where the plan has none, as far from the row's name."""
        head = block.heads.get(anchor.cell.col)
        if head is None and not block.is_list:
            name = block.name_of(anchor.cell.row)
            return None if block.heads or name is None else replace(spot, col=spot.col + anchor.cell.col - name[0])
        row = self._head_row(block, spot)
        columns = [col for col, text in self._texts[spot.sheet].get(row, {}).items() if text == head]
        return replace(spot, col=columns[0]) if len(columns) == 1 else None

    def _standing(self, text: str) -> Iterator[Spot]:
        for sheet, rows in enumerate(self._texts):
            for row, texts in rows.items():
                yield from (Spot(sheet=sheet, row=row, col=col) for col, found in texts.items() if found == text)

    def _is_of(self, block: _Block, spot: Spot) -> bool:
        """Whether a place may be on the block's sheet, and under its heads."""
        if self._owners[spot.sheet][spot.row] not in {block.sheet.name, None}:
            return False
        return not block.heads or self._head_row(block, spot) >= 0

    def _is_filled(self, block: _Block, anchors: Iterable[Anchor], spot: Spot) -> bool:
        places = (self.column(block, anchor, spot) for anchor in anchors)
        return any(place is not None and place.col in self._texts[place.sheet].get(place.row, {}) for place in places)

    def _head_row(self, block: _Block, spot: Spot) -> int:
        """The nearest row at or above a place with a head of the block; -1 where there is none."""
        heads = set(block.heads.values())
        rows = (row for row, texts in self._texts[spot.sheet].items() if row <= spot.row and heads & {*texts.values()})
        return max(rows, default=-1)

    def _entries(self, block: _Block) -> Iterator[tuple[list[Anchor], list[Spot]]]:
        heads = self._list_heads(block)
        if len(heads) != 1:
            if heads:
                yield list(block.anchors), heads
            return
        rows = self._rows_below(block, heads[0])
        if any(anchor.cell.bound == "units" for anchor in block.anchors):
            for anchors in block.rows.values():
                unit = self._units[entry - 1] if (entry := anchors[0].cell.entry or 0) <= len(self._units) else None
                places = [spot for spot in rows if unit in self._texts[spot.sheet][spot.row].values()]
                if unit is not None and places:
                    yield anchors, places
            return
        for anchors, spot in zip(block.rows.values(), rows, strict=False):
            yield anchors, [spot]

    def _list_heads(self, block: _Block) -> list[Spot]:
        """Rows that hold the heads of a list: most of them on its own sheet, all of them on one that is nobody's."""
        wanted = {*block.heads.values()}
        found = list[Spot]()
        if not wanted:
            return found
        for sheet, rows in enumerate(self._texts):
            for row, texts in rows.items():
                here = wanted & {*texts.values()}
                owner = self._owners[sheet][row]
                enough = owner == block.sheet.name and len(here) >= min(FEWEST_HEADS, len(wanted))
                if enough or (owner is None and here == wanted):
                    first = min(col for col, text in texts.items() if text in wanted)
                    found.append(Spot(sheet=sheet, row=row, col=first))
        return found

    def _rows_below(self, block: _Block, head: Spot) -> list[Spot]:
        """The filled rows under a list's heads, as far as nothing else begins."""
        texts = self._texts[head.sheet]
        columns = [col for col, text in texts[head.row].items() if text in {*block.heads.values()}]
        planned = {text for row in block.labels.values() for text in row.values() if not text.isdigit()}
        spots = []
        for row in sorted(row for row in texts if row > head.row):
            here = texts[row]
            if {*here.values()} & {*block.heads.values()} or _title(here, self._titles):
                break
            if any(col in here for col in columns) and not planned & {*here.values()}:
                spots.append(replace(head, row=row))
        return spots


def _titles(plan: Plan) -> dict[str, str]:
    """What stands first on a planned sheet, and on no other -> its name."""
    firsts = [
        (folded(min((cell.row, cell.col, cell.text) for cell in labels)[2]), sheet.name)
        for sheet in plan.sheets
        if (labels := [cell for cell in sheet.cells if cell.kind is CellKind.LABEL and cell.text])
    ]
    times = Counter(title for title, _ in firsts)
    return {title: name for title, name in firsts if times[title] == 1}


def _title(row: Mapping[int, str], titles: Mapping[str, str]) -> str | None:
    """The planned sheet whose title is all that stands in a row."""
    return titles.get(next(iter(row.values()))) if len(row) == 1 else None


def _owners(texts: Texts, titles: Mapping[str, str], named: str | None) -> dict[int, str | None]:
    """Row -> the planned sheet that it belongs to, by the last title above it, else by its sheet's name."""
    owners: dict[int, str | None] = {}
    owner = named
    for row in sorted(texts):
        owner = _title(texts[row], titles) or owner
        owners[row] = owner
    return owners


def _texts(cells: Mapping[tuple[int, int], Cell]) -> Texts:
    rows: dict[int, dict[int, str]] = defaultdict(dict)
    for (row, col), cell in cells.items():
        rows[row][col] = folded(cell.raw)
    return rows

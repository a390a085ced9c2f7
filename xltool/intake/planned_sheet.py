"""One sheet of a plan arranged for reading. Made once a sheet, which several plans may have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

from xltool.intake.anchors import BLOCK_MARK, Anchor, sheet_anchors
from xltool.intake.by_identity import ByIdentity
from xltool.model.plan import CellKind, PlanCell, SheetPlan

SPELLINGS = 8
"""Spellings of a formula that are remembered: each program has one."""

SHEETS = 1280
"""Sheets that are kept arranged: of 32 plans, 40 each."""

Position = tuple[int, int]
"""Row and column from 0."""

Rows = Mapping[str, list[Anchor]]
"""A block's anchors by the key of their row."""


class PlannedSheet:
    """One sheet of a plan."""

    def __init__(self, plan: SheetPlan) -> None:
        """Arrange its cells."""
        self.plan = plan
        self.name = plan.name
        self.anchors = tuple(sheet_anchors(plan))
        self.by_place: Mapping[Position, Anchor] = {(one.cell.row, one.cell.col): one for one in self.anchors}
        self.columns = _columns(plan.cells)
        self.formulas = tuple(cell for cell in plan.cells if cell.kind is CellKind.FORMULA)
        self.labels = tuple(
            cell
            for cell in plan.cells
            if cell.kind is CellKind.LABEL and (cell.bound or cell.text) and not cell.text.isdigit()
        )
        self.merges = frozenset(plan.merges)
        self.keys = self._keys()
        self.learned: dict[Position, set[int]] = defaultdict(set)
        self.item_rows = frozenset(one.cell.row for one in self.anchors if one.key[1] is None and one.key[2] is None)
        identity = any((cell.bound or "").startswith("identity") for cell in plan.cells)
        self.choices = () if self.keys or identity else tuple(c for c in plan.cells if c.kind is CellKind.KEY)

    def _keys(self) -> dict[Position, str]:
        """The texts that find its inputs, by their place: of key rows and of keyed rows below one."""
        keys = {(cell.row, cell.col): cell.text for cell in self.plan.cells if cell.kind is CellKind.KEY}
        heads = {row for (row, col), text in keys.items() if col == 0 and text.startswith(BLOCK_MARK)}
        if not heads:
            return {}
        first = min(heads)
        return {
            (row, col): text for (row, col), text in keys.items() if row in heads or (col == 0 and row > first and text)
        }

    def outside(self, places: Iterable[Position]) -> list[Position]:
        """Those of some places where the plan has no cell."""
        columns = self.columns
        return [place for place in places if place[1] not in columns.get(place[0], ())]

    @cached_property
    def spelt(self) -> Mapping[Position, int]:
        """By hash the XML of each formula as issued.

        Hashes, since a district's formulas have some 6 MB; they are keyed afresh in each process, so nobody can aim.
        """
        return {(cell.row, cell.col): hash(_escaped(cell.formula.removeprefix("="))) for cell in self.formulas}

    def learn(self, place: Position, spelt: int) -> None:
        """Remember another spelling of a formula, which was found to say the same, by its hash."""
        if len(self.learned[place]) < SPELLINGS:
            self.learned[place].add(spelt)

    def knows(self, place: Position, spelt: int) -> bool:
        """Whether a spelling of a formula was found to say the same."""
        return spelt in self.learned.get(place, ())

    @cached_property
    def rows(self) -> Mapping[int, tuple[PlanCell, ...]]:
        """The labels of each row."""
        rows: dict[int, list[PlanCell]] = defaultdict(list)
        for cell in self.labels:
            rows[cell.row].append(cell)
        return {row: tuple(cells) for row, cells in rows.items()}

    @cached_property
    def wanted(self) -> Mapping[str, Rows]:
        """The anchors of each block by the key of their row."""
        blocks: dict[str, dict[str, list[Anchor]]] = defaultdict(lambda: defaultdict(list))
        for anchor in self.anchors:
            blocks[anchor.block][anchor.row].append(anchor)
        return blocks

    @cached_property
    def heads(self) -> Mapping[Position, tuple[Anchor, ...]]:
        """The heads of columns: each label between a key row and the first input below, and the inputs under it."""
        columns: dict[tuple[str, int], list[Anchor]] = defaultdict(list)
        tops: dict[str, int] = {}
        for one in self.anchors:
            if one.cell.kind is CellKind.INPUT:
                columns[one.block, one.cell.col].append(one)
                tops[one.block] = min(tops.get(one.block, one.cell.row), one.cell.row)
        starts = {text: row for (row, _), text in self.keys.items() if text.startswith(BLOCK_MARK)}
        return {
            (cell.row, cell.col): tuple(columns[block, cell.col])
            for cell in self.labels
            for block, top in tops.items()
            if starts[block] < cell.row < top and (block, cell.col) in columns
        }


def _columns(cells: Iterable[PlanCell]) -> Mapping[int, frozenset[int]]:
    """The columns of each row that has cells; rows of a list share them."""
    rows: dict[int, set[int]] = defaultdict(set)
    for cell in cells:
        rows[cell.row].add(cell.col)
    known: dict[frozenset[int], frozenset[int]] = {}
    return {
        row: known.setdefault(columns, columns)
        for row, columns in zip(rows, map(frozenset, rows.values()), strict=True)
    }


def _escaped(formula: str) -> bytes:
    return formula.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode()


def planned_sheet(plan: SheetPlan) -> PlannedSheet:
    """A sheet arranged for reading."""
    return _planned_sheet(ByIdentity(plan))


@lru_cache(maxsize=SHEETS)
def _planned_sheet(one: ByIdentity[SheetPlan]) -> PlannedSheet:
    return PlannedSheet(one.of)

"""A plan arranged for reading: what stands on each sheet and which keys find it. Made once a plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Generic, TypeVar

from xltool.intake.anchors import BLOCK_MARK, Anchor, sheet_anchors
from xltool.intake.characters import folded
from xltool.model.companions import RESULT_STYLE, TOTAL, TYPED_COUNT, TYPED_SUM, UNTYPED, VERDICT_STYLE
from xltool.model.entries import UNIT_COLUMN
from xltool.model.plan import CellKind, Key, Plan, PlanCell, SheetPlan, a1
from xltool.model.submission import Place

SPELLINGS = 8
"""Spellings of a formula that are remembered: each program has one."""

PLANS, SHEETS = 32, 40
"""Plans that are kept arranged, and sheets that each may have of its own."""

T = TypeVar("T")

Position = tuple[int, int]
"""Row and column from 0."""

Cells = tuple[tuple[str, PlanCell], ...]
"""Planned cells, each with its sheet's name."""

SIGN_OFF = "signoff"

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


class _Places(Mapping[Key, Place]):
    """Where each input stands as issued; of thousands, few are asked for."""

    def __init__(self, inputs: Mapping[Key, tuple[str, PlanCell]]) -> None:
        self._inputs = inputs

    def __getitem__(self, key: Key) -> Place:
        sheet, cell = self._inputs[key]
        return Place(sheet=sheet, cell=a1(cell.row, cell.col))

    def __iter__(self) -> Iterator[Key]:
        return iter(self._inputs)

    def __len__(self) -> int:
        return len(self._inputs)


class Planned:
    """A whole plan."""

    def __init__(self, plan: Plan) -> None:
        """Arrange it.

        Raises:
            ValueError: the plan leaves an input without keys.
        """
        self.plan = plan
        self.sheets = tuple(_planned_sheet(_Identity(sheet)) for sheet in plan.sheets)  # many are other plans' too
        self.index = {sheet.name: number for number, sheet in enumerate(self.sheets)}
        self.anchors = tuple(anchor for sheet in self.sheets for anchor in sheet.anchors)
        self.wanted: Mapping[str, Rows] = {block: rows for one in self.sheets for block, rows in one.wanted.items()}
        self.places: Mapping[Key, Place] = _Places(plan.inputs)
        self.keys = frozenset(text for sheet in self.sheets for text in sheet.keys.values())

    def anchor(self, key: Key) -> Anchor:
        """The anchor of an input.

        Raises:
            KeyError: the plan has none with this key.
        """
        sheet, cell = self.plan.inputs[key]
        return self.sheets[self.index[sheet]].by_place[cell.row, cell.col]

    @cached_property
    def verdicts(self) -> Cells:
        """The formulas that show the verdicts on whole checks."""
        return tuple(
            (name, cell)
            for name, cell in self._formulas()
            if cell.style == VERDICT_STYLE and cell.column is None and cell.item is not None
        )

    @cached_property
    def figures(self) -> Cells:
        """The formulas that show the total of a list or of units' figures, and the indicators."""
        return tuple(
            (name, cell)
            for name, cell in self._formulas()
            if cell.entry is None
            and cell.item is not None
            and (cell.column == TOTAL or (cell.column is None and cell.style.startswith(RESULT_STYLE)))
        )

    @cached_property
    def marks(self) -> Cells:
        """The formulas that count the inputs and add them up."""
        return tuple((name, cell) for name, cell in self._formulas() if cell.column in (TYPED_COUNT, TYPED_SUM))

    @cached_property
    def typed(self) -> Cells:
        """The inputs that those count."""
        kinds = (CellKind.INPUT, CellKind.PREFILLED)
        return tuple(
            (sheet.name, cell)
            for sheet in self.sheets
            for cell in sheet.plan.cells
            if cell.kind in kinds
            and cell.item not in (None, SIGN_OFF)
            and cell.bound is None
            and cell.column not in UNTYPED
        )

    def _formulas(self) -> Iterator[tuple[str, PlanCell]]:
        return ((sheet.name, cell) for sheet in self.sheets for cell in sheet.formulas)

    @cached_property
    def entry_names(self) -> frozenset[Key]:
        """In lists by unit the cells that name an entry: those right of the unit's column."""
        rows: dict[tuple[str, int], dict[str, Anchor]] = {}
        for anchor in self.anchors:
            item, entry, column = anchor.key
            if entry is not None and column is not None and anchor.cell.kind is CellKind.INPUT:
                rows.setdefault((item, entry), {})[column] = anchor
        names = set()
        for row in rows.values():
            if UNIT_COLUMN in row:
                unit = row[UNIT_COLUMN].cell.col
                right = [anchor for anchor in row.values() if anchor.cell.col > unit]
                if right:
                    names.add(min(right, key=lambda anchor: anchor.cell.col).key)
        return frozenset(names)

    @cached_property
    def texts(self) -> frozenset[str]:
        """The folded labels and keys, numbers aside: a row with one of them is the office's."""
        kinds = {CellKind.LABEL, CellKind.KEY}
        texts = (cell.text for sheet in self.sheets for cell in sheet.plan.cells if cell.kind in kinds)
        return frozenset(folded(text) for text in texts if len(text) > 1 and not text.isdigit())


@dataclass(frozen=True, eq=False, slots=True)
class _Identity(Generic[T]):
    """A plan or a sheet by its identity: to compare thousands of cells would take longer than to arrange them."""

    of: T

    def __hash__(self) -> int:
        return id(self.of)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and other.of is self.of


def planned(plan: Plan) -> Planned:
    """A plan arranged for reading."""
    return _planned(_Identity(plan))


@lru_cache(maxsize=PLANS)
def _planned(one: _Identity[Plan]) -> Planned:
    return Planned(one.of)


@lru_cache(maxsize=PLANS * SHEETS)
def _planned_sheet(one: _Identity[SheetPlan]) -> PlannedSheet:
    return PlannedSheet(one.of)

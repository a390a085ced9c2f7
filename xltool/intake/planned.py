"""A plan arranged for reading: what stands on each sheet and which keys find it. Made once a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache

from xltool.intake.anchors import Anchor
from xltool.intake.by_identity import ByIdentity
from xltool.intake.characters import folded
from xltool.intake.planned_sheet import Rows, planned_sheet
from xltool.model.companions import RESULT_STYLE, TOTAL, TYPED_COUNT, TYPED_SUM, UNTYPED, VERDICT_STYLE
from xltool.model.entries import UNIT_COLUMN
from xltool.model.plan import CellKind, Key, Plan, PlanCell, a1
from xltool.model.submission import Place

PLANS = 32
"""Plans that are kept arranged."""

Cells = tuple[tuple[str, PlanCell], ...]
"""Planned cells, each with its sheet's name."""

SIGN_OFF = "signoff"


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
        self.sheets = tuple(planned_sheet(sheet) for sheet in plan.sheets)  # many are other plans' too
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


def planned(plan: Plan) -> Planned:
    """A plan arranged for reading."""
    return _planned(ByIdentity(plan))


@lru_cache(maxsize=PLANS)
def _planned(one: ByIdentity[Plan]) -> Planned:
    return Planned(one.of)

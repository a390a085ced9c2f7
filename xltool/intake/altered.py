"""What people did to the locked texts and formulas: each returned cell against the plan's, after normalising."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from xltool.intake.characters import folded
from xltool.intake.formulas import same, same_shape
from xltool.intake.grid import Cell, Grid
from xltool.intake.locate import Spot
from xltool.intake.placing import Placement
from xltool.intake.planned_sheet import PlannedSheet, Position
from xltool.intake.spelling import PlainCell
from xltool.model.plan import PlanCell, Recipient

Suspect = tuple[PlanCell, Spot]
"""A formula to be compared, and where it should be."""

FormulaFault = Literal["formulas_replaced", "formulas_changed", "formulas_deleted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Altered:
    """A locked cell that says something else than it was issued with; `found` is None where nothing stands there."""

    sheet: PlannedSheet
    cell: PlanCell
    spot: Spot
    expected: str
    found: Cell | None


class Contents:
    """What stands where in a returned workbook whose cells were moved; each sheet is gone through once."""

    def __init__(self, grid: Grid) -> None:
        """Of a workbook; nothing is worked out before it is asked for."""
        self.grid = grid
        self._texts: dict[int, dict[int, set[str]]] = {}
        self._formulas: dict[int, dict[int, list[tuple[int, str]]]] = {}

    def says(self, index: int, text: str, row: int | None = None) -> bool:
        """Whether a text stands in a row of a sheet, or anywhere on it."""
        if index not in self._texts:
            rows: dict[int, set[str]] = defaultdict(set)
            for (at, _), cell in self.grid.sheets[index].cells.items():
                if not cell.calculated:
                    rows[at].add(folded(cell.raw))
            self._texts[index] = rows
        rows = self._texts[index]
        return text in rows.get(row, ()) if row is not None else any(text in texts for texts in rows.values())

    def calculates(
        self, index: int, cell: PlanCell, row: int | None = None, *, besides: Container[Position] = ()
    ) -> bool:
        """Whether a formula of the same skeleton stands in a row of a sheet, or anywhere on it.

        `besides` are places that don't count.
        """
        if index not in self._formulas:
            found: dict[int, list[tuple[int, str]]] = defaultdict(list)
            for (at, col), one in self.grid.sheets[index].cells.items():
                if one.calculated:
                    found[at].append((col, one.own_formula or ""))
            self._formulas[index] = found
        opendocument = self.grid.source == "ods"
        rows = self._formulas[index]
        formula = cell.formula.removeprefix("=")
        return any(
            same_shape(formula, one, (cell.row, at), opendocument=opendocument)
            for at in ((row,) if row is not None else rows)
            for col, one in rows.get(at, ())
            if (at, col) not in besides
        )


def altered_labels(contents: Contents, placed: Placement, recipient: Recipient) -> Iterator[Altered]:
    """The labels of a sheet that were reworded or deleted; numbers of rows don't count."""
    if placed.index is None:
        return
    texts = _bound(recipient)
    unmoved = {} if placed.moved else contents.grid.sheets[placed.index].cells
    for cell in placed.sheet.labels:
        expected = cell.text if cell.bound is None else texts.get(cell.bound, "")
        found = unmoved.get((cell.row, cell.col))
        if not expected or (found is not None and found.raw == expected):  # nearly all
            continue
        spot = placed.at(cell.row, cell.col)
        if spot is None:
            continue
        found = contents.grid.sheets[spot.sheet].cells.get((spot.row, spot.col))
        if found is not None and found.raw == expected:
            continue
        wanted = folded(expected)
        if found is not None and folded(found.raw) == wanted:
            continue
        if (cell.row, cell.col) not in placed.sheet.heads or placed.moved:
            anywhere = placed.moved and cell.row not in placed.sheet.item_rows
            if contents.says(spot.sheet, wanted, None if anywhere else spot.row):
                continue
            if anywhere and contents.says(placed.index, wanted):
                continue
        yield Altered(sheet=placed.sheet, cell=cell, spot=spot, expected=expected, found=found)


def _bound(recipient: Recipient) -> Mapping[str, str]:
    """What stands in the cells that name the recipient; other bound cells are compared elsewhere."""
    owner = f"{recipient.district} {recipient.unit or ''}".strip()
    return {"district": recipient.district, "unit": recipient.unit or "", "owner": owner}


def altered_lists(grid: Grid, placed: Placement, recipient: Recipient) -> Iterator[Altered]:
    """The texts of dropdown lists that were changed or deleted."""
    if placed.index is None:
        return
    cells = grid.sheets[placed.index].cells
    for cell in placed.sheet.choices:
        expected = cell.text
        if cell.bound is not None:
            entry = cell.entry or 0
            expected = recipient.units[entry - 1] if 0 < entry <= len(recipient.units) else ""
        found = cells.get((cell.row, cell.col))
        if expected and (found is None or (found.raw != expected and folded(found.raw) != folded(expected))):
            spot = Spot(sheet=placed.index, row=cell.row, col=cell.col)
            yield Altered(sheet=placed.sheet, cell=cell, spot=spot, expected=expected, found=found)


def suspects(grid: Grid, placed: Placement) -> tuple[Suspect, ...]:
    """The formulas that aren't spelt, character by character, as issued or as is known to be the same.

    None in .xls, whose formulas are not all read.
    """
    if placed.index is None or grid.source == "xls":
        return ()
    if placed.moved:
        spots = ((cell, placed.at(cell.row, cell.col)) for cell in placed.sheet.formulas)
        return tuple((cell, spot) for cell, spot in spots if spot is not None)
    cells = grid.sheets[placed.index].cells
    found = [cells.get(place) for place in placed.sheet.spelt]
    return tuple(
        (cell, Spot(sheet=placed.index, row=cell.row, col=cell.col))
        for cell, issued, here in zip(placed.sheet.formulas, placed.sheet.spelt.values(), found, strict=True)
        if not isinstance(here, PlainCell)
        or (hash(here[3]) != issued and not placed.sheet.knows((cell.row, cell.col), hash(here[3])))
    )


def altered_formulas(
    contents: Contents, placed: Placement, suspected: Iterable[Suspect], *, moved: bool
) -> Iterator[tuple[FormulaFault, Altered]]:
    """The formulas of a sheet that were replaced by a value or another formula, or deleted.

    Where anything in the workbook was `moved`, references say nothing: programs change them with what they point at.
    """
    grid = contents.grid
    opendocument = grid.source == "ods"
    for cell, spot in suspected:
        found = grid.sheets[spot.sheet].cells.get((spot.row, spot.col))
        planned, rows = cell.formula.removeprefix("="), (cell.row, spot.row)
        formula = None if found is None else found.own_formula
        if formula is not None:
            if same(planned, formula, cell.row, opendocument=opendocument):
                if isinstance(found, PlainCell) and not placed.moved:
                    placed.sheet.learn((cell.row, cell.col), hash(found.spelling))
                continue
            if moved and same_shape(planned, formula, rows, opendocument=opendocument):
                continue
        if _stands_elsewhere(contents, placed, cell, spot):
            continue
        altered = Altered(sheet=placed.sheet, cell=cell, spot=spot, expected=cell.formula, found=found)
        yield _fault(found), altered


def columns_moved(contents: Contents, placed: Placement, suspected: Iterable[Suspect]) -> bool:
    """Whether columns without keys were inserted or deleted: formulas then stand elsewhere in their rows."""
    return not placed.moved and any(
        _stands_elsewhere(contents, placed, cell, spot) for cell, spot in suspected if not _holds(contents.grid, spot)
    )


def _holds(grid: Grid, spot: Spot) -> bool:
    found = grid.sheets[spot.sheet].cells.get((spot.row, spot.col))
    return found is not None and found.calculated


def _stands_elsewhere(contents: Contents, placed: Placement, cell: PlanCell, spot: Spot) -> bool:
    """Whether a formula stands elsewhere in its row; where the row isn't certain, anywhere on its sheet."""
    row = spot.row if placed.knows(cell.row) else None
    return contents.calculates(spot.sheet, cell, row, besides=() if placed.moved else placed.sheet.spelt)


def _fault(found: Cell | None) -> FormulaFault:
    if found is None:
        return "formulas_deleted"
    return "formulas_changed" if found.calculated else "formulas_replaced"

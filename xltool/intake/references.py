"""Numbers of the cells that a typed formula refers to, in the same workbook; stored results are never used."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from xltool.intake import arithmetic, numbers
from xltool.intake.address import position
from xltool.intake.arithmetic import NotConstant
from xltool.intake.display import display
from xltool.intake.grid import Cell, Grid, Kind

_AREA = 10_000
"""Cells that one reference may span."""

_DEPTH = 20
"""Formulas that refer to formulas."""

_OPEN_DOCUMENT = re.compile(r"\[([^\[\]]*)\]")
Place = tuple[int, int, int]
"""Index of the sheet, row and column from 0."""


class References:
    """Recomputes formulas of one workbook; each cell once."""

    def __init__(self, grid: Grid) -> None:
        """Nothing is computed before it is asked for."""
        self._grid = grid
        self._sheets = {sheet.name.casefold(): index for index, sheet in enumerate(grid.sheets)}
        self._known: dict[Place, Decimal | None] = {}
        self._open: list[Place] = []

    def result(self, formula: str, place: Place) -> Decimal | None:
        """What a formula in a cell comes to, None where a cell that it refers to is no number or isn't known."""
        if len(self._open) == _DEPTH or place in self._open:
            return None
        self._open.append(place)
        try:
            return arithmetic.constant(self._plain(formula), lambda text: self._numbers(text, place[0]))
        finally:
            self._open.pop()

    def _plain(self, formula: str) -> str:
        """OpenDocument's `[.D5:.D7]` and `[$表.D5]` as other formats write them."""
        if self._grid.source != "ods":
            return formula
        return _OPEN_DOCUMENT.sub(lambda match: _spelled(match[1]), formula)

    def _numbers(self, reference: str, sheet: int) -> Sequence[Decimal | None]:
        name, mark, area = reference.rpartition("!")
        if mark:
            sheet = self._sheets.get(name.strip("'").replace("''", "'").casefold(), -1)
        first, _, last = area.replace("$", "").partition(":")
        try:
            (top, left), (bottom, right) = sorted((position(first), position(last or first)))
        except ValueError as error:
            raise NotConstant from error
        left, right = sorted((left, right))
        if sheet < 0 or (bottom - top + 1) * (right - left + 1) > _AREA:
            raise NotConstant
        return [
            self._number((sheet, row, column)) for row in range(top, bottom + 1) for column in range(left, right + 1)
        ]

    def _number(self, place: Place) -> Decimal | None:
        cell = self._grid.sheets[place[0]].cells.get(place[1:])
        if cell is None:
            return None
        if place not in self._known:
            self._known[place] = self._of_cell(cell, place)
        number = self._known[place]
        if number is None:
            raise NotConstant
        return number

    def _of_cell(self, cell: Cell, place: Place) -> Decimal | None:
        formula = cell.own_formula
        if formula is not None:
            return self.result(formula, place)
        if cell.kind is not Kind.NUMBER or cell.struck or not numbers.is_stored(cell.raw):
            return None
        shown_as = display(cell.number_format, float(cell.raw))
        doubtful = not shown_as.faithful or shown_as.before or shown_as.behind
        return None if doubtful else Decimal(cell.raw)


def _spelled(reference: str) -> str:
    """One reference of OpenDocument; a sheet's name stands before the first point."""
    first, mark, last = reference.partition(":")
    sheet, _, address = first.rpartition(".")
    name = f"{sheet.lstrip('$')}!" if sheet else ""
    return f"{name}{address}{mark}{last.rpartition('.')[2]}"

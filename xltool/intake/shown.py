"""What the workbook itself calculated, where its results are those of the values in it.

A program that saves without calculating leaves old results or none. The workbook counts and adds up its inputs, so
results belong to the values exactly where count and sum do.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from xltool.intake.grid import Cell, Grid, Kind, Sheet
from xltool.intake.planned import Planned
from xltool.model.companions import TYPED_COUNT, TYPED_SUM
from xltool.model.plan import PlanCell, a1
from xltool.model.submission import Place

Shown = Mapping[str, tuple[str, Place]]
"""Check, item or indicator -> what its cell shows, and where."""


def shown(grid: Grid, planned: Planned) -> tuple[Shown, Shown]:
    """Verdicts on whole checks, and figures; none where they may be older than the values, or were never computed."""
    sheets = {sheet.name: sheet for sheet in grid.sheets}
    if not _is_fresh(sheets, planned):
        return {}, {}
    return _shown(sheets, planned.verdicts), _shown(sheets, planned.figures)


def _shown(sheets: Mapping[str, Sheet], cells: tuple[tuple[str, PlanCell], ...]) -> Shown:
    return {
        str(cell.item): (found.raw, Place(sheet=sheet.name, cell=a1(cell.row, cell.col)))
        for cell, sheet, found in _results(sheets, cells)
    }


def _results(
    sheets: Mapping[str, Sheet], cells: tuple[tuple[str, PlanCell], ...]
) -> Iterator[tuple[PlanCell, Sheet, Cell]]:
    """The planned formulas that still are formulas."""
    for name, cell in cells:
        sheet = sheets.get(name)
        found = sheet.cells.get((cell.row, cell.col)) if sheet is not None else None
        if sheet is not None and found is not None and found.calculated:
            yield cell, sheet, found


def _is_fresh(sheets: Mapping[str, Sheet], planned: Planned) -> bool:
    marks = {cell.column: found.raw for cell, _, found in _results(sheets, planned.marks)}
    try:
        count, total = float(marks[TYPED_COUNT]), float(marks[TYPED_SUM])
    except (KeyError, ValueError):
        return False
    numbers: list[float] = []
    filled = 0
    for name, cell in planned.typed:
        content = sheets[name].cells.get((cell.row, cell.col)) if name in sheets else None
        if content is not None:
            filled += 1
            numbers += [float(content.raw)] if content.kind is Kind.NUMBER and _is_number(content.raw) else []
    return filled == count and math.isclose(math.fsum(numbers), total, rel_tol=1e-9, abs_tol=1e-6)


def _is_number(raw: str) -> bool:
    try:
        return math.isfinite(float(raw))
    except ValueError:
        return False

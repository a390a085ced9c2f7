"""What the workbook itself said of its checks, where its results are those of the values in it.

A program that saves without calculating leaves old results or none. The workbook counts and adds up its inputs, so
results belong to the values exactly where count and sum do.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from xltool.intake.grid import Grid, Kind, Sheet
from xltool.model.companions import TYPED_COUNT, TYPED_SUM, UNTYPED, VERDICT_STYLE
from xltool.model.plan import CellKind, Plan, PlanCell, SheetPlan, a1
from xltool.model.submission import Place

SIGN_OFF = "signoff"
Verdicts = Mapping[str, tuple[str, Place]]
"""Check -> what its cell shows, and where."""


def shown_verdicts(grid: Grid, plan: Plan) -> Verdicts:
    """The verdicts on whole checks; none where the results may be older than the values, or were never computed."""
    sheets = {sheet.name: sheet for sheet in grid.sheets}
    found: dict[str, tuple[str, Place]] = {}
    marks: dict[str, str] = {}
    for sheet_plan in plan.sheets:
        sheet = sheets.get(sheet_plan.name)
        for cell in sheet_plan.cells:
            if sheet is None or cell.kind is not CellKind.FORMULA:
                continue
            result = sheet.cells.get((cell.row, cell.col))
            if result is None or result.formula is None:
                continue
            if cell.style == VERDICT_STYLE and cell.column is None and cell.item is not None:
                found[cell.item] = (result.raw, Place(sheet=sheet.name, cell=a1(cell.row, cell.col)))
            elif cell.column in (TYPED_COUNT, TYPED_SUM):
                marks[cell.column] = result.raw
    return found if _is_fresh(marks, sheets, plan) else {}


def _is_fresh(marks: Mapping[str, str], sheets: Mapping[str, Sheet], plan: Plan) -> bool:
    try:
        count, total = float(marks[TYPED_COUNT]), float(marks[TYPED_SUM])
    except (KeyError, ValueError):
        return False
    numbers: list[float] = []
    filled = 0
    for sheet_plan in plan.sheets:
        sheet = sheets.get(sheet_plan.name)
        for cell in _typed(sheet_plan) if sheet is not None else ():
            content = sheet.cells.get((cell.row, cell.col)) if sheet is not None else None
            if content is not None:
                filled += 1
                numbers += [float(content.raw)] if content.kind is Kind.NUMBER and _is_number(content.raw) else []
    return filled == count and math.isclose(math.fsum(numbers), total, rel_tol=1e-9, abs_tol=1e-6)


def _typed(sheet: SheetPlan) -> list[PlanCell]:
    """The inputs that the workbook counts."""
    kinds = (CellKind.INPUT, CellKind.PREFILLED)
    return [
        cell
        for cell in sheet.cells
        if cell.kind in kinds
        and cell.item not in (None, SIGN_OFF)
        and cell.bound is None
        and cell.column not in UNTYPED
    ]


def _is_number(raw: str) -> bool:
    try:
        return math.isfinite(float(raw))
    except ValueError:
        return False

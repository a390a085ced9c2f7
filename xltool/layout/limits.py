"""What a plan asks of Excel beyond what it takes: formulas too long or nested too deep, tabs with the same name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from xltool.expression import formula_fault
from xltool.expression.excel import MAX_ARGUMENTS, MAX_FORMULA, MAX_NESTING
from xltool.messages import fault
from xltool.model.plan import CellKind, Plan, a1

LIMITS = {
    "formula_too_long": MAX_FORMULA,
    "formula_too_deep": MAX_NESTING,
    "formula_too_many_arguments": MAX_ARGUMENTS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfit:
    """One thing that doesn't fit: the rule, indicator, item or document type that it comes from, and why."""

    id: str | None
    reason: str


def unfit(plan: Plan) -> Iterator[Unfit]:
    """Everything in a plan that Excel would have to repair, once for each rule."""
    seen: set[tuple[str | None, str]] = set()
    for sheet in plan.sheets:
        for cell in sheet.cells:
            code = formula_fault(cell.formula) if cell.kind is CellKind.FORMULA else None
            if code is None or (cell.item, code) in seen:
                continue
            seen.add((cell.item, code))
            name = cell.item or f"{sheet.name}!{a1(cell.row, cell.col)}"
            yield Unfit(id=cell.item, reason=fault(code, name=name, limit=LIMITS[code])[0])
    for name, times in Counter(sheet.name.casefold() for sheet in plan.sheets).items():
        if times > 1:
            cells = (cell for sheet in plan.sheets if sheet.name.casefold() == name for cell in sheet.cells)
            owner = next((cell.item for cell in cells if cell.item is not None), None)
            yield Unfit(id=owner, reason=fault("tab_doubled", name=name)[0])

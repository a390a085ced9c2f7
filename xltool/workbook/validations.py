"""Slots as data validations: one a cell, with a prompt before and a reason after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from xltool.model.numbers import serial
from xltool.model.plan import CellKind, Plan, PlanCell, SheetPlan, Slot, a1
from xltool.model.wording import expected
from xltool.workbook.sheet import Area

TITLE_LIMIT = 32
TEXT_LIMIT = 255
CELL_LIMIT = 32767
WIDEST = 999_999_999_999_999  # integers that a spreadsheet keeps exactly
EARLIEST, LATEST = 1, 2_958_465  # the dates that Excel knows


def validations(plan: Plan, sheet: SheetPlan) -> Iterable[tuple[Sequence[Area], Mapping[str, object]]]:
    """What to validate on a sheet: areas, and xlsxwriter's options for all of them."""
    by_slot: dict[str, list[PlanCell]] = {}
    for cell in sheet.cells:
        if cell.slot is not None and cell.kind is CellKind.INPUT:
            by_slot.setdefault(cell.slot, []).append(cell)
    anchors = {(cell.item, cell.entry, cell.column): cell for cell in sheet.cells if cell.slot is not None}
    for slot_id, cells in by_slot.items():
        slot = plan.slots[slot_id]
        yield areas(cells), {**_rule(plan, slot, cells[0], anchors), **_texts(slot)}


def areas(cells: Iterable[PlanCell]) -> list[Area]:
    """Cells as few rectangles: runs down a column. The first one holds the first cell."""
    runs: list[list[int]] = []
    for row, col in sorted(((cell.row, cell.col) for cell in cells), key=lambda place: (place[1], place[0])):
        if runs and runs[-1][1] == col and runs[-1][2] == row - 1:
            runs[-1][2] = row
        else:
            runs.append([row, col, row])
    return [(first, col, last, col) for first, col, last in runs]


def _rule(
    plan: Plan, slot: Slot, first: PlanCell, anchors: Mapping[tuple[str | None, int | None, str | None], PlanCell]
) -> dict[str, object]:
    cell = a1(first.row, first.col)
    if slot.condition:
        return {"validate": "custom", "value": "=" + slot.condition.replace("{cell}", cell)}
    if slot.choices is not None:
        source = plan.lists[slot.choices.name].formula
        if slot.choices.depends_on is not None:
            parent = anchors[first.item, first.entry, slot.choices.depends_on]
            source = source.replace("{parent}", f"${a1(parent.row, parent.col)}")
        return {"validate": "list", "source": source}
    rules = slot.rules
    if slot.type == "date":
        low, high = (
            bound if isinstance(bound, int | float) or bound is None else serial(bound)
            for bound in (rules.min, rules.max)
        )
        return _between("date", low, high, (EARLIEST, LATEST))
    if slot.type in ("integer", "number"):
        low, high = (bound if isinstance(bound, int | float) else None for bound in (rules.min, rules.max))
        return _between("integer" if slot.type == "integer" else "decimal", low, high, (-WIDEST, WIDEST))
    return {"validate": "length", "criteria": "<=", "value": rules.maxlength or CELL_LIMIT}


def _between(kind: str, low: float | None, high: float | None, limits: tuple[int, int]) -> dict[str, object]:
    minimum, maximum = (limits[0] if low is None else low), (limits[1] if high is None else high)
    return {"validate": kind, "criteria": "between", "minimum": _exact(minimum), "maximum": _exact(maximum)}


def _exact(value: float) -> float:
    return int(value) if float(value).is_integer() else value


def _texts(slot: Slot) -> dict[str, object]:
    """Prompt and error box, within Excel's limits."""
    wanted = expected(slot.rules, slot.unit_of_measure, not_applicable=slot.not_applicable)
    title = cut(slot.label, TITLE_LIMIT)
    return {
        "input_title": title,
        "input_message": cut(slot.prompt or f"请填{wanted}。", TEXT_LIMIT),
        "error_title": title,
        "error_message": cut(f"这里应填{wanted}。请重新填写；要留空请按删除键。", TEXT_LIMIT),
    }


def cut(text: str, limit: int) -> str:
    """At most `limit` letters; a longer text ends with an ellipsis."""
    return text if len(text) <= limit else text[: limit - 1] + "…"

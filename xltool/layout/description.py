"""A plan as the flat list that `cells --json` prints."""

from __future__ import annotations

from collections.abc import Mapping

from xltool.layout.draft import Anchor
from xltool.model.plan import CellKind, Plan, PlanCell, Recipient, a1
from xltool.model.submission import Place


def describe(plan: Plan, recipient: Recipient, places: Mapping[Anchor, Place] | None = None) -> list[dict[str, object]]:
    """One flat object a cell, in the order of the sheets.

    Args:
        plan: Where everything stands as it was issued.
        recipient: Whose workbook it is; decides what is prefilled and which units a dropdown offers.
        places: Where the inputs of a returned file were found; an input that was not found has no sheet and no cell.
    """
    prefilled = {(entry.item, entry.row, entry.column) for entry in recipient.prefilled}
    rows = []
    for sheet in plan.sheets:
        for cell in sheet.cells:
            row = _described(plan, cell, recipient)
            row["sheet"], row["cell"] = sheet.name, a1(cell.row, cell.col)
            anchor = (cell.item or "", cell.entry, cell.column)
            if cell.kind is CellKind.INPUT and anchor in prefilled:
                row["kind"] = CellKind.PREFILLED.value
            if places is not None and cell.kind in (CellKind.INPUT, CellKind.PREFILLED):
                place = places.get(anchor)
                row["sheet"], row["cell"] = (place.sheet, place.cell) if place is not None else (None, None)
            rows.append(row)
    return rows


def _described(plan: Plan, cell: PlanCell, recipient: Recipient) -> dict[str, object]:
    slot = plan.slots[cell.slot] if cell.slot is not None else None
    choices, depends_on = None, None
    if slot is not None and slot.choices is not None:
        choices, depends_on = _choices(plan, slot.choices.name, recipient), slot.choices.depends_on
    return {
        "kind": cell.kind.value,
        "item": cell.item,
        "row": cell.entry if cell.item is not None else None,
        "column": cell.column,
        "sheet": None,
        "cell": None,
        "type": None if slot is None else slot.type,
        "unit_of_measure": None if slot is None else slot.unit_of_measure,
        "choices": choices,
        "depends_on": depends_on,
    }


def _choices(plan: Plan, name: str, recipient: Recipient) -> list[str] | dict[str, list[str]]:
    entry = plan.lists[name]
    if entry.bound is not None:
        return list(recipient.units)
    if entry.by_parent:
        return {parent: list(values) for parent, values in entry.by_parent}
    return list(entry.values)

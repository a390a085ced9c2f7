"""What people call the operands of formulas and checks."""

from __future__ import annotations

from xltool.model.edition import Edition


def operand_label(edition: Edition, kind: str, name: str, column: str | None = None) -> str:
    """The label of an item, a total, a number of entries, or last year's value; a constant's name is its own.

    `kind` is the operand's: `item`, `total`, `count`, `previous`.
    """
    item = edition.item_by_id.get(name)
    document = edition.document_by_id.get(name)
    label = item.label if item is not None else document.label if document is not None else name
    if kind == "total" and item is not None and column != item.total:
        label = f"{label}：{next(each.label for each in item.columns if each.id == column)}"
    return {"total": f"{label}合计", "count": f"{label}项数", "previous": f"上年{label}"}.get(kind, label)

"""The very hidden sheet that says whose workbook this is; its values are the recipient's."""

from __future__ import annotations

from dataclasses import fields, replace

from xltool.layout.sheet import Sheet
from xltool.model.identity import Identity
from xltool.model.plan import CellKind, SheetPlan

SHEET = "_xltool"
FORMAT = "1"


def identity_sheet() -> SheetPlan:
    """Column A: field names; column B: values, bound to the identity."""
    sheet = Sheet(name=SHEET, widths=())
    names = [field.name for field in fields(Identity)]
    for row, name in enumerate((*names, "signature", "token")):
        sheet.key(row, name)
        sheet.put(row, 1, CellKind.KEY, "key", bound=f"identity.{name}")
    sheet.key(len(names) + 2, "format")
    sheet.key(len(names) + 2, FORMAT, 1)
    return replace(sheet.plan(), visibility="very_hidden", hidden_cols=(), widths=())

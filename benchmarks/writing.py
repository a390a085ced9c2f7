"""Writing a workbook from its plan, against bare xlsxwriter writing the same cells.

The yardstick gets everything worked out beforehand (positions, texts, formats, validations) and makes the same calls
of xlsxwriter in a plain loop. Both are measured in turn in one run; the figure is the ratio of the medians.

    python benchmarks/writing.py
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial

import xlsxwriter  # noqa: TID251 - the yardstick
from figures import Figure, interleaved, table

from xltool import edition, layout
from xltool.model.identity import Identity
from xltool.model.plan import CellKind, Plan, Recipient
from xltool.model.styles import STYLES
from xltool.workbook import template, write
from xltool.workbook.stamping import bound_texts
from xltool.workbook.styles import properties
from xltool.workbook.validations import validations

BUILD, COPIES = 1.1, 50.0
"""The marks: a first build's ratio to bare xlsxwriter, and how many times faster a copy is."""

KEY = b"k" * 32


def bare(plan: Plan, texts: dict[str, str]) -> bytes:
    """The same cells, formats, validations and marks by xlsxwriter alone."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    formats = {name: book.add_format(properties(style)) for name, style in STYLES.items()}
    marked = book.add_format({"bg_color": "#F8CBCB"})
    for sheet in plan.sheets:
        page = book.add_worksheet(sheet.name)
        for col, width in sheet.widths:
            page.set_column(col, col, width)
        for row, height in sheet.heights:
            page.set_row(row, height)
        for area in sheet.merges:
            page.merge_range(*area, "", None)
        for cell in sheet.cells:
            style = formats[cell.style]
            if cell.kind is CellKind.FORMULA:
                page.write_formula(cell.row, cell.col, cell.formula, style, "")
            elif cell.kind is CellKind.INPUT or not (cell.text or cell.bound):
                page.write_blank(cell.row, cell.col, None, style)
            else:
                page.write_string(cell.row, cell.col, cell.text or texts.get(str(cell.bound), ""), style)
        for areas, options in validations(plan, sheet):
            others = {"other_cells": [list(area) for area in areas[1:]]} if len(areas) > 1 else {}
            page.data_validation(*areas[0], {**options, **others})
        for place, formula, _ in sheet.formats:
            rule = {"type": "formula", "criteria": f"={formula}", "format": marked}
            page.conditional_format(place.replace("$", ""), rule)
        page.protect("p")
    book.close()
    return target.getvalue()


def figures() -> Iterator[Figure]:
    """A first build and copies, of a district's and a unit's workbook."""
    scheme = edition.load(edition.locate("2023"))
    units = tuple(unit.name for unit in scheme.units if unit.workbook)
    for kind, answers in (("district", ()), ("unit", ("library_area",))):
        unit = None if kind == "district" else units[0]
        recipient = Recipient(kind=kind, district="示例区", unit=unit, units=units)  # type: ignore[arg-type]
        plan = layout.plan_for(scheme, recipient.kind, answers=answers, units=len(units))
        identity = Identity(
            campaign="benchmark",
            edition=plan.edition,
            kind=plan.kind,
            district=recipient.district,
            unit=unit,
            plan=plan.digest,
            serial="0123456789",
        )
        texts = bound_texts(recipient, identity, KEY)
        made = template(plan, (), "p")
        ours, theirs, copy = interleaved(
            partial(write, plan, recipient, identity, key=KEY, password="p"),  # noqa: S106
            partial(bare, plan, texts),
            partial(made.stamp, recipient, identity, KEY),
        )
        cells = sum(len(sheet.cells) for sheet in plan.sheets)
        against = f"bare xlsxwriter, {cells} cells, {theirs * 1000:.0f} ms"
        yield Figure(what=f"first build, {kind}", against=against, measured=ours / theirs, mark=BUILD)
        yield Figure(
            what=f"a copy by stamping, {kind}", against=against, measured=theirs / copy, mark=COPIES, at_least=True
        )


if __name__ == "__main__":
    print(table(figures()))

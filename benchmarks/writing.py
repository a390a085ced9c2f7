"""Writing a workbook from its plan, against bare xlsxwriter writing the same cells.

The yardstick gets everything worked out beforehand (positions, texts, formats, validations) and makes the same calls
of xlsxwriter in a plain loop. Both are measured in turn in one run; the figure is the ratio of the medians.

    python benchmarks/writing.py
"""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable
from typing import Any

import xlsxwriter  # noqa: TID251 - the yardstick

from xltool import edition, layout
from xltool.model.identity import Identity
from xltool.model.plan import CellKind, Plan, Recipient
from xltool.model.styles import STYLES
from xltool.workbook import write
from xltool.workbook.stamping import bound_texts
from xltool.workbook.styles import properties
from xltool.workbook.validations import validations

ROUNDS = 7
GOAL = 1.1
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
                page.write_formula(cell.row, cell.col, cell.text, style, "")
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


def timed(call: Callable[[], Any]) -> float:
    """Seconds of one call."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def main() -> None:
    """Print the ratio for a district's and a unit's workbook."""
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
        ours, theirs = [], []
        for _ in range(ROUNDS):
            ours.append(timed(lambda: write(plan, recipient, identity, key=KEY, password="p")))  # noqa: B023, S106
            theirs.append(timed(lambda: bare(plan, texts)))  # noqa: B023
        ratio = statistics.median(ours) / statistics.median(theirs)
        cells = sum(len(sheet.cells) for sheet in plan.sheets)
        print(f"{kind}: {cells} cells, {ratio:.2f} x bare xlsxwriter (goal: at most {GOAL})")


if __name__ == "__main__":
    main()

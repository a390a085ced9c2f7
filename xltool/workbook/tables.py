"""Write rows as one plain sheet that people filter and print: findings, values, indicators."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import xlsxwriter

from xltool.errors import CampaignError

FONT = "宋体"
MAX_WIDTH = 48
MIN_WIDTH = 8
PAPER_A4 = 9
EXCEL_ROWS = 1_048_576
WIDE = 0x2E80  # CJK letters begin here
SAMPLE = 500  # rows looked at for column widths


def write_table(title: str, headings: Mapping[str, str], rows: Sequence[Mapping[str, object]]) -> bytes:
    """An .xlsx with one sheet: `headings` maps a row's keys to column titles, in order.

    Text is always written as text, so what starts with `=` is never a formula.
    """
    if len(rows) >= EXCEL_ROWS:
        raise CampaignError("output_unwritable", path=title, reason=f"超过Excel的{EXCEL_ROWS}行")
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(title)
        base = {"font_name": FONT, "font_size": 10, "valign": "top", "text_wrap": True, "border": 1}
        head = book.add_format({**base, "bold": True, "bg_color": "#D9E1F2", "align": "center", "valign": "vcenter"})
        body = book.add_format(base)
        for col, (key, label) in enumerate(headings.items()):
            sheet.write_string(0, col, label, head)
            sheet.set_column(col, col, _width([label, *(row[key] for row in rows[:SAMPLE])]))
        for number, row in enumerate(rows, start=1):
            for col, key in enumerate(headings):
                _write(sheet, number, col, row[key], body)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(headings) - 1)
        sheet.set_landscape()
        sheet.set_paper(PAPER_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&C第&P页，共&N页")
    return buffer.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, col: int, value: object, style: object) -> None:
    if value is None:
        sheet.write_blank(row, col, None, style)
    elif isinstance(value, bool):
        sheet.write_string(row, col, "是" if value else "否", style)
    elif isinstance(value, int | float):
        sheet.write_number(row, col, value, style)
    else:
        sheet.write_string(row, col, str(value), style)


def _width(texts: Sequence[object]) -> float:
    """Width in characters: Chinese ones count double."""
    longest = max(sum(2 if ord(letter) >= WIDE else 1 for letter in str(text or "")) for text in texts)
    return float(min(max(longest + 2, MIN_WIDTH), MAX_WIDTH))

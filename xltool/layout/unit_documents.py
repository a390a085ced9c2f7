"""The documents that the member units listed: shown in a district's workbook that is made from their returns.

They count from the units' own workbooks, so here they are labels: nothing comes back twice.
"""

from __future__ import annotations

from xltool.layout.draft import Draft, heading
from xltool.layout.sheet import Sheet

SHEET = "成员单位文档"
NOTE = (
    "以下文档由成员单位报送，已计入本区文档，不需要在各文档表中重复填写；有误的，请该单位改正后重新报送。"
    "区学习办自己的文档请填在各文档表中。"
)
NOTE_ROW, HEADER_ROW, FIRST_ROW = range(2, 5)
HEADS = ("序号", "文档类别", "文档标题", "日期", "对应指标", "成员单位", "报送情况")
NUMBER, TYPE, TITLE, DATE, INDICATOR, UNIT, RETURN = range(1, 8)
WIDTHS = (6, 12, 46, 12, 38, 22, 24)


def unit_document_sheet(draft: Draft) -> None:
    """One row a document; no sheet where the workbook isn't made from returns, or no unit listed any."""
    if draft.from_units is None or not draft.from_units.documents:
        return
    sheet = Sheet(name=SHEET, widths=WIDTHS, freeze=(FIRST_ROW, DATE), repeat_rows=(HEADER_ROW, HEADER_ROW))
    heading(sheet, SHEET)
    sheet.wide_label(NOTE_ROW, (1, sheet.last_col), NOTE, "note")
    for col, text in enumerate(HEADS, start=1):
        sheet.label(HEADER_ROW, col, text, "head")
    returns = draft.from_units.by_unit
    for number, document in enumerate(draft.from_units.documents, start=1):
        row = FIRST_ROW + number - 1
        sheet.label(row, NUMBER, str(number), "label.center")
        for col, text in (
            (TYPE, document.type),
            (TITLE, document.title),
            (DATE, document.date),
            (INDICATOR, document.indicator),
            (UNIT, document.unit),
            (RETURN, returns[document.unit].when),
        ):
            sheet.label(row, col, text, "small")
    sheet.filtered = (HEADER_ROW, NUMBER, FIRST_ROW + len(draft.from_units.documents) - 1, RETURN)
    draft.sheets.append(sheet)

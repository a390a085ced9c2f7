"""The fixed tags that each indicator offers, to be copied into the documents' tag cells."""

from __future__ import annotations

from xltool.layout.draft import Draft, heading
from xltool.layout.sheet import Sheet

SHEET = "固定标签"
NOTE = "填写文档标签时，可按文档所属的指标选用下列标签，也可自拟；标签之间用空格分隔。"
PREFIX = "tags."
NOTE_ROW, HEADER_ROW, FIRST_ROW = 2, 3, 4
NUMBER, CODE, INDICATOR, TAGS = range(1, 5)
WIDTHS = (7, 9, 52, 44)


def tag_sheet(draft: Draft) -> None:
    """One row an indicator; no sheet where the edition offers no tags."""
    offered = {name.removeprefix(PREFIX): tags for name, tags in draft.edition.lists.items() if name.startswith(PREFIX)}
    nodes = [node for node in draft.edition.framework if node.id in offered]
    if not nodes:
        return
    sheet = Sheet(name=SHEET, widths=WIDTHS, landscape=False, freeze=(FIRST_ROW, NUMBER))
    heading(sheet, SHEET)
    sheet.wide_label(NOTE_ROW, (NUMBER, TAGS), NOTE, "note")
    for col, text in ((NUMBER, "序号"), (CODE, "编号"), (INDICATOR, "指标"), (TAGS, "固定标签")):
        sheet.label(HEADER_ROW, col, text, "head")
    for number, node in enumerate(nodes, start=1):
        row = FIRST_ROW + number - 1
        sheet.label(row, NUMBER, str(number), "label.center")
        sheet.label(row, CODE, node.id, "label.center")
        sheet.label(row, INDICATOR, node.name)
        sheet.label(row, TAGS, " ".join(offered[node.id]))
    draft.sheets.append(sheet)

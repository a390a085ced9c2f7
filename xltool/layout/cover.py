"""The cover: what this is, whose it is, how to fill it in, what the colours mean, and the way to each sheet."""

from __future__ import annotations

from collections.abc import Sequence

from xltool.layout.draft import COVER, FAULTY, READY, STATUS_ADDRESS, UNFINISHED, Draft
from xltool.layout.sheet import Sheet
from xltool.model.plan import CellKind, absolute_a1

NUMBER, NAME, WHAT, NOTE = range(1, 5)
WIDTHS = (7, 26, 52, 14)
CARRIED = ("carried.text", "成员单位已填入", "浅蓝色，由成员单位填报，请核对；可以改动")
FROM_UNITS = (
    "浅蓝色单元格为成员单位所报的数据，来源写在同一行。请逐项核对：无误的不用改动；有误的直接改正，改动后以本表为准，并请与该单位核对。",
    "成员单位所报的数据删去后仍按单位所报计入；不应计入的，请该单位更正后重新报送。尚未返回的单位，其数据可由区学习办填写。",
)
LEGEND = (
    ("input.text", "可填写的单元格", "浅黄色，只有这些单元格可以填写"),
    ("prefilled.text", "市级已填入", "灰色，已锁定"),
    ("result.text", "自动计算", "浅绿色，已锁定，随填写内容更新"),
    ("open", "未填或请核对", "黄底，旁边“自查”栏写明缺什么、请核对什么"),
    ("bad", "有误，必须改正", "红底加粗，旁边“自查”栏写明错在哪里；改正后自动消失"),
)


TITLES = {
    "district": "区级数据采集表",
    "unit": "成员单位数据采集表",
    "experts": "实地监测专家意见表",
    "survey": "满意度问卷数据表",
}


def cover_sheet(draft: Draft, sheets: Sequence[tuple[str, str, str | None]], instructions: Sequence[str]) -> Sheet:
    """The first sheet; `sheets` are the other visible ones: (name, what it holds, its continuation).

    A workbook without a self-check has no status; its legend shows the colours that it uses.
    """
    checks_itself = bool(draft.summaries)
    edition = draft.edition
    sheet = Sheet(name=COVER, widths=WIDTHS, landscape=False)
    sheet.wide_label(0, (NUMBER, NOTE), edition.title, "cover.title")
    sheet.wide_label(1, (NUMBER, NOTE), TITLES[draft.kind], "cover.owner")
    sheet.put(2, NUMBER, CellKind.LABEL, "cover.owner", bound="owner")
    sheet.merge(2, NUMBER, 2, NOTE)
    sheet.heights.update({0: 48.0, 1: 30.0, 2: 36.0})
    start, end = edition.period_start, edition.period_end
    period = f"{start.year}年{start.month}月{start.day}日至{end.year}年{end.month}月{end.day}日"
    row = 3
    facts = [("制发单位", edition.office), ("依据", edition.notice), ("数据时段", period)]
    for label, text in facts if checks_itself else facts[:2]:
        sheet.wide_label(row, (NUMBER, NAME), label, "head")
        sheet.wide_label(row, (WHAT, NOTE), text, "label")
        row += 1
    if checks_itself:
        _status(sheet, row)
        row += 1
    returned = draft.from_units
    if returned is not None:
        sheet.wide_label(row, (NUMBER, NAME), "成员单位报送情况", "head")
        sheet.wide_label(row, (WHAT, NOTE), returned.coverage, "label")
        row += 1
    row = _instructions(sheet, row, (*instructions, *(FROM_UNITS if returned is not None else ())))
    first, *others = LEGEND
    legend = LEGEND if returned is None else (first, CARRIED, *others)
    used = {cell.style.split(".")[0] for own in draft.sheets for cell in own.cells}
    row = _legend(sheet, row, [line for line in legend if checks_itself or line[0].split(".")[0] in used])
    row = _contents(sheet, row, sheets)
    sheet.put(row, NUMBER, CellKind.LABEL, "token", bound="token")
    sheet.merge(row, NUMBER, row, NOTE)
    return sheet


def _status(sheet: Sheet, row: int) -> None:
    sheet.wide_label(row, (NUMBER, NAME), "填报状态", "head")
    sheet.formula(row, WHAT, f"={STATUS_ADDRESS}", "status")
    sheet.merge(row, WHAT, row, NOTE)
    status = absolute_a1(row, WHAT)
    for word, style in ((FAULTY, "bad"), (UNFINISHED, "open"), (READY, "good")):
        sheet.formats.append((status, f'{status}="{word}"', style))


def _instructions(sheet: Sheet, row: int, texts: Sequence[str]) -> int:
    sheet.wide_label(row, (NUMBER, NOTE), "填报说明", "section")
    for number, text in enumerate(texts, start=1):
        sheet.label(row + number, NUMBER, str(number), "label.center")
        sheet.wide_label(row + number, (NAME, NOTE), text, "label")
    return row + len(texts) + 1


def _legend(sheet: Sheet, row: int, legend: Sequence[tuple[str, str, str]]) -> int:
    sheet.wide_label(row, (NUMBER, NOTE), "单元格颜色", "section")
    for offset, (style, name, text) in enumerate(legend, start=1):
        sheet.label(row + offset, NUMBER, str(offset), "label.center")
        sheet.label(row + offset, NAME, name, f"legend.{style}")
        sheet.wide_label(row + offset, (WHAT, NOTE), text, "label")
    return row + len(legend) + 1


def _contents(sheet: Sheet, row: int, sheets: Sequence[tuple[str, str, str | None]]) -> int:
    sheet.wide_label(row, (NUMBER, NOTE), "工作表目录（点击名称可直接打开）", "section")
    for offset, (name, what, continuation) in enumerate(sheets, start=1):
        sheet.label(row + offset, NUMBER, str(offset), "label.center")
        sheet.label(row + offset, NAME, name, "link.cell", link=name)
        if continuation is None:
            sheet.wide_label(row + offset, (WHAT, NOTE), what, "label")
        else:
            sheet.label(row + offset, WHAT, what)
            sheet.label(row + offset, NOTE, "续表", "link.cell", link=continuation)
    return row + len(sheets) + 1

"""The correction notice (退回修改通知) of a district."""

from __future__ import annotations

from builder import Builder, Column, Group

PROBLEMS: tuple[Column, ...] = (
    Column("序号", "row.number", "TableMiddle", 9),
    Column("性质", "row.severity", "TableMiddle", 12),
    Column("单元格", "row.cell", "TableMiddle", 11),
    Column("问题", "row.message", "TableText", 48),
    Column("填写内容", "row.raw", "TableText", 17),
    Column("应填", "row.expected", "TableText", 33),
    Column("处理要求", "row.action", "TableText", 26),
)
GROUPS = (
    Group("book", "report.workbooks", "{{ book.heading }}"),
    Group("sheet", "book.sheets", "{{ sheet.name }}", "TableSubgroup"),
)


def build() -> bytes:
    """The template; its tags may name what `xltool.reports.notice.CorrectionNotice` has."""
    doc = Builder("notice")
    _letter(doc)
    doc.add("BodyText", "")
    doc.add("Signature", "{{ report.office }}")
    doc.add("Signature", "　　年　　月　　日")
    doc.add("Remark", "（联系人：　　　　　　　电话：　　　　　　　　）")
    doc.caption("report.table", "需要改正的内容")
    doc.table(PROBLEMS, "sheet.rows", GROUPS)
    doc.add(
        "TableNote",
        "注：灰底行写明报送单位、次数、收到日期和退回工作簿的文件名；单元格是该工作簿中的位置，有粗框和批注；"
        "“—”表示不在一个单元格或没有内容。{{ report.rest }}数据快照{{ report.snapshot }}。",
    )
    return doc.bytes()


def _letter(doc: Builder) -> None:
    doc.add("Title", "{{ report.heading }}")
    doc.add("Addressee", "{{ report.district }}学习办：")
    doc.add(
        "BodyText",
        "根据{{ report.notice }}，截至{{ report.cut_off }}收到你区{{ report.received }}。经核对，"
        "{% if report.marked %}{{ report.marked }}份表格有{% else %}各单位的数据合起来有{% endif %}"
        "{{ report.counts }}（见{{ report.table }}），现退回修改。"
        "{% if report.due and not report.due_passed %}请于{{ report.due }}（含）前"
        "{% else %}{% if report.due %}报送截止日期{{ report.due }}已过，{% endif %}请在收到本通知后尽快{% endif %}"
        "{% if report.marked %}在退回的工作簿中改正，并以该文件重新报送"
        "{% else %}与有关单位核对，在有问题的表格中改正并重新报送{% endif %}"
        "{% if report.due_passed %}；具体日期请与我办商定{% endif %}。",
    )
    doc.add(
        "BodyText",
        "{% if report.has_errors %}错误必须改正，不能以说明代替。{% endif %}"
        "{% if report.has_warnings %}提醒请改正，确实无误的请说明原因。"
        "{% if report.explained_in_workbook %}注明“在‘自查’表”的，写在退回工作簿“自查”表该条的“情况说明”栏。{% endif %}"
        "{% if report.explained_in_writing %}注明“另附”的，随表附书面说明。{% endif %}{% endif %}"
        "{% if report.hints %}另有提示{{ report.hints }}个，供核对，不列入表中。{% endif %}"
        "{% if report.marked %}没有退回的表格不必再报。{% endif %}",
    )

"""The city's report (监测报告): summary, contents, all sections, the table of all districts, and the method."""

from __future__ import annotations

import whole
from builder import Builder, Column, Group

EVIDENCE: tuple[Column, ...] = (
    Column("二级指标", "row.name", "TableText", 72),
    Column("监测点", "row.points", "TableMiddle", 16),
    Column("材料（份）", "row.documents", "TableMiddle", 20),
    Column("有材料的区/区", "row.districts", "TableMiddle", 22),
    Column("每区有材料的监测点（中位数）", "row.median", "TableMiddle", 26),
)
SURVEY: tuple[Column, ...] = (
    Column("区", "row.district", "TableMiddle", 30),
    Column("回答人数", "row.n", "TableNumber", 20),
    Column("满意（肯定）比例", "row.share", "TableNumber", 26),
    Column("95%置信区间", "row.interval", "TableMiddle", 36),
    Column("平均分（95%置信区间）", "row.mean", "TableMiddle", 44),
)
FIELD: tuple[Column, ...] = (
    Column("区", "row.district", "TableMiddle", 20),
    Column("日期", "row.day", "TableMiddle", 28),
    Column("监测点", "row.sites", "TableText", 42),
    Column("会议", "row.meetings", "TableText", 46),
    Column("收到/应有意见表", "row.experts", "TableMiddle", 20),
)
PART = 8  # districts that stand side by side
MATRIX_WIDTHS = (8, 28, 15)


def build() -> bytes:
    """The template; its tags may name what `xltool.reports.whole.context.CityReport` has."""
    doc = Builder("city")
    whole.opening(doc, "根据{{ report.notice }}，对{{ report.city }}各区学习型城区建设进行了监测，现将结果报告如下。")
    whole.contents(doc)
    whole.collection(doc)
    whole.spread(doc)
    whole.differences(doc)
    _evidence(doc)
    _survey(doc)
    _field(doc)
    whole.quality(doc)
    _suggestions(doc)
    whole.signature(doc, ("各区各项指标数值", "方法说明"))
    _matrices(doc)
    notes = (("数据", "data_notes"), ("比较", "comparison_notes"), ("佐证材料和实地监测", "background_notes"))
    whole.method(doc, notes)
    return doc.bytes()


def _evidence(doc: Builder) -> None:
    doc.when("report.evidence")
    doc.add("Heading1", "佐证材料", new_page=True)
    doc.each("BodyText", "sentence", "report.evidence.sentences")
    doc.figure("report.evidence.figure")
    doc.caption("report.tables.evidence", "各二级指标的佐证材料")
    doc.table(EVIDENCE, "report.evidence.rows")
    doc.add("TableNote", "注：一份材料计入它选择的最末一级指标及其上各级。有材料不等于达到要求。")
    doc.end()


def _survey(doc: Builder) -> None:
    doc.when("report.survey")
    doc.add("Heading1", "满意度调查", new_page=True)
    doc.each("Numbered", "sentence", "report.survey.sentences")
    doc.add("BodyText", "{%p for figure in report.survey.figures %}")
    doc.figure("figure")
    doc.add("BodyText", "{%p endfor %}")
    doc.caption("report.tables.survey", "抽样区满意度调查结果")
    doc.table(SURVEY, "group.rows", groups=[Group("group", "report.survey.groups", "{{ group.name }}")])
    doc.add(
        "TableNote",
        "注：各区为其各监测点合计。满意（肯定）比例按回答该题的人数计算，计入的选项写在各题之后。“—”表示没有回答或不能计算。",
    )
    doc.end()


def _field(doc: Builder) -> None:
    doc.when("report.field")
    doc.add("Heading1", "实地监测", new_page=True)
    doc.add("BodyText", "{{ report.field.sentence }}")
    doc.caption("report.tables.field", "抽样区实地监测的安排")
    doc.table(FIELD, "report.field.rows")
    doc.add("TableNote", "注：专家以称谓列出，不记姓名。“—”表示没有填写。")
    doc.add("BodyText", "{%p for district in report.field.districts %}")
    doc.add("Heading2", "{{ district.district }}")
    doc.each("BodyText", "paragraph", "district.whole")
    doc.when("district.counted")
    doc.add("BodyText", "{{ district.counted }}")
    doc.end()
    doc.add("BodyText", "{%p endfor %}")
    doc.end()


def _suggestions(doc: Builder) -> None:
    doc.add("Heading1", "建议", new_page=True)
    doc.when("report.suggestions")
    doc.each("Numbered", "sentence", "report.suggestions")
    doc.otherwise()
    doc.add("BodyText", "本次监测没有发现需要特别提出建议的问题。")
    doc.end()


def _matrices(doc: Builder) -> None:
    number, label, width = MATRIX_WIDTHS
    doc.add("NumberedAnnex", "")
    doc.add("AnnexTitle", "各区各项指标数值")
    doc.add("BodyText", "{%p for matrix in report.matrices %}")
    doc.caption("matrix.label", "{{ matrix.caption }}")
    doc.table(
        (
            Column("序号", "row.number", "TableMiddle", number),
            Column("指标（单位）", "row.label", "TableText", label),
            *(
                Column(f"{{{{ matrix.districts[{place}] }}}}", f"row.values[{place}]", "TableNumber", width)
                for place in range(PART)
            ),
        ),
        "group.rows",
        groups=[Group("group", "matrix.groups", "{{ group.name }}")],
    )
    doc.add("TableNote", "注：各区按通知的顺序排列，不排名次。“未填”不按0计。")
    doc.add("BodyText", "{%p endfor %}")

"""The sub-report (分报告) of a district: the first page by itself, the report, and two annexes."""

from __future__ import annotations

from builder import Builder, Column, Group

SUMMARY = (25, 131)
POSITION: tuple[Column, ...] = (
    Column("一级指标", "row.name", "TableText", 48),
    Column("指标", "row.indicators", "TableMiddle", 15),
    Column("有数值", "row.valued", "TableMiddle", 16),
    Column("优于中位数", "row.better", "TableMiddle", 21),
    Column("不及中位数", "row.worse", "TableMiddle", 21),
    Column("相同", "row.same", "TableMiddle", 12),
    Column("有材料/监测点", "row.evidence", "TableMiddle", 23),
)
_BEFORE: tuple[Column, ...] = (Column("序号", "row.number", "TableMiddle", 8),)
_NUMBERS: tuple[Column, ...] = (
    Column("均值", "row.mean", "TableNumber", 17),
    Column("中位数", "row.median", "TableNumber", 17),
    Column("位次/有效区数", "row.rank", "TableMiddle", 14),
    Column("佐证材料", "row.documents", "TableMiddle", 9),
    Column("说明", "row.note", "TableMiddle", 15),
)
INDICATORS: tuple[Column, ...] = (
    *_BEFORE,
    Column("指标", "row.label", "TableText", 28),
    Column("单位", "row.unit", "TableMiddle", 14),
    Column("本区值", "row.value", "TableNumber", 17),
    Column("上年值", "row.last", "TableNumber", 17),
    *_NUMBERS,
)
WITHOUT_LAST_YEAR: tuple[Column, ...] = (
    *_BEFORE,
    Column("指标", "row.label", "TableText", 43),
    Column("单位", "row.unit", "TableMiddle", 16),
    Column("本区值", "row.value", "TableNumber", 17),
    *_NUMBERS,
)
PARTS: tuple[Column, ...] = (
    Column("指标", "row.indicator", "TableText", 80),
    Column("其中", "row.label", "TableText", 36),
    Column("单位", "row.unit", "TableMiddle", 20),
    Column("本区值", "row.value", "TableNumber", 20),
)
EVIDENCE: tuple[Column, ...] = (
    Column("二级指标", "row.name", "TableText", 84),
    Column("材料（份）", "row.documents", "TableMiddle", 18),
    Column("附件已收到（份）", "row.with_attachment", "TableMiddle", 18),
    Column("有材料/监测点", "row.covered", "TableMiddle", 20),
    Column("覆盖率", "row.share", "TableNumber", 16),
)
SURVEY: tuple[Column, ...] = (
    Column("监测点", "row.site", "TableText", 44),
    Column("回答人数", "row.n", "TableNumber", 15),
    Column("满意（肯定）比例", "row.share", "TableNumber", 23),
    Column("95%置信区间", "row.interval", "TableMiddle", 33),
    Column("平均分（95%置信区间）", "row.mean", "TableMiddle", 41),
)
OPINIONS: tuple[Column, ...] = (
    Column("栏目", "row.aspect", "TableMiddle", 20),
    Column("意见", "row.text", "TableText", 112),
    Column("专家", "row.author", "TableMiddle", 24),
)
PROBLEMS: tuple[Column, ...] = (
    Column("序号", "row.number", "TableMiddle", 9),
    Column("性质", "row.severity", "TableMiddle", 11),
    Column("位置", "row.where", "TableText", 36),
    Column("问题", "row.message", "TableText", 56),
    Column("处理要求", "row.action", "TableText", 44),
)
FORMULAS: tuple[Column, ...] = (
    Column("序号", "row.number", "TableMiddle", 9),
    Column("指标", "row.label", "TableText", 55),
    Column("计算方法", "row.formula", "TableText", 92),
)


def build() -> bytes:
    """The template; its tags may name what `xltool.reports.context.DistrictReport` has."""
    doc = Builder("district")
    _first_page(doc)
    _findings(doc)
    _position(doc)
    _change(doc)
    _survey(doc)
    _field(doc)
    _evidence(doc)
    _quality(doc)
    _suggestions(doc)
    _end(doc)
    _indicators(doc)
    _method(doc)
    return doc.bytes()


def _first_page(doc: Builder) -> None:
    doc.add("Title", "{{ report.heading }}")
    doc.add("Subtitle", "（{{ report.district }}）")
    doc.add(
        "Information", "数据截至{{ report.cut_off }}　　数据快照{{ report.snapshot }}　　规则{{ report.edition }}版"
    )
    doc.add("Addressee", "{{ report.district }}学习型社会建设与终身教育促进委员会：")
    doc.add("BodyText", "根据{{ report.notice }}，现将你区的监测结果反馈如下。")
    doc.lines("line", "report.summary.lines", ("{{ line.about }}", "{{ line.text }}"), SUMMARY)
    doc.caption("report.tables.position", "{{ report.district }}在各一级指标中的位置和佐证材料")
    doc.table(POSITION, "report.summary.rows")


def _findings(doc: Builder) -> None:
    doc.add("Heading1", "主要发现", new_page=True)
    doc.each("BodyText", "sentence", "report.highlights.overview")
    doc.when("report.has_data")
    for heading, name in (("明显优于中位数的指标", "strengths"), ("明显不及中位数的指标", "weaknesses")):
        doc.add("Heading2", heading)
        doc.when(f"report.highlights.{name}")
        doc.each("Numbered", "sentence", f"report.highlights.{name}")
        doc.otherwise()
        doc.add("BodyText", f"{{{{ report.highlights.{name}_none }}}}")
        doc.end()
    doc.end()
    doc.when("report.highlights.gaps")
    doc.add("Heading2", "没有数值或不作评述的指标")
    doc.each("Numbered", "sentence", "report.highlights.gaps")
    doc.end()


def _position(doc: Builder) -> None:
    doc.add("Heading1", "在全市各区中的位置")
    doc.when("report.figures")
    doc.add(
        "BodyText",
        "下图按一级指标列出各区的位置。每行一项指标，行首序号与{{ report.tables.indicators }}一致；灰色圆点是其他各区，"
        "黑色菱形是{{ report.district }}，中间竖线是各区中位数。离竖线越远，与多数区的差距越大。{{ report.undrawn }}",
    )
    doc.add("BodyText", "{%p for figure in report.figures %}")
    doc.figure("figure")
    doc.add("BodyText", "{%p endfor %}")
    doc.when("report.gaps")
    doc.add(
        "BodyText",
        "{{ report.gaps.label }}列出分优劣的各项指标与中位数之差。差距大不等于明显优于或不及，还要看各区通常的差距。",
    )
    doc.figure("report.gaps")
    doc.end()
    doc.otherwise()
    doc.add("BodyText", "可供比较的数值不足，不作图。")
    doc.end()


def _change(doc: Builder) -> None:
    doc.when("report.change")
    doc.add("Heading1", "与上年相比")
    doc.add("BodyText", "{{ report.change.overview }}")
    doc.each("Numbered", "sentence", "report.change.sentences")
    doc.when("report.change.figure")
    doc.figure("report.change.figure")
    doc.end()
    doc.end()


def _survey(doc: Builder) -> None:
    doc.when("report.survey")
    doc.add("Heading1", "满意度调查")
    doc.add("BodyText", "{{ report.survey.overview }}")
    doc.each("Numbered", "sentence", "report.survey.sentences")
    doc.when("report.survey.figure")
    doc.figure("report.survey.figure")
    doc.end()
    doc.caption("report.tables.survey", "{{ report.district }}满意度调查结果")
    doc.table(SURVEY, "group.rows", groups=[Group("group", "report.survey.groups", "{{ group.name }}")])
    doc.add(
        "TableNote", "注：满意（肯定）比例按回答该题的人数计算，计入的选项写在各题之后。“—”表示没有回答或不能计算。"
    )
    doc.end()


def _field(doc: Builder) -> None:
    doc.when("report.field")
    doc.add("Heading1", "实地监测和专家意见")
    doc.add("BodyText", "{{ report.field.overview }}")
    doc.each("BodyText", "paragraph", "report.field.whole")
    doc.when("report.field.groups")
    doc.caption("report.tables.opinions", "专家对各二级指标的意见")
    doc.table(OPINIONS, "group.rows", groups=[Group("group", "report.field.groups", "{{ group.name }}")])
    doc.add("TableNote", "")
    doc.end()
    doc.end()


def _evidence(doc: Builder) -> None:
    doc.when("report.evidence")
    doc.add("Heading1", "佐证材料")
    doc.add("BodyText", "{{ report.evidence.overview }}")
    doc.each("Numbered", "sentence", "report.evidence.sentences")
    doc.figure("report.evidence.figure")
    doc.caption("report.tables.evidence", "{{ report.district }}各二级指标的佐证材料")
    doc.table(EVIDENCE, "group.rows", groups=[Group("group", "report.evidence.groups", "{{ group.name }}")])
    doc.add(
        "TableNote",
        "注：灰底行是一级指标，括号内为有材料的监测点数/监测点数。一份材料计入它选择的最末一级指标及其上各级。",
    )
    doc.end()


def _quality(doc: Builder) -> None:
    doc.add("Heading1", "数据质量")
    doc.add("Heading2", "报送情况")
    doc.each("Numbered", "sentence", "report.quality")
    doc.add("Heading2", "尚待处理的问题")
    doc.add("BodyText", "截至{{ report.cut_off }}，{{ report.problems.intro }}")
    doc.when("report.problems.rows")
    doc.caption("report.tables.problems", "尚待处理的错误和提醒")
    doc.table(PROBLEMS, "report.problems.rows")
    doc.add("TableNote", "{{ report.problems.rest }}")
    doc.end()
    doc.when("report.problems.settled")
    doc.add("Heading2", "已说明或豁免的问题")
    doc.each("Numbered", "sentence", "report.problems.settled")
    doc.end()


def _suggestions(doc: Builder) -> None:
    doc.add("Heading1", "建议")
    doc.when("report.suggestions")
    doc.each("Numbered", "sentence", "report.suggestions")
    doc.otherwise()
    doc.add("BodyText", "本次监测没有发现需要特别提出建议的问题。")
    doc.end()


def _end(doc: Builder) -> None:
    doc.add("BodyText", "")
    doc.add("BodyText", "附件：1．全部指标")
    doc.add("BodyText", "　　　2．方法说明")
    doc.add("BodyText", "")
    doc.add("Signature", "{{ report.office }}")
    doc.add("Signature", "　　年　　月　　日")


def _indicators(doc: Builder) -> None:
    doc.add("NumberedAnnex", "")
    doc.add("AnnexTitle", "全部指标")
    doc.caption("report.tables.indicators", "{{ report.district }}各项指标与全市比较")
    groups = [Group("group", "report.groups", "{{ group.name }}")]
    doc.when("report.change")
    doc.table(INDICATORS, "group.rows", groups)
    doc.otherwise()
    doc.table(WITHOUT_LAST_YEAR, "group.rows", groups)
    doc.end()
    doc.add(
        "TableNote",
        "注：均值、中位数按有数值的区计算。位次按数值从大到小排列，不代表优劣。佐证材料是该指标所属二级或三级指标的材料份数。"
        "“—”表示没有相应数值。",
    )
    doc.each("TableNote", "reason", "report.reasons")
    doc.when("report.parts")
    doc.caption("report.tables.parts", "分项数值")
    doc.table(PARTS, "report.parts")
    doc.add("TableNote", "")
    doc.end()
    doc.add("BodyText", "{%p for quote in report.quotes %}")
    doc.add("TableNote", "{{ quote.label }}（{{ report.tables.indicators }}第{{ quote.number }}行）：{{ quote.text }}")
    doc.add("BodyText", "{%p endfor %}")


def _method(doc: Builder) -> None:
    doc.add("NumberedAnnex", "")
    doc.add("AnnexTitle", "方法说明")
    for heading, name in (
        ("数据", "data_note"),
        ("比较", "comparison_note"),
        ("上年数据、佐证材料和实地监测", "background_note"),
    ):
        doc.add("AnnexHeading", heading)
        doc.each("AnnexNumbered", "sentence", f"report.{name}")
    doc.add("AnnexNumbered", "本报告所用Word模板的版本：{{ template_version }}。")
    doc.add("AnnexHeading", "通知表述需要明确之处的处理")
    doc.each("AnnexNumbered", "sentence", "report.decisions")
    doc.add("AnnexHeading", "指标的计算方法")
    doc.caption("report.tables.formulas", "各项指标的计算方法")
    doc.table(FORMULAS, "report.formulas")

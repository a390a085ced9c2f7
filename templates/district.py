"""The sub-report (分报告) of a district."""

from __future__ import annotations

from builder import Builder, Column, Group

INDICATORS: tuple[Column, ...] = (
    Column("序号", "row.number", "TableMiddle", 9),
    Column("指标", "row.label", "TableText", 40),
    Column("单位", "row.unit", "TableMiddle", 15),
    Column("本区值", "row.value", "TableNumber", 18),
    Column("均值", "row.mean", "TableNumber", 18),
    Column("中位数", "row.median", "TableNumber", 18),
    Column("位次/有效区数", "row.rank", "TableMiddle", 15),
    Column("说明", "row.note", "TableText", 23),
)
PARTS: tuple[Column, ...] = (
    Column("指标", "row.indicator", "TableText", 80),
    Column("其中", "row.label", "TableText", 36),
    Column("单位", "row.unit", "TableMiddle", 20),
    Column("本区值", "row.value", "TableNumber", 20),
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
    doc = Builder("分报告模板")
    _opening(doc)
    _findings(doc)
    _figures(doc)
    _indicators(doc)
    _problems(doc)
    _quality(doc)
    _method(doc)
    doc.add("BodyText", "")
    doc.add("Signature", "{{ report.office }}")
    doc.add("Signature", "　　年　　月　　日")
    return doc.bytes()


def _opening(doc: Builder) -> None:
    doc.add("Title", "{{ report.heading }}")
    doc.add("Subtitle", "（{{ report.district }}）")
    doc.add("Information", "数据截至{{ report.cut_off }}　　数据快照{{ report.snapshot }}")
    doc.add("Addressee", "{{ report.district }}学习型社会建设与终身教育促进委员会：")
    doc.add(
        "BodyText",
        "根据{{ report.notice }}，现将你区的监测结果反馈如下。",
    )


def _findings(doc: Builder) -> None:
    doc.add("Heading1", "主要发现")
    doc.each("BodyText", "sentence", "report.highlights.overview")
    doc.add("BodyText", "{%p if report.has_data %}")
    for heading, name in (("明显优于中位数的指标", "strengths"), ("明显不及中位数的指标", "weaknesses")):
        doc.add("Heading2", heading)
        doc.add("BodyText", f"{{%p if report.highlights.{name} %}}")
        doc.each("Numbered", "sentence", f"report.highlights.{name}")
        doc.add("BodyText", "{%p else %}")
        doc.add("BodyText", f"{{{{ report.highlights.{name}_none }}}}")
        doc.add("BodyText", "{%p endif %}")
    doc.add("BodyText", "{%p endif %}")
    doc.add("BodyText", "{%p if report.highlights.gaps %}")
    doc.add("Heading2", "没有数值的指标")
    doc.each("Numbered", "sentence", "report.highlights.gaps")
    doc.add("BodyText", "{%p endif %}")


def _figures(doc: Builder) -> None:
    doc.add("Heading1", "在全市各区中的位置")
    doc.add("BodyText", "{%p if report.figures %}")
    doc.add(
        "BodyText",
        "下图按一级指标列出各区的位置。每行一项指标，行首序号与表1一致；灰色圆点是其他各区，"
        "黑色菱形是{{ report.district }}，中间竖线是各区中位数。离竖线越远，与多数区的差距越大。{{ report.undrawn }}",
    )
    doc.add("BodyText", "{%p for figure in report.figures %}")
    doc.add("Figure", "{{ drawing(figure) }}")
    doc.caption("Caption", "图", "figure.number", "{{ figure.caption }}")
    doc.add("BodyText", "{%p endfor %}")
    doc.add("BodyText", "{%p else %}")
    doc.add("BodyText", "可供比较的数值不足，不作图。")
    doc.add("BodyText", "{%p endif %}")


def _indicators(doc: Builder) -> None:
    doc.add("Heading1", "全部指标")
    doc.caption("TableCaption", "表", "report.tables.indicators", "{{ report.district }}各项指标与全市比较")
    doc.table(INDICATORS, "group.rows", groups=[Group("group", "report.groups", "{{ group.name }}")])
    doc.add("TableNote", "注：均值、中位数按有数值的区计算。位次按数值从大到小排列，不代表优劣。“—”表示没有相应数值。")
    doc.add("BodyText", "{%p if report.tables.parts %}")
    doc.caption("TableCaption", "表", "report.tables.parts", "分项数值")
    doc.table(PARTS, "report.parts")
    doc.add("TableNote", "")
    doc.add("BodyText", "{%p endif %}")
    doc.add("BodyText", "{%p for quote in report.quotes %}")
    doc.add("BodyText", "{{ quote.label }}（表1第{{ quote.number }}行）：{{ quote.text }}")
    doc.add("BodyText", "{%p endfor %}")


def _problems(doc: Builder) -> None:
    doc.add("Heading1", "尚待处理的问题")
    doc.add("BodyText", "截至{{ report.cut_off }}，{{ report.problems.intro }}")
    doc.add("BodyText", "{%p if report.problems.rows %}")
    doc.caption("TableCaption", "表", "report.tables.problems", "尚待处理的错误和提醒")
    doc.table(PROBLEMS, "report.problems.rows")
    doc.add("TableNote", "{{ report.problems.rest }}")
    doc.add("BodyText", "{%p endif %}")
    doc.add("BodyText", "{%p if report.problems.settled %}")
    doc.add("BodyText", "以下问题已说明原因、由市级豁免或由市级采用区里的数：")
    doc.each("Numbered", "sentence", "report.problems.settled")
    doc.add("BodyText", "{%p endif %}")


def _quality(doc: Builder) -> None:
    doc.add("Heading1", "数据质量")
    doc.each("Numbered", "sentence", "report.quality")


def _method(doc: Builder) -> None:
    doc.add("Heading1", "方法说明")
    for heading, name in (("数据", "data_note"), ("比较", "comparison_note")):
        doc.add("Heading2", heading)
        doc.each("Numbered", "sentence", f"report.{name}")
    doc.add("Heading2", "通知表述需要明确之处的处理")
    doc.each("Numbered", "sentence", "report.decisions")
    doc.add("Heading2", "指标的计算方法")
    doc.caption("TableCaption", "表", "report.tables.formulas", "各项指标的计算方法")
    doc.table(FORMULAS, "report.formulas")

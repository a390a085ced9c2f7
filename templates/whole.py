"""Sections that the reports on all districts share: their tags name what `xltool.reports.whole.context` has."""

from __future__ import annotations

from builder import Builder, Column, Group

SUMMARY = (26, 130)
COLLECTION: tuple[Column, ...] = (
    Column("序号", "row.number", "TableMiddle", 10),
    Column("区", "row.district", "TableMiddle", 24),
    Column("审核状态", "row.status", "TableMiddle", 28),
    Column("区表", "row.own", "TableMiddle", 18),
    Column("已报送/成员单位", "row.units", "TableMiddle", 24),
    Column("改正后重新报送（份）", "row.again", "TableMiddle", 20),
    Column("待处理的错误", "row.errors", "TableMiddle", 16),
    Column("待处理的提醒", "row.warnings", "TableMiddle", 16),
)
SPREAD: tuple[Column, ...] = (
    Column("序号", "row.number", "TableMiddle", 8),
    Column("指标（单位）", "row.label", "TableText", 31),
    Column("有数值的区", "row.n", "TableMiddle", 9),
    Column("最小", "row.least", "TableNumber", 16),
    Column("下四分位数", "row.lower", "TableNumber", 16),
    Column("中位数", "row.median", "TableNumber", 16),
    Column("上四分位数", "row.upper", "TableNumber", 16),
    Column("最大", "row.most", "TableNumber", 16),
    Column("四分位距", "row.iqr", "TableNumber", 16),
    Column("变异系数（%）", "row.cv", "TableNumber", 12),
)
YEARS: tuple[Column, ...] = (
    Column("序号", "row.number", "TableMiddle", 8),
    Column("指标（单位）", "row.label", "TableText", 46),
    Column("比较的区", "row.n", "TableMiddle", 10),
    Column("上年中位数", "row.last", "TableNumber", 17),
    Column("本年中位数", "row.now", "TableNumber", 17),
    Column("变化（%）", "row.change", "TableNumber", 14),
    Column("上年变异系数（%）", "row.last_cv", "TableNumber", 15),
    Column("本年变异系数（%）", "row.now_cv", "TableNumber", 15),
    Column("变化（百分点）", "row.cv_change", "TableNumber", 14),
)
STATUSES = 5
FINDINGS_WIDTHS = (46, 19, 19, 19, 19, 19, 15)
FREQUENT: tuple[Column, ...] = (
    Column("序号", "row.number", "TableMiddle", 10),
    Column("数据项或核对规则", "row.name", "TableText", 102),
    Column("错误和提醒（个）", "row.findings", "TableMiddle", 24),
    Column("涉及的区（个）", "row.districts", "TableMiddle", 20),
)
SETTLED: tuple[Column, ...] = (
    Column("序号", "row.number", "TableMiddle", 10),
    Column("区", "row.district", "TableMiddle", 20),
    Column("问题", "row.message", "TableText", 62),
    Column("处理", "row.outcome", "TableMiddle", 20),
    Column("理由", "row.reason", "TableText", 44),
)
MISSING: tuple[Column, ...] = (
    Column("序号", "row.number", "TableMiddle", 8),
    Column("指标（单位）", "row.label", "TableText", 58),
    Column("未填的区", "row.missing", "TableText", 45),
    Column("其他没有数值的区", "row.others", "TableText", 45),
)
FORMULAS: tuple[Column, ...] = (
    Column("序号", "row.number", "TableMiddle", 9),
    Column("指标", "row.label", "TableText", 55),
    Column("计算方法", "row.formula", "TableText", 92),
)
DASH_NOTE = "注：各区按通知的顺序排列。没有报送任何表格的区不列。“—”表示没有这样的区。"


def opening(doc: Builder, introduction: str) -> None:
    """The first page, which stands alone: title, date of the data, and the summary."""
    doc.add("Title", "{{ report.heading }}")
    doc.add(
        "Information", "数据截至{{ report.cut_off }}　　数据快照{{ report.snapshot }}　　规则{{ report.edition }}版"
    )
    doc.add("BodyText", introduction)
    doc.add("SummaryCaption", "摘　要")
    doc.lines("line", "report.summary", ("{{ line.about }}", "{{ line.text }}"), SUMMARY)


def contents(doc: Builder) -> None:
    """The contents, filled in when the document is whole."""
    doc.add("ContentsTitle", "目　录")
    doc.add("Contents1", "{{ contents }}")


def collection(doc: Builder) -> None:
    """What came back, by district."""
    doc.add("Heading1", "数据采集", new_page=True)
    doc.each("BodyText", "sentence", "report.collection.sentences")
    doc.figure("report.collection.figure")
    doc.caption("report.tables.collection", "各区报送和审核情况")
    doc.table(COLLECTION, "report.collection.rows")
    doc.add(
        "TableNote",
        "注：各区按通知的顺序排列。成员单位指有表格的成员单位。待处理的错误和提醒指尚未改正、说明或豁免的。",
    )


def spread(doc: Builder) -> None:
    """The distribution of every indicator."""
    doc.add("Heading1", "各项指标的分布", new_page=True)
    doc.each("BodyText", "sentence", "report.spread.overview")
    doc.when("report.spread.figures")
    doc.add(
        "BodyText",
        "下图按一级指标列出各区数值的分布。每行一项指标，行首序号与{{ report.tables.spread }}一致；每个圆点是一个区，"
        "中间竖线是各区中位数，离竖线越远，与多数区的差距越大。{{ report.spread.undrawn }}",
    )
    doc.add("BodyText", "{%p for figure in report.spread.figures %}")
    doc.figure("figure")
    doc.add("BodyText", "{%p endfor %}")
    doc.end()
    doc.caption("report.tables.spread", "各项指标在各区的分布")
    doc.table(SPREAD, "group.rows", groups=[Group("group", "report.spread.groups", "{{ group.name }}")])
    doc.add(
        "TableNote",
        "注：按有数值的区计算，各区权重相同；四分位数按线性插值计算。“文字”为文字说明，不作计算。“—”表示没有相应数值。",
    )


def differences(doc: Builder) -> None:
    """How far the districts lie apart, and how that changed."""
    doc.add("Heading1", "各区之间的差异", new_page=True)
    doc.add("Heading2", "本年的差异")
    doc.each("Numbered", "sentence", "report.differences.sentences")
    doc.when("report.differences.figure")
    doc.figure("report.differences.figure")
    doc.end()
    doc.when("report.differences.years")
    doc.add("Heading2", "与上年相比")
    doc.each("Numbered", "sentence", "report.differences.year_sentences")
    doc.caption("report.tables.years", "各项指标的中位数和差异与上年相比")
    doc.table(YEARS, "report.differences.years")
    doc.add("TableNote", "注：只按两年都有数值的区计算；两年都有数值的区太少的指标不列。")
    doc.when("report.differences.moved")
    doc.figure("report.differences.moved")
    doc.end()
    doc.end()


def quality(doc: Builder) -> None:
    """What the checks found, what became of it, and what is missing."""
    doc.add("Heading1", "数据质量和更正", new_page=True)
    doc.each("Numbered", "sentence", "report.quality.sentences")
    doc.when("report.quality.rows")
    doc.caption("report.tables.findings", "核对中发现的问题及其处理")
    heads = [f"{{{{ report.quality.heads[{place}] }}}}" for place in range(STATUSES)]
    doc.table(
        (
            Column("级别和类别", "row.name", "TableText", FINDINGS_WIDTHS[0]),
            *(
                Column(head, f"row.counts[{place}]", "TableMiddle", FINDINGS_WIDTHS[place + 1])
                for place, head in enumerate([*heads, "合计"])
            ),
        ),
        "report.quality.rows",
    )
    doc.add("TableNote", "注：错误须改正；提醒须改正或说明原因；提示供核对。“随其他问题”指由另一个问题引起的。")
    doc.end()
    doc.when("report.quality.frequent")
    doc.caption("report.tables.frequent", "错误和提醒最多的数据项和核对规则")
    doc.table(FREQUENT, "report.quality.frequent")
    doc.add("TableNote", "")
    doc.end()
    doc.when("report.quality.settled")
    doc.caption("report.tables.settled", "已说明或豁免的问题")
    doc.table(SETTLED, "report.quality.settled")
    doc.add("TableNote", "{{ report.quality.rest }}")
    doc.end()
    doc.when("report.quality.missing")
    doc.caption("report.tables.missing", "有区没有数值的指标")
    doc.table(MISSING, "report.quality.missing")
    doc.add("TableNote", DASH_NOTE)
    doc.end()


def signature(doc: Builder, annexes: tuple[str, ...]) -> None:
    """The list of annexes, and who issues it."""
    doc.add("BodyText", "")
    for number, annex in enumerate(annexes, 1):
        doc.add("BodyText", f"{'附件：' if number == 1 else '　　　'}{number}．{annex}")
    doc.add("BodyText", "")
    doc.add("Signature", "{{ report.office }}")
    doc.add("Signature", "　　年　　月　　日")


def method(doc: Builder, notes: tuple[tuple[str, str], ...]) -> None:
    """The annex on method: notes by heading, the decisions, and every formula in words."""
    doc.add("NumberedAnnex", "")
    doc.add("AnnexTitle", "方法说明")
    for number, (heading, name) in enumerate(notes):
        doc.add("AnnexHeading", heading)
        doc.each("AnnexNumbered", "sentence", f"report.{name}")
        if number == 0:
            doc.add("AnnexNumbered", "本报告所用Word模板的版本：{{ template_version }}。")
    doc.add("AnnexHeading", "通知表述需要明确之处的处理")
    doc.each("AnnexNumbered", "sentence", "report.decisions")
    doc.add("AnnexHeading", "指标的计算方法")
    doc.caption("report.tables.formulas", "各项指标的计算方法")
    doc.table(FORMULAS, "report.formulas")

"""The method annex of the reports on all districts: from the edition, and from the rules in the code. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from xltool.expression import formula_words
from xltool.model.edition import Edition
from xltool.reports.change import NOTABLE_CHANGE
from xltool.reports.facts import MINIMUM_DISTRICTS
from xltool.reports.figures import EDGE
from xltool.reports.method import FormulaRow
from xltool.reports.text import clean, date_text, figure, grouped
from xltool.reports.whole.differences import NOTABLE_POINTS
from xltool.reports.whole.facts import CitySources, Measure
from xltool.reports.whole.suggestions import FEW_DISTRICTS, WIDE


def data_notes(edition: Edition, sources: CitySources) -> tuple[str, ...]:
    """Where the figures come from, and what the words for states mean."""
    return (
        (
            f"数据覆盖{date_text(edition.period_start)}至{date_text(edition.period_end)}，按“{clean(edition.title)}”采集，"
            f"规则版本{clean(edition.id)}（{edition.digest[:12]}）。数据截至{date_text(sources.cut_off)}。"
        ),
        (
            "本报告的全部数字取自同一数据快照，用同一快照可重新生成相同的报告。"
            f"快照编号：{grouped(clean(sources.snapshot_id))}。"
        ),
        "计算一律用未舍入的数，只在显示时四舍五入，因此表中数字相减可能与文中差值末位不同。",
        (
            "“未填”指所需数据没有报送，不按0计算，也不计入分布；“不适用”指该项不适用于该区；“无法计算”指分母为0。"
            "公式中只要有一个数据不适用或未填，该指标就不适用或未填。"
        ),
        (
            "由各成员单位分别填报的数据按全区合计；两个合计相除时，只计入两项都填报的单位；未填报的单位不计入。"
            "各区的审核状态见采集情况的表；未审核完成的区的数据可能还会改正。"
        ),
    )


def comparison_notes(edition: Edition, found: Sequence[Measure]) -> tuple[str, ...]:
    """How distributions and differences are computed, and when something is said about them."""
    points, wide = figure(NOTABLE_POINTS, 0), figure(WIDE, 0)
    last = edition.data_year - 1
    years = (
        (
            f"上年数据是市级预先填入的{last}年数据，用本年的公式计算。与上年比较时只用两年都有数值的区，且不少于{MINIMUM_DISTRICTS}个；"
            f"中位数变化不小于上年的{figure(NOTABLE_CHANGE * 100, 0)}%、变异系数变化不小于{points}个百分点的才作评述。"
        )
        if any(measure.compared for measure in found)
        else f"没有足够的{last}年数据，不作与上年的比较。"
    )
    return (
        (
            "分布按有数值的区计算，各区权重相同。四分位数按线性插值计算；四分位距是上、下四分位数之差；"
            "变异系数是标准差（以有数值的区为总体）与均值之比，可在不同单位的指标之间比较。"
        ),
        (
            f"有数值的区不少于{MINIMUM_DISTRICTS}个、且分优劣的指标才评述差异；总量指标随区的大小而不同，只列数值。"
            f"变异系数不小于{wide}%的列入建议；有{FEW_DISTRICTS}个及以上的区出现的问题才列入建议。"
        ),
        (
            "分布图的横轴是与中位数之差除以MAD（各区与中位数之差的绝对值的中位数），"
            f"超出±{figure(EDGE, 0)}的画在边缘；图中的点不标区名。"
        ),
        years,
        f"通知没有规定权重，因此不计算总分，不排名次；{len(edition.districts)}个区一律按通知的顺序排列。",
    )


def background_notes(sources: CitySources) -> tuple[str, ...]:
    """How evidence and the survey are counted, of what is there; and what isn't there."""
    backgrounds = sources.backgrounds.values()
    return (
        "佐证材料按监测点统计：一份材料计入它选择的最末一级指标及其上各级；有材料不等于达到要求。"
        if any(one.evidence is not None and one.evidence.documents for one in backgrounds)
        else "没有收到佐证材料，不列该部分。",
        (
            "满意（肯定）比例的95%置信区间用Wilson方法计算，平均分的区间用t分布计算，均按简单随机抽样；"
            "两个区间不重叠才称为有差别。各监测点合计按人数合并，不加权。"
        )
        if any(one.survey for one in backgrounds)
        else "没有收到满意度调查的数据，不列该部分。",
        "专家意见照录，不作改动；专家以称谓列出。"
        if any(one.opinions for one in backgrounds)
        else "没有收到专家意见。",
    )


def formulas_of(edition: Edition, found: Sequence[Measure]) -> tuple[FormulaRow, ...]:
    """Every indicator's formula in words, by its number in the tables."""
    return tuple(
        FormulaRow(
            number=measure.number,
            label=clean(measure.indicator.label),
            formula=clean(formula_words(edition, measure.indicator.formula)),
        )
        for measure in found
    )

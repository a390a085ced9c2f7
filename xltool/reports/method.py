"""The method note of a sub-report: what was computed and how, from the edition and the rules in the code. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xltool.expression import formula_words
from xltool.model.edition import Edition
from xltool.reports.background import Background
from xltool.reports.change import NOTABLE_CHANGE, Change
from xltool.reports.facts import MINIMUM_DISTRICTS, Standing
from xltool.reports.figures import EDGE
from xltool.reports.highlights import NOTABLE_DISTANCE, NOTABLE_SHARE
from xltool.reports.labels import table
from xltool.reports.text import clean, date_text, figure, grouped

FORMULAS = table("formulas")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormulaRow:
    """How one indicator is computed, in words."""

    number: int
    label: str
    formula: str


def data_note(edition: Edition, snapshot_id: str) -> tuple[str, ...]:
    """Where the figures come from and what the words for states mean."""
    return (
        (
            f"数据覆盖{date_text(edition.period_start)}至{date_text(edition.period_end)}，按“{clean(edition.title)}”采集，"
            f"规则版本{clean(edition.id)}（{edition.digest[:12]}）。"
        ),
        f"本报告的全部数字取自同一数据快照，同一快照可重新生成相同的报告。快照编号：{grouped(clean(snapshot_id), 8)}。",
        "计算一律用未舍入的数，只在显示时四舍五入，因此表中数字相减可能与文中差值末位不同。",
        (
            "“未填”指所需数据没有报送，不按0计算；“不适用”指该项不适用于本区；“无法计算”指分母为0。"
            "公式中只要有一个数据不适用或未填，该指标就不适用或未填。"
        ),
        (
            "由各成员单位分别填报的数据按全区合计；两个合计相除时，只计入两项都填报的单位；"
            "未填报的单位不计入，所含单位数在“说明”栏列出。"
        ),
        (
            "每项指标由哪些数据算出，每个数据填在哪个文件、哪张工作表、哪个单元格，市级可用采集工具逐一查出"
            "（xltool trace 区名 指标编号）。"
        ),
    )


def comparison_note(edition: Edition) -> tuple[str, ...]:
    """How the district is compared with the others, and when something is said about it."""
    districts = len(edition.districts)
    named = "" if edition.name_other_districts else "本报告不列其他区的名称。"
    distance, share = figure(NOTABLE_DISTANCE, 0), figure(NOTABLE_SHARE * 100, 0)
    return (
        (
            f"均值、中位数按有数值的区计算，各区权重相同；“位次/有效区数”按数值从大到小排列，数值相同的位次并列；全市共{districts}个区。"
            "位次只说明大小，不代表优劣。"
        ),
        (
            "各区数值与中位数之差取绝对值，其中位数（MAD）反映各区之间通常的差距，用作衡量远近的单位。"
            f"图中横轴是与中位数之差除以MAD，超出±{figure(EDGE, 0)}的画在边缘。"
        ),
        (
            f"同时满足以下条件的才称为明显优于或不及中位数：该指标分优劣；有数值的区不少于{MINIMUM_DISTRICTS}个；"
            f"与中位数之差不小于{distance}个MAD；且不小于中位数的{share}%。标为“不分优劣”的指标，和所用数据有错误待改正的指标，只列数值，不作评述。"
        ),
        f"通知没有规定权重，因此不计算总分，不作综合排名。{named}",
    )


def background_note(edition: Edition, background: Background, found: Sequence[Change]) -> tuple[str, ...]:
    """How last year, evidence and the survey are counted, of what is there; and what isn't there."""
    last = edition.data_year - 1
    change = figure(NOTABLE_CHANGE * 100, 0)
    notes = [
        f"上年数据是市级预先填入的{last}年数据，用本年的公式计算；成员单位合计用全区合计，不按单位匹配。"
        f"变化不小于上年数值的{change}%且该指标分优劣的，才称为改善或退步。"
        if found
        else f"没有本年和{last}年都有数值的指标，不作与上年的比较。",
        "佐证材料按监测点统计：一份材料计入它选择的最末一级指标及其上各级；有材料不等于达到要求。"
        if background.evidence is not None
        else "本快照没有佐证材料的统计。",
        "满意（肯定）比例的95%置信区间用Wilson方法计算，平均分的区间用t分布计算，均按简单随机抽样；"
        "两个区间不重叠才称为有差别。各监测点合计按人数合并，不加权。"
        if background.survey
        else "没有收到满意度调查的数据，不列该部分。",
        "专家意见照录，不作改动；专家以称谓列出。" if background.opinions else "没有收到专家意见，不列该部分。",
    ]
    return tuple(notes)


def formula_rows(edition: Edition, standings: tuple[Standing, ...]) -> tuple[FormulaRow, ...]:
    """Every indicator's formula in words, in the order of the indicator table."""
    return tuple(
        FormulaRow(
            number=standing.number,
            label=clean(standing.indicator.label),
            formula=clean(formula_words(edition, standing.indicator.formula)),
        )
        for standing in standings
    )

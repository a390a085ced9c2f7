"""What experts and survey say, as pages for the writers of reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xltool.model.edition import Edition
from xltool.model.field import FieldPlan, Interval, Opinion, Summary
from xltool.model.numbers import shown
from xltool.model.pages import Cell, Column, Page

SURVEY_NOTES = (
    "比例为回答该题者中作肯定回答（达到“比较满意”或“是”）的百分比；区间为95%置信区间（Wilson方法），平均分的区间按t分布计算，均假定为简单随机抽样。",
    "没有人回答的题没有比例，不按0计；回答数多于有效问卷数的题不计，待更正；有效问卷数或访问人数没有填写的，回收率空缺。各点合计为各监测点答卷直接相加，未加权。",
)
ALL_SITES = "各点合计"


def field_pages(
    edition: Edition, plans: Sequence[tuple[str, FieldPlan]], opinions: Iterable[Opinion], summaries: Iterable[Summary]
) -> list[Page]:
    """Survey results, opinions, and how the field days were planned."""
    return [_survey(summaries), _opinions(edition, opinions), _plans(plans)]


def _survey(summaries: Iterable[Summary]) -> Page:
    rows = [
        [
            Cell(content=one.district),
            Cell(content=one.site or ALL_SITES),
            Cell(content=one.question.label),
            Cell(content=one.approached),
            Cell(content=one.respondents),
            percent(one.response_rate),
            Cell(content=one.n),
            *estimate(one.share),
            *estimate(one.mean, decimals=2),
        ]
        for one in summaries
    ]
    return Page(
        name="问卷结果",
        title="满意度问卷结果",
        notes=SURVEY_NOTES,
        columns=(
            Column(heading="区", width=10, align="center"),
            Column(heading="监测点", width=22),
            Column(heading="问题", width=44),
            Column(heading="访问\n人数", width=8, align="right"),
            Column(heading="有效\n问卷", width=8, align="right"),
            Column(heading="回收率\n（%）", width=9, align="right"),
            Column(heading="回答\n人数", width=8, align="right"),
            Column(heading="肯定比例\n（%）", width=10, align="right"),
            Column(heading="95%区间\n（%）", width=15, align="center"),
            Column(heading="平均分", width=9, align="right"),
            Column(heading="95%区间", width=14, align="center"),
        ),
        rows=rows,
        frozen=3,
    )


def percent(rate: float | None) -> Cell:
    """A rate with one decimal."""
    return Cell(content=None if rate is None else rate, number_format="0.0")


def estimate(interval: Interval | None, decimals: int = 1) -> tuple[Cell, Cell]:
    """A value and its interval; blank where there is none."""
    if interval is None:
        return Cell(), Cell()
    ends = f"{shown(interval.low, decimals)}～{shown(interval.high, decimals)}"
    return Cell(content=interval.value, number_format=f"0.{'0' * decimals}"), Cell(content=ends)


def _opinions(edition: Edition, opinions: Iterable[Opinion]) -> Page:
    order = {node.id: number for number, node in enumerate(edition.framework)}
    told = sorted(opinions, key=lambda one: order.get(one.indicator or "", len(order)))  # texts on the whole come last
    districts = {district.name: number for number, district in enumerate(edition.districts)}
    told.sort(key=lambda one: districts[one.district])
    rows = [
        [
            Cell(content=one.district),
            Cell(content=one.indicator or "总体"),
            Cell(content=one.label),
            Cell(content=one.aspect_label if one.indicator else ""),
            Cell(content=one.author),
            Cell(content=one.text),
            Cell(content=f"{one.value.sheet}!{one.value.cell}"),
        ]
        for one in told
    ]
    return Page(
        name="专家意见",
        title="专家意见",
        notes=("按二级指标排列；专家只记称谓，不记姓名。",),
        columns=(
            Column(heading="区", width=10, align="center"),
            Column(heading="编号", width=8, align="center"),
            Column(heading="二级指标", width=34),
            Column(heading="方面", width=11, align="center"),
            Column(heading="专家", width=14, align="center"),
            Column(heading="意见", width=64),
            Column(heading="来源单元格", width=18, align="center"),
        ),
        rows=rows,
        frozen=2,
    )


def _plans(plans: Sequence[tuple[str, FieldPlan]]) -> Page:
    rows = [
        [
            Cell(content=name),
            Cell(content=plan.day.isoformat() if plan.day else "未定"),
            Cell(content="\n".join(plan.sites)),
            Cell(content="\n".join(plan.experts)),
            Cell(content="\n".join(plan.meetings)),
        ]
        for name, plan in plans
    ]
    return Page(
        name="实地监测安排",
        title="实地监测安排",
        columns=(
            Column(heading="区", width=10, align="center"),
            Column(heading="日期", width=13, align="center"),
            Column(heading="监测点", width=40),
            Column(heading="专家", width=26),
            Column(heading="会议", width=52),
        ),
        rows=rows,
    )

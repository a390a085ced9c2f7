"""The indicators as a workbook that people read: values of all districts, charts, distributions, formulas, inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xltool.expression import formula_words
from xltool.model.distribution import Distribution, distribution
from xltool.model.edition import Edition, Framework, Indicator
from xltool.model.indicator import Result
from xltool.model.pages import BarChart, Cell, ChartPage, Column, Page, Span
from xltool.model.quantity import Quantity
from xltool.model.states import SHOWN, State

VALUES, CHARTS, SPREAD, LAST, FORMULAS, ITEMS, LIST = "各区数值", "图", "分布", "上年数值", "计算公式", "数据项", "明细"
MEDIAN = "中位数"
TEXT = "文字"
FROZEN = 3  # number, label, unit
HALF = 8  # districts on a printed page
WITHOUT_DECIMALS = 1000  # from here on labels of charts would overlap with decimals
DIRECTIONS = {"up": "越高越好", "down": "越低越好", "none": "不分优劣"}
STATE_NOTE = "“未填”指所需数据没有报送，不按0计算；“不适用”指该项不适用于该区；“无法计算”指分母为0。"
ROUNDING_NOTE = "单元格中是未舍入的数，按各指标的小数位数显示。"
ORDER_NOTE = "中位数按有数值的区计算，各区权重相同。各区按通知的顺序排列，不排名次。"
SPREAD_NOTE = (
    "四分位数按线性插值计算（与Excel的QUARTILE.INC相同）；四分位距为上下四分位数之差；"
    "均值、中位数各区权重相同，全市为各区分子合计与分母合计之比；"
    "变异系数为标准差（以全部有数值的区为总体）与均值之比，反映各区差异的大小，可在不同单位的指标之间比较。"
)


@dataclass(frozen=True, kw_only=True)
class Annex:
    """What the workbook is made from: results and rolled-up items of all districts, and what stands above each sheet.

    `quantities`: district -> item -> its figure. `last_year`: (district, indicator) -> last year's figure, empty
    where no last year is known.
    """

    edition: Edition
    results: Sequence[Result]
    quantities: Mapping[str, Mapping[str, Quantity]]
    last_year: Mapping[tuple[str, str], Quantity]
    source: str

    @property
    def districts(self) -> tuple[str, ...]:
        """In the notice's order."""
        return tuple(district.name for district in self.edition.districts)

    def of(self, indicator: Indicator) -> list[Result]:
        """The districts' results of one indicator."""
        return [result for result in self.results if result.indicator == indicator.id]


def annex_pages(annex: Annex) -> list[Page | ChartPage]:
    """The sheets."""
    last = [_last(annex)] if annex.last_year else []
    return [_values(annex), _charts(annex), _spread(annex), *last, _formulas(annex), _items(annex), _list(annex)]


def number_format(decimals: int) -> str:
    """How a number with so many decimals is shown."""
    return f"0.{'0' * decimals}" if decimals else "0"


def _state_cell(state: State, value: float | str | None, form: str) -> Cell:
    if state is not State.VALUE:
        return Cell(content=SHOWN[state])
    return Cell(content=TEXT) if isinstance(value, str) else Cell(content=value, number_format=form)


def _number(value: float | None, form: str) -> Cell:
    return Cell(content="—") if value is None else Cell(content=value, number_format=form)


def _head(what: str = "指标") -> tuple[Column, ...]:
    return (
        Column(heading="序号", width=5.5, align="center"),
        Column(heading=what, width=30),
        Column(heading="单位", width=9, align="center"),
    )


def _values(annex: Annex) -> Page:
    rows = []
    for number, indicator in enumerate(annex.edition.indicators, 1):
        found, form = annex.of(indicator), number_format(indicator.decimals)
        first = found[0]
        rows.append(
            [
                Cell(content=number),
                Cell(content=indicator.label),
                Cell(content=indicator.unit_of_measure),
                *(_state_cell(result.state, result.value, form) for result in found),
                _number(first.median, form),
                Cell(content=first.n),
            ]
        )
    return Page(
        name=VALUES,
        title=f"{annex.edition.short_title}：各区指标数值",
        notes=(annex.source, ROUNDING_NOTE + ORDER_NOTE, STATE_NOTE + "文字类指标见“明细”表。"),
        columns=(
            *_head(),
            *(Column(heading=name, width=9.5, align="right") for name in annex.districts),
            Column(heading=MEDIAN, width=9.5, align="right"),
            Column(heading="有效\n区数", width=6, align="right"),
        ),
        rows=rows,
        frozen=FROZEN,
        breaks=(FROZEN + HALF,),
    )


def _charts(annex: Annex) -> ChartPage:
    last = FROZEN + len(annex.districts)
    charts = [
        _chart(number, indicator, annex.of(indicator), last)
        for number, indicator in enumerate(annex.edition.indicators, 1)
        if any(isinstance(result.value, float | int) for result in annex.of(indicator))
    ]
    notes = (f"灰色为各区，按通知的顺序排列；黑色为中位数。数值见“{VALUES}”表，改动该表，图随之改变。",)
    return ChartPage(name=CHARTS, title=f"{annex.edition.short_title}：各区指标图", notes=notes, charts=charts)


def _chart(number: int, indicator: Indicator, results: Sequence[Result], last: int) -> BarChart:
    words = {place: SHOWN[result.state] for place, result in enumerate(results) if result.state is not State.VALUE}
    numbers = [abs(result.value) for result in results if isinstance(result.value, int | float)]
    told = "、".join(f"{result.district}{SHOWN[result.state]}" for result in results if result.state is not State.VALUE)
    return BarChart(
        title=f"{number} {indicator.label}（{indicator.unit_of_measure}）",
        names=Span(page=VALUES, row=None, first=FROZEN, last=last),
        values=Span(page=VALUES, row=number - 1, first=FROZEN, last=last),
        number_format=number_format(0 if max(numbers) >= WITHOUT_DECIMALS else indicator.decimals),
        marked=frozenset({len(results)}),
        words=words,
        description=f"柱形图：各区的{indicator.label}，最后一柱是中位数。" + (f"没有数值的：{told}。" if told else ""),
    )


def distribution_of(results: Sequence[Result]) -> Distribution:
    """The distribution of one indicator over the districts with a number."""
    return distribution(float(result.value) for result in results if isinstance(result.value, int | float))


def _spread(annex: Annex) -> Page:
    rows = []
    for number, indicator in enumerate(annex.edition.indicators, 1):
        results, form = annex.of(indicator), number_format(indicator.decimals)
        found, city = distribution_of(results), results[0].city
        figures = (found.least, found.lower, found.median, found.upper, found.most, found.mean, city, found.iqr)
        rows.append(
            [
                Cell(content=number),
                Cell(content=indicator.label),
                Cell(content=indicator.unit_of_measure),
                Cell(content=found.n or "—"),
                *(_number(value, form) for value in figures),
                _number(found.cv, "0.0"),
            ]
        )
    headings = ("最小", "下四分\n位数", MEDIAN, "上四分\n位数", "最大", "均值", "全市", "四分\n位距")
    return Page(
        name=SPREAD,
        title=f"{annex.edition.short_title}：各项指标在各区的分布",
        notes=(annex.source, SPREAD_NOTE),
        columns=(
            *_head(),
            Column(heading="有效\n区数", width=6, align="right"),
            *(Column(heading=heading, width=10, align="right") for heading in headings),
            Column(heading="变异系数\n（%）", width=9, align="right"),
        ),
        rows=rows,
        frozen=FROZEN,
    )


def _last(annex: Annex) -> Page:
    rows = []
    for number, indicator in enumerate(annex.edition.indicators, 1):
        found = [annex.last_year.get((name, indicator.id)) for name in annex.districts]
        rows.append(
            [
                Cell(content=number),
                Cell(content=indicator.label),
                Cell(content=indicator.unit_of_measure),
                *(_quantity_cell(quantity, number_format(indicator.decimals)) for quantity in found),
            ]
        )
    return Page(
        name=LAST,
        title=f"{annex.edition.short_title}：各区上年指标数值（{annex.edition.data_year - 1}年）",
        notes=(annex.source, f"按本年的公式和市级预先填入的上年数据计算。{ROUNDING_NOTE}", STATE_NOTE),
        columns=(*_head(), *(Column(heading=name, width=9.5, align="right") for name in annex.districts)),
        rows=rows,
        frozen=FROZEN,
        breaks=(FROZEN + HALF,),
    )


def _formulas(annex: Annex) -> Page:
    edition = annex.edition
    rows = [
        [
            Cell(content=number),
            Cell(content=_section(edition, indicator).choice),
            Cell(content=indicator.label),
            Cell(content=indicator.unit_of_measure),
            Cell(content=formula_words(edition, indicator.formula)),
            Cell(content=DIRECTIONS[indicator.direction]),
        ]
        for number, indicator in enumerate(edition.indicators, 1)
    ]
    return Page(
        name=FORMULAS,
        title=f"{edition.short_title}：指标的计算公式",
        notes=(annex.source, "通知表述需要明确之处的处理：", *edition.decisions),
        columns=(
            Column(heading="序号", width=5.5, align="center"),
            Column(heading="所属指标", width=22),
            Column(heading="指标", width=34),
            Column(heading="单位", width=9, align="center"),
            Column(heading="计算公式", width=60),
            Column(heading="方向", width=10, align="center"),
        ),
        rows=rows,
    )


def _section(edition: Edition, indicator: Indicator) -> Framework:
    return edition.framework_by_id[indicator.belongs_to]


def _items(annex: Annex) -> Page:
    rows = []
    for number, item in enumerate(annex.edition.items, 1):
        found = [annex.quantities[name].get(item.id) for name in annex.districts]
        rows.append(
            [
                Cell(content=number),
                Cell(content=item.label),
                Cell(content=item.unit_of_measure),
                *(_quantity_cell(quantity, "General") for quantity in found),
            ]
        )
    return Page(
        name=ITEMS,
        title=f"{annex.edition.short_title}：各区数据项",
        notes=(annex.source, "各数据项全区汇总后的数；清单为合计，成员单位分别填报的为已填单位的合计。" + STATE_NOTE),
        columns=(*_head("数据项"), *(Column(heading=name, width=11, align="right") for name in annex.districts)),
        rows=rows,
        frozen=FROZEN,
        breaks=(FROZEN + HALF,),
    )


def _quantity_cell(quantity: Quantity | None, form: str) -> Cell:
    if quantity is None:
        return Cell(content=SHOWN[State.MISSING])
    return _state_cell(quantity.state, quantity.value, form)


def _list(annex: Annex) -> Page:
    by_id = annex.edition.indicator_by_id
    return Page(
        name=LIST,
        title=f"{annex.edition.short_title}：各区指标明细",
        notes=(annex.source, ROUNDING_NOTE + "可按区、指标、状态筛选。位次按数值从大到小，相同的并列，不代表优劣。"),
        columns=(
            Column(heading="区", width=9, align="center"),
            Column(heading="指标", width=38),
            Column(heading="数值", width=16, align="right"),
            Column(heading="单位", width=10, align="center"),
            Column(heading="状态", width=8, align="center"),
            Column(heading="分子", width=13, align="right"),
            Column(heading="分母", width=13, align="right"),
            Column(heading="位次", width=6, align="right"),
            Column(heading="计入/应填\n单位", width=9, align="center"),
            Column(heading="说明", width=34),
            Column(heading="审核状态", width=10, align="center"),
        ),
        rows=[list(_line(result, by_id[result.indicator])) for result in annex.results],
        frozen=2,
    )


def _line(result: Result, indicator: Indicator) -> Iterator[Cell]:
    form = number_format(indicator.decimals)
    units = None if result.units_expected is None else f"{result.units_answered}/{result.units_expected}"
    yield Cell(content=result.district)
    yield Cell(content=result.label)
    yield _state_cell(result.state, result.value, form)
    yield Cell(content=result.unit_of_measure)
    yield Cell(content="有数值" if result.state is State.VALUE else SHOWN[result.state])
    yield Cell(content=result.numerator)
    yield Cell(content=result.denominator)
    yield Cell(content=result.rank)
    yield Cell(content=units)
    yield Cell(content=result.value if isinstance(result.value, str) else result.reason)
    yield Cell(content=result.review_state)

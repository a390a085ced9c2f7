"""How each indicator is spread over the districts: a table of quartiles, and dot plots. Pure.

Dots of a figure are the districts' values in MADs from the median, as in the sub-reports, without names: the values of
named districts stand in the table of all districts, where the report has it.
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from xltool.model.states import State
from xltool.reports.facts import MINIMUM_DISTRICTS
from xltool.reports.figures import EDGE, Figure, Row, abridged
from xltool.reports.labels import chart, table
from xltool.reports.text import BLANK, clean, enumerate_numbers, figure
from xltool.reports.whole.facts import Measure

SPREAD = table("spread")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpreadRow:
    """One indicator; numbers are rounded copies."""

    number: int
    label: str
    n: str
    least: str
    lower: str
    median: str
    upper: str
    most: str
    iqr: str
    cv: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpreadGroup:
    """The rows of one second-level indicator."""

    name: str
    rows: tuple[SpreadRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The section on distributions."""

    overview: tuple[str, ...]
    groups: tuple[SpreadGroup, ...]
    figures: tuple[Figure, ...]
    undrawn: str


def spread(found: Sequence[Measure]) -> Spread:
    """The section."""
    sections = itertools.groupby(found, key=lambda measure: measure.section)
    figures = _figures(found)
    return Spread(
        overview=(overview(found),),
        groups=tuple(
            SpreadGroup(name=f"{section.id} {clean(section.name)}", rows=tuple(map(_row, members)))
            for section, members in sections
        ),
        figures=figures,
        undrawn=_undrawn(found, figures),
    )


def overview(found: Sequence[Measure]) -> str:
    """How many indicators have numbers in how many districts."""
    results = [result for measure in found for result in measure.results]
    counts = {
        "有数值": sum(len(measure.values) for measure in found),
        "为文字": sum(isinstance(result.value, str) for result in results),
        "未填": sum(result.state == State.MISSING for result in results),
        "不适用": sum(result.state == State.NOT_APPLICABLE for result in results),
        "无法计算": sum(result.state == State.UNDEFINED for result in results),
    }
    districts = len(found[0].results) if found else 0
    told = "，".join(f"{count}个{word}" for word, count in counts.items() if count)
    return f"{len(found)}项指标、{districts}个区，共{len(results)}个结果，其中{told}（{SPREAD}）。"


def number_text(value: float | None, decimals: int) -> str:
    """A number as it is printed, or that there is none."""
    return BLANK if value is None else figure(value, decimals)


def unit_label(measure: Measure) -> str:
    """An indicator's name with its unit."""
    return f"{clean(measure.indicator.label)}（{clean(measure.indicator.unit_of_measure)}）"


def _row(measure: Measure) -> SpreadRow:
    found, decimals = measure.spread, measure.indicator.decimals
    return SpreadRow(
        number=measure.number,
        label=unit_label(measure),
        n="文字" if measure.is_text else str(found.n),
        least=number_text(found.least, decimals),
        lower=number_text(found.lower, decimals),
        median=number_text(found.median, decimals),
        upper=number_text(found.upper, decimals),
        most=number_text(found.most, decimals),
        iqr=number_text(found.iqr, decimals),
        cv=number_text(found.cv, 1),
    )


def _figures(found: Sequence[Measure]) -> tuple[Figure, ...]:
    drawable = [(measure, places) for measure in found if (places := _places(measure))]
    chapters = itertools.groupby(drawable, key=lambda one: one[0].chapter)
    return tuple(
        _figure(number, chapter.name, tuple(_dots(measure, places) for measure, places in members))
        for number, (chapter, members) in enumerate(chapters, 1)
    )


def _places(measure: Measure) -> tuple[float, ...]:
    """Where the dots stand, in ascending order; none where the districts can't be told apart, or are too few."""
    values = measure.values
    if len(values) < MINIMUM_DISTRICTS:
        return ()
    median = statistics.median(values)
    mad = statistics.median(abs(value - median) for value in values)
    return tuple(sorted(max(-EDGE, min(EDGE, (value - median) / mad)) for value in values)) if mad else ()


def _dots(measure: Measure, places: tuple[float, ...]) -> Row:
    return Row(
        number=measure.number,
        label=f"{measure.number} {abridged(measure.indicator.label)}",
        others=places,
        own=None,
    )


def _figure(number: int, chapter: str, rows: tuple[Row, ...]) -> Figure:
    far = sum(abs(place) >= EDGE for row in rows for place in row.others)
    return Figure(
        label=chart(f"spread_{number}"),
        district="",
        caption=f"各区指标数值的分布：{clean(chapter)}",
        description=(
            f"点图，{len(rows)}行，每行一项指标，每个圆点是一个区，中间竖线是各区中位数，横轴是与中位数之差除以MAD。"
            f"画在边缘的点有{far}个。各项数值见分布表。"
        ),
        rows=rows,
    )


def _undrawn(found: Sequence[Measure], figures: Sequence[Figure]) -> str:
    shown = {row.number for one in figures for row in one.rows}
    left = [measure.number for measure in found if measure.number not in shown]
    if not figures or not left:
        return ""
    reason = f"为文字，或有数值的区不足{MINIMUM_DISTRICTS}个，或过半数的区数值相同"
    return f"{SPREAD}第{enumerate_numbers(left)}行未列入图：{reason}。"

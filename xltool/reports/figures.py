"""What the figures of a sub-report show: each district a dot, this district marked, in robust terms. Pure.

A figure belongs to one first-level indicator and has one row an indicator. A dot's place is (value - median) /
MAD, so indicators of different units share one axis. Dots carry no names and stand in ascending order.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xltool.model.states import SHOWN, State
from xltool.reports.facts import Standing
from xltool.reports.labels import Label, chart
from xltool.reports.text import clean, figure

EDGE = 4.0
"""Dots farther from the median than this many MADs are drawn here."""

ENDS = (25.0, 50.0, 100.0)
"""Where an axis of percentages may end."""

LABEL_HALF = 8
"""Characters kept at either end of a label that is too long for the figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One indicator: the places of the other districts' dots in ascending order, and of this district's."""

    number: int
    label: str
    others: tuple[float, ...]
    own: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A dot plot, its caption and its description for readers who can't see it."""

    label: Label
    district: str
    caption: str
    description: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A row: its label, and for each series its value, None where it has none."""

    label: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BarFigure:
    """A bar chart, its caption and its description for readers who can't see it.

    `ends` are the axis' ends, None where Word chooses. Stacked bars of a row make up a whole; others have one
    series each a row, drawn in its place. `number_format` is of the numbers at the bars.
    """

    label: Label
    caption: str
    description: str
    series: tuple[str, ...]
    bars: tuple[Bar, ...]
    axis: str
    stacked: bool = False
    ends: tuple[float, float] | None = None
    number_format: str = "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalRow:
    """One question: the favourable share and its interval, in percent."""

    label: str
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalFigure:
    """Shares with their intervals, the caption, and a description for readers who can't see it."""

    label: Label
    caption: str
    description: str
    rows: tuple[IntervalRow, ...]


def figures(standings: Sequence[Standing], district: str) -> tuple[Figure, ...]:
    """One figure for each first-level indicator that has something to compare; none for a district without data."""
    if all(standing.value is None for standing in standings):
        return ()
    comparable = [standing for standing in standings if standing.comparable]
    chapters = itertools.groupby(comparable, key=lambda standing: standing.chapter)
    return tuple(
        _figure(chart(f"position_{number}"), chapter.name, tuple(map(_row, members)), district)
        for number, (chapter, members) in enumerate(chapters, 1)
    )


def figure_of_row(drawn: Sequence[Figure]) -> dict[int, Label]:
    """Row of the indicator table -> the figure that shows it."""
    return {row.number: figure.label for figure in drawn for row in figure.rows}


def _row(standing: Standing) -> Row:
    state = "" if standing.result.state == State.VALUE else f"（{SHOWN[standing.result.state]}）"
    state = "（待改正）" if standing.doubtful else state
    return Row(
        number=standing.number,
        label=f"{standing.number} {abridged(standing.result.label)}{state}",
        others=tuple(_clipped(standing, value) for value in standing.others),
        own=None if standing.value is None else _clipped(standing, standing.value),
    )


def _clipped(standing: Standing, value: float) -> float:
    return max(-EDGE, min(EDGE, standing.place(value) or 0.0))


def clipped(value: float, end: float) -> float:
    """A value that lies beyond the axis' end stands at the end."""
    return max(-end, min(end, value))


def end_of(values: Iterable[float]) -> float:
    """The smallest end that holds all values, in percent; beyond the largest one they are drawn at the edge."""
    widest = max((abs(value) for value in values), default=0.0)
    return next((end for end in ENDS if widest < end), ENDS[-1])


def percent_axis(of: str, end: float) -> str:
    """The axis' title, with what becomes of values beyond its end."""
    beyond = f"，超出±{figure(end, 0)}%的画在边缘" if end == ENDS[-1] else ""
    return f"{of}的百分比（%{beyond}）"


def abridged(label: str, half: int = LABEL_HALF) -> str:
    """A label with its middle left out where it is long; the row's number leads to the whole."""
    text = clean(label).split("【", maxsplit=1)[0]
    return text if len(text) <= 2 * half + 1 else f"{text[:half]}…{text[-half:]}"


def _figure(label: Label, chapter: str, rows: tuple[Row, ...], district: str) -> Figure:
    places = [row.own for row in rows if row.own is not None]
    above, below = sum(1 for place in places if place > 0), sum(1 for place in places if place < 0)
    return Figure(
        label=label,
        district=district,
        caption=f"{district}在各区中的位置：{chapter}",
        description=(
            f"点图，{len(rows)}行，每行一项指标，每个灰色圆点是一个区，黑色菱形是{district}，中间竖线是各区中位数。"
            f"{district}有{above}项在中位数以上，{below}项在中位数以下，{len(places) - above - below}项与中位数相同。"
            "各项数值见全部指标的表。"
        ),
        rows=rows,
    )

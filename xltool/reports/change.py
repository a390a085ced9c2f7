"""How a district's indicators changed from last year, told where it is known and not small. Pure.

A change is called an improvement or a decline only where the indicator has a direction and the change is at least
`NOTABLE_CHANGE` of last year's value. Beside it stands the median change of the districts, where enough are known.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xltool.model.indicator import Result
from xltool.model.states import State
from xltool.reports.background import LastYear
from xltool.reports.facts import MINIMUM_DISTRICTS, Standing, number_of
from xltool.reports.figures import Bar, BarFigure, abridged, clipped, end_of, percent_axis
from xltool.reports.labels import chart
from xltool.reports.text import PERCENT, clean, figure, with_unit

CHANGES = chart("changes")
NOTABLE_CHANGE = 0.10
TOLD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One indicator that has a number this year and last; `usual` is the districts' median change in percent."""

    standing: Standing
    value: float
    last: float
    usual: float | None
    known: int

    @property
    def share(self) -> float | None:
        """The change in percent of last year's value; None where that is 0."""
        return (self.value - self.last) / abs(self.last) * 100 if self.last else None

    @property
    def improved(self) -> bool | None:
        """Whether it changed for the better; None without a direction, where nothing changed, or it is doubtful."""
        if self.standing.indicator.direction == "none" or self.value == self.last or self.standing.doubtful:
            return None
        return (self.value > self.last) == (self.standing.indicator.direction == "up")

    @property
    def notable(self) -> bool:
        """Whether it is called an improvement or a decline."""
        return self.improved is not None and self.share is not None and abs(self.share) >= NOTABLE_CHANGE * 100


def changes(
    standings: Sequence[Standing], last_year: Sequence[LastYear], results: Sequence[Result]
) -> tuple[Change, ...]:
    """The district's changes, in the order of the indicator table.

    Args:
        standings: the district's indicators.
        last_year: last year's indicators of all districts.
        results: this year's of all districts.
    """
    now = {(result.district, result.indicator): number_of(result) for result in results}
    before = {(one.district, one.indicator): last_number(one) for one in last_year}
    found = []
    for standing in standings:
        key = (standing.result.district, standing.indicator.id)
        last, value = before.get(key), standing.value
        if last is not None and value is not None:
            shares = _shares(standing.indicator.id, now, before)
            usual = statistics.median(shares) if len(shares) >= MINIMUM_DISTRICTS else None
            found.append(Change(standing=standing, value=value, last=last, usual=usual, known=len(shares)))
    return tuple(found)


def last_number(one: LastYear) -> float | None:
    """Last year's number; None for text and for every state but `value`."""
    return float(one.value) if one.state == State.VALUE and isinstance(one.value, int | float) else None


def _shares(
    indicator: str, now: Mapping[tuple[str, str], float | None], before: Mapping[tuple[str, str], float | None]
) -> list[float]:
    pairs = ((now.get(key), last) for key, last in before.items() if key[1] == indicator)
    return [(value - last) / abs(last) * 100 for value, last in pairs if value is not None and last]


def notable(found: Sequence[Change], *, improved: bool) -> list[Change]:
    """The improvements, or the declines, the largest first."""
    chosen = [change for change in found if change.notable and change.improved is improved]
    return sorted(chosen, key=lambda change: (-abs(change.share or 0), change.standing.number))


def change_overview(found: Sequence[Change]) -> str:
    """How many can be compared, and how they changed."""
    judged = [c for c in found if c.standing.indicator.direction != "none" and not c.standing.doubtful]
    better, worse = len(notable(found, improved=True)), len(notable(found, improved=False))
    limit = figure(NOTABLE_CHANGE * 100, 0)
    return (
        f"{len(found)}项指标有上年数值，其中分优劣、数据没有错误的{len(judged)}项：改善{limit}%及以上的{better}项，"
        f"退步{limit}%及以上的{worse}项，其余{len(judged) - better - worse}项变化较小（{CHANGES}）。"
    )


def change_sentences(found: Sequence[Change], table: object) -> tuple[str, ...]:
    """The largest improvements and declines, one by one; `table` is the indicator table."""
    chosen = [*notable(found, improved=True)[:TOLD], *notable(found, improved=False)[:TOLD]]
    return tuple(_sentence(change, table) for change in chosen)


def _sentence(change: Change, table: object) -> str:
    standing = change.standing
    decimals, unit = standing.indicator.decimals, standing.result.unit_of_measure
    word = "改善" if change.improved else "退步"
    usual = ""
    if change.usual is not None:
        usual = f"，{change.known}个区变化的中位数为{signed(change.usual)}%"
    return (
        f"{word}：{clean(standing.result.label)}由上年的{with_unit(change.last, decimals, unit)}变为"
        f"{with_unit(change.value, decimals, unit)}，{_moved(change, decimals, unit)}{usual}"
        f"（{table}第{standing.number}行、{CHANGES}）。"
    )


def _moved(change: Change, decimals: int, unit: str) -> str:
    word = "上升" if change.value > change.last else "下降"
    relative = f"{figure(abs(change.share or 0), 1)}%"
    if unit == PERCENT:
        return f"{word}{figure(abs(change.value - change.last), decimals)}个百分点（变化为上年数值的{relative}）"
    return f"{word}{relative}"


def signed(value: float, decimals: int = 1) -> str:
    """A number with its sign; a zero has none."""
    text = figure(value, decimals)
    return f"+{text}" if value > 0 and text.strip("0.") else text


def change_figure(found: Sequence[Change], district: str) -> BarFigure | None:
    """Changes in percent of last year's values, by row of the indicator table; None where there are none."""
    shown = [(change, share) for change in found if (share := change.share) is not None]
    if not shown:
        return None
    end = end_of(share for _, share in shown)
    bars = tuple(
        Bar(
            label=f"{change.standing.number} {abridged(change.standing.result.label)}",
            values=_values(change, clipped(share, end)),
        )
        for change, share in shown
    )
    up = sum(share > 0 for _, share in shown)
    down = sum(share < 0 for _, share in shown)
    return BarFigure(
        label=CHANGES,
        caption=f"{district}各项指标与上年相比的变化",
        description=(
            f"横条图，{len(shown)}行，每行一项指标，长度是与上年之差占上年数值的百分比。"
            f"{up}项上升，{down}项下降，{len(shown) - up - down}项不变。黑色为改善，白色为退步，"
            "灰色为不分优劣、没有变化或所用数据有错误待改正。"
        ),
        series=("改善", "退步", "不评述"),
        bars=bars,
        axis=percent_axis("与上年之差占上年数值", end),
        ends=(-end, end),
        number_format="0.0",
    )


def _values(change: Change, drawn: float) -> tuple[float | None, float | None, float | None]:
    place = {True: 0, False: 1, None: 2}[change.improved]
    first, second, third = (drawn if place == number else None for number in range(3))
    return first, second, third

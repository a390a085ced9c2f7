"""How far each indicator lies from the districts' median, as bars, better and worse told apart. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from xltool.reports.facts import Standing
from xltool.reports.figures import Bar, BarFigure, abridged, clipped, end_of, percent_axis
from xltool.reports.labels import chart

GAPS = chart("gaps")


def gap(standing: Standing) -> float | None:
    """The difference to the median in percent of it; None where it can't be said, or isn't good or bad."""
    value, median = standing.value, standing.result.median
    if standing.distance is None or standing.indicator.direction == "none" or value is None or not median:
        return None
    return (value - median) / abs(median) * 100


def gap_figure(standings: Sequence[Standing], district: str) -> BarFigure | None:
    """The bars, the best first; None where nothing can be compared."""
    found = [(standing, share) for standing in standings if (share := gap(standing)) is not None]
    if not found:
        return None
    end = end_of(share for _, share in found)
    found.sort(key=lambda one: (-_goodness(*one), one[0].number))
    better = sum(_goodness(*one) > 0 for one in found)
    worse = sum(_goodness(*one) < 0 for one in found)
    return BarFigure(
        label=GAPS,
        caption=f"{district}各项指标与各区中位数之差",
        description=(
            f"横条图，{len(found)}行，每行一项分优劣的指标，长度是与各区中位数之差占中位数的百分比，黑色为优于中位数，"
            f"白色为不及中位数。{better}项优于中位数，{worse}项不及中位数，{len(found) - better - worse}项相同。"
        ),
        series=("优于中位数", "不及中位数"),
        bars=tuple(_bar(standing, share, end) for standing, share in found),
        axis=percent_axis("与中位数之差占中位数", end),
        ends=(-end, end),
        number_format="0.0",
    )


def _goodness(standing: Standing, share: float) -> float:
    return share if standing.indicator.direction == "up" else -share


def _bar(standing: Standing, share: float, end: float) -> Bar:
    drawn = clipped(share, end)
    good = _goodness(standing, share) >= 0
    values = (drawn if good else None, None if good else drawn)
    return Bar(label=f"{standing.number} {abridged(standing.result.label)}", values=values)

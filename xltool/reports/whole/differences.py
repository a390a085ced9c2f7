"""How far the districts lie apart, by indicator, and how that changed from last year. Pure.

Differences are told by the coefficient of variation (CV), which compares indicators of different units. Totals aren't
told: they differ with the size of a district. A change of the CV is told from `NOTABLE_POINTS` on, one of the median
from `NOTABLE_CHANGE` of last year's on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xltool.reports.change import NOTABLE_CHANGE, signed
from xltool.reports.figures import Bar, BarFigure, abridged
from xltool.reports.labels import chart, table
from xltool.reports.text import BLANK, clean, enumerate_names, figure, with_unit
from xltool.reports.whole.facts import Measure
from xltool.reports.whole.spread import SPREAD, number_text, unit_label

YEARS, APART, MOVED = table("years"), chart("apart"), chart("moved")
TOLD = 3
NAMED = 5
NOTABLE_POINTS = 5.0
EDGES = (20.0, 50.0, 100.0)
"""Where the axis of changes ends: the first that holds them all, else the last, at which the others are drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRow:
    """One indicator last year and this year, over the districts that have a number in both."""

    number: int
    label: str
    n: str
    last: str
    now: str
    change: str
    last_cv: str
    now_cv: str
    cv_change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """The section on differences; `years` are empty and `moved` is None where no last year is known."""

    sentences: tuple[str, ...]
    figure: BarFigure | None
    years: tuple[YearRow, ...]
    year_sentences: tuple[str, ...]
    moved: BarFigure | None


def differences(found: Sequence[Measure], doubtful: Mapping[int, tuple[str, ...]]) -> Differences:
    """The section; `doubtful`: number of an indicator -> the districts whose inputs of it are in doubt."""
    years = [measure for measure in found if measure.compared]
    return Differences(
        sentences=tuple(difference_sentences(found, doubtful)),
        figure=_figure(found),
        years=tuple(map(_year_row, years)),
        year_sentences=tuple(year_sentences(found)),
        moved=_moved_figure(years),
    )


def widest(found: Sequence[Measure]) -> list[tuple[Measure, float]]:
    """The indicators whose differences are told, by CV, the largest first."""
    told = [(measure, cv) for measure in found if measure.told and (cv := measure.spread.cv) is not None]
    return sorted(told, key=lambda one: (-one[1], one[0].number))


def difference_sentences(found: Sequence[Measure], doubtful: Mapping[int, tuple[str, ...]]) -> list[str]:
    """Where the districts lie farthest apart, and nearest together."""
    ordered = widest(found)
    if not ordered:
        return ["有数值的区太少，不作差异评述。"]
    wide, near = ordered[:TOLD], list(reversed(ordered[TOLD:][-TOLD:]))
    told = [
        (
            f"可评述差异的指标{len(ordered)}项（总量指标随区的大小而不同，不作评述），"
            f"变异系数在{figure(ordered[-1][1], 1)}%至{figure(ordered[0][1], 1)}%之间（{APART}）。"
        )
    ]
    told += [_wide(measure, cv, "差异较大") + caution(measure, doubtful) for measure, cv in wide]
    told += [_wide(measure, cv, "差异较小") + caution(measure, doubtful) for measure, cv in near]
    return told


def _wide(measure: Measure, cv: float, word: str) -> str:
    spread, decimals, unit = measure.spread, measure.indicator.decimals, measure.indicator.unit_of_measure
    return (
        f"{word}：{clean(measure.indicator.label)}，变异系数{figure(cv, 1)}%，"
        f"四分位数{with_unit(spread.lower or 0, decimals, unit)}至{with_unit(spread.upper or 0, decimals, unit)}"
        f"（四分位距{figure(spread.iqr or 0, decimals)}），{spread.n}个区有数值（{SPREAD}第{measure.number}行）。"
    )


def caution(measure: Measure, doubtful: Mapping[int, tuple[str, ...]]) -> str:
    """Where the inputs are in doubt, so that nobody relies on the difference."""
    names = doubtful.get(measure.number, ())
    return (
        f"所用数据尚有问题待处理的区有{len(names)}个（{enumerate_names(names, NAMED)}），引用时请注意。"
        if names
        else ""
    )


def _figure(found: Sequence[Measure]) -> BarFigure | None:
    ordered = widest(found)
    if not ordered:
        return None
    return BarFigure(
        label=APART,
        caption="各项指标在各区之间的变异系数",
        description=(
            f"横条图，{len(ordered)}行，每行一项指标，按变异系数从大到小排列，"
            f"最大{figure(ordered[0][1], 1)}%，最小{figure(ordered[-1][1], 1)}%。数值见分布表。"
        ),
        series=("变异系数",),
        bars=tuple(
            Bar(label=f"{measure.number} {abridged(measure.indicator.label)}", values=(cv,)) for measure, cv in ordered
        ),
        axis="变异系数（%）",
        number_format="0.0",
    )


def share_of(measure: Measure) -> float | None:
    """The change of the districts' median in percent of last year's; None where that is 0."""
    last, now = measure.before.median, measure.after.median
    return (now - last) / abs(last) * 100 if last and now is not None else None


def points_of(measure: Measure) -> float | None:
    """The change of the CV in percentage points."""
    last, now = measure.before.cv, measure.after.cv
    return None if last is None or now is None else now - last


def year_sentences(found: Sequence[Measure]) -> list[str]:
    """How the medians and the differences changed."""
    years = [measure for measure in found if measure.compared]
    if not years:
        return []
    limit, points = figure(NOTABLE_CHANGE * 100, 0), figure(NOTABLE_POINTS, 0)
    shares = [share for measure in years if (share := share_of(measure)) is not None]
    up = sum(share >= NOTABLE_CHANGE * 100 for share in shares)
    down = sum(share <= -NOTABLE_CHANGE * 100 for share in shares)
    told = [
        (
            f"两年都有足够数值的指标{len(years)}项，只按两年都有数值的区比较。中位数上升{limit}%及以上的{up}项，"
            f"下降{limit}%及以上的{down}项，其余{len(years) - up - down}项变化较小（{YEARS}、{MOVED}）。"
        )
    ]
    judged = [(measure, moved) for measure in years if measure.told and (moved := points_of(measure)) is not None]
    wider = sorted((one for one in judged if one[1] >= NOTABLE_POINTS), key=lambda one: (-one[1], one[0].number))
    nearer = sorted((one for one in judged if one[1] <= -NOTABLE_POINTS), key=lambda one: (one[1], one[0].number))
    told.append(
        f"可评述差异的{len(judged)}项中，各区差异（变异系数）扩大{points}个百分点及以上的{len(wider)}项，"
        f"缩小{points}个百分点及以上的{len(nearer)}项（{YEARS}）。"
    )
    told += [_apart(measure, moved, "扩大") for measure, moved in wider[:TOLD]]
    told += [_apart(measure, moved, "缩小") for measure, moved in nearer[:TOLD]]
    return told


def _apart(measure: Measure, moved: float, word: str) -> str:
    return (
        f"差异{word}：{clean(measure.indicator.label)}，变异系数由{figure(measure.before.cv or 0, 1)}%变为"
        f"{figure(measure.after.cv or 0, 1)}%，{word}{figure(abs(moved), 1)}个百分点，"
        f"按{len(measure.pairs)}个区比较（{YEARS}序号{measure.number}）。"
    )


def _year_row(measure: Measure) -> YearRow:
    decimals = measure.indicator.decimals
    share, points = share_of(measure), points_of(measure)
    return YearRow(
        number=measure.number,
        label=unit_label(measure),
        n=str(len(measure.pairs)),
        last=number_text(measure.before.median, decimals),
        now=number_text(measure.after.median, decimals),
        change=BLANK if share is None else signed(share),
        last_cv=number_text(measure.before.cv, 1),
        now_cv=number_text(measure.after.cv, 1),
        cv_change=BLANK if points is None else signed(points),
    )


def _moved_figure(years: Sequence[Measure]) -> BarFigure | None:
    shown = [(measure, share) for measure in years if (share := share_of(measure)) is not None]
    if not shown:
        return None
    up, down = sum(share > 0 for _, share in shown), sum(share < 0 for _, share in shown)
    largest = max(abs(share) for _, share in shown)
    edge = next((edge for edge in EDGES if largest <= edge), EDGES[-1])
    beyond = f"，超出±{figure(edge, 0)}%的画在边缘" if largest > edge else ""
    return BarFigure(
        label=MOVED,
        caption="各区中位数与上年相比的变化",
        description=(
            f"横条图，{len(shown)}行，每行一项指标，长度是中位数与上年之差占上年的百分比。"
            f"{up}项上升，{down}项下降，{len(shown) - up - down}项不变。"
        ),
        series=("与上年之差",),
        bars=tuple(
            Bar(label=f"{measure.number} {abridged(measure.indicator.label)}", values=(max(-edge, min(edge, share)),))
            for measure, share in shown
        ),
        axis=f"中位数与上年之差占上年的百分比（%{beyond}）",
        ends=(-edge, edge),
        number_format="0.0",
    )

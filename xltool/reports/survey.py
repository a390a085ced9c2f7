"""What a sub-report says of the satisfaction survey: by question and site, with n, response rate and intervals. Pure.

Two shares are called different only where their 95 % intervals don't overlap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xltool.model.field import Interval
from xltool.reports.background import SurveyAnswer
from xltool.reports.figures import IntervalFigure, IntervalRow, abridged
from xltool.reports.labels import chart, table
from xltool.reports.text import BLANK, clean, figure

SURVEY, SHARES = table("survey"), chart("survey")
ALL_SITES = "各监测点合计"


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyRow:
    """One question at one site, as it is printed."""

    site: str
    n: str
    share: str
    interval: str
    mean: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyGroup:
    """One question and its rows, all sites together first."""

    name: str
    rows: tuple[SurveyRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyPart:
    """The section on the survey. `figure` is None where no question was answered."""

    overview: str
    sentences: tuple[str, ...]
    groups: tuple[SurveyGroup, ...]
    figure: IntervalFigure | None


def survey_part(survey: Sequence[SurveyAnswer], district: str) -> SurveyPart | None:
    """The section of one district; None where no survey came back."""
    if not survey:
        return None
    order = list(dict.fromkeys(answer.question for answer in survey))
    return SurveyPart(
        overview=_sample(survey),
        sentences=tuple(_sentences(survey)),
        groups=tuple(_group(number, question, survey) for number, question in enumerate(order, 1)),
        figure=_figure(survey, order, district),
    )


def together(survey: Sequence[SurveyAnswer]) -> list[tuple[SurveyAnswer, Interval]]:
    """The questions over all sites that have an answer, with their shares, in the survey's order."""
    return [(answer, answer.share) for answer in survey if answer.site is None and answer.share is not None]


def extremes(survey: Sequence[SurveyAnswer]) -> tuple[tuple[SurveyAnswer, Interval], ...]:
    """The questions with the highest and the lowest favourable share; the first ones where they are equal."""
    found = together(survey)
    if not found:
        return ()
    return max(found, key=lambda one: one[1].value), min(found, key=lambda one: one[1].value)


def share_text(answer: SurveyAnswer, share: Interval) -> str:
    """A share with its interval and n: `84.0%（95%置信区间79.0%至88.0%，n=250）`."""
    return f"{figure(share.value, 1)}%（95%置信区间{_interval(share)}，n={answer.n}）"


def overlap(one: Interval, other: Interval) -> bool:
    """Whether two intervals have a value in common."""
    return one.low <= other.high and other.low <= one.high


def _interval(share: Interval) -> str:
    return f"{figure(share.low, 1)}%至{figure(share.high, 1)}%"


def sample_text(answer: SurveyAnswer) -> str:
    """Whom the survey approached and who answered."""
    if answer.respondents is None:
        return "有效问卷数未填"
    told = f"有效问卷{answer.respondents}份"
    if answer.approached is None or answer.response_rate is None:
        return f"{told}，访问人数未填"
    return f"访问{answer.approached}人，{told}，应答率{figure(answer.response_rate, 1)}%"


def _sample(survey: Sequence[SurveyAnswer]) -> str:
    by_site = {answer.site: answer for answer in survey}
    whole = by_site.pop(None, None)
    told = "；".join(f"{clean(site or '')}{sample_text(answer)}" for site, answer in by_site.items())
    total = f"{ALL_SITES}{sample_text(whole)}。" if whole else ""
    return f"调查在{len(by_site)}个监测点进行：{told}。{total}"


def _sentences(survey: Sequence[SurveyAnswer]) -> list[str]:
    found = extremes(survey)
    if not found:
        return ["各题都没有可用的回答。"]
    (best, most), (worst, least) = found
    told = [
        (
            f"满意（肯定）比例最高的是“{clean(best.label)}”，为{share_text(best, most)}；"
            f"最低的是“{clean(worst.label)}”，为{share_text(worst, least)}（{SURVEY}、{SHARES}）。"
        )
    ]
    if best is worst:
        return [f"“{clean(best.label)}”的满意（肯定）比例为{share_text(best, most)}（{SURVEY}、{SHARES}）。"]
    if overlap(most, least):
        told.append("两题的置信区间有重叠，差别可能出于抽样，不作高低评述。")
    sites = _between_sites(survey)
    told.append(
        f"各监测点之间置信区间不重叠的有{len(sites)}题：第{'、'.join(sites)}题（{SURVEY}）。"
        if sites
        else f"各监测点之间，每一题的置信区间都有重叠，差别可能出于抽样（{SURVEY}）。"
    )
    return told


def _between_sites(survey: Sequence[SurveyAnswer]) -> list[str]:
    order = list(dict.fromkeys(answer.question for answer in survey))
    found = []
    for number, question in enumerate(order, 1):
        shares = [answer.share for answer in survey if answer.question == question and answer.site and answer.share]
        if any(not overlap(one, other) for one in shares for other in shares):
            found.append(str(number))
    return found


def _group(number: int, question: str, survey: Sequence[SurveyAnswer]) -> SurveyGroup:
    own = [answer for answer in survey if answer.question == question]
    own.sort(key=lambda answer: answer.site is not None)  # all sites together first, the sites in their order
    counted = "、".join(clean(word) for word in own[0].counted)
    return SurveyGroup(name=f"{number}. {clean(own[0].label)}（计入：{counted}）", rows=tuple(map(_row, own)))


def _row(answer: SurveyAnswer) -> SurveyRow:
    share, mean = answer.share, answer.mean
    return SurveyRow(
        site=clean(answer.site) if answer.site else ALL_SITES,
        n=str(answer.n),
        share=BLANK if share is None else f"{figure(share.value, 1)}%",
        interval=BLANK if share is None else _interval(share),
        mean=BLANK if mean is None else f"{figure(mean.value, 2)}（{figure(mean.low, 2)}至{figure(mean.high, 2)}）",
    )


def _figure(survey: Sequence[SurveyAnswer], order: Sequence[str], district: str) -> IntervalFigure | None:
    numbers = {question: number for number, question in enumerate(order, 1)}
    rows = tuple(
        IntervalRow(
            label=f"{numbers[answer.question]} {abridged(answer.label)}（n={answer.n}）",
            share=share.value,
            low=share.low,
            high=share.high,
        )
        for answer, share in together(survey)
    )
    if not rows:
        return None
    return IntervalFigure(
        label=SHARES,
        caption=f"{district}满意度调查各题的满意（肯定）比例",
        description=(
            f"点图，{len(rows)}行，每行一题，黑点是各监测点合计的满意（肯定）比例，横线是95%置信区间。"
            + "；".join(f"{row.label}{figure(row.share, 1)}%" for row in rows)
            + "。"
        ),
        rows=rows,
    )

"""What a sub-report says of the satisfaction survey: by question and site, with n, response rate, intervals. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xltool.reports.background import SurveyAnswer
from xltool.reports.figures import IntervalFigure, IntervalRow, abridged
from xltool.reports.labels import chart, table
from xltool.reports.questions import (
    AnswerRow,
    columns,
    differing_text,
    extremes,
    extremes_text,
    heading,
    overlap,
    questions_of,
    sample_text,
    together,
)
from xltool.reports.text import clean, figure

SURVEY, SHARES = table("survey"), chart("survey")
ALL_SITES = "各监测点合计"


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyRow(AnswerRow):
    """One question at one site."""

    site: str


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
    order = questions_of(survey)
    return SurveyPart(
        overview=_sample(survey),
        sentences=tuple(_sentences(survey, order)),
        groups=tuple(_group(number, question, survey) for number, question in enumerate(order, 1)),
        figure=_figure(survey, order, district),
    )


def _sample(survey: Sequence[SurveyAnswer]) -> str:
    by_site = {answer.site: answer for answer in survey}
    whole = by_site.pop(None, None)
    told = "；".join(f"{clean(site or '')}{sample_text(answer)}" for site, answer in by_site.items())
    total = f"{ALL_SITES}{sample_text(whole)}。" if whole else ""
    return f"调查在{len(by_site)}个监测点进行：{told}。{total}"


def _sentences(survey: Sequence[SurveyAnswer], order: Sequence[str]) -> list[str]:
    found = extremes(survey)
    if found is None:
        return ["各题都没有可用的回答。"]
    (best, most), (worst, least) = found
    told = [extremes_text(found, f"{SURVEY}、{SHARES}")]
    if best is worst:
        return told
    if overlap(most, least):
        told.append("两题的置信区间有重叠，差别可能出于抽样，不作高低评述。")
    of_sites = [
        [answer.share for answer in survey if answer.question == question and answer.site and answer.share]
        for question in order
    ]
    return [*told, differing_text(of_sites, "各监测点", str(SURVEY))]


def _group(number: int, question: str, survey: Sequence[SurveyAnswer]) -> SurveyGroup:
    own = [answer for answer in survey if answer.question == question]
    own.sort(key=lambda answer: answer.site is not None)  # all sites together first, the sites in their order
    rows = (SurveyRow(site=clean(answer.site) if answer.site else ALL_SITES, **columns(answer)) for answer in own)
    return SurveyGroup(name=heading(number, own[0]), rows=tuple(rows))


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

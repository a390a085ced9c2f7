"""The satisfaction survey of the sampled districts: by question, with n, response rate and 95 % intervals. Pure.

Two shares are called different only where their intervals don't overlap; districts aren't ranked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from xltool.model.field import Interval
from xltool.reports.background import SurveyAnswer
from xltool.reports.figures import IntervalFigure
from xltool.reports.labels import chart, table
from xltool.reports.survey import extremes, overlap, sample_text, share_text, survey_part
from xltool.reports.text import BLANK, clean, enumerate_numbers, figure
from xltool.reports.whole.facts import CitySources

SURVEY = table("survey")


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyRow:
    """One question in one district, all its sites together."""

    district: str
    n: str
    share: str
    interval: str
    mean: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyGroup:
    """One question and its districts."""

    name: str
    rows: tuple[SurveyRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyCity:
    """The section on the survey."""

    sentences: tuple[str, ...]
    groups: tuple[SurveyGroup, ...]
    figures: tuple[IntervalFigure, ...]


def survey_city(sources: CitySources) -> SurveyCity | None:
    """The section; None where no survey came back."""
    surveys = surveys_of(sources)
    if not surveys:
        return None
    questions = list(dict.fromkeys(answer.question for _, survey in surveys for answer in survey))
    return SurveyCity(
        sentences=tuple(_sentences(surveys, questions)),
        groups=tuple(_group(number, question, surveys) for number, question in enumerate(questions, 1)),
        figures=tuple(_figures(surveys)),
    )


def surveys_of(sources: CitySources) -> list[tuple[str, tuple[SurveyAnswer, ...]]]:
    """The sampled districts whose survey is back."""
    found = ((name, sources.backgrounds[name].survey) for name in sources.sampled)
    return [(name, survey) for name, survey in found if survey]


def figure_of(number: int) -> str:
    """A reference to the figure of the district with that number among those surveyed."""
    return str(chart(f"survey_{number}"))


def _sentences(surveys: Sequence[tuple[str, Sequence[SurveyAnswer]]], questions: Sequence[str]) -> list[str]:
    told = []
    for name, survey in surveys:
        whole = next((answer for answer in survey if answer.site is None), None)
        sites = len({answer.site for answer in survey if answer.site})
        if whole is not None:
            told.append(f"{clean(name)}：{sites}个监测点，{sample_text(whole)}。")
    for number, (name, survey) in enumerate(surveys, 1):
        found = extremes(survey)
        if found:
            (best, most), (worst, least) = found
            told.append(
                f"{clean(name)}满意（肯定）比例最高的是“{clean(best.label)}”，为{share_text(best, most)}；"
                f"最低的是“{clean(worst.label)}”，为{share_text(worst, least)}（{SURVEY}、{figure_of(number)}）。"
            )
    apart = [number for number, question in enumerate(questions, 1) if _apart(question, surveys)]
    if len(surveys) > 1:
        told.append(
            f"各区之间置信区间不重叠的有{len(apart)}题：第{enumerate_numbers(apart)}题（{SURVEY}）。"
            if apart
            else f"各区之间，每一题的置信区间都有重叠，差别可能出于抽样（{SURVEY}）。"
        )
    return told


def shares_of(question: str, surveys: Sequence[tuple[str, Sequence[SurveyAnswer]]]) -> list[Interval]:
    """A question's favourable shares in the districts, all sites together."""
    return [
        answer.share
        for _, survey in surveys
        for answer in survey
        if answer.question == question and answer.site is None and answer.share is not None
    ]


def _apart(question: str, surveys: Sequence[tuple[str, Sequence[SurveyAnswer]]]) -> bool:
    shares = shares_of(question, surveys)
    return any(not overlap(one, other) for one in shares for other in shares)


def _group(number: int, question: str, surveys: Sequence[tuple[str, Sequence[SurveyAnswer]]]) -> SurveyGroup:
    own = [
        (name, answer)
        for name, survey in surveys
        for answer in survey
        if answer.question == question and answer.site is None
    ]
    first = own[0][1]
    counted = "、".join(clean(word) for word in first.counted)
    return SurveyGroup(
        name=f"{number}. {clean(first.label)}（计入：{counted}）",
        rows=tuple(_row(name, answer) for name, answer in own),
    )


def _row(name: str, answer: SurveyAnswer) -> SurveyRow:
    share, mean = answer.share, answer.mean
    return SurveyRow(
        district=clean(name),
        n=str(answer.n),
        share=BLANK if share is None else f"{figure(share.value, 1)}%",
        interval=BLANK if share is None else f"{figure(share.low, 1)}%至{figure(share.high, 1)}%",
        mean=BLANK if mean is None else f"{figure(mean.value, 2)}（{figure(mean.low, 2)}至{figure(mean.high, 2)}）",
    )


def _figures(surveys: Sequence[tuple[str, Sequence[SurveyAnswer]]]) -> list[IntervalFigure]:
    found = []
    for number, (name, survey) in enumerate(surveys, 1):
        part = survey_part(survey, clean(name))
        if part is not None and part.figure is not None:
            found.append(replace(part.figure, label=chart(f"survey_{number}")))
    return found

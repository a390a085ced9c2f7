"""The satisfaction survey of the sampled districts: by question, with n, response rate and 95 % intervals. Pure.

Districts aren't ranked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from xltool.model.field import Interval
from xltool.reports.background import SurveyAnswer
from xltool.reports.figures import IntervalFigure
from xltool.reports.labels import chart, table
from xltool.reports.questions import (
    AnswerRow,
    columns,
    differing_text,
    extremes,
    extremes_text,
    heading,
    questions_of,
    sample_text,
)
from xltool.reports.survey import survey_part
from xltool.reports.text import clean
from xltool.reports.whole.facts import CitySources

SURVEY = table("survey")


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyRow(AnswerRow):
    """One question in one district, all its sites together."""

    district: str


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
    questions = questions_of(answer for _, survey in surveys for answer in survey)
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
        if found is not None:
            told.append(clean(name) + extremes_text(found, f"{SURVEY}、{figure_of(number)}"))
    if len(surveys) > 1:
        told.append(differing_text([_shares_of(question, surveys) for question in questions], "各区", str(SURVEY)))
    return told


def _shares_of(question: str, surveys: Sequence[tuple[str, Sequence[SurveyAnswer]]]) -> list[Interval]:
    """A question's favourable shares in the districts, all sites together."""
    return [
        answer.share
        for _, survey in surveys
        for answer in survey
        if answer.question == question and answer.site is None and answer.share is not None
    ]


def _group(number: int, question: str, surveys: Sequence[tuple[str, Sequence[SurveyAnswer]]]) -> SurveyGroup:
    own = [
        (name, answer)
        for name, survey in surveys
        for answer in survey
        if answer.question == question and answer.site is None
    ]
    return SurveyGroup(
        name=heading(number, own[0][1]),
        rows=tuple(SurveyRow(district=clean(name), **columns(answer)) for name, answer in own),
    )


def _figures(surveys: Sequence[tuple[str, Sequence[SurveyAnswer]]]) -> list[IntervalFigure]:
    found = []
    for number, (name, survey) in enumerate(surveys, 1):
        part = survey_part(survey, clean(name))
        if part is not None and part.figure is not None:
            found.append(replace(part.figure, label=chart(f"survey_{number}")))
    return found

"""Field monitoring: what experts and the survey are asked, what they answered, and what it comes to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xltool.model.finding import Finding
from xltool.model.scheme import Question
from xltool.model.values import Value

OPINIONS, TEXTS, VISIT = "opinions", "expert_texts", "visit"
"""Items of an expert's workbook: opinions by second-level indicator, texts by kind, and the day of the visit."""

SITES, ANSWERS, COUNTS = "survey_sites", "survey_answers", "survey_counts"
"""Items of a survey's workbook: one row a site, one a respondent, one a site and question."""

SITE, APPROACHED, RESPONDENTS = "site", "approached", "respondents"
DAY = "day"
OPINION_LEVEL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldPlan:
    """What the office decided for one sampled district; experts are named by their roles."""

    day: dt.date | None = None
    sites: tuple[str, ...] = ()
    experts: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FieldReturn:
    """An expert's (`author`) or a survey's (`author` None) workbook that came back and counts."""

    kind: str  # `experts` or `survey`
    district: str
    author: str | None
    serial: str  # of the workbook that was issued
    version: int
    file: str
    sha256: str
    received_at: str
    values: tuple[Value, ...] = field(repr=False)
    findings: tuple[Finding, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What one expert wrote in one place. `indicator` is None for texts on the whole."""

    district: str
    author: str
    indicator: str | None
    label: str
    aspect: str
    aspect_label: str
    text: str
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteData:
    """One site: whom the survey approached, who answered, and how many chose what."""

    site: str
    approached: int | None
    respondents: int | None
    tallies: Mapping[str, Mapping[int, int]]  # question -> option -> number of answers
    sources: Mapping[str, Sequence[Value]]  # question -> the cells that the tally is of


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """An estimate with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One question at one site (None: all sites together). Shares and rates are numbers of percent.

    `n` answered the question, of `respondents` who returned a questionnaire, of `approached` people. What isn't known
    is None; without an answer there is no share, which is not a share of 0.
    """

    district: str
    site: str | None
    question: Question
    approached: int | None
    respondents: int | None
    response_rate: float | None
    n: int
    answered_rate: float | None
    favourable: int
    share: Interval | None
    mean: Interval | None
    tally: Mapping[int, int]
    sources: tuple[Value, ...] = ()

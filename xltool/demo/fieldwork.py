"""The field days of the demo (`field.toml`): what experts and surveys write, and their mistakes."""

from __future__ import annotations

import random
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xltool.demo.entries import Key
from xltool.demo.mistakes import Typed
from xltool.demo.profile import pick
from xltool.field import indicators_of
from xltool.field.survey import count_entry, option_column
from xltool.model.edition import Edition
from xltool.model.field import (
    ANSWERS,
    APPROACHED,
    COUNTS,
    DAY,
    OPINIONS,
    RESPONDENTS,
    SITE,
    SITES,
    TEXTS,
    VISIT,
    FieldPlan,
)
from xltool.model.scheme import FieldScheme, Question

FIELD_FILE = "field.toml"
PLAN_LISTS = ("sites", "experts", "meetings")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteStory:
    """How a site's survey goes. `form` is `rows` or `counts`."""

    district: str
    site: str
    approached: int
    respondents: int
    favourable: float
    blank: float
    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldFault:
    """One mistake in the workbook of a survey or of an expert, and the code that must be found at its cell."""

    kind: str
    district: str
    expert: str | None = None
    item: str
    row: int | None = None
    column: str
    write: Typed
    finding: str


@dataclass(frozen=True, kw_only=True)
class FieldStory:
    """Everything that happens on the field days of the demo."""

    seed: int
    plans: Mapping[str, FieldPlan]
    surveys: tuple[SiteStory, ...]
    share: float
    opinions: Mapping[str, Sequence[str]]  # by aspect
    texts: Mapping[str, str]
    faults: tuple[FieldFault, ...]

    def chance(self, *names: object) -> random.Random:
        """Random numbers that depend on the seed and the names only."""
        return random.Random("/".join(map(str, (self.seed, *names))))  # noqa: S311 - samples are no secret

    def faults_in(self, kind: str, district: str, expert: str | None) -> dict[Key, Typed]:
        """What is typed by mistake into one workbook."""
        own = (one for one in self.faults if (one.kind, one.district, one.expert) == (kind, district, expert))
        return {(one.item, one.row, one.column): one.write for one in own}


def load(folder: Path) -> FieldStory:
    """The story of an edition's samples."""
    data = tomllib.loads((folder / FIELD_FILE).read_text("utf-8"))
    opinions = dict(data["opinions"])
    return FieldStory(
        seed=data["seed"],
        plans={name: _plan(plan) for name, plan in data["plans"].items()},
        surveys=tuple(SiteStory(**one) for one in data["survey"]),
        share=opinions.pop("share"),
        opinions=opinions,
        texts=data["texts"],
        faults=tuple(FieldFault(**one) for one in data["fault"]),
    )


def _plan(data: Mapping[str, Any]) -> FieldPlan:
    return FieldPlan(day=data["day"], **{name: tuple(data[name]) for name in PLAN_LISTS})


def expert_answers(
    edition: Edition, story: FieldStory, topics: Mapping[str, str], district: str, expert: str
) -> dict[Key, str]:
    """What one expert writes about one district; `topics` are the subjects of second-level indicators."""
    scheme = scheme_of(edition)
    chance = story.chance(district, expert)
    day = story.plans[district].day
    typed: dict[Key, str] = {(VISIT, None, DAY): day.isoformat()} if day else {}
    for row, node in enumerate(indicators_of(edition), start=1):
        for aspect in scheme.aspects:
            if chance.random() < story.share:
                typed[OPINIONS, row, aspect.id] = pick(chance, story.opinions[aspect.id]).format(topic=topics[node.id])
    for row, asked in enumerate(scheme.texts, start=1):
        if asked.id in story.texts:
            typed[TEXTS, row, "text"] = story.texts[asked.id]
    return typed


def survey_answers(edition: Edition, story: FieldStory, district: str) -> dict[Key, str]:
    """What the survey company types for one district."""
    scheme, sites = scheme_of(edition), story.plans[district].sites
    typed: dict[Key, str] = {}
    entered = 0
    for one in (one for one in story.surveys if one.district == district):
        number = sites.index(one.site)
        typed[SITES, number + 1, APPROACHED] = str(one.approached)
        typed[SITES, number + 1, RESPONDENTS] = str(one.respondents)
        answers = list(respondents(scheme, story, one))
        if one.form == "rows":
            typed |= _rows(one.site, answers, entered)
            entered += len(answers)
        else:
            typed |= _counts(scheme, number, answers)
    return typed


def scheme_of(edition: Edition) -> FieldScheme:
    """What the edition asks on the field day."""
    if edition.field_scheme is None:
        raise ValueError(edition.id)
    return edition.field_scheme


def respondents(scheme: FieldScheme, story: FieldStory, one: SiteStory) -> Iterator[dict[str, int]]:
    """Each respondent's answers by question; what isn't answered is left out."""
    chance = story.chance(one.district, one.site)
    for _ in range(one.respondents):
        yield {
            question.id: answer(question, chance, one.favourable)
            for question in scheme.questions
            if chance.random() >= one.blank
        }


def answer(question: Question, chance: random.Random, favourable: float) -> int:
    """One answer, favourable as often as the site's people are."""
    scale = question.scale
    wanted = chance.random() < favourable
    options = [option for option in scale.options if (option >= scale.favourable) == wanted]
    return options[min(int(chance.random() * len(options)), len(options) - 1)]


def _rows(site: str, answers: Sequence[Mapping[str, int]], before: int) -> dict[Key, str]:
    typed: dict[Key, str] = {}
    for row, given in enumerate(answers, start=before + 1):
        typed[ANSWERS, row, SITE] = site
        typed |= {(ANSWERS, row, question): str(option) for question, option in given.items()}
    return typed


def _counts(scheme: FieldScheme, site: int, answers: Sequence[Mapping[str, int]]) -> dict[Key, str]:
    typed: dict[Key, str] = {}
    for number, question in enumerate(scheme.questions):
        counted = Counter(given[question.id] for given in answers if question.id in given)
        for option in question.scale.options:
            typed[COUNTS, count_entry(scheme, site, number), option_column(option)] = str(counted[option])
    return typed

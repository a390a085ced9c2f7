"""A small survey of two sites, its answers one row a respondent or as counts, and an expert's workbook."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from xltool import data, field
from xltool import edition as editions
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
    VISIT,
    FieldPlan,
)
from xltool.model.finding import Finding
from xltool.model.identity import Identity, Kind
from xltool.model.scheme import FieldScheme, Question, Scale
from xltool.model.states import State
from xltool.model.submission import Submission
from xltool.model.values import Scalar, Value

STARS = Scale(id="stars", options={1: "差", 2: "中", 3: "好"}, favourable=3)
YES = Scale(id="yes", options={0: "否", 1: "是"}, favourable=1)
SCHEME = FieldScheme(
    fewest_sites=2,
    most_sites=3,
    aspects=(),
    texts=(),
    survey_title="问卷",
    survey_rows=50,
    questions=(Question(id="aware", label="知道吗", scale=YES), Question(id="courses", label="课程", scale=STARS)),
    instructions={},
)
PLACES = ("学院", "学校")
Answer = tuple[str, int | None, int | None]


def value(item: str, row: int, column: str, content: Scalar) -> Value:
    return Value(
        district="东区",
        unit=None,
        item=item,
        row=row,
        column=column,
        value=content,
        state=State.VALUE,
        raw=str(content),
        unit_of_measure=None,
        sheet=item,
        cell=f"{column}{row}",
    )


def people(numbers: Mapping[str, tuple[int, int]]) -> list[Value]:
    return [
        value(SITES, row, column, number)
        for row, site in enumerate(PLACES, start=1)
        if site in numbers
        for column, number in zip((APPROACHED, RESPONDENTS), numbers[site], strict=True)
    ]


def as_rows(answers: Sequence[Answer]) -> list[Value]:
    found = []
    for row, (site, aware, courses) in enumerate(answers, start=1):
        found.append(value(ANSWERS, row, SITE, site))
        found += [value(ANSWERS, row, "aware", aware)] if aware is not None else []
        found += [value(ANSWERS, row, "courses", courses)] if courses is not None else []
    return found


def as_counts(answers: Sequence[Answer]) -> list[Value]:
    found = []
    for number, site in enumerate(PLACES):
        own = [answer[1:] for answer in answers if answer[0] == site]
        for place, question in enumerate(SCHEME.questions):
            counted = Counter(answer[place] for answer in own)
            entry = count_entry(SCHEME, number, place)
            found += [value(COUNTS, entry, option_column(one), counted[one]) for one in question.scale.options]
    return found


def submitted(kind: Kind, values: Iterable[Value], district: str = "徐汇区") -> Submission:
    identity = Identity(
        campaign="c", edition="2023", kind=kind, district=district, unit="专家一", plan="p", serial="0123456789"
    )
    return Submission(identity=identity, file="表.xlsx", sha256="0" * 64, values=tuple(values), findings=(), places={})


def surveyed(*values: Value) -> tuple[Finding, ...]:
    """What is said of a survey's workbook."""
    return tuple(field.check_survey(SCHEME, submitted("survey", values), PLACES))


@cache
def edition() -> Edition:
    return editions.load(data.folder("rules") / "2023")


def judged(text: str | None = None, day: str | None = None) -> tuple[Finding, ...]:
    """What is said of an expert's workbook of 徐汇区, whose day is the 17th; 闵行区's is the 19th."""
    values = [value(OPINIONS, 1, "strength", text)] if text else []
    values += [replace(value(VISIT, 1, DAY, day), row=None)] if day else []
    plans = {"徐汇区": FieldPlan(day=dt.date(2023, 10, 17)), "闵行区": FieldPlan(day=dt.date(2023, 10, 19))}
    scheme = edition().field_scheme
    assert scheme is not None
    return tuple(field.check_experts(edition(), scheme, submitted("experts", values), plans))

"""What is wrong with an expert's or a survey's workbook beyond its single cells, each at its cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from xltool.field.opinions import opinions_of
from xltool.field.survey import count_entry, option_column, rows_by_site, sites_of, whole
from xltool.model.catalogued import catalogued
from xltool.model.edition import Edition
from xltool.model.field import ANSWERS, APPROACHED, COUNTS, DAY, RESPONDENTS, SITE, SITES, VISIT, FieldPlan, SiteData
from xltool.model.finding import Finding
from xltool.model.scheme import FieldScheme
from xltool.model.states import State
from xltool.model.submission import Submission
from xltool.model.values import Value

Key = tuple[str, int | None, str | None]
NUMBERS = {APPROACHED: "访问人数", RESPONDENTS: "有效问卷数"}


def check_experts(
    edition: Edition, scheme: FieldScheme, submission: Submission, plans: Mapping[str, FieldPlan]
) -> Iterator[Finding]:
    """An expert's workbook that looks like another district's, or that says nothing.

    `plans` are those of all sampled districts.
    """
    said = Said(submission)
    own = submission.identity.district
    visit = next((value for value in submission.values if (value.item, value.column) == (VISIT, DAY)), None)
    planned = plans[own].day if own in plans else None
    if visit is not None and visit.state is State.VALUE and planned is not None and visit.value != planned.isoformat():
        others = [name for name, plan in plans.items() if plan.day and plan.day.isoformat() == visit.value]
        other = f"，{'、'.join(others)}的实地监测日是{day_text(visit.value)}" if others else ""
        yield said.at("visit_other_day", visit, raw=day_text(visit.value), day=day_text(planned), other=other)
    opinions = tuple(opinions_of(edition, scheme, "", submission.values))
    for opinion in opinions:
        named = [district.name for district in edition.districts if district.name in opinion.text]
        others = [name for name in named if name != own]
        if others:
            label = f"{opinion.label}：{opinion.aspect_label}" if opinion.indicator else opinion.label
            yield said.at("opinion_other_district", opinion.value, label=label, other="、".join(others))
    if not opinions:
        yield said.of_file("expert_wrote_nothing")


def check_survey(scheme: FieldScheme, submission: Submission, sites: Sequence[str]) -> Iterator[Finding]:
    """Numbers of a survey's workbook that can't all be right."""
    said = Said(submission)
    data = sites_of(scheme, sites, submission.values)
    rows = rows_by_site(submission.values)
    counted = {value.row for value in submission.values if value.item == COUNTS and whole(value) is not None}
    yield from _rows_without_site(said, rows)
    for number, site in enumerate(data):
        entry = number + 1
        yield from _numbers(said, entry, site)
        own = {count_entry(scheme, number, question) for question in range(len(scheme.questions))}
        if site.site in rows:
            yield from _rows(said, entry, site, rows[site.site])
            if own & counted:
                yield said.at_key("survey_both_ways", (COUNTS, min(own & counted), None), site=site.site)
        else:
            yield from _counts(said, scheme, number, site)
    if not any(sum(tally.values()) for site in data for tally in site.tallies.values()):
        yield said.of_file("survey_empty")


def _rows_without_site(said: Said, rows: Mapping[str, Sequence[int]]) -> Iterator[Finding]:
    known = {row for own in rows.values() for row in own}
    seen: set[int] = set()
    for value in said.submission.values:
        if value.item == ANSWERS and value.row is not None and value.row not in known | seen and not value.is_blank:
            seen.add(value.row)
            yield said.at_key("survey_site_missing", (ANSWERS, value.row, SITE))


def _numbers(said: Said, entry: int, site: SiteData) -> Iterator[Finding]:
    """The numbers of people, by themselves and against each other."""
    answered = any(sum(tally.values()) for tally in site.tallies.values())
    if site.approached is not None and site.respondents is not None and site.respondents > site.approached:
        yield said.at_key(
            "survey_respondents_exceed",
            (SITES, entry, RESPONDENTS),
            site=site.site,
            respondents=site.respondents,
            approached=site.approached,
        )
    for column, number in ((APPROACHED, site.approached), (RESPONDENTS, site.respondents)):
        if answered and number is None:
            yield said.at_key("survey_numbers_missing", (SITES, entry, column), site=site.site, label=NUMBERS[column])


def _rows(said: Said, entry: int, site: SiteData, rows: Sequence[int]) -> Iterator[Finding]:
    if site.respondents is None or len(rows) == site.respondents:
        return
    code = "survey_rows_exceed" if len(rows) > site.respondents else "survey_rows_fewer"
    key = (SITES, entry, RESPONDENTS)
    yield said.at_key(code, key, site=site.site, rows=len(rows), respondents=site.respondents)


def _counts(said: Said, scheme: FieldScheme, number: int, site: SiteData) -> Iterator[Finding]:
    for place, question in enumerate(scheme.questions):
        answers = sum(site.tallies[question.id].values())
        if site.respondents is not None and answers > site.respondents:
            first = option_column(min(question.scale.options))
            yield said.at_key(
                "survey_answers_exceed",
                (COUNTS, count_entry(scheme, number, place), first),
                site=site.site,
                label=question.label,
                answers=answers,
                respondents=site.respondents,
            )


class Said:
    """Findings of one workbook in the catalogue's words."""

    def __init__(self, submission: Submission) -> None:
        """Places come from the file."""
        self.submission = submission
        self._values = {(value.item, value.row, value.column): value for value in submission.values}

    def at(self, code: str, value: Value, **context: object) -> Finding:
        """At the cell of a value that was read."""
        return self.at_key(code, (value.item, value.row, value.column), **context)

    def at_key(self, code: str, key: Key, **context: object) -> Finding:
        """At a planned cell, wherever it stands now; without a column at the first of the row that is filled."""
        item, row, column = key
        value = self._values.get(key)
        if column is None:
            own = (one for one in self.submission.values if (one.item, one.row) == (item, row))
            value = next(own, None)
        place = self.submission.places.get(key)
        whose = {"district": self.submission.identity.district, "row": row}
        return catalogued(
            code,
            {**whose, **context},
            district=self.submission.identity.district,
            unit=self.submission.identity.unit,
            item=item,
            row=row,
            column=column,
            file=self.submission.file,
            sheet=value.sheet if value is not None else place.sheet if place is not None else None,
            cell=value.cell if value is not None else place.cell if place is not None else None,
            raw=value.raw if value is not None else None,
        )

    def of_file(self, code: str) -> Finding:
        """Of the whole file."""
        identity = self.submission.identity
        return catalogued(code, {}, district=identity.district, unit=identity.unit, file=self.submission.file)


def day_text(day: object) -> str:
    """A date as people write it."""
    read = dt.date.fromisoformat(day) if isinstance(day, str) else day
    return f"{read.year}年{read.month}月{read.day}日" if isinstance(read, dt.date) else str(read)

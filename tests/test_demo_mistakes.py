from __future__ import annotations

from functools import cache

import pytest

from xltool import data
from xltool import edition as editions
from xltool.demo import mistakes, scenario
from xltool.demo.answers import Answers, district_answers, unit_answers
from xltool.demo.entries import Entry
from xltool.demo.mistakes import Mistake
from xltool.demo.scenario import Scenario
from xltool.messages import FINDINGS
from xltool.model.edition import Edition


@cache
def edition() -> Edition:
    return editions.load(data.folder("rules") / "2023")


@cache
def story() -> Scenario:
    return scenario.load(data.folder("samples") / "2023")


def answers_for(mistake: Mistake) -> Answers:
    entries = story().entries[mistake.district]
    if mistake.unit:
        return unit_answers(entries, mistake.unit)
    units = list(dict.fromkeys(entry.unit for entry in entries if entry.unit))
    return district_answers(entries, edition(), units)


def name(mistake: Mistake) -> str:
    return f"{mistake.district}-{mistake.item}-{mistake.finding or mistake.check}"


def test_more_than_forty_mistakes_of_many_kinds_in_seven_districts() -> None:
    kinds = {mistake.finding or mistake.check for mistake in story().mistakes}

    assert len(story().mistakes) >= 40
    assert len(kinds) >= 35
    assert len({mistake.district for mistake in story().mistakes}) == 7
    assert not {mistake.district for mistake in story().mistakes} & set(story().unreturned)


@pytest.mark.parametrize("mistake", story().mistakes, ids=name)
def test_a_mistake_names_a_known_finding_or_check(mistake: Mistake) -> None:
    assert (mistake.finding is None) != (mistake.check is None)
    assert mistake.finding is None or mistake.finding in FINDINGS
    assert mistake.check is None or mistake.check in {check.id for check in edition().checks}


@pytest.mark.parametrize("mistake", story().mistakes, ids=name)
def test_a_mistake_stands_where_the_samples_have_something(mistake: Mistake) -> None:
    answers = answers_for(mistake)
    place = mistakes.place_of(mistake, answers)
    whole_list = place[1:] == (None, None) and any(key[0] == place[0] for key in answers.typed)
    in_a_typed_row = place[1] is not None and place[:2] in {key[:2] for key in answers.typed}

    assert place in answers.typed or mistake.column == "none" or whole_list or in_a_typed_row


@pytest.mark.parametrize("mistake", story().mistakes, ids=name)
def test_a_mistake_changes_what_is_typed(mistake: Mistake) -> None:
    answers = answers_for(mistake)

    samples, mistaken = mistakes.split(answers, [mistake])

    assert len(mistaken) == (mistake.write != "")
    assert not set(samples) & set(mistaken)
    assert (samples, mistaken) != (dict(answers.typed), {})


def test_a_list_is_left_blank_whole_and_its_neighbours_are_not() -> None:
    cells = {("funds", 1, "name"): "甲", ("funds", 1, "budget"): "1", ("staff", None, None): "3"}
    answers = Answers(typed=cells, places={(None, key): key for key in cells})

    samples, mistaken = mistakes.split(answers, [Mistake(district="甲区", item="funds", write="")])

    assert (samples, mistaken) == ({("staff", None, None): "3"}, {})


def test_the_samples_own_value_can_be_written_around() -> None:
    answers = Answers(typed={("staff", None, None): "3"}, places={(None, ("staff", None, None)): ("staff", None, None)})

    samples, mistaken = mistakes.split(answers, [Mistake(district="甲区", item="staff", write="约{value}人")])

    assert (samples, mistaken) == ({}, {("staff", None, None): "约3人"})


def test_a_units_row_is_found_in_the_districts_list() -> None:
    entries = [
        Entry(district="甲区", unit=unit, item="activities", row=row, column=column, value=value)
        for unit, row in (("乙局", 1), ("丙局", 1), ("丙局", 2))
        for column, value in (("activity", "读书"), ("attendance", "5"))
    ]
    answers = district_answers(entries, edition(), ["乙局", "丙局"])
    mistake = Mistake(district="甲区", of="丙局", item="activities", row=2, column="unit", write="丁局")

    assert mistakes.place_of(mistake, answers) == ("activities", 3, "unit")
    assert answers.typed["activities", 3, "unit"] == "丙局"

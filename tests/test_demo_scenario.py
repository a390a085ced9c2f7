from __future__ import annotations

from functools import cache

from xltool import data
from xltool import edition as editions
from xltool.demo import scenario
from xltool.demo.scenario import Scenario
from xltool.model.edition import Edition


@cache
def edition() -> Edition:
    return editions.load(data.folder("rules") / "2023")


@cache
def story() -> Scenario:
    return scenario.load(data.folder("samples") / "2023")


def test_the_story_names_known_districts_and_units() -> None:
    districts = {district.name for district in edition().districts}
    units = {unit.name for unit in edition().units if unit.workbook}

    assert {*story().sampled, *story().unreturned, *story().by_units} <= districts
    assert {unit for told in story().by_units.values() for unit in told.missing} <= units


def test_the_story_is_the_one_promised() -> None:
    at_fault = {mistake.district for mistake in story().mistakes} | set(story().unreturned)

    assert (len(story().sampled), len(story().unreturned), len(story().by_units)) == (3, 1, 3)
    assert sum(len(told.missing) for told in story().by_units.values()) == 2
    assert len(edition().districts) - len(at_fault) >= 8
    assert not set(story().by_units) & set(story().unreturned)


def test_a_unit_that_returns_nothing_makes_no_mistake() -> None:
    for mistake in story().mistakes:
        if mistake.unit:
            assert mistake.unit not in story().by_units[mistake.district].missing

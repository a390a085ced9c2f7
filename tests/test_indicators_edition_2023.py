"""All indicators of the 2023 edition on one small district, against results computed by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest
from builders.values import members, nothing, value

from xltool import edition as editions
from xltool.indicators import compute, trace
from xltool.model.edition import District, Edition
from xltool.model.indicator import Result
from xltool.model.quantity import Rolled
from xltool.model.states import State
from xltool.model.values import Scalar, Value
from xltool.rollup import combine

DISTRICT = "崇明区"
UNITS = ("区教育局", "区体育局", "区财政局")
SINGLE: dict[str, Scalar] = {
    "resident_population": 50,
    "population_60_plus": 15,
    "school_count": 20,
    "large_enterprise_count": 7,
    "college_floor_area": 12_000,
    "street_school_floor_area": 38_000,
    "science_venue_area": 10_000,
    "culture_venue_area": 20_000,
    "library_area": 5_000,
    "sports_venue_area": 65_000,
    "library_holdings": 1_000_000,
    "experience_bases_district": 12,
    "experience_bases_city": 3,
    "walk_sites_district": 8,
    "walk_sites_city": 2,
    "elderly_weekly_courses": 300,
    "elderly_classrooms": 120,
    "college_courses": 200,
    "street_school_courses": 700,
    "teaching_materials": 50,
    "online_courses": 30,
    "community_colleges": 1,
    "community_schools": 19,
    "neighbourhood_sites": 150,
    "social_sites": 20,
    "care_sites": 10,
    "service_satisfaction_score": 86.5,
    "fulltime_teachers": 100,
    "parttime_teachers": 400,
    "teachers_with_degree": 450,
    "registered_volunteers": 90_000,
    "other_volunteers": 10_000,
    "teachers_total": 500,
    "learners_total": 50_000,
    "trained_teachers": 400,
    "certified_parttime_teachers": 300,
    "institutions_total": 24,
    "standardised_schools": 18,
    "developed_schools": 12,
    "excellent_schools": 6,
    "levy_fund_trainees": 5_000,
    "subsidised_trainees": 8_000,
    "registered_elderly": 20,
    "elderly_learners": 28_000,
    "elderly_teams": 600,
    "elderly_online_city": 9_000,
    "unemployed_total": 1_200,
    "unemployed_trained": 300,
    "rural_labour_total": 600,
    "rural_labour_trained": 90,
    "disabled_total": 800,
    "disabled_trained": 200,
    "credit_bank_accounts": 100_000,
    "learning_organisations": "学习团队600个",
    "online_users_city": 150_000,
    "information_literacy_rate": 62.5,
    "experimental_projects": 10,
    "city_topics": 6,
    "association_topics": 4,
}
LISTS: dict[str, tuple[str, str, tuple[int, ...]]] = {
    "other_institution_courses": ("institution", "courses", (60, 40)),
    "other_elderly_learners": ("institution", "learners", (1_500, 500)),
    "elderly_online_district": ("platform", "users", (1_000,)),
    "online_users_district": ("platform", "users", (50_000,)),
}
BY_UNIT = {"区教育局": (200, 1_000, 400, 30_000), "区体育局": (300, 500, 800, 20_000)}  # 区财政局 did not answer
BY_HAND: dict[str, float | str] = {
    "special_fund_share": 5,  # 25 / 500
    "education_space_per_10k": 1_000,
    "cultural_space_per_10k": 2_000,
    "library_holdings_per_capita": 2,
    "experience_bases": 15,
    "walk_sites": 10,
    "classroom_utilisation": 2.5,
    "courses_per_100k": 200,  # 1000 / 5
    "materials_per_school": 2.5,
    "online_courses_per_school": 1.5,
    "learning_places_per_100k": 40,  # 200 / 5
    "service_satisfaction": 86.5,
    "teachers_per_10k": 10,
    "volunteers_per_10k": 2_000,
    "degree_share": 90,
    "learners_per_teacher": 100,
    "teacher_training_rate": 80,
    "certified_parttime_share": 75,
    "standardised_share": 75,
    "developed_share": 50,
    "excellent_share": 25,
    "levy_trainees": 5_000,
    "subsidy_trainees": 8_000,
    "elderly_participation": 15,  # 30000 / 200000
    "elderly_teams_per_10k": 30,
    "elderly_online_rate": 5,  # 10000 / 200000
    "unemployed_training_rate": 25,
    "rural_training_rate": 15,
    "disabled_training_rate": 25,
    "credit_bank_share": 20,
    "learning_organisations_note": "学习团队600个",
    "industry_training_ratio": 80,  # 1200 / 1500
    "online_participation": 40,  # 200000 / 500000
    "information_literacy": 62.5,
    "activity_participation": 10,  # 50000 / 500000
    "projects_per_teacher": 0.2,
}


@cache
def edition() -> Edition:
    return editions.load(editions.locate("2023"))


def of_table(table: str, name: str, number: str, numbers: tuple[int, ...], unit: str | None = None) -> list[Value]:
    return [
        value(table, content, unit=unit, row=row, column=column)
        for row, amount in enumerate(numbers, start=1)
        for column, content in ((name, f"第{row}项"), (number, amount))
    ]


def of_unit(unit: str) -> list[Value]:
    budget, staff, training, attendance = BY_UNIT[unit]
    funds = of_table("special_funds", "fund_name", "budget", (10, 15), unit)
    return [
        value("unit_special_budget", budget, unit=unit),
        value("staff_total", staff, unit=unit),
        value("industry_training_attendance", training, unit=unit),
        *(funds if unit == "区教育局" else [nothing("special_funds", unit=unit)]),
        *of_table("activities", "activity", "attendance", (attendance,), unit),
    ]


def district(leave_out: str | None = None) -> Rolled:
    single = [value(item, content) for item, content in SINGLE.items() if item != leave_out]
    lists = [cell for table, spec in LISTS.items() if table != leave_out for cell in of_table(table, *spec)]
    units = [cell for unit in BY_UNIT for cell in of_unit(unit) if cell.item != leave_out]
    return combine(edition(), DISTRICT, UNITS, [*members(UNITS), *single, *lists, *units])


@cache
def results() -> dict[str, Result]:
    every = compute(edition(), {DISTRICT: district()}, {DISTRICT: "初审"})
    return {result.indicator: result for result in every if result.district == DISTRICT}


def test_every_indicator_is_pinned() -> None:
    assert set(BY_HAND) == set(edition().indicator_by_id)
    assert len(BY_HAND) == 36


def test_every_item_is_answered() -> None:
    each_unit = {"unit_special_budget", "special_funds", "staff_total", "industry_training_attendance", "activities"}
    assert set(edition().item_by_id) == set(SINGLE) | set(LISTS) | each_unit


@pytest.mark.parametrize("indicator", BY_HAND)
def test_indicator(indicator: str) -> None:
    result, expected = results()[indicator], BY_HAND[indicator]
    assert result.value == (expected if isinstance(expected, str) else pytest.approx(expected, rel=1e-12))
    assert (result.state, result.reason, result.review_state) == (State.VALUE, None, "初审")


def test_numerators_and_denominators_stand_before_the_factor() -> None:
    found = results()
    shown = {name: (found[name].numerator, found[name].denominator) for name in found}
    expected = {
        "special_fund_share": (25, 500),
        "courses_per_100k": (1_000, 5),
        "elderly_participation": (30_000, 200_000),
        "experience_bases": (None, None),
        "learning_organisations_note": (None, None),
    }
    assert {name: shown[name] for name in expected} == expected


def test_units_are_counted_for_indicators_of_units_only() -> None:
    counted = {name: (r.units_answered, r.units_expected) for name, r in results().items()}
    with_units = {"special_fund_share", "industry_training_ratio", "activity_participation"}
    assert {name for name, pair in counted.items() if pair != (None, None)} == with_units
    assert {counted[name] for name in with_units} == {(2, 3)}


def test_a_missing_item_makes_every_indicator_that_names_it_missing_and_no_other() -> None:
    left_out = [*SINGLE, *LISTS, "unit_special_budget", "special_funds", "staff_total", "activities"]
    which = replace(edition(), districts=tuple(District(name=item) for item in left_out))
    for result in compute(which, {item: district(leave_out=item) for item in left_out}, {}):
        item, formula = result.district, edition().indicator_by_id[result.indicator].formula
        if item in re.findall(r"\w+", formula):
            assert (result.value, result.state) == (None, State.MISSING)
            assert edition().item_by_id[item].label in (result.reason or "")
        else:
            assert result.value == results()[result.indicator].value


def test_the_parts_of_teachers_add_up_to_it() -> None:
    parts = trace(edition(), district(), "teachers_per_10k").parts
    assert [quantity.value for _, _, quantity in parts] == [2, 8]
    assert {source.item for source in parts[0][2].sources} == {"fulltime_teachers", "resident_population"}

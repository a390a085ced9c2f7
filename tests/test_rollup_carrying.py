"""The units' answers at their places in the district's workbook."""

from __future__ import annotations

from dataclasses import replace

from builders.values import UNITS, edition, listed, nothing, value

from xltool.model.edition import Combine
from xltool.model.values import Value
from xltool.rollup import carry

CULTURE, SPORTS, FARMING = UNITS
Place = tuple[str, int | None, str | None]


def carried(*values: Value) -> dict[Place, tuple[object, str]]:
    found = carry(edition(), UNITS, values)
    assert len({(each.item, each.row, each.column) for each in found}) == len(found)
    return {(each.item, each.row, each.column): (each.value, each.unit) for each in found}


def test_a_figure_of_one_unit_stands_in_the_districts_cell() -> None:
    assert carried(value("library", 8.5, unit=CULTURE)) == {("library", None, None): (8.5, CULTURE)}


def test_each_units_figure_stands_in_the_units_row() -> None:
    assert carried(value("budget", 0, unit=FARMING)) == {("budget", 3, None): (0, FARMING)}


def test_lists_stand_under_each_other_with_their_units_and_an_empty_one_says_so() -> None:
    found = carried(*listed(4, "甲", 2, unit=CULTURE), *listed(7, "乙", 3.5, unit=CULTURE), nothing(unit=SPORTS))
    assert found == {
        ("funds", 1, "unit"): (CULTURE, CULTURE),
        ("funds", 1, "name"): ("甲", CULTURE),
        ("funds", 1, "amount"): (2, CULTURE),
        ("funds", 2, "unit"): (CULTURE, CULTURE),
        ("funds", 2, "name"): ("乙", CULTURE),
        ("funds", 2, "amount"): (3.5, CULTURE),
        ("funds", 3, "unit"): (SPORTS, SPORTS),
        ("funds", 3, "name"): ("无", SPORTS),
    }


def test_what_does_not_apply_comes_as_the_word() -> None:
    assert carried(value("farmers", "不适用", unit=FARMING)) == {("farmers", None, None): ("不适用", FARMING)}


def test_what_could_not_be_read_is_left_blank() -> None:
    unreadable = value("funds", None, unit=CULTURE, row=1, column="amount", raw="约3")
    found = carried(value("library", None, unit=CULTURE, raw="约9"), *listed(1, "甲", None, unit=CULTURE), unreadable)
    assert set(found) == {("funds", 1, "unit"), ("funds", 1, "name")}


def test_the_districts_own_answers_and_those_of_strangers_are_left_aside() -> None:
    assert carried(value("library", 9), value("library", 8, unit="撤销的局"), value("pop", 5, unit=CULTURE)) == {}


def test_remarks_signatures_and_documents_stay_with_the_unit() -> None:
    own = (
        value("library", "含外借点", unit=CULTURE, column="remark"),
        value("signoff", "统计员甲", unit=CULTURE, column="filler"),
        value("paper", "通知", unit=CULTURE, row=1, column="title"),
    )
    assert carried(*own) == {}


def test_explanations_come_along_with_their_units() -> None:
    told = (
        value("rule", "新馆开放", unit=SPORTS, column="explanation"),
        value("rule", "口径调整", unit=CULTURE, column="explanation"),
    )
    assert carried(*told) == {("rule", None, "explanation"): ("文化局：口径调整；体育局：新馆开放", CULTURE)}


def test_the_latest_answer_is_carried_where_the_edition_says_so() -> None:
    items = tuple(replace(item, combine=Combine.LATEST) if item.id == "library" else item for item in edition().items)
    values = [value("library", 8, unit=CULTURE), value("library", 5, unit=SPORTS)]
    (only,) = carry(replace(edition(), items=items), UNITS, values, (SPORTS, CULTURE))
    assert (only.value, only.unit) == (5, SPORTS)


def test_an_answer_that_the_district_gives_alone_is_not_carried() -> None:
    items = tuple(replace(item, combine=Combine.DISTRICT) if item.id == "library" else item for item in edition().items)
    assert carry(replace(edition(), items=items), UNITS, [value("library", 8, unit=CULTURE)]) == ()

"""Which value counts where several give one, and what lists come to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from builders.values import DISTRICT, UNITS, edition, listed, members, nothing, value

from xltool.model.edition import Combine, Edition
from xltool.model.quantity import MISSING, Quantity, Rolled
from xltool.model.states import State
from xltool.model.values import Value
from xltool.rollup import combine

EDITION = edition()
FUNDS = "sum(funds.amount)"


def roll(*values: Value, **more: object) -> Rolled:
    return combine(EDITION, DISTRICT, UNITS, (*members(), *values), **more)  # type: ignore[arg-type]


def figure(quantity: Quantity) -> tuple[State, object]:
    return quantity.state, quantity.value


def by_unit(rolled: Rolled, key: str) -> dict[str, object]:
    return {unit: quantity.value for unit, quantity in rolled.by_unit[key].items()}


def test_nothing_returned_is_missing_everywhere_never_zero() -> None:
    rolled = roll()
    assert set(rolled.quantities.values()) == {MISSING}
    assert by_unit(rolled, FUNDS) == dict.fromkeys(UNITS)
    assert not rolled.own_return
    assert rolled.files == ()


def test_every_operand_of_the_edition_has_a_quantity() -> None:
    assert set(roll().quantities) == {
        "pop",
        "schools",
        "teachers",
        "note",
        "library",
        "farmers",
        "budget",
        "staff",
        "sum(funds.amount)",
        "count(funds)",
        "sum(courses.amount)",
        "count(courses)",
        "count(paper)",
    }
    assert set(roll().by_unit) == {"budget", "staff", "sum(funds.amount)", "count(funds)"}


def test_district_item_and_its_source() -> None:
    pop = value("pop", 12.5)
    rolled = roll(pop)
    assert rolled.quantities["pop"] == Quantity(state=State.VALUE, value=12.5, sources=(pop,))
    assert rolled.files == (f"sha-{DISTRICT}",)
    assert rolled.own_return


def test_a_unit_does_not_answer_a_district_item() -> None:
    assert roll(value("pop", 3, unit="文化局")).quantities["pop"] is MISSING


def test_prefilled_counts_and_a_typed_one_beside_it_does_not() -> None:
    prefilled, typed = value("teachers", 5, prefilled=True), value("teachers", 7)
    for order in ((prefilled, typed), (typed, prefilled)):
        rolled = roll(*order)
        assert rolled.quantities["teachers"].value == 5
        assert prefilled in rolled.counting
        assert typed not in rolled.counting


def test_typed_counts_where_nothing_is_prefilled() -> None:
    assert roll(value("teachers", 7)).quantities["teachers"].value == 7


class TestOneUnit:
    def test_units_value_where_the_district_left_it_blank(self) -> None:
        own = value("library", 8, unit="文化局")
        rolled = roll(own)
        assert figure(rolled.quantities["library"]) == (State.VALUE, 8)
        assert own in rolled.counting
        assert not rolled.own_return

    @pytest.mark.parametrize("word", ["无", "—— ", "／", "N/A", "", "\u200b"])
    def test_a_word_for_nothing_leaves_it_to_the_unit(self, word: str) -> None:
        rolled = roll(value("library", None, raw=word), value("library", 8, unit="文化局"))
        assert rolled.quantities["library"].value == 8

    def test_an_unreadable_district_value_holds_its_place(self) -> None:
        unreadable = value("library", None, raw="约9")
        own = value("library", 8, unit="文化局")
        rolled = roll(unreadable, own)
        assert rolled.quantities["library"] == Quantity(state=State.MISSING, sources=(unreadable,))
        assert own not in rolled.counting
        assert unreadable not in rolled.counting
        assert rolled.conflicts == ()

    def test_both_differ_is_a_conflict_and_the_districts_counts(self) -> None:
        ours, theirs = value("library", 9), value("library", 8, unit="文化局")
        rolled = roll(theirs, ours)
        assert rolled.quantities["library"].value == 9
        assert rolled.conflicts == ((ours, theirs),)
        assert theirs not in rolled.counting

    def test_equal_within_the_tolerance_is_no_conflict(self) -> None:
        assert roll(value("library", 0.3), value("library", 0.1 + 0.2, unit="文化局")).conflicts == ()

    def test_not_applicable_against_a_number_is_a_conflict(self) -> None:
        rolled = roll(value("farmers", "不适用"), value("farmers", 8, unit="农委"))
        assert rolled.quantities["farmers"].state is State.NOT_APPLICABLE
        assert len(rolled.conflicts) == 1

    def test_not_applicable_by_itself_where_the_unit_is_absent(self) -> None:
        rolled = roll(value("farmers", 4), absent_units=("农委", "文化局"))
        assert figure(rolled.quantities["farmers"]) == (State.NOT_APPLICABLE, None)
        assert rolled.quantities["library"].state is State.MISSING  # may not be not applicable

    def test_not_applicable_prefilled(self) -> None:
        rolled = roll(value("farmers", "不适用", prefilled=True), value("farmers", 4))
        assert rolled.quantities["farmers"].state is State.NOT_APPLICABLE

    def test_what_the_office_filled_in_goes_before_the_absent_unit(self) -> None:
        rolled = roll(value("farmers", 4, prefilled=True), absent_units=("农委",))
        assert figure(rolled.quantities["farmers"]) == (State.VALUE, 4)

    def test_values_of_units_outside_the_list_are_left_aside(self) -> None:
        rolled = roll(value("library", 8, unit="撤销的局"))
        assert rolled.quantities["library"] is MISSING
        assert rolled.files == ()


class TestEachUnit:
    def test_total_skips_units_that_did_not_answer(self) -> None:
        rolled = roll(value("budget", 10, unit="文化局"), value("budget", 20, row=3))
        assert by_unit(rolled, "budget") == {"文化局": 10, "体育局": None, "农委": 20}
        assert figure(rolled.quantities["budget"]) == (State.VALUE, 30)

    def test_the_districts_row_counts_before_the_units_own(self) -> None:
        ours, theirs = value("budget", 11, row=1), value("budget", 10, unit="文化局")
        rolled = roll(ours, theirs)
        assert rolled.quantities["budget"].value == 11
        assert rolled.conflicts == ((ours, theirs),)
        assert ours in rolled.counting
        assert theirs not in rolled.counting

    def test_names_of_units_count(self) -> None:
        assert set(members()) <= roll().counting

    def test_each_figure_by_itself(self) -> None:
        rolled = roll(value("budget", 11, row=1), value("staff", 5, unit="文化局"))
        assert rolled.quantities["budget"].value == 11
        assert rolled.quantities["staff"].value == 5

    def test_zero_is_an_answer(self) -> None:
        rolled = roll(value("budget", 0, unit="文化局"))
        assert figure(rolled.quantities["budget"]) == (State.VALUE, 0)


class TestLists:
    def test_district_list_total_and_count(self) -> None:
        rows = (*listed(1, "甲", 2, item_id="courses"), *listed(4, "乙", 3.5, item_id="courses"))
        rolled = roll(*rows)
        assert figure(rolled.quantities["sum(courses.amount)"]) == (State.VALUE, 5.5)
        assert figure(rolled.quantities["count(courses)"]) == (State.VALUE, 2)
        assert set(rows) <= rolled.counting
        assert [source.row for source in rolled.quantities["sum(courses.amount)"].sources] == [1, 4]

    def test_empty_and_not_declared_is_missing(self) -> None:
        assert roll(value("pop", 1)).quantities["sum(courses.amount)"].state is State.MISSING

    def test_declared_empty_is_zero(self) -> None:
        declared = nothing("courses")
        rolled = roll(declared)
        assert figure(rolled.quantities["sum(courses.amount)"]) == (State.VALUE, 0)
        assert figure(rolled.quantities["count(courses)"]) == (State.VALUE, 0)
        assert declared in rolled.counting

    def test_a_filled_row_without_its_number_makes_the_total_missing(self) -> None:
        rows = (*listed(1, "甲", 2, item_id="courses"), *listed(2, "乙", None, item_id="courses"))
        rolled = roll(*rows)
        assert rolled.quantities["sum(courses.amount)"] is MISSING
        assert not set(rows) & rolled.counting

    def test_a_number_that_cannot_be_read_makes_the_total_missing(self) -> None:
        unreadable = value("courses", None, row=2, column="amount", raw="约3")
        rolled = roll(*listed(1, "甲", 2, item_id="courses"), unreadable)
        assert rolled.quantities["sum(courses.amount)"] is MISSING

    def test_a_row_of_words_for_nothing_is_no_row(self) -> None:
        blank = value("courses", None, row=2, column="name", raw="无")
        rolled = roll(*listed(1, "甲", 2, item_id="courses"), blank)
        assert rolled.quantities["sum(courses.amount)"].value == 2

    def test_declared_and_filled_is_missing(self) -> None:
        rolled = roll(nothing("courses"), *listed(1, "甲", 2, item_id="courses"))
        assert rolled.quantities["sum(courses.amount)"] is MISSING
        assert rolled.counting == set(members())

    def test_a_declaration_that_is_not_chosen_declares_nothing(self) -> None:
        assert roll(value("courses", None, raw="否")).quantities["sum(courses.amount)"] is MISSING


class TestListsOfUnits:
    def test_units_own_list(self) -> None:
        rolled = roll(*listed(1, "甲", 2, unit="文化局"), *listed(2, "乙", 3, unit="文化局"), nothing(unit="农委"))
        assert by_unit(rolled, FUNDS) == {"文化局": 5, "体育局": None, "农委": 0}
        assert rolled.quantities[FUNDS].value == 5

    def test_precedence_goes_by_unit_and_whole_list(self) -> None:
        own = (*listed(1, "甲", 2, unit="文化局"), *listed(2, "乙", 3, unit="文化局"))
        district = listed(1, "甲", 4, of="文化局")
        rolled = roll(*own, *district, *listed(1, "丙", 7, unit="农委"))
        assert by_unit(rolled, FUNDS) == {"文化局": 4, "体育局": None, "农委": 7}
        assert rolled.quantities[FUNDS].value == 11
        assert not set(own) & rolled.counting
        assert set(district) <= rolled.counting

    def test_lists_with_different_totals_are_a_conflict_of_totals_at_their_first_cells(self) -> None:
        rolled = roll(
            *listed(1, "甲", 2, unit="文化局"), *listed(2, "乙", 3, unit="文化局"), *listed(6, "甲", 4, of="文化局")
        )
        ((ours, theirs),) = rolled.conflicts
        assert (ours.value, ours.cell, ours.unit) == (4, "amount6", None)
        assert (theirs.value, theirs.cell, theirs.unit) == (5, "amount1", "文化局")

    def test_lists_with_the_same_total_are_no_conflict(self) -> None:
        assert roll(*listed(1, "甲", 5, unit="文化局"), *listed(6, "甲", 5, of="文化局")).conflicts == ()

    @pytest.mark.parametrize("amount", [None, 0])
    def test_the_name_that_says_nothing_declares_that_units_list_empty(self, amount: int | None) -> None:
        own = listed(1, "甲", 2, unit="文化局")
        rolled = roll(*own, *listed(3, "无", amount, of="文化局"))
        assert by_unit(rolled, FUNDS) == {"文化局": 0, "体育局": None, "农委": None}
        assert rolled.quantities["count(funds)"].value == 0
        assert not set(own) & rolled.counting

    def test_nothing_with_a_number_is_a_contradiction(self) -> None:
        rolled = roll(*listed(3, "无", 6, of="文化局"), *listed(4, "乙", 1, of="农委"))
        assert by_unit(rolled, FUNDS) == {"文化局": None, "体育局": None, "农委": 1}

    def test_nothing_with_a_number_that_cannot_be_read_is_missing(self) -> None:
        unreadable = value("funds", None, row=3, column="amount", raw="约3")
        assert by_unit(roll(*listed(3, "无", None, of="文化局"), unreadable), FUNDS)["文化局"] is None

    def test_nothing_beside_other_rows_of_the_unit_is_a_contradiction(self) -> None:
        rolled = roll(*listed(3, "无", None, of="文化局"), *listed(4, "乙", 1, of="文化局"))
        assert rolled.quantities[FUNDS] is MISSING

    def test_a_faulty_list_of_the_district_still_holds_its_place(self) -> None:
        rolled = roll(*listed(1, "甲", None, of="文化局"), *listed(1, "甲", 2, unit="文化局"))
        assert rolled.by_unit[FUNDS]["文化局"] is MISSING
        assert rolled.conflicts == ()

    def test_a_row_that_names_no_known_unit_enters_nobodys_total(self) -> None:
        rows = (*listed(1, "甲", 2), *listed(2, "乙", 3, of="无此局"))
        rolled = roll(*rows)
        assert rolled.quantities[FUNDS] is MISSING
        assert not set(rows) & rolled.counting

    def test_the_districts_declaration_declares_no_units_list(self) -> None:
        declared = nothing()
        rolled = roll(declared, *listed(1, "甲", 2, unit="文化局"))
        assert by_unit(rolled, FUNDS) == {"文化局": 2, "体育局": None, "农委": None}
        assert declared not in rolled.counting

    def test_the_districts_declaration_beside_its_rows_makes_those_units_missing(self) -> None:
        rolled = roll(nothing(), *listed(1, "甲", 2, of="文化局"), *listed(1, "乙", 3, unit="农委"))
        assert by_unit(rolled, FUNDS) == {"文化局": None, "体育局": None, "农委": 3}

    def test_a_unit_that_writes_nothing_as_a_name_has_not_declared(self) -> None:
        blank = value("funds", None, unit="文化局", row=1, column="name", raw="无")
        assert roll(blank).by_unit[FUNDS]["文化局"] is MISSING


def test_documents_are_the_union() -> None:
    ours, theirs = (value("paper", "标题", unit=unit, row=1, column="title") for unit in (None, "农委"))
    rolled = roll(ours, theirs, nothing("paper", unit="文化局"))
    assert {ours, theirs} <= rolled.counting
    assert rolled.quantities["count(paper)"].value == 2


def test_documents_that_are_denied_are_none() -> None:
    assert roll(nothing("paper")).quantities["count(paper)"].value == 0


def test_remarks_and_signatures_never_count() -> None:
    rolled = roll(value("pop", 1), value("pop", "见年鉴", column="remark"), value("signoff", "某人", column="filler"))
    assert {v.item for v in rolled.counting} == {"pop", "member_units"}


def test_last_years_value_is_an_operand() -> None:
    rolled = roll(value("pop", 1), value("pop", 0.9, column="previous", prefilled=True))
    assert figure(rolled.quantities["previous.pop"]) == (State.VALUE, 0.9)
    assert rolled.quantities["pop"].value == 1


def test_returns_without_a_value_are_known_where_given() -> None:
    rolled = roll(returns={None: "b", "农委": "a"})
    assert rolled.own_return
    assert rolled.files == ("a", "b")


def test_numbers_beyond_range_do_not_stop_the_run() -> None:
    rolled = roll(value("budget", 1.7e308, unit="文化局"), value("budget", 1.7e308, unit="农委"))
    assert rolled.quantities["budget"].value == float("inf")


def declared(name: str, combine_as: Combine) -> Edition:
    """The edition with one item combined otherwise."""
    items = tuple(replace(item, combine=combine_as) if item.id == name else item for item in EDITION.items)
    return replace(EDITION, items=items)


def roll_as(name: str, combine_as: Combine, *values: Value, **more: Any) -> Rolled:
    return combine(declared(name, combine_as), DISTRICT, UNITS, (*members(), *values), **more)


class TestAsTheEditionSays:
    def test_the_districts_own_answer_alone_takes_no_units(self) -> None:
        theirs = value("library", 8, unit="文化局")
        rolled = roll_as("library", Combine.DISTRICT, theirs)
        assert rolled.quantities["library"].state is State.MISSING
        assert theirs not in rolled.counting

    def test_the_districts_own_answer_is_compared_with_the_units(self) -> None:
        ours, theirs = value("library", 9), value("library", 8, unit="文化局")
        rolled = roll_as("library", Combine.DISTRICT, ours, theirs)
        assert rolled.quantities["library"].value == 9
        assert rolled.conflicts == ((ours, theirs),)

    def test_the_latest_of_several_units_counts_whatever_their_order(self) -> None:
        values = (value("library", 8, unit="文化局"), value("library", 5, unit="体育局"))
        came_in = {"体育局": "b", "文化局": "a"}
        for order, expected in ((came_in, 8), (dict(reversed(came_in.items())), 5)):
            rolled = roll_as("library", Combine.LATEST, *values, returns=order)
            assert rolled.quantities["library"].value == expected
            assert rolled.conflicts == ()

    def test_two_units_that_answer_for_one_are_a_conflict_of_both_cells(self) -> None:
        culture, sports = value("library", 8, unit="文化局"), value("library", 5, unit="体育局")
        rolled = roll(culture, sports)
        assert rolled.quantities["library"].value == 8
        assert rolled.conflicts == ((culture, sports),)

    def test_units_that_stand_by_themselves_make_no_figure_of_the_district(self) -> None:
        own = value("budget", 8, unit="文化局")
        rolled = roll_as("budget", Combine.NONE, own)
        assert rolled.quantities["budget"] is MISSING
        assert by_unit(rolled, "budget")["文化局"] == 8
        assert own not in rolled.counting


class TestCarriedIntoTheDistrictsWorkbook:
    CARRIED = (("library", "文化局"), ("budget", "文化局"), ("funds", "文化局"))

    def test_what_still_stands_there_is_the_units_and_counts_once(self) -> None:
        theirs, copy = value("library", 8.25, unit="文化局"), value("library", 8.25)
        rolled = roll(copy, theirs, carried=self.CARRIED)
        assert rolled.quantities["library"].sources == (theirs,)
        assert copy not in rolled.counting

    def test_what_the_district_changed_is_the_districts_with_a_conflict(self) -> None:
        theirs, changed = value("budget", 8, unit="文化局"), value("budget", 9, row=1)
        rolled = roll(changed, theirs, carried=self.CARRIED)
        assert rolled.quantities["budget"].sources == (changed,)
        assert rolled.conflicts == ((changed, theirs),)

    def test_what_the_district_deleted_is_the_units(self) -> None:
        theirs = value("library", 8, unit="文化局")
        assert roll(theirs, carried=self.CARRIED).quantities["library"].sources == (theirs,)

    def test_a_list_in_another_order_is_still_the_units(self) -> None:
        own = (*listed(1, "甲", 2, unit="文化局"), *listed(2, "乙", 0.1 + 0.2, unit="文化局"))
        copies = (*listed(5, "乙", 0.3, of="文化局"), *listed(9, "甲", 2.0, of="文化局"))
        rolled = roll(*copies, *own, carried=self.CARRIED)
        assert figure(rolled.by_unit["count(funds)"]["文化局"]) == (State.VALUE, 2)
        assert set(own) <= rolled.counting
        assert not set(copies) & rolled.counting

    def test_a_row_more_makes_the_whole_list_the_districts(self) -> None:
        own = listed(1, "甲", 2, unit="文化局")
        copies = (*listed(1, "甲", 2, of="文化局"), *listed(2, "丙", 3, of="文化局"))
        rolled = roll(*copies, *own, carried=self.CARRIED)
        assert rolled.by_unit[FUNDS]["文化局"].value == 5
        assert not set(own) & rolled.counting
        assert [(one.value, other.value) for one, other in rolled.conflicts] == [(5, 2)]

    def test_a_list_that_the_unit_declared_empty_is_still_empty(self) -> None:
        declared, copy = nothing(unit="文化局"), listed(1, "无", None, of="文化局")
        rolled = roll(*copy, declared, carried=self.CARRIED)
        assert rolled.by_unit[FUNDS]["文化局"] == Quantity(state=State.VALUE, value=0, sources=(declared,))
        assert not set(copy) & rolled.counting

    def test_without_having_been_carried_the_districts_counts(self) -> None:
        theirs, ours = value("library", 8, unit="文化局"), value("library", 8)
        assert roll(ours, theirs).quantities["library"].sources == (ours,)

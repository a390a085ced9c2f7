"""States, matched units, comparison among districts, and traces, on a small edition."""

from __future__ import annotations

import statistics

import pytest
from builders.values import DISTRICT, INDICATORS, UNITS, edition, indicator, listed, members, nothing, value
from hypothesis import given
from hypothesis import strategies as st

from xltool.indicators import compute, trace
from xltool.model.edition import Edition
from xltool.model.indicator import Result
from xltool.model.quantity import Rolled
from xltool.model.states import State
from xltool.model.values import Value
from xltool.rollup import combine

NAMES = ("甲区", "乙区", "丙区", "丁区")
EDITION = edition(districts=NAMES)


def roll(*values: Value, district: str = DISTRICT, units: tuple[str, ...] = UNITS) -> Rolled:
    return combine(EDITION, district, units, (*members(units), *values))


def of(rolled: dict[str, Rolled], name: str, which: Edition = EDITION) -> list[Result]:
    return [result for result in compute(which, rolled, {}) if result.indicator == name]


def one(rolled: Rolled, name: str) -> Result:
    return of({rolled.district: rolled}, name)[NAMES.index(rolled.district)]


def test_districts_in_the_editions_order_indicators_within_each() -> None:
    rows = [(result.district, result.indicator) for result in compute(EDITION, {"丙区": roll(district="丙区")}, {})]
    assert rows == [(name, each.id) for name in NAMES for each in INDICATORS]


def test_a_district_of_which_nothing_is_known_is_missing_and_its_reason_names_the_inputs() -> None:
    results = compute(EDITION, {}, {"乙区": "填报"})
    assert {(result.value, result.state, result.rank, result.n) for result in results} == {
        (None, State.MISSING, None, 0)
    }
    assert {result.city for result in results} == {None}
    reasons = {result.indicator: result.reason for result in results}
    assert reasons["library_per_head"] == "未填：“library项”、“teachers项”、“pop项”"
    assert {result.district: result.review_state for result in results} == {
        "甲区": "未填报",
        "乙区": "填报",
        "丙区": "未填报",
        "丁区": "未填报",
    }


class TestStates:
    def test_not_applicable_goes_before_missing(self) -> None:
        result = one(roll(value("farmers", "不适用")), "farmers_per_head")
        assert (result.state, result.reason) == (State.NOT_APPLICABLE, "不适用：“farmers项”")

    def test_missing_goes_before_undefined(self) -> None:
        result = one(roll(value("pop", 0)), "farmers_per_head")
        assert (result.state, result.reason) == (State.MISSING, "未填：“farmers项”")
        assert (result.numerator, result.denominator) == (None, 0)

    def test_a_division_by_zero_is_undefined_and_not_compared(self) -> None:
        good = roll(value("library", 1), value("teachers", 1), value("pop", 4), district="乙区")
        bad = roll(value("library", 1), value("teachers", 2), value("pop", 0))
        first, second = of({"甲区": bad, "乙区": good}, "library_per_head")[:2]
        assert (first.state, first.value, first.numerator, first.denominator) == (State.UNDEFINED, None, 3, 0)
        assert first.reason == "无法计算：除数为零，或数值过大"
        assert (first.rank, first.n, first.city, first.mean) == (None, 1, 0.5, 0.5)
        assert second.rank == 1

    def test_a_missing_value_is_not_zero(self) -> None:
        missing = one(roll(value("pop", 2), value("library", 1)), "library_per_head")
        zero = one(roll(value("pop", 2), value("library", 1), value("teachers", 0)), "library_per_head")
        assert (missing.value, zero.value) == (None, 0.5)


class TestMatchedUnits:
    def test_only_units_that_answered_both_enter_both(self) -> None:
        result = one(
            roll(
                value("budget", 100, unit="文化局"),
                *listed(1, "甲", 20, unit="文化局"),
                value("budget", 900, unit="体育局"),
                *listed(1, "乙", 50, unit="农委"),
            ),
            "fund_share",
        )
        assert (result.value, result.numerator, result.denominator) == (20, 20, 100)
        assert (result.units_answered, result.units_expected) == (1, 3)

    def test_the_ratio_is_pooled_not_a_mean_of_ratios(self) -> None:
        result = one(
            roll(
                value("budget", 100, unit="文化局"),
                *listed(1, "甲", 50, unit="文化局"),
                value("budget", 900, unit="农委"),
                nothing(unit="农委"),
            ),
            "fund_share",
        )
        assert (result.value, result.units_answered) == (5, 2)

    def test_units_that_answered_one_each_match_nowhere(self) -> None:
        result = one(roll(value("budget", 100, unit="文化局"), *listed(1, "甲", 50, unit="农委")), "fund_share")
        assert (result.state, result.units_answered) == (State.MISSING, 0)
        assert result.reason == "没有成员单位同时填报“funds清单合计”、“budget项”"

    def test_the_reason_names_only_what_nobody_answered(self) -> None:
        assert one(roll(value("budget", 100, unit="文化局")), "fund_share").reason == "未填：“funds清单合计”"
        assert one(roll(), "fund_share").reason == "未填：“funds清单合计”、“budget项”"

    def test_units_that_entered_any_of_several_totals_are_counted(self) -> None:
        which = edition(districts=NAMES, indicators=(indicator("both", "(budget + staff) / pop"),))
        rolled = roll(value("budget", 3, unit="文化局"), value("staff", 4, unit="农委"), value("pop", 1))
        result = of({DISTRICT: rolled}, "both", which)[0]
        assert (result.value, result.units_answered) == (7, 2)

    def test_a_total_over_other_data_takes_every_unit_that_answered(self) -> None:
        rolled = roll(value("budget", 100, unit="文化局"), value("budget", 20, row=3), value("pop", 10))
        result = one(rolled, "budget_per_head")
        assert (result.value, result.units_answered, result.units_expected) == (12, 2, 3)


class TestComparison:
    def districts(self, *figures: tuple[float, float] | None) -> dict[str, Rolled]:
        return {
            name: roll(value("budget", pair[0], row=1), value("pop", pair[1]), district=name)
            for name, pair in zip(NAMES, figures, strict=True)
            if pair is not None
        }

    def test_city_is_pooled_mean_and_median_are_unweighted_over_districts_with_a_value(self) -> None:
        results = of(self.districts((10, 1), (20, 10), None, (40, 10)), "budget_per_head")
        assert [result.value for result in results] == [10, 2, None, 4]
        assert {(r.city, r.mean, r.median, r.n) for r in results} == {(70 / 21, 16 / 3, 4, 3)}
        assert [result.rank for result in results] == [1, 3, None, 2]

    def test_ties_share_the_best_rank(self) -> None:
        results = of(self.districts((10, 2), (30, 3), (5, 1), (1, 1)), "budget_per_head")
        assert [result.rank for result in results] == [2, 1, 2, 4]

    def test_what_reads_the_same_is_a_tie(self) -> None:
        results = of(self.districts((0.1 + 0.2, 1), (0.3, 1), (0.2, 1), None), "budget_per_head")
        assert [result.rank for result in results] == [1, 1, 3, None]

    def test_city_takes_the_factor(self) -> None:
        rolled = {
            name: roll(value("budget", 100 * part, row=1), *listed(1, "甲", 7, of="文化局"), district=name)
            for part, name in enumerate(NAMES[:2], start=1)
        }
        assert of(rolled, "fund_share")[0].city == pytest.approx(14 / 300 * 100)

    def test_no_division_has_no_city_figure(self) -> None:
        rolled = {DISTRICT: roll(value("library", 3))}
        result = of(rolled, "library_plain")[0]
        assert (result.value, result.city, result.mean, result.rank) == (3, None, 3, 1)

    def test_texts_are_not_compared(self) -> None:
        rolled = {name: roll(value("note", text), district=name) for name, text in (("甲区", "好"), ("丁区", "较好"))}
        results = of(rolled, "note_text")
        assert [result.value for result in results] == ["好", None, None, "较好"]
        assert {(r.city, r.mean, r.median, r.rank, r.n) for r in results} == {(None, None, None, None, 2)}

    def test_a_denominator_that_sums_to_zero_has_no_city_figure(self) -> None:
        assert of(self.districts((1, 5), (1, -5), None, None), "budget_per_head")[0].city is None

    @given(st.lists(st.one_of(st.none(), st.tuples(st.integers(0, 99), st.integers(0, 9))), min_size=4, max_size=4))
    def test_against_the_standard_library(self, figures: list[tuple[float, float] | None]) -> None:
        results = of(self.districts(*figures), "budget_per_head")
        expected = [pair[0] / pair[1] if pair is not None and pair[1] else None for pair in figures]
        known = [number for number in expected if number is not None]
        assert [result.value for result in results] == expected
        assert {result.n for result in results} == {len(known)}
        if known:
            assert results[0].mean == pytest.approx(statistics.fmean(known))
            assert results[0].median == pytest.approx(statistics.median(known))
        for result, number in zip(results, expected, strict=True):
            assert result.rank == (None if number is None else 1 + sum(other > number for other in known))


def test_numbers_too_large_to_pool_leave_no_figure() -> None:
    rolled = {name: roll(value("library", 1.6e308), district=name) for name in NAMES}
    assert of(rolled, "library_plain")[0].mean is None


def test_constants_may_stand_in_formulas() -> None:
    which = edition(indicators=(indicator("age", "data_year - pop"),))
    assert of({DISTRICT: roll(value("pop", 2000))}, "age", which)[0].value == 22


class TestTrace:
    def test_one_entry_a_unit_that_entered_in_the_order_of_the_formula(self) -> None:
        rolled = roll(
            value("budget", 100, unit="文化局"),
            *listed(1, "甲", 20, unit="文化局"),
            *listed(2, "乙", 30, unit="文化局"),
            value("budget", 900, unit="体育局"),
            value("budget", 10, row=3),
            nothing(unit="农委"),
        )
        entries = trace(EDITION, rolled, "fund_share").inputs
        assert [(key, unit, quantity.value) for key, unit, quantity in entries] == [
            ("sum(funds.amount)", "文化局", 50),
            ("sum(funds.amount)", "农委", 0),
            ("budget", "文化局", 100),
            ("budget", "农委", 10),
        ]
        assert [source.cell for source in entries[0][2].sources] == ["amount1", "amount2"]

    def test_a_total_that_nobody_answered_is_one_missing_entry(self) -> None:
        entries = trace(EDITION, roll(value("pop", 1)), "budget_per_head").inputs
        assert [(key, unit, quantity.state) for key, unit, quantity in entries] == [
            ("budget", None, State.MISSING),
            ("pop", None, State.VALUE),
        ]

    def test_parts_have_their_states(self) -> None:
        parts = trace(EDITION, roll(value("pop", 2), value("library", 1)), "library_per_head").parts
        assert [(label, quantity.value, quantity.state) for label, _, quantity in parts] == [
            ("馆", 0.5, State.VALUE),
            ("师", None, State.MISSING),
        ]

    def test_an_unreadable_value_is_shown_with_its_cell(self) -> None:
        rolled = roll(value("library", None, raw="约9"))
        ((_, _, quantity),) = trace(EDITION, rolled, "library_plain").inputs
        assert quantity.state is State.MISSING
        assert [(source.raw, source.cell) for source in quantity.sources] == [("约9", "C1")]

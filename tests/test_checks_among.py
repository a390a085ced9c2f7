"""Last year, the other districts, mistakes of unit: what is asked, in which words, and what is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from builders.values import DISTRICT, UNITS, check, edition, members, plan, submission, value
from hypothesis import given
from hypothesis import strategies as st

from xltool.checks import check_among, check_district, check_file, figures_of, spreads_of
from xltool.checks.judging import finding_of, judge
from xltool.checks.spread import spread_of
from xltool.indicators import complete_indicators
from xltool.model.comparison import ChangeLimit, Comparisons, Magnitudes, PeerRule, Peers
from xltool.model.edition import Edition, Scope, Severity
from xltool.model.finding import Finding
from xltool.model.quantity import Rolled
from xltool.model.values import Value
from xltool.rollup import combine

NAMES = tuple(f"{letter}区" for letter in "甲乙丙丁戊己庚辛壬癸")
LIMIT = ChangeLimit(item="teachers", operand="teachers", relative=0.5, absolute=5, severity=Severity.WARNING)
BUDGET = ChangeLimit(item="budget", operand="budget", relative=0.5, absolute=5, severity=Severity.WARNING)
MAGNITUDES = Magnitudes(
    factors=(10, 100, 1000, 10000),
    closeness=2,
    related=(("teachers", "library"), ("teachers", "schools")),
    severity=Severity.WARNING,
)
PER_HEAD = PeerRule(item="teachers", operand="teachers", per="pop")


def peers(*rules: PeerRule, **more: Any) -> Peers:
    given: dict[str, Any] = {"fewest": 8, "limit": 3.5, "least_spread": 0.05, "severity": Severity.HINT} | more
    return Peers(rules=rules, **given)


def comparing(**more: Any) -> Edition:
    return replace(edition(districts=NAMES), comparisons=Comparisons(**more))


def last(name: str, content: float) -> Value:
    return value(name, content, column="previous", prefilled=True)


def in_file(which: Edition, *values: Value) -> tuple[Finding, ...]:
    typed = submission(*(each for each in values if not each.prefilled))
    kept = [each for each in values if each.prefilled]
    rolled = combine(which, DISTRICT, UNITS, (*members(), *kept, *typed.values))
    return check_file(rolled, typed, plan("district"), which)


def over_district(which: Edition, *values: Value) -> tuple[Finding, ...]:
    return check_district(combine(which, DISTRICT, UNITS, (*members(), *values)), which)


class TestLastYear:
    which = comparing(changes=(LIMIT, BUDGET))

    @pytest.mark.parametrize(("now", "before"), [(150, 100), (50, 100), (100, 100), (9, 5), (0, 5), (4, 0)])
    def test_within_one_of_the_limits_nothing_is_asked(self, now: float, before: float) -> None:
        assert in_file(self.which, value("teachers", now), last("teachers", before)) == ()

    @pytest.mark.parametrize(
        ("now", "before", "said"),
        [(151, 100, "增加51%"), (49, 100, "减少51%"), (6, 0, "增加6"), (-60, -20, "减少200%")],
    )
    def test_beyond_both_it_is_asked_with_both_values_and_the_change(
        self, now: float, before: float, said: str
    ) -> None:
        (found,) = in_file(self.which, value("teachers", now), last("teachers", before))

        assert (found.code, found.rule, found.severity) == ("large_change", "change_teachers", Severity.WARNING)
        assert (found.item, found.cell is not None) == ("teachers", True)
        assert f"填{now}个" in found.message
        assert f"上年为{before}个，{said}" in found.message

    def test_without_last_years_value_there_is_nothing_to_compare(self) -> None:
        assert in_file(self.which, value("teachers", 1e6)) == ()

    def test_a_trial_limit_is_the_offices_alone(self) -> None:
        which = comparing(changes=(replace(LIMIT, trial=True),))

        assert [found.status for found in in_file(which, value("teachers", 500), last("teachers", 100))] == ["trial"]

    def test_a_total_that_fell_because_units_are_silent_follows_from_that(self) -> None:
        typed = value("budget", 100, unit="文化局")

        found = {each.code: each for each in over_district(self.which, typed, last("budget", 900))}

        assert found["large_change"].status == "folded"
        silent = next(e for e in over_district(self.which, typed) if e.item == "budget")
        assert (silent.code, found["large_change"].follows_from) == ("units_unanswered", silent.id)

    def test_a_total_that_rose_does_not(self) -> None:
        found = over_district(self.which, value("budget", 900, unit="文化局"), last("budget", 100))

        assert [each.status for each in found if each.code == "large_change"] == ["open"]

    def test_file_and_district_never_say_it_twice(self) -> None:
        given = (value("teachers", 500), last("teachers", 100))

        assert len(in_file(self.which, *given)) == 1
        assert [each for each in over_district(self.which, *given) if each.code == "large_change"] == []


class TestUnitsOfMeasure:
    which = comparing(changes=(LIMIT,), magnitudes=MAGNITUDES)

    @pytest.mark.parametrize("factor", [10, 100, 1000, 10000])
    def test_a_factor_against_last_year_is_said_with_the_probable_value(self, factor: int) -> None:
        found = in_file(self.which, value("teachers", 66.5 * factor), last("teachers", 60))

        assert [(each.code, each.status) for each in found] == [("wrong_magnitude", "open"), ("large_change", "folded")]
        assert found[0].expected == "66.5"
        assert f"{factor:,}倍" in found[0].message
        assert "应填的可能是66.5个" in found[0].message
        assert found[1].follows_from == found[0].id

    def test_too_small_is_said_the_other_way_round(self) -> None:
        found = in_file(self.which, value("teachers", 0.0665), last("teachers", 60))

        assert "只有应填数值的1,000分之一" in found[0].message
        assert found[0].expected == "66.5"

    def test_a_large_change_that_is_no_factor_is_only_that(self) -> None:
        found = in_file(self.which, value("teachers", 240), last("teachers", 60))

        assert [each.code for each in found] == ["large_change"]

    def test_one_related_figure_is_not_enough_and_two_are(self) -> None:
        given = value("teachers", 5000), value("library", 50)

        assert in_file(self.which, *given) == ()
        assert [each.code for each in in_file(self.which, *given, value("schools", 45))] == ["wrong_magnitude"]

    def test_what_speaks_for_the_value_as_it_stands_silences_the_rest(self) -> None:
        assert in_file(self.which, value("teachers", 600), last("teachers", 60), value("library", 590))[0].code == (
            "large_change"
        )

    @given(st.floats(1, 1e6), st.floats(0.51, 1.96))
    def test_figures_near_last_years_are_never_mistakes_of_unit(self, before: float, ratio: float) -> None:
        found = in_file(self.which, value("teachers", before * ratio), last("teachers", before))

        assert all(each.code != "wrong_magnitude" for each in found)


def districts(which: Edition, figures: Mapping[str, float], pop: float = 100) -> dict[str, Rolled]:
    return {
        name: combine(which, name, (), (value("teachers", figure, district=name), value("pop", pop, district=name)))
        for name, figure in figures.items()
    }


def among_all(
    which: Edition, rolled: Mapping[str, Rolled], known: tuple[Finding, ...] = ()
) -> dict[str, list[Finding]]:
    """What is found in each district; `known` is of 甲区."""
    peers = which.comparisons.peers
    wanted = {rule.indicator for rule in peers.rules if rule.indicator is not None} if peers is not None else set()
    figures = {name: figures_of(which, one, complete_indicators(which, one, wanted)) for name, one in rolled.items()}
    spreads = spreads_of(which, figures.values())
    found = {
        name: list(check_among(which, one, figures[name], spreads, known if name == "甲区" else ()))
        for name, one in rolled.items()
    }
    return {name: own for name, own in found.items() if own}


def among(which: Edition, figures: Mapping[str, float], known: tuple[Finding, ...] = ()) -> dict[str, list[Finding]]:
    return among_all(which, districts(which, figures), known)


USUAL = {name: 200.0 + 10 * place for place, name in enumerate(NAMES)}


class TestDistricts:
    which = comparing(peers=peers(PER_HEAD))

    def test_an_outlier_is_a_hint_with_value_median_and_usual_range(self) -> None:
        (found,) = among(self.which, {**USUAL, "甲区": 900})["甲区"]

        assert (found.severity, found.scope, found.file) == (Severity.HINT, Scope.CITY, None)
        assert "为9个/个，高于各区通常范围：10个区的中位数为2.5" in found.message
        assert found.expected is not None
        assert "—" in found.expected

    def test_below_eight_values_nothing_is_said(self) -> None:
        seven = dict(list({**USUAL, "甲区": 9000}.items())[:7])
        eight = dict(list({**USUAL, "甲区": 9000}.items())[:8])

        assert among(self.which, seven) == {}
        assert set(among(self.which, eight)) == {"甲区"}

    @pytest.mark.parametrize(("side", "figure", "asked"), [("high", 900, 1), ("high", 20, 0), ("low", 20, 1)])
    def test_only_the_side_that_the_edition_names(self, side: Any, figure: float, asked: int) -> None:
        which = comparing(peers=peers(replace(PER_HEAD, side=side)))

        assert len(among(which, {**USUAL, "甲区": figure})) == asked

    def test_districts_that_agree_almost_are_no_outliers(self) -> None:
        assert among(self.which, {**dict.fromkeys(NAMES, 200.0), "甲区": 210}) == {}

    def test_a_trial_comparison_is_the_offices_alone(self) -> None:
        which = comparing(peers=peers(replace(PER_HEAD, trial=True)))

        assert [each.status for each in among(which, {**USUAL, "甲区": 900})["甲区"]] == ["trial"]

    def test_an_indicator_made_of_an_outlier_follows_from_it(self) -> None:
        which = comparing(peers=peers(PER_HEAD, PeerRule(indicator="teachers_per_head")))
        rate = replace(which.indicators[0], id="teachers_per_head", formula="teachers / pop", label="师")
        item_first, indicator = among(replace(which, indicators=(rate,)), {**USUAL, "甲区": 900})["甲区"]

        assert (item_first.status, indicator.status) == ("open", "folded")
        assert indicator.follows_from == item_first.id
        assert "指标“师”为9.00%" in indicator.message

    def test_a_broken_rule_on_the_same_items_explains_an_outlier(self) -> None:
        which = replace(self.which, checks=(check("rule", Scope.DISTRICT, "teachers <= pop"),))
        judged = judge(which.checks[0], districts(which, {"甲区": 900})["甲区"].quantities)
        cause = finding_of(judged, which, "甲区", unit=None, file="甲区.xlsx")

        (found,) = among(which, {**USUAL, "甲区": 900}, known=(cause,))["甲区"]

        assert (found.status, found.follows_from) == ("folded", cause.id)

    def test_a_total_with_silent_units_is_not_compared(self) -> None:
        which = comparing(peers=peers(PeerRule(item="budget", operand="budget")))
        rolled = {
            name: combine(which, name, UNITS, [value("budget", 5, unit=unit, district=name) for unit in UNITS])
            for name in NAMES
        }
        rolled["甲区"] = combine(which, "甲区", UNITS, [value("budget", 0.1, unit="文化局", district="甲区")])

        assert not among_all(which, rolled)

    @pytest.mark.parametrize(("figure", "expected"), [(2.3e6, "230"), (0.23, "230")])
    def test_a_mistake_of_unit_shows_against_the_others(self, figure: float, expected: str) -> None:
        which = comparing(peers=peers(PER_HEAD), magnitudes=MAGNITUDES)

        wrong, outlier = among(which, {**USUAL, "甲区": figure})["甲区"]

        assert (wrong.code, wrong.scope, wrong.expected) == ("wrong_magnitude", Scope.CITY, expected)
        assert wrong.severity is not Severity.ERROR
        assert (outlier.status, outlier.follows_from) == ("folded", wrong.id)

    def test_a_figure_that_would_be_divided_by_nothing_is_not_compared(self) -> None:
        rolled = districts(self.which, USUAL) | {"甲区": districts(self.which, {"甲区": 900}, pop=0)["甲区"]}

        assert "甲区" not in among_all(self.which, rolled)

    def test_a_range_on_a_linear_scale_speaks_for_no_mistake_of_unit(self) -> None:
        which = comparing(peers=peers(replace(PER_HEAD, scale="linear")), magnitudes=MAGNITUDES)

        assert [each.code for each in among(which, {**USUAL, "甲区": 2.3e6})["甲区"]] == ["peer_outlier"]

    def test_what_is_divided_by_a_mistake_of_unit_is_none(self) -> None:
        head = PeerRule(item="pop", operand="pop")
        which = comparing(peers=peers(head, PER_HEAD), magnitudes=MAGNITUDES)
        rolled = districts(which, USUAL) | {"甲区": districts(which, {"甲区": 200}, pop=1e6)["甲区"]}

        found = among_all(which, rolled)["甲区"]

        assert [(each.code, each.item) for each in found if each.status == "open"] == [("wrong_magnitude", "pop")]


@given(st.lists(st.floats(0.01, 1e6), min_size=8, max_size=16), st.sampled_from(["log", "linear"]))
def test_the_median_is_usual_and_the_range_has_both_sides(values: list[float], scale: Any) -> None:
    spread = spread_of(values, scale, peers())

    assert spread is not None
    assert spread.low <= spread.median <= spread.high
    assert spread.side(spread.median) is None
    assert spread.n == len(values)


@given(st.lists(st.floats(0.01, 1e6), min_size=8, max_size=16), st.floats(0.1, 1000))
def test_the_log_range_does_not_depend_on_the_unit(values: list[float], unit: float) -> None:
    one, other = spread_of(values, "log", peers()), spread_of([each * unit for each in values], "log", peers())

    assert one is not None
    assert other is not None
    assert other.low == pytest.approx(one.low * unit)
    assert other.high == pytest.approx(one.high * unit)


def test_zeros_have_no_place_on_the_log_scale() -> None:
    assert spread_of([0.0, *[5.0] * 7], "log", peers()) is None

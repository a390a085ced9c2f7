"""Whom a violated rule suspects: the fewest cells, by the edition's weights, named in the message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from builders.values import DISTRICT, UNITS, check, edition, members, plan, submission, value
from hypothesis import given, settings
from hypothesis import strategies as st

from xltool import data
from xltool import edition as editions
from xltool.checks import check_file
from xltool.checks.culprit import suspects
from xltool.checks.judging import judge
from xltool.demo import detection, entries, sampled
from xltool.expression import inequalities, parse
from xltool.model.comparison import Comparisons, Suspicion
from xltool.model.edition import Check, Edition, Scope, Severity
from xltool.model.finding import Finding
from xltool.model.quantity import Quantity, quantity_of
from xltool.model.values import Value
from xltool.rollup import combine

WEIGHTS = Comparisons(suspicion=Suspicion(typed=1, prefilled=3))


def rules(*expressions: str, trial: bool = False) -> tuple[Check, ...]:
    return tuple(check(f"r{n}", Scope.DISTRICT, text, trial=trial) for n, text in enumerate(expressions))


def named(checks: Sequence[Check], **figures: float | Value) -> dict[int, set[str]]:
    which = replace(edition(checks=checks), comparisons=WEIGHTS)
    quantities: dict[str, Quantity] = {
        name: quantity_of(each if isinstance(each, Value) else value(name, each), None)
        for name, each in figures.items()
    }
    found = suspects([judge(one, quantities) for one in checks], which)
    return {number: {cell.item for cell in one.cells} for number, one in found.items()}


class TestSuspects:
    def test_either_side_of_a_single_rule(self) -> None:
        assert named(rules("pop <= teachers"), pop=9, teachers=5) == {0: {"pop", "teachers"}}

    def test_a_cell_that_two_rules_share_alone(self) -> None:
        checks = rules("pop <= teachers", "library <= teachers")

        assert named(checks, pop=9, teachers=5, library=8) == {0: {"teachers"}, 1: {"teachers"}}

    def test_a_rule_that_holds_clears_a_cell(self) -> None:
        checks = rules("teachers == pop + library", "pop == budget")

        assert named(checks, teachers=9, pop=5, library=3, budget=5) == {0: {"teachers", "library"}}

    def test_a_bound_clears_a_cell(self) -> None:
        assert named(rules("pop + teachers <= library"), pop=5, teachers=50, library=20) == {0: {"teachers", "library"}}

    def test_typed_before_prefilled(self) -> None:
        given_ = value("teachers", 5, prefilled=True)

        assert named(rules("pop <= teachers"), pop=9, teachers=given_) == {0: {"pop"}}

    def test_two_mistakes_that_have_nothing_in_common(self) -> None:
        checks = rules("pop == 5 * teachers", "pop == 5", "library == budget", "budget == 7")

        assert named(checks, pop=5, teachers=3, library=9, budget=7) == {0: {"teachers"}, 2: {"library"}}

    def test_a_small_excess_over_a_large_figure_is_not_lost_in_the_solvers_tolerance(self) -> None:
        checks = rules("pop <= budget * 10000", "pop == library", "staff == pop")

        assert named(checks, pop=5_000_003, budget=500, library=5_000_003, staff=5_000_003) == {0: {"budget"}}

    def test_within_the_rules_tolerance_nobody_is_suspected(self) -> None:
        assert named(rules("pop == teachers + library"), pop=0.3, teachers=0.1, library=0.2) == {}

    @pytest.mark.parametrize("text", ["pop <= 1 or teachers > 99", "pop / teachers <= 1", "pop * teachers <= 1"])
    def test_a_rule_that_is_not_linear_names_nobody(self, text: str) -> None:
        assert named(rules(text), pop=9, teachers=5) == {0: set()}

    def test_trial_rules_suspect_nobody(self) -> None:
        assert named(rules("pop <= teachers", trial=True), pop=9, teachers=5) == {}

    def test_an_edition_without_weights_does_not_guess(self) -> None:
        judged = judge(
            rules("pop <= teachers")[0],
            {"pop": quantity_of(value("pop", 9), None)} | {"teachers": quantity_of(value("teachers", 5), None)},
        )

        assert suspects([judged], edition()) == {}


@given(st.lists(st.integers(0, 1000), min_size=3, max_size=3), st.integers(1, 500))
@settings(max_examples=25, deadline=None)
def test_a_wrong_total_in_two_sums_is_always_among_those_named(parts: list[int], off: int) -> None:
    pop, teachers, library = parts
    total = pop + teachers + library
    checks = rules("budget == pop + teachers + library", "budget == staff")

    assert named(checks, budget=total + off, pop=pop, teachers=teachers, library=library, staff=total) == {
        0: {"budget"},
        1: {"budget"},
    }


class TestMessages:
    def said(self, *values: Value, text: str = "schools <= pop") -> Finding:
        which = replace(edition(checks=rules(text)), comparisons=WEIGHTS)
        typed = submission(*values)
        rolled = combine(which, DISTRICT, UNITS, (*members(), *typed.values))
        return next(each for each in check_file(rolled, typed, plan("district"), which) if each.code == "check")

    def test_cells_are_named_with_label_and_place(self) -> None:
        found = self.said(value("schools", 9), value("pop", 5))

        assert found.message.startswith("不对。可能填错的是“schools项”（")
        assert "或“pop项”（" in found.message

    def test_a_single_cell_is_the_most_likely(self) -> None:
        found = self.said(value("schools", 9), value("pop", 0), text="schools + pop <= 5")

        assert "最可能填错的是“schools项”（" in found.message

    def test_a_hint_with_the_same_single_culprit_is_folded_under_the_error(self) -> None:
        checks = (
            replace(check("top", Scope.DISTRICT, "schools <= pop"), severity=Severity.ERROR),
            check("echo", Scope.DISTRICT, "schools <= teachers"),
            check("clear", Scope.DISTRICT, "pop == teachers"),
        )
        which = replace(edition(checks=checks), comparisons=WEIGHTS)
        typed = submission(value("schools", 9), value("pop", 5), value("teachers", 5))
        found = check_file(combine(which, DISTRICT, UNITS, (*members(), *typed.values)), typed, plan("district"), which)

        error, echo = (each for each in found if each.code == "check")
        assert (error.status, echo.status, echo.follows_from) == ("open", "folded", error.id)

    def test_a_rule_that_is_not_linear_says_so(self) -> None:
        found = self.said(value("schools", 9), value("pop", 5), text="schools <= pop or pop > 99")

        assert "不是线性算式" in found.message


@pytest.mark.parametrize(
    ("text", "linear"),
    [
        ("a <= b", True),
        ("2 * a - b / 4 >= 3 and a < 9", True),
        ("-(a + b) == c * 10000", True),
        ("a != b", False),
        ("not a > b", False),
        ("abs(a) > 1", False),
        ("a / 0 > 1", False),
    ],
)
def test_which_conditions_are_linear(text: str, *, linear: bool) -> None:
    assert (inequalities(parse(text)) is not None) is linear


def test_coefficients_add_up() -> None:
    (found,) = inequalities(parse("2 * a - (a - 3) <= b * 10")) or ()

    assert (found.left.coefficients, found.left.constant, found.right.coefficients) == ({"a": 1}, 3, {"b": 10})


@pytest.fixture(scope="module")
def real() -> Edition:
    return editions.load(data.folder("rules") / "2023")


@pytest.fixture(scope="module")
def samples() -> tuple[entries.Entry, ...]:
    return entries.loads((data.folder("samples") / "2023" / entries.VALUES_FILE).read_text("utf-8"))


class TestRates:
    """`python -m xltool.demo.detection` with fewer mistakes."""

    def test_the_planted_cell_is_named(self, real: Edition, samples: tuple[entries.Entry, ...]) -> None:
        found, alone = detection.culprits(real, samples, 12, seed=3)

        assert found.hits >= 0.9 * found.of
        assert (alone.hits, alone.of > 0) == (alone.of, True)

    def test_hardly_a_clean_value_is_flagged(self, real: Edition, samples: tuple[entries.Entry, ...]) -> None:
        rate = detection.flagged(real, sampled.rolled_up(real, samples))

        assert rate.of > 1000
        assert rate.hits <= 0.05 * rate.of

    def test_mistakes_of_unit_are_recognised(self, real: Edition, samples: tuple[entries.Entry, ...]) -> None:
        rate = detection.units(real, samples, 8, seed=1)

        assert rate.hits >= 0.75 * rate.of

"""States in their order, tolerance, rounding, and what can't be computed."""

from __future__ import annotations

import math

import pytest
from builders.expressions import KEYS, conditions, nodes, numbers, quantities
from hypothesis import given

from xltool.errors import ExpressionError
from xltool.expression import Node, Outcome, evaluate, operands, parse
from xltool.model.quantity import Quantity
from xltool.model.states import State


def outcome(text: str, **values: float | str | State) -> Outcome:
    """The outcome over values and states by name; `previous_x` stands for `previous.x`."""
    return evaluate(parse(text), {name.replace("previous_", "previous."): quantity(v) for name, v in values.items()})


def quantity(value: float | str | State) -> Quantity:
    return Quantity(state=value) if isinstance(value, State) else Quantity(state=State.VALUE, value=value)


NA, MISSING, UNDEFINED = State.NOT_APPLICABLE, State.MISSING, State.UNDEFINED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a + b * c", 14),
        ("(a + b) * c", 20),
        ("a - b - c", -5),
        ("a - (b - c)", 3),
        ("a / b / c", 2 / 3 / 4),
        ("a / (b / c)", 2 / (3 / 4)),
        ("-a + b", 1),
        ("abs(a - b)", 1),
        ("min(c, a, b) + max(c, a, b)", 6),
        ("previous.a * 100", 700),
    ],
)
def test_computes(text: str, expected: float) -> None:
    assert outcome(text, a=2, b=3, c=4, previous_a=7) == Outcome(state=State.VALUE, value=expected)


def test_not_applicable_outweighs_missing_outweighs_zero_division() -> None:
    assert outcome("a / b + c", a=NA, b=0, c=MISSING) == Outcome(state=NA, culprits=("a",))
    assert outcome("a / b + c", a=1, b=0, c=MISSING) == Outcome(state=MISSING, culprits=("c",))
    assert outcome("a / b + c", a=1, b=0, c=1) == Outcome(state=UNDEFINED)
    assert outcome("a + c", a=UNDEFINED, c=1) == Outcome(state=UNDEFINED, culprits=("a",))


def test_an_operand_that_is_not_there_is_missing_and_named() -> None:
    assert outcome("sum(t.x) + a + b", a=1) == Outcome(state=MISSING, culprits=("sum(t.x)", "b"))


def test_missing_is_not_zero() -> None:
    assert outcome("a * 0", a=MISSING).state is MISSING
    assert outcome("max(a, 5)", a=MISSING).state is MISSING


@pytest.mark.parametrize("text", ["a > 0 or a / b > 1", "a < 0 and a / b > 1", "not (a > 0 or b == 1 / 0)"])
def test_and_or_do_not_short_circuit(text: str) -> None:
    assert outcome(text, a=1, b=0) == Outcome(state=UNDEFINED)
    assert outcome("a > 0 or b > 0", a=1, b=MISSING).state is MISSING


@pytest.mark.parametrize("text", ["a * a", "a + a", "a - -a", "1 / (a * a)", "min(a * a, 1)", "a > -a"])
def test_numbers_too_large_are_undefined(text: str) -> None:
    assert outcome(text, a=1.7e308) == Outcome(state=UNDEFINED)


def test_rounding_up_past_the_largest_number_is_undefined() -> None:
    assert outcome("round(a, -15) * 1e15", a=1.7e308) == Outcome(state=UNDEFINED)
    assert outcome("round(a, 15)", a=1.5e300) == Outcome(state=State.VALUE, value=1.5e300)


@pytest.mark.parametrize(
    ("relation", "below", "equal", "above"),
    [
        ("==", False, True, False),
        ("!=", True, False, True),
        ("<", True, False, False),
        ("<=", True, True, False),
        (">", False, False, True),
        (">=", False, True, True),
    ],
)
def test_comparisons_allow_the_tolerance(relation: str, *, below: bool, equal: bool, above: bool) -> None:
    for size in (0.5, 1, 12345.678, -1e12):
        tolerance = 1e-9 * max(1, abs(size))
        for near in (-0.5, 0, 0.5):
            assert outcome(f"a {relation} b", a=size + near * tolerance, b=size).value is equal
        assert outcome(f"a {relation} b", a=size - 2 * tolerance, b=size).value is below
        assert outcome(f"a {relation} b", a=size + 2 * tolerance, b=size).value is above


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (2.5, 0, 3),
        (-2.5, 0, -3),
        (0.5, 0, 1),
        (2.675, 2, 2.68),
        (1.005, 2, 1.01),
        (-1.005, 2, -1.01),
        (1.4999999999999999, 0, 2),  # 1.5 in 15 digits
        (0.285, 2, 0.29),
        (1250, -2, 1300),
        (49, -2, 0),
    ],
)
def test_rounds_half_away_from_zero_on_15_digits(value: float, digits: int, expected: float) -> None:
    assert outcome(f"round(a, {digits})", a=value).value == expected


def test_what_cancels_in_decimals_is_zero() -> None:
    assert outcome("a - b - c", a=0.3, b=0.1, c=0.2).value == 0
    assert outcome("1 / (a - b - c)", a=0.3, b=0.1, c=0.2).state is UNDEFINED
    assert outcome("a - b", a=1, b=1 - 1e-12).value == pytest.approx(1e-12, rel=1e-3)


def test_no_negative_zero() -> None:
    value = outcome("a * -1", a=0).value
    assert isinstance(value, float)
    assert math.copysign(1, value) == 1


def test_a_single_operand_may_be_text() -> None:
    assert outcome("a", a="团队活跃") == Outcome(state=State.VALUE, value="团队活跃")
    assert outcome("a", a=MISSING).state is MISSING


def test_text_in_a_computation_is_the_editions_fault() -> None:
    with pytest.raises(ExpressionError) as caught:
        outcome("a + 1", a="团队活跃")
    assert caught.value.code == "expression_text_operand"
    assert caught.value.context == {"name": "a"}


@given(node=nodes(), given_quantities=quantities())
def test_strict_in_every_operand(node: Node, given_quantities: dict[str, Quantity]) -> None:
    result = evaluate(node, given_quantities)
    states = {given_quantities[leaf.key].state for leaf in operands(node)}
    for state in (NA, MISSING, UNDEFINED):
        if state in states:
            assert result.state is state
            assert {given_quantities[key].state for key in result.culprits} == {state}
            break
    else:
        assert result.state in (State.VALUE, UNDEFINED)
        assert result.culprits == ()
    assert (result.value is None) == (result.state is not State.VALUE)


@given(node=numbers(), given_quantities=quantities())
def test_values_are_finite_floats(node: Node, given_quantities: dict[str, Quantity]) -> None:
    value = evaluate(node, given_quantities).value
    assert value is None or (isinstance(value, float) and math.isfinite(value))


@given(node=conditions(), given_quantities=quantities())
def test_a_condition_and_its_opposite_never_agree(node: Node, given_quantities: dict[str, Quantity]) -> None:
    one, other = evaluate(node, given_quantities), evaluate(parse(f"not ({node})"), given_quantities)
    assert one.state is other.state
    if one.state is State.VALUE:
        assert one.value is not other.value
        assert {one.value, other.value} == {True, False}


def test_keys_of_the_builders_are_canonical() -> None:
    assert [operands(parse(key))[0].key for key in KEYS] == list(KEYS)

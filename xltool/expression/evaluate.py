"""The value of an expression, one set of operands at a time. `frame.py` does the same for whole columns."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from xltool.errors import ExpressionError
from xltool.expression.nodes import (
    Call,
    Comparison,
    Logic,
    Negative,
    Node,
    Not,
    Number,
    Operand,
    Product,
    Sum,
    is_condition,
    operands,
)
from xltool.model.numbers import TOLERANCE, round_half_away
from xltool.model.quantity import MISSING, Quantity
from xltool.model.states import State

CANCELLED = 1e-14
"""A sum smaller than this share of its largest term is 0: what is left of 0.3 - 0.1 - 0.2 is no quantity."""
DECIDING = (State.NOT_APPLICABLE, State.MISSING, State.UNDEFINED)
"""The states of operands that decide an outcome, strongest first (dictionary, "States")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an expression comes to. `culprits` are the keys of the operands that keep it from a value."""

    state: State
    value: float | str | bool | None = None
    culprits: tuple[str, ...] = ()


def evaluate(node: Node, quantities: Mapping[str, Quantity]) -> Outcome:
    """The outcome over quantities by operand key; an operand that isn't there is missing.

    Strict in all operands, `and` and `or` included. A division by zero and a number too large to keep make
    the outcome undefined. Only a single operand may be text.

    Raises:
        ExpressionError: A text stands where the expression calculates: the edition is wrong, not the data.
    """
    found = {leaf.key: quantities.get(leaf.key, MISSING) for leaf in operands(node)}
    for state in DECIDING:
        culprits = tuple(key for key, quantity in found.items() if quantity.state == state)
        if culprits:
            return Outcome(state=state, culprits=culprits)
    if isinstance(node, Operand) and isinstance(found[node.key].value, str):
        return Outcome(state=State.VALUE, value=found[node.key].value)
    numbers = {key: _as_number(node, key, quantity.value) for key, quantity in found.items()}
    try:
        value = _condition(node, numbers) if is_condition(node) else _number(node, numbers) + 0.0  # no -0.0
    except ArithmeticError:
        return Outcome(state=State.UNDEFINED)
    return Outcome(state=State.VALUE, value=value)


def _as_number(node: Node, key: str, value: float | str | None) -> float:
    if value is None or isinstance(value, str):
        raise ExpressionError("expression_text_operand", place=str(node), name=key)
    return float(value)


def _number(node: Node, numbers: Mapping[str, float]) -> float:
    match node:
        case Number(value=value):
            return value
        case Operand():
            return _finite(numbers[node.key])
        case Sum(terms=terms):
            return _sum([-_number(term, numbers) if sign == "-" else _number(term, numbers) for sign, term in terms])
        case Product(op=op, left=left, right=right):
            one, other = _number(left, numbers), _number(right, numbers)
            return _finite(one * other if op == "*" else one / other)
        case Negative(of=of):
            return -_number(of, numbers)
        case Call(function=function, arguments=arguments, digits=digits):
            return _call(function, [_number(argument, numbers) for argument in arguments], digits)
        case _:
            raise TypeError(node)


def _call(function: str, values: list[float], digits: int) -> float:
    match function:
        case "abs":
            return abs(values[0])
        case "round":
            return _finite(round_half_away(values[0], digits))
        case _:
            return min(values) if function == "min" else max(values)


def _condition(node: Node, numbers: Mapping[str, float]) -> bool:
    match node:
        case Comparison(relation=relation, left=left, right=right):
            return compare(relation, _number(left, numbers), _number(right, numbers))
        case Logic(op=op, parts=parts):
            outcomes = [_condition(part, numbers) for part in parts]  # all of them: no short cut past a fault
            return all(outcomes) if op == "and" else any(outcomes)
        case Not(of=of):
            return not _condition(of, numbers)
        case _:
            raise TypeError(node)


def compare(relation: str, left: float, right: float) -> bool:
    """Whether two numbers stand in a relation, within `TOLERANCE * max(1, |left|, |right|)`.

    Raises:
        OverflowError: They are too far apart for their difference to be a number.
    """
    difference = _finite(left - right)
    tolerance = TOLERANCE * max(1.0, abs(left), abs(right))
    match relation:
        case "==":
            return abs(difference) <= tolerance
        case "!=":
            return abs(difference) > tolerance
        case "<=":
            return difference <= tolerance
        case ">=":
            return difference >= -tolerance
        case "<":
            return difference < -tolerance
        case _:
            return difference > tolerance


def _sum(terms: list[float]) -> float:
    total = terms[0]
    for term in terms[1:]:
        total = _finite(total + term)
    return 0.0 if abs(total) <= CANCELLED * max(abs(term) for term in terms) else total


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise OverflowError
    return value

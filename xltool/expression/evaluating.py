"""Evaluate an expression over quantities, one number at a time."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from xltool.errors import ExpressionError
from xltool.expression.nodes import Arithmetic, Call, Comparison, Logic, Negative, Node, Not, Number, Operand, operands
from xltool.model.numbers import TOLERANCE, round_half_away
from xltool.model.quantity import MISSING, Quantity
from xltool.model.states import State


@dataclass(frozen=True, slots=True)
class Outcome:
    """The state and, in state `value`, the number, text or truth value; `culprits` are the operands that decided."""

    state: State
    value: float | str | bool | None = None
    culprits: tuple[str, ...] = ()


class _UndefinedError(Exception):
    """A division by zero or a number beyond all bounds."""


def evaluate(node: Node, quantities: Mapping[str, Quantity]) -> Outcome:
    """Strict in its operands: any not applicable, else any missing, else a division by zero, else a value.

    An operand that `quantities` lacks is missing. `and`/`or` don't short-circuit. Text passes only through an
    expression that is one operand; anywhere else it raises `ExpressionError`, for the edition is wrong.
    """
    leaves = {operand.key: quantities.get(operand.key, MISSING) for operand in operands(node)}
    for state in (State.NOT_APPLICABLE, State.MISSING, State.UNDEFINED):
        culprits = tuple(key for key, quantity in leaves.items() if quantity.state is state)
        if culprits:
            return Outcome(state, culprits=culprits)
    if isinstance(node, Operand):
        return Outcome(State.VALUE, leaves[node.key].value)
    numbers: dict[str, float] = {}
    for key, quantity in leaves.items():
        if isinstance(quantity.value, str) or quantity.value is None:
            raise ExpressionError("expression_text_operand", place=str(node), found=key)
        numbers[key] = float(quantity.value)
    try:
        return Outcome(State.VALUE, _value(node, numbers))
    except _UndefinedError:
        return Outcome(State.UNDEFINED)


def _value(node: Node, numbers: Mapping[str, float]) -> float | bool:
    match node:
        case Number():
            return node.value
        case Operand():
            return numbers[node.key]
        case Negative():
            return -_value(node.inner, numbers)
        case Arithmetic():
            return _arithmetic(node.sign, _value(node.left, numbers), _value(node.right, numbers))
        case Comparison():
            return compared(node.sign, _value(node.left, numbers), _value(node.right, numbers))
        case Logic():
            truths = [_value(part, numbers) for part in node.parts]
            return all(truths) if node.word == "and" else any(truths)
        case Not():
            return not _value(node.inner, numbers)
        case Call():
            return _call(node, [_value(argument, numbers) for argument in node.arguments])


def _arithmetic(sign: str, left: float, right: float) -> float:
    if sign == "/" and right == 0:
        raise _UndefinedError
    try:
        result = {"+": left.__add__, "-": left.__sub__, "*": left.__mul__, "/": left.__truediv__}[sign](right)
    except OverflowError as error:
        raise _UndefinedError from error
    if not math.isfinite(result):
        raise _UndefinedError
    return result


def compared(sign: str, left: float, right: float) -> bool:
    """A comparison with the tolerance, in the same form as the Excel formula has it."""
    tolerance = TOLERANCE * max(1.0, abs(left), abs(right))
    difference = left - right
    match sign:
        case "<=":
            return difference <= tolerance
        case "<":
            return difference < -tolerance
        case ">=":
            return difference >= -tolerance
        case ">":
            return difference > tolerance
        case "==":
            return abs(difference) <= tolerance
        case _:
            return abs(difference) > tolerance


def _call(node: Call, arguments: list[float]) -> float:
    if node.function == "abs":
        return abs(arguments[0])
    if node.function == "round":
        return round_half_away(arguments[0], node.digits)
    return min(arguments) if node.function == "min" else max(arguments)

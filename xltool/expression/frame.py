"""The value of an expression over columns: the same as `evaluate` row by row.

Conditions are carried as 1.0 and 0.0, and NaN stands for undefined: NumPy carries it through arithmetic,
minimum and maximum, which makes `and` and `or` strict by themselves.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from xltool.errors import ExpressionError
from xltool.expression.evaluate import CANCELLED, DECIDING
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
from xltool.model.states import State

Floats = npt.NDArray[np.float64]
Objects = npt.NDArray[np.object_]
Mask = npt.NDArray[np.bool_]


def evaluate_frame(node: Node, values: pd.DataFrame, states: pd.DataFrame) -> pd.DataFrame:
    """Outcomes of all rows: columns `value` and `state`, the index kept.

    Columns of both frames are operand keys; an operand without a column is missing everywhere. `value` holds
    floats, NaN where there is none; True, False and None for conditions; objects where a single operand is text.

    Raises:
        ExpressionError: A text stands where the expression calculates.
    """
    leaves = operands(node)
    state = _states([leaf.key for leaf in leaves], states)
    given: Mask = np.asarray(state == State.VALUE, dtype=bool)
    if isinstance(node, Operand):
        texts = _column(values, node.key)
        if any(isinstance(text, str) for text in texts[given]):
            return _result(_only(texts, given), state, values.index)
    numbers = {leaf.key: _numbers(node, values, leaf.key, given) for leaf in leaves}
    with np.errstate(all="ignore"):
        result = _evaluate(node, numbers, len(values)) + 0.0  # no -0.0
    state[given & np.isnan(result)] = State.UNDEFINED
    result[~given] = np.nan
    if is_condition(node):
        return _result(_only((result == 1).astype(object), ~np.isnan(result)), state, values.index)
    return pd.DataFrame({"value": result, "state": pd.Series(state, dtype=object, index=values.index)})


def _only(entries: Objects, wanted: Mask) -> Objects:
    """A copy with None in all other places."""
    kept = entries.copy()
    kept[~wanted] = None
    return kept


def _result(value: Objects, state: Objects, index: pd.Index) -> pd.DataFrame:
    return pd.DataFrame(
        {"value": pd.Series(value, dtype=object, index=index), "state": pd.Series(state, dtype=object, index=index)}
    )


def _states(keys: list[str], states: pd.DataFrame) -> Objects:
    result = np.full(len(states), State.VALUE, dtype=object)
    columns = [_column(states, key) if key in states else np.full(len(states), State.MISSING) for key in keys]
    for state in reversed(DECIDING):
        for column in columns:
            result[np.asarray(column == state, dtype=bool)] = state
    return result


def _column(frame: pd.DataFrame, key: str) -> Objects:
    if key not in frame:
        return np.full(len(frame), None, dtype=object)
    return frame[key].to_numpy(dtype=object)


def _numbers(node: Node, values: pd.DataFrame, key: str, given: Mask) -> Floats:
    """A column as floats, NaN where nothing is given or the number is infinite."""
    if key in values and pd.api.types.is_numeric_dtype(values[key]):
        numbers = values[key].to_numpy(dtype=float, na_value=np.nan)
        return _finite(np.where(given, numbers, np.nan))
    column = _column(values, key)
    numbers = np.full(len(column), np.nan)
    for place in np.flatnonzero(given):
        if column[place] is None or isinstance(column[place], str):
            raise ExpressionError("expression_text_operand", place=str(node), name=key)
        numbers[place] = column[place]
    return _finite(numbers)


def _evaluate(node: Node, numbers: Mapping[str, Floats], rows: int) -> Floats:
    def inner(child: Node) -> Floats:
        return _evaluate(child, numbers, rows)

    match node:
        case Number(value=value):
            return np.full(rows, value)
        case Operand():
            return numbers[node.key]
        case Sum(terms=terms):
            return _sum([-inner(term) if sign == "-" else inner(term) for sign, term in terms])
        case Product(op=op, left=left, right=right):
            return _finite(inner(left) * inner(right) if op == "*" else inner(left) / inner(right))
        case Negative(of=of):
            return -inner(of)
        case Call(function=function, arguments=arguments, digits=digits):
            return _call(function, [inner(argument) for argument in arguments], digits)
        case Comparison() | Logic() | Not():
            return _condition(node, numbers, rows)


def _condition(node: Comparison | Logic | Not, numbers: Mapping[str, Floats], rows: int) -> Floats:
    match node:
        case Comparison(relation=relation, left=left, right=right):
            return _compare(relation, _evaluate(left, numbers, rows), _evaluate(right, numbers, rows))
        case Logic(op=op, parts=parts):
            return (_least if op == "and" else _largest)([_evaluate(part, numbers, rows) for part in parts])
        case Not(of=of):
            return 1.0 - _evaluate(of, numbers, rows)


def _least(columns: list[Floats]) -> Floats:
    return functools.reduce(np.minimum, columns)


def _largest(columns: list[Floats]) -> Floats:
    return functools.reduce(np.maximum, columns)


def _call(function: str, values: list[Floats], digits: int) -> Floats:
    match function:
        case "abs":
            return np.abs(values[0])
        case "round":
            rounded = [np.nan if np.isnan(value) else round_half_away(float(value), digits) for value in values[0]]
            return _finite(np.array(rounded, dtype=float))
        case _:
            return _least(values) if function == "min" else _largest(values)


def _compare(relation: str, left: Floats, right: Floats) -> Floats:
    difference = _finite(left - right)
    tolerance = TOLERANCE * np.maximum(1.0, np.maximum(np.abs(left), np.abs(right)))
    match relation:
        case "==":
            holds = np.abs(difference) <= tolerance
        case "!=":
            holds = np.abs(difference) > tolerance
        case "<=":
            holds = difference <= tolerance
        case ">=":
            holds = difference >= -tolerance
        case "<":
            holds = difference < -tolerance
        case _:
            holds = difference > tolerance
    return np.where(np.isnan(difference), np.nan, holds.astype(float))


def _sum(terms: list[Floats]) -> Floats:
    total = terms[0]
    for term in terms[1:]:
        total = _finite(total + term)
    largest = _largest([np.abs(term) for term in terms])
    return np.where(np.abs(total) <= CANCELLED * largest, 0.0, total)


def _finite(values: Floats) -> Floats:
    return np.where(np.isfinite(values), values, np.nan)

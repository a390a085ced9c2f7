"""Evaluate an expression over the columns of a pandas table: one row a district, equal to `evaluate` row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xltool.errors import ExpressionError
from xltool.expression.nodes import Arithmetic, Call, Comparison, Logic, Negative, Node, Not, Number, Operand, operands
from xltool.model.numbers import TOLERANCE, round_half_away
from xltool.model.states import State

if TYPE_CHECKING:
    import pandas as pd

Array = Any  # a numpy array; numpy is imported with pandas, where a table is first evaluated


def evaluate_frame(node: Node, values: pd.DataFrame, states: pd.DataFrame) -> pd.DataFrame:
    """Columns `value` and `state`, with the index of `values`.

    `values` and `states` have a column an operand key; a state is one of `State`. Where the state is not
    `value`, the value is None.
    """
    import numpy as np  # noqa: PLC0415 - heavy, and needed only where tables are computed
    import pandas as pd  # noqa: PLC0415

    keys = [operand.key for operand in operands(node)]
    size = len(values)
    state = np.full(size, State.VALUE, dtype=object)
    for decisive in (State.UNDEFINED, State.MISSING, State.NOT_APPLICABLE):
        for key in keys:
            state[(states[key] == decisive).to_numpy()] = decisive
    ready = state == State.VALUE
    result = np.full(size, None, dtype=object)
    if isinstance(node, Operand):
        result[ready] = values[node.key].to_numpy(dtype=object)[ready]
    elif ready.any():
        computed, undefined = _Columns(np, values.loc[ready, keys], int(ready.sum())).compute(node)
        result[ready] = computed.astype(object)
        state[np.flatnonzero(ready)[undefined]] = State.UNDEFINED
        result[state != State.VALUE] = None
    return pd.DataFrame({"value": result, "state": state}, index=values.index, dtype=object)


class _Columns:
    """The operands' columns as arrays, and which rows turned out undefined."""

    def __init__(self, np: Any, values: pd.DataFrame, size: int) -> None:  # noqa: ANN401 - the numpy module
        self.np = np
        self.size = size
        self.undefined = np.zeros(size, dtype=bool)
        self.columns: dict[str, Array] = {}
        for key in values.columns:
            column = values[key]
            if any(isinstance(value, str) for value in column):
                raise ExpressionError("expression_text_operand", place=str(key), found=key)
            self.columns[str(key)] = column.to_numpy(dtype=float)

    def compute(self, node: Node) -> tuple[Array, Array]:
        """The values, and the mask of undefined rows."""
        with self.np.errstate(all="ignore"):
            computed = self.column(node)
        return self.np.broadcast_to(computed, (self.size,)), self.undefined

    def column(self, node: Node) -> Array:
        np = self.np
        match node:
            case Number():
                return np.full(self.size, node.value)
            case Operand():
                return self.columns[node.key]
            case Negative():
                return -self.column(node.inner)
            case Arithmetic():
                return self.arithmetic(node)
            case Comparison():
                return self.compare(node.sign, self.column(node.left), self.column(node.right))
            case Logic():
                joined = np.stack([self.column(part) for part in node.parts])
                return joined.all(axis=0) if node.word == "and" else joined.any(axis=0)
            case Not():
                return ~self.column(node.inner)
            case Call():
                return self.call(node)

    def arithmetic(self, node: Arithmetic) -> Array:
        np = self.np
        left, right = self.column(node.left), self.column(node.right)
        if node.sign == "/":
            self.undefined |= right == 0
        function = {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide}[node.sign]
        result = function(left, right)
        self.undefined |= ~np.isfinite(result)
        return np.where(np.isfinite(result), result, 0.0)

    def compare(self, sign: str, left: Array, right: Array) -> Array:
        np = self.np
        tolerance = TOLERANCE * np.maximum(1.0, np.maximum(np.abs(left), np.abs(right)))
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
                return np.abs(difference) <= tolerance
            case _:
                return np.abs(difference) > tolerance

    def call(self, node: Call) -> Array:
        np = self.np
        arguments = [self.column(argument) for argument in node.arguments]
        if node.function == "abs":
            return np.abs(arguments[0])
        if node.function == "round":
            return np.array([round_half_away(float(value), node.digits) for value in arguments[0]])
        return np.stack(arguments).min(axis=0) if node.function == "min" else np.stack(arguments).max(axis=0)

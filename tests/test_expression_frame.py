"""Columns give what single rows give."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from builders.expressions import nodes, quantities
from hypothesis import given
from hypothesis import strategies as st

from xltool.errors import ExpressionError
from xltool.expression import Node, evaluate, evaluate_frame, is_condition, parse
from xltool.model.quantity import Quantity
from xltool.model.states import State


def frames(rows: list[dict[str, Quantity]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    index = pd.Index([f"第{number}行" for number in range(len(rows))])
    values = pd.DataFrame([{key: quantity.value for key, quantity in row.items()} for row in rows], index=index)
    states = pd.DataFrame([{key: str(quantity.state) for key, quantity in row.items()} for row in rows], index=index)
    return values, states


@given(node=nodes(), rows=st.lists(quantities(), min_size=1, max_size=6))
def test_equals_evaluation_row_by_row(node: Node, rows: list[dict[str, Quantity]]) -> None:
    values, states = frames(rows)
    result = evaluate_frame(node, values, states)
    assert list(result.columns) == ["value", "state"]
    assert list(result.index) == list(values.index)
    for row, value, state in zip(rows, result["value"], result["state"], strict=True):
        expected = evaluate(node, row)
        assert state == expected.state
        if is_condition(node) or expected.value is not None:
            assert value == expected.value
            assert isinstance(value, type(expected.value))
        else:
            assert math.isnan(value)


def test_without_a_column_an_operand_is_missing() -> None:
    values, states = frames([{"a": Quantity(state=State.VALUE, value=1)}])
    assert list(evaluate_frame(parse("a + b"), values, states)["state"]) == [State.MISSING]


def test_an_empty_frame_gives_an_empty_frame() -> None:
    values, states = pd.DataFrame({"a": []}, dtype=float), pd.DataFrame({"a": []}, dtype=object)
    assert evaluate_frame(parse("a > 1"), values, states).empty


def test_rows_that_have_no_value_may_hold_anything() -> None:
    values = pd.DataFrame({"a": ["约3", 4]}, dtype=object)
    states = pd.DataFrame({"a": ["missing", "value"]})
    result = evaluate_frame(parse("a * 2"), values, states)
    assert result["state"].tolist() == [State.MISSING, State.VALUE]
    assert result["value"].tolist()[1] == 8


def test_a_single_operand_may_be_text() -> None:
    values, states = pd.DataFrame({"a": ["活跃", None]}), pd.DataFrame({"a": ["value", "missing"]})
    result = evaluate_frame(parse("a"), values, states)
    assert result["value"].tolist() == ["活跃", None]
    with pytest.raises(ExpressionError):
        evaluate_frame(parse("a + 1"), values, states)

"""The closed expression language of editions: parsed once, evaluated, and said in Excel and in Chinese.

`parse` gives a node; `evaluate` its outcome over quantities, `evaluate_frame` the same over pandas columns;
`to_excel`, `guarded` and `check_formula` make formulas of it, `to_words` a phrase
(`formula_words` with an edition's labels).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.expression.evaluate import Outcome, evaluate
from xltool.expression.excel import HOLDS, OPEN, VIOLATED, check_formula, formula_fault, guarded, to_excel
from xltool.expression.formulas import formula_words
from xltool.expression.linear import Inequality, Linear, inequalities
from xltool.expression.nodes import Node, Operand, is_condition, operands
from xltool.expression.parse import parse
from xltool.expression.shape import Division, divides_unit_totals, division
from xltool.expression.words import to_words

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "HOLDS",
    "OPEN",
    "VIOLATED",
    "Division",
    "Inequality",
    "Linear",
    "Node",
    "Operand",
    "Outcome",
    "check_formula",
    "divides_unit_totals",
    "division",
    "evaluate",
    "evaluate_frame",
    "formula_fault",
    "formula_words",
    "guarded",
    "inequalities",
    "is_condition",
    "operands",
    "parse",
    "to_excel",
    "to_words",
]


def evaluate_frame(node: Node, values: pd.DataFrame, states: pd.DataFrame) -> pd.DataFrame:
    """Outcomes of all rows: columns `value` and `state`, the index kept; see `frame.evaluate_frame`."""
    from xltool.expression import frame  # noqa: PLC0415 - pandas loads only where columns are computed

    return frame.evaluate_frame(node, values, states)

"""Random expressions and random quantities, drawn by hypothesis or by a seeded generator alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st

from xltool.expression import Node, parse
from xltool.model.quantity import Quantity
from xltool.model.states import State

Pick = Callable[[Sequence[Any]], Any]
"""Chooses one of several."""

KEYS = ("a", "b", "c", "sum(t.x)", "count(t)", "previous.a")
NUMBERS = (0, 1, -1, 2, 0.1, 0.2, 0.3, -0.3, 0.5, 1.5, 2.5, -2.5, 2.675, 1.005, 12.345, 100, 10000, 123456.78, 1e8)
LITERALS = ("0", "1", "2", "0.1", "0.5", "2.5", "100", "1e-9", "10000", ".25", "1e3")
RELATIONS = ("==", "!=", "<", "<=", ">", ">=")

NOT_APPLICABLE = Quantity(state=State.NOT_APPLICABLE)
MISSING = Quantity(state=State.MISSING)


def number_text(pick: Pick, depth: int) -> str:
    """The text of a random number; parentheses around everything that is not a leaf."""
    kind = pick(("leaf", "leaf", "literal", "sum", "sum", "product", "ratio", "minus", "call", "call"))
    if depth == 0 or kind == "leaf":
        return str(pick(KEYS))
    if kind == "literal":
        return str(pick(LITERALS))
    one, other = number_text(pick, depth - 1), number_text(pick, depth - 1)
    if kind == "call":
        calls = ("abs({0})", "min({0}, {1})", "max({0}, {1}, {0})", "round({0})", "round({0}, 2)", "round({0}, -1)")
        return str(pick(calls)).format(one, other)
    if kind == "sum":
        rest = "".join(f" {pick('+-')} {number_text(pick, depth - 1)}" for _ in range(pick((0, 0, 1, 2))))
        return f"({one} {pick('+-')} {other}{rest})"
    return {"product": f"({one} * {other})", "ratio": f"({one} / {other})", "minus": f"(-{one})"}[kind]


def condition_text(pick: Pick, depth: int) -> str:
    """The text of a random condition."""
    kind = pick(("comparison", "comparison", "and", "or", "not"))
    if depth == 0 or kind == "comparison":
        return f"({number_text(pick, max(depth - 1, 0))} {pick(RELATIONS)} {number_text(pick, max(depth - 1, 0))})"
    if kind == "not":
        return f"(not {condition_text(pick, depth - 1)})"
    return f"({condition_text(pick, depth - 1)} {kind} {condition_text(pick, depth - 1)})"


def _drawn(text: Callable[[Pick, int], str]) -> Callable[[], st.SearchStrategy[Node]]:
    @st.composite
    def nodes(draw: st.DrawFn) -> Node:
        return parse(text(lambda options: draw(st.sampled_from(options)), 3))

    return nodes


numbers = _drawn(number_text)
conditions = _drawn(condition_text)


def nodes() -> st.SearchStrategy[Node]:
    """Numbers and conditions."""
    return st.one_of(numbers(), conditions())


def quantities() -> st.SearchStrategy[dict[str, Quantity]]:
    """A quantity for each key, of every state, with plain and with extreme numbers."""
    value = st.one_of(
        st.sampled_from(NUMBERS),
        st.integers(-(10**12), 10**12),
        st.floats(allow_nan=False, allow_infinity=False),
    )
    given = value.map(lambda number: Quantity(state=State.VALUE, value=number))
    undefined = Quantity(state=State.UNDEFINED)
    one = st.one_of(given, given, given, given, given, st.sampled_from((MISSING, NOT_APPLICABLE, undefined)))
    return st.fixed_dictionaries(dict.fromkeys(KEYS, one))

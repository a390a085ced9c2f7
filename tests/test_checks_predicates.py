"""The plain predicates admit exactly what Cerberus admits."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from xltool.checks import cells
from xltool.checks.cells import FIELD, predicate_of, validator_of
from xltool.model.edition import Rules

NUMBERS = st.integers(-100, 100) | st.floats(-100, 100) | st.sampled_from([float("nan"), float("inf"), -0.0, 2**70])
DATES = st.dates(dt.date(2020, 1, 1), dt.date(2024, 12, 31))
WORDS = st.text("甲乙a 0", max_size=8)
VALUES = NUMBERS | DATES | WORDS | st.booleans()


@st.composite
def rules(draw: st.DrawFn) -> Rules:
    kind: Any = draw(st.sampled_from(["integer", "number", "text", "date", "choice"]))
    bounds: Any = {"integer": st.integers(-9, 9), "number": st.floats(-9, 9), "date": DATES}.get(kind, st.none())
    text = kind in ("text", "choice")
    sizes = st.none() | st.integers(0, 6) if text else st.none()
    tags = st.none() | st.integers(1, 4) if text else st.none()
    low, high = draw(st.none() | bounds), draw(st.none() | bounds)
    return Rules(type=kind, min=low, max=high, maxlength=draw(sizes), tags=draw(tags))


@given(rules(), st.lists(WORDS, max_size=3).map(tuple), VALUES)
def test_predicates_and_cerberus_are_equal(rule: Rules, choices: tuple[str, ...], value: Any) -> None:
    offered = choices if rule.type in ("text", "choice") else ()
    says = validator_of(rule, offered).validate({FIELD: value}, normalize=False)
    assert predicate_of(rule, offered)(value) is says


def test_only_what_is_not_admitted_goes_to_cerberus(monkeypatch: Any) -> None:
    asked: list[object] = []

    def watched(*arguments: Any) -> Any:
        asked.append(arguments)
        return validator_of(*arguments)

    monkeypatch.setattr(cells, "validator_of", watched)
    rule = Rules(type="integer", min=1)
    assert cells.faults(rule, (), 5) == ()
    assert not asked
    assert [code for code, _ in cells.faults(rule, (), 0)] == ["below_minimum"]
    assert len(asked) == 1

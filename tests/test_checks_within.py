"""A check of member units is judged as on each by itself, however few of them a file is about."""

from __future__ import annotations

from builders.values import DISTRICT, UNITS, check, edition, value
from hypothesis import given
from hypothesis import strategies as st

from xltool.checks.judging import constants_of, judge
from xltool.checks.within import judged_by_unit
from xltool.model.edition import Scope
from xltool.model.values import Value
from xltool.rollup import combine

RULE = check("rule", Scope.UNIT, "sum(funds.amount) <= budget")

AMOUNTS = st.one_of(st.none(), st.floats(0, 100))


def typed(unit: str, budget: float | None, amount: float | None) -> list[Value]:
    """What a unit typed; None where it was left out."""
    return [
        *([value("budget", budget, unit=unit)] if budget is not None else []),
        *([value("funds", amount, unit=unit, row=1, column="amount")] if amount is not None else []),
    ]


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=len(UNITS), max_size=len(UNITS)))
def test_units_of_which_nothing_is_known_are_judged_as_all_others(
    answers: list[tuple[float | None, float | None]],
) -> None:
    which = edition()
    values = [one for unit, pair in zip(UNITS, answers, strict=True) for one in typed(unit, *pair)]
    rolled = combine(which, DISTRICT, UNITS, values)
    constants = constants_of(which)
    one_by_one = [
        (unit, judge(RULE, {**{key: quantities[unit] for key, quantities in rolled.by_unit.items()}, **constants}))
        for unit in UNITS
    ]
    assert list(judged_by_unit(RULE, rolled, constants)) == one_by_one

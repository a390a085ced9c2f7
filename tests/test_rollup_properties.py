"""Totals against an independent computation, whatever comes back and in whatever order."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

from builders.values import DISTRICT, UNITS, edition, listed, members, nothing, value
from hypothesis import given
from hypothesis import strategies as st

from xltool.model.states import State
from xltool.model.values import Value
from xltool.rollup import combine

EDITION = edition()
AMOUNTS = st.one_of(st.none(), st.integers(0, 10**9), st.floats(0, 1e9, allow_nan=False))


@dataclass(frozen=True)
class Said:
    """What one source says of one unit: a figure, a list of (name, amount), a declaration."""

    figure: float | None
    rows: tuple[tuple[str, float | None], ...]
    declared: bool


def said(*, declares: bool) -> st.SearchStrategy[Said]:
    names = ["甲", "乙", "无"] if not declares else ["甲", "乙"]
    rows = st.lists(st.tuples(st.sampled_from(names), AMOUNTS), max_size=3).map(tuple)
    return st.builds(Said, AMOUNTS, rows, st.booleans() if declares else st.just(False))  # noqa: FBT003 - a strategy


OWN = st.fixed_dictionaries({unit: said(declares=True) for unit in UNITS})
OF_DISTRICT = st.fixed_dictionaries({unit: said(declares=False) for unit in UNITS})


def values_of(district: dict[str, Said], own: dict[str, Said]) -> list[Value]:
    values = list(members())
    number = 0
    for row, unit in enumerate(UNITS, start=1):
        for source, owner, place in ((district[unit], None, row), (own[unit], unit, None)):
            if source.figure is not None:
                values.append(value("budget", source.figure, unit=owner, row=place))
            if source.declared:
                values.append(nothing(unit=owner))
            for name, amount in source.rows:
                number += 1
                values += listed(number, name, amount, unit=owner, of=None if owner else unit)
    return values


def naive_list(source: Said, *, by_district: bool) -> float | None:
    silent = [amount for name, amount in source.rows if name == "无"] if by_district else []
    if source.declared:
        return None if source.rows else 0
    if silent:
        return 0 if len(silent) == len(source.rows) and all(not amount for amount in silent) else None
    amounts = [amount for _, amount in source.rows]
    if not amounts or None in amounts:
        return None
    return math.fsum(amount for amount in amounts if amount is not None)


def naive_totals(parts: list[float | None]) -> float | None:
    found = [part for part in parts if part is not None]
    return math.fsum(found) if found else None


@given(OF_DISTRICT, OWN, st.randoms(use_true_random=False))
def test_totals_agree_with_a_naive_computation_in_any_order(
    district: dict[str, Said], own: dict[str, Said], random: Random
) -> None:
    values = values_of(district, own)
    random.shuffle(values)
    rolled = combine(EDITION, DISTRICT, UNITS, values)
    lists = [
        naive_list(district[unit], by_district=True)
        if district[unit].rows
        else naive_list(own[unit], by_district=False)
        for unit in UNITS
    ]
    figures = [own[u].figure if district[u].figure is None else district[u].figure for u in UNITS]
    for key, parts in (("sum(funds.amount)", lists), ("budget", figures)):
        assert [quantity.value for quantity in rolled.by_unit[key].values()] == parts
        expected = naive_totals(parts)
        quantity = rolled.quantities[key]
        assert quantity.state is (State.MISSING if expected is None else State.VALUE)
        assert quantity.value is expected or math.isclose(float(quantity.value or 0), expected or 0, rel_tol=1e-12)


@given(OF_DISTRICT, OWN)
def test_counting_numbers_alone_give_the_totals(district: dict[str, Said], own: dict[str, Said]) -> None:
    rolled = combine(EDITION, DISTRICT, UNITS, values_of(district, own))
    for key, item, column in (("budget", "budget", None), ("sum(funds.amount)", "funds", "amount")):
        numbers = [float(v.value or 0) for v in rolled.counting if v.item == item and v.column == column]
        assert math.isclose(math.fsum(numbers), float(rolled.quantities[key].value or 0), rel_tol=1e-12)
        assert rolled.quantities[key].state is State.VALUE or numbers == []


@given(OF_DISTRICT, OWN, st.randoms(use_true_random=False))
def test_the_order_of_values_changes_nothing(district: dict[str, Said], own: dict[str, Said], random: Random) -> None:
    values = values_of(district, own)
    other = list(values)
    random.shuffle(other)
    assert combine(EDITION, DISTRICT, UNITS, values) == combine(EDITION, DISTRICT, UNITS, other)

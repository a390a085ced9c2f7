"""The samples break no rule, whichever way a district's data come in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cache

import pytest

from xltool import data, expression
from xltool import edition as editions
from xltool.demo import entries, sampled
from xltool.demo.entries import Entry
from xltool.model.edition import Check, Edition, Indicator, Scope
from xltool.model.numbers import serial
from xltool.model.quantity import Quantity, Rolled
from xltool.model.states import State


@cache
def edition() -> Edition:
    return editions.load(data.folder("rules") / "2023")


@cache
def values() -> tuple[Entry, ...]:
    path = data.folder("samples") / "2023" / entries.VALUES_FILE
    return entries.loads(path.read_text("utf-8"))


@cache
def rolled(district: str) -> Rolled:
    return sampled.roll_up(edition(), district, [entry for entry in values() if entry.district == district])


def judged(check: Check, district: str) -> Iterator[tuple[str, State, object]]:
    """Where, state and outcome of a check everywhere it applies in a district."""
    node = expression.parse(check.expression)
    constants = {name: Quantity(state=State.VALUE, value=value) for name, value in edition().constants.items()}
    for where, quantities in places(check, district):
        outcome = expression.evaluate(node, {**constants, **quantities})
        yield where, outcome.state, outcome.value


def places(check: Check, district: str) -> Iterator[tuple[str, Mapping[str, Quantity]]]:
    if check.scope is Scope.DISTRICT:
        yield district, rolled(district).quantities
    elif check.scope is Scope.UNIT:
        for unit in rolled(district).units:
            yield unit, {key: parts[unit] for key, parts in rolled(district).by_unit.items()}
    else:
        rows: dict[str, dict[str, Quantity]] = {}
        for entry in values():
            if entry.district == district and entry.item == check.table and entry.row and entry.column:
                row = rows.setdefault(f"{entry.unit} {entry.row}", {})
                row[entry.column] = Quantity(state=State.VALUE, value=comparable(sampled.scalar(edition(), entry)))
        yield from rows.items()


def comparable(value: float | str) -> float | str:
    try:
        return serial(dt.date.fromisoformat(str(value)))
    except ValueError:
        return value


@pytest.mark.parametrize("check", edition().checks, ids=lambda check: check.id)
def test_samples_satisfy_every_check(check: Check) -> None:
    outcomes = [(where, state, value) for d in edition().districts for where, state, value in judged(check, d.name)]

    assert [entry for entry in outcomes if entry[1] is State.VALUE and entry[2] is not True] == []
    assert [entry for entry in outcomes if entry[1] in (State.MISSING, State.UNDEFINED)] == []
    assert any(state is State.VALUE for _, state, _ in outcomes)


@pytest.mark.parametrize("indicator", edition().indicators, ids=lambda indicator: indicator.id)
def test_every_indicator_has_values_that_differ_among_districts(indicator: Indicator) -> None:
    formula = expression.parse(indicator.formula)
    outcomes = [expression.evaluate(formula, rolled(d.name).quantities) for d in edition().districts]

    assert {outcome.state for outcome in outcomes} <= {State.VALUE, State.NOT_APPLICABLE}
    assert len({outcome.value for outcome in outcomes if outcome.state is State.VALUE}) > 4

"""Judged rules as a system of linear rows over cells, for finding the cells that can't all be right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from xltool.checks.judging import Judged, Verdict
from xltool.expression import Inequality, Operand, inequalities, parse
from xltool.model.edition import Edition, Rules
from xltool.model.numbers import TOLERANCE, same, serial
from xltool.model.quantity import Quantity
from xltool.model.states import State
from xltool.model.values import Value

Key = tuple[str | None, str, int | None, str | None]
"""`Value.key`: the cell, within one district."""

STRICT = 1e-6
"""How far apart `<` wants two numbers, relative to the larger one: more than the tolerance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A number that may be wrong: what it is, what else it could be, and how unlikely it is to be the wrong one."""

    source: Value
    value: float
    low: float
    high: float
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`sum(coefficient * cell) <= limit`, from the rule at `rule` in the list of judged ones."""

    rule: int
    coefficients: Mapping[Key, float]
    limit: float


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """All rows with their cells; `not_linear` are the violated rules that have no rows."""

    cells: Mapping[Key, Cell]
    rows: tuple[Row, ...]
    not_linear: frozenset[int]


def system_of(judged: Sequence[Judged], edition: Edition) -> System:
    """The rows of all rules that were judged; trial rules and those that can't be judged aside."""
    cells: dict[Key, Cell] = {}
    rows: list[Row] = []
    not_linear: set[int] = set()
    for number, one in enumerate(judged):
        if one.verdict is Verdict.OPEN or one.check.trial:
            continue
        found = _inequalities(one.check.expression)
        if found is None:
            not_linear |= {number} if one.verdict is Verdict.VIOLATED else set()
            continue
        parts = {leaf.key: _parts(leaf, quantity) for leaf, quantity in one.inputs}
        for inequality in found:
            rows += _rows(number, inequality, parts)
        for leaf, quantity in one.inputs:
            for source, value in _parts(leaf, quantity)[0]:
                cells.setdefault(source.key, _cell(source, value, edition))
    return System(cells=cells, rows=tuple(row for row in rows if row.coefficients), not_linear=frozenset(not_linear))


@lru_cache(maxsize=1024)
def _inequalities(expression: str) -> tuple[Inequality, ...] | None:
    return inequalities(parse(expression))


Parts = tuple[tuple[tuple[Value, float], ...], float]
"""The cells that an operand is the sum of, each with its number, and what is added to them."""


def _parts(leaf: Operand, quantity: Quantity) -> Parts:
    """An operand as a sum of cells; a number of entries, or what no cells add up to, is fixed."""
    if quantity.state is not State.VALUE or not isinstance(quantity.value, int | float):
        raise ValueError(leaf.key)
    total = float(quantity.value)
    if leaf.kind == "count" or not quantity.sources:
        return (), total
    if len(quantity.sources) == 1:
        return ((quantity.sources[0], total),), 0.0
    summands = [(s, float(s.value)) for s in quantity.sources if isinstance(s.value, int | float)]
    whole = len(summands) == len(quantity.sources) and same(sum(value for _, value in summands), total)
    return (tuple(summands), 0.0) if whole else ((), total)


def _rows(number: int, inequality: Inequality, parts: Mapping[str, Parts]) -> Iterator[Row]:
    """One row, or two for an equality, with the tolerance of comparisons at the values as they stand."""
    form = inequality.left.plus(inequality.right, -1)
    sizes = [
        abs(side.constant + sum(factor * _total(parts[key]) for key, factor in side.coefficients.items()))
        for side in (inequality.left, inequality.right)
    ]
    size = max(1.0, *sizes)
    slack = -STRICT * size if inequality.relation in ("<", ">") else TOLERANCE * size
    for sign in {"==": (1, -1), ">=": (-1,), ">": (-1,)}.get(inequality.relation, (1,)):
        coefficients: dict[Key, float] = {}
        fixed = sign * form.constant
        for key, factor in form.coefficients.items():
            cells, rest = parts[key]
            fixed += sign * factor * rest
            for source, _ in cells:
                coefficients[source.key] = coefficients.get(source.key, 0.0) + sign * factor
        yield Row(rule=number, coefficients=coefficients, limit=slack - fixed)


def _total(parts: Parts) -> float:
    return parts[1] + sum(value for _, value in parts[0])


def _cell(source: Value, value: float, edition: Edition) -> Cell:
    rules = _rules(source, edition)
    suspicion = edition.comparisons.suspicion
    weight = 1.0 if suspicion is None else suspicion.prefilled if source.prefilled else suspicion.typed
    low = _bound(rules.min if rules is not None else None, float("-inf"))
    high = _bound(rules.max if rules is not None else None, float("inf"))
    return Cell(source=source, value=value, low=low, high=high, weight=weight)


def _rules(source: Value, edition: Edition) -> Rules | None:
    item = edition.item_by_id.get(source.item)
    if item is not None and not item.is_table:
        return item.rules
    wanted = source.column or (item.total if item is not None else None)
    return next((column.rules for column in edition.columns_of(source.item) if column.id == wanted), None)


def _bound(bound: float | dt.date | None, default: float) -> float:
    if bound is None:
        return default
    return serial(bound) if isinstance(bound, dt.date) else float(bound)


def component(system: System, rules: Iterable[int]) -> System:
    """The part of a system that hangs together with some rules through shared cells."""
    reached = set(rules)
    cells: set[Key] = set()
    while True:
        cells = {key for row in system.rows if row.rule in reached for key in row.coefficients}
        more = {row.rule for row in system.rows if cells & set(row.coefficients)} | reached
        if more == reached:
            break
        reached = more
    return System(
        cells={key: cell for key, cell in system.cells.items() if key in cells},
        rows=tuple(row for row in system.rows if row.rule in reached),
        not_linear=frozenset(),
    )

"""Random admissible values: a check that they never fail, or never pass, is probably written wrongly."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from xltool.edition.faults import Fault
from xltool.edition.yamlfile import Source
from xltool.expression import Node, Operand, evaluate_frame, operands, parse
from xltool.model.edition import Check, Edition, Rules, Scope
from xltool.model.numbers import serial
from xltool.model.states import State

Numbers = npt.NDArray[np.float64]

SAMPLES = 10_000
"""Rows of random values a check."""

_WIDE = 1e9  # the upper bound where the edition sets none
_SMALL = 4  # small integers above the lower bound, so that equalities can hold
_MODES = 5


def check_samples(edition: Edition, source: Source) -> Iterator[Fault]:
    """Warnings for checks that never fail or never hold; `source` is the file of the checks, in the same order."""
    for (path, _), check in zip(source.records("checks"), edition.checks, strict=True):
        verdicts = _verdicts(edition, check)
        context: dict[str, Any] = {"id": check.id, "samples": SAMPLES}
        if False not in verdicts:
            yield source.fault((*path, "expression"), "check_never_fails", **context)
        if True not in verdicts:
            yield source.fault((*path, "expression"), "check_never_holds", **context)


def _verdicts(edition: Edition, check: Check) -> set[bool]:
    node: Node = parse(check.expression)
    generator = np.random.default_rng(zlib.crc32(check.id.encode()))
    anchors = tuple(edition.constants.values())
    modes = generator.integers(0, _MODES + 1, SAMPLES)  # one more than there are: each value for itself
    columns = {
        operand.key: np.full(SAMPLES, edition.constants[operand.key])
        if operand.key in edition.constants
        else _column(_rules(edition, check, operand), modes, anchors, generator)
        for operand in operands(node)
    }
    values = pd.DataFrame(columns, index=range(SAMPLES))
    states = pd.DataFrame(State.VALUE, index=values.index, columns=values.columns, dtype=object)
    outcome = evaluate_frame(node, values, states)
    return {bool(value) for value in outcome["value"][outcome["state"] == State.VALUE]}


def _rules(edition: Edition, check: Check, operand: Operand) -> Rules:
    if operand.kind == "count":
        rows: Mapping[str, int] = edition.rows
        return Rules(type="integer", min=0, max=rows.get(operand.name, rows["table"]) + rows.get("continuation", 0))
    table = check.table if check.scope is Scope.ROW else operand.name if operand.kind == "total" else None
    if table is not None:
        wanted = operand.column or operand.name
        return next(column.rules for column in edition.columns_of(table) if column.id == wanted)
    return edition.item_by_id[operand.name].rules or Rules(type="number")


def _column(
    rules: Rules,
    modes: npt.NDArray[np.int64],
    anchors: tuple[float, ...],
    generator: np.random.Generator,
) -> Numbers:
    """Mixed per row: small integers, bounds, uniform, uniform in magnitude, and the constants' neighbours."""
    low, high = _bound(rules.min, 0.0), _bound(rules.max, _WIDE)
    own = np.where(modes == _MODES, generator.integers(0, _MODES, SAMPLES), modes)
    drawn: Numbers = np.choose(
        own,
        [
            low + generator.integers(0, _SMALL, SAMPLES),
            generator.choice([low, high], SAMPLES),
            generator.uniform(low, high, SAMPLES),
            low + np.expm1(generator.uniform(0, np.log1p(high - low), SAMPLES)),
            generator.choice(anchors, SAMPLES) + generator.integers(-2, 3, SAMPLES),
        ],
    )
    admissible: Numbers = np.clip(drawn, low, high)
    return admissible if rules.type == "number" else np.round(admissible)


def _bound(bound: float | dt.date | None, default: float) -> float:
    if bound is None:
        return default
    return serial(bound) if isinstance(bound, dt.date) else float(bound)

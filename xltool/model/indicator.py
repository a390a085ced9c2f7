"""A computed indicator of one district, with its comparison among the districts."""

from __future__ import annotations

from dataclasses import dataclass

from xltool.model.quantity import Quantity
from xltool.model.states import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One row of `indicators --json`, unrounded. Fields as in the contract; `review_state` is a status name."""

    district: str
    indicator: str
    label: str
    value: float | str | None
    state: State
    reason: str | None
    unit_of_measure: str
    numerator: float | None
    denominator: float | None
    units_answered: int | None
    units_expected: int | None
    city: float | None
    mean: float | None
    median: float | None
    n: int
    rank: int | None
    review_state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Where a result comes from: its operands in the order of the formula, units matched where they must be.

    `inputs`: (operand text, unit or None, quantity); for operands over units one entry a unit that entered.
    `parts`: (label, formula, quantity) of each part of the indicator that the notice computes by itself.
    """

    district: str
    indicator: str
    formula: str
    inputs: tuple[tuple[str, str | None, Quantity], ...]
    parts: tuple[tuple[str, str, Quantity], ...] = ()

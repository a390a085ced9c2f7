"""All indicators of all districts, with the four states and the comparison among the districts."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xltool.expression import Division, Node, division, evaluate_frame, parse
from xltool.indicators.inputs import Inputs, inputs_of, reason_of
from xltool.model.edition import Edition, Indicator
from xltool.model.indicator import Result
from xltool.model.numbers import SIGNIFICANT_DIGITS, add
from xltool.model.quantity import Rolled
from xltool.model.states import State

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Where the districts with a value stand: `ranks` by district; None and empty for texts."""

    city: float | None = None
    mean: float | None = None
    median: float | None = None
    n: int = 0
    ranks: Mapping[str, int]


def compute(edition: Edition, rolled: Mapping[str, Rolled], review_states: Mapping[str, str]) -> tuple[Result, ...]:
    """One result a district and indicator: districts in the edition's order, indicators within each.

    A district that is not in `rolled` has returned nothing: all its inputs are missing. One without a review
    state stands at the first status.
    """
    names = [district.name for district in edition.districts]
    known = {name: rolled.get(name) or nothing_of(name) for name in names}
    columns = [results_of(edition, indicator, known, review_states) for indicator in edition.indicators]
    return tuple(result for by_district in zip(*columns, strict=True) for result in by_district)


def nothing_of(district: str) -> Rolled:
    """A district of which nothing is known."""
    return Rolled(district=district, units=(), quantities={}, by_unit={})


def results_of(
    edition: Edition, indicator: Indicator, rolled: Mapping[str, Rolled], review_states: Mapping[str, str]
) -> list[Result]:
    """One indicator in all districts."""
    node = parse(indicator.formula)
    inputs = {name: inputs_of(node, edition, one) for name, one in rolled.items()}
    values, states = frames_of(inputs)
    outcomes = evaluate_over(node, values, states)
    divided = division(node)
    numerators = evaluate_over(divided.numerator, values, states)["value"] if divided else None
    denominators = evaluate_over(divided.denominator, values, states)["value"] if divided else None
    compared = compare(outcomes, divided, numerators, denominators)
    results = []
    for name, one in inputs.items():
        state = State(str(outcomes.loc[name, "state"]))
        results.append(
            Result(
                district=name,
                indicator=indicator.id,
                label=indicator.label,
                value=plain(outcomes.loc[name, "value"]),
                state=state,
                reason=reason_of(node, edition, one, state),
                unit_of_measure=indicator.unit_of_measure,
                numerator=figure(numerators, name),
                denominator=figure(denominators, name),
                units_answered=None if one.entered is None else len(one.entered),
                units_expected=None if one.expected is None else len(one.expected),
                city=compared.city,
                mean=compared.mean,
                median=compared.median,
                n=compared.n,
                rank=compared.ranks.get(name),
                review_state=review_states.get(name, edition.statuses[0]),
            )
        )
    return results


def frames_of(inputs: Mapping[str, Inputs]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Values and states of the operands; one row a district, one column an operand."""
    import pandas as pd  # noqa: PLC0415 - heavy, and needed only where indicators are computed

    values = [{key: quantity.value for key, quantity in one.quantities.items()} for one in inputs.values()]
    states = [{key: quantity.state for key, quantity in one.quantities.items()} for one in inputs.values()]
    names = list(inputs)
    return pd.DataFrame(values, index=names, dtype=object), pd.DataFrame(states, index=names, dtype=object)


def evaluate_over(node: Node, values: pd.DataFrame, states: pd.DataFrame) -> pd.DataFrame:
    """An expression in all districts: columns `value` and `state`; `value` is None where there is none."""
    outcomes = evaluate_frame(node, values, states)
    outcomes["value"] = outcomes["value"].astype(object).where(outcomes["state"] == State.VALUE, None)
    return outcomes


def compare(
    outcomes: pd.DataFrame, divided: Division | None, numerators: pd.Series | None, denominators: pd.Series | None
) -> Comparison:
    """Pooled city figure, unweighted mean and median, and ranks, over the districts with a value."""
    values = outcomes.loc[outcomes["state"] == State.VALUE, "value"]
    if values.empty or any(isinstance(value, str) for value in values):
        return Comparison(n=len(values), ranks={})
    numbers = values.astype(float)
    city = None
    if divided is not None and numerators is not None and denominators is not None:
        city = pooled(list(numerators[numbers.index]), list(denominators[numbers.index]), divided.factor)
    as_read = numbers.map(lambda value: float(f"{value:.{SIGNIFICANT_DIGITS}g}"))
    return Comparison(
        city=city,
        mean=finite(add(numbers) / len(numbers)),
        median=finite(statistics.median(numbers)),
        n=len(numbers),
        ranks={str(name): int(rank) for name, rank in as_read.rank(method="min", ascending=False).items()},
    )


def pooled(numerators: Sequence[float], denominators: Sequence[float], factor: float) -> float | None:
    """The ratio of the totals; None where that can't be divided."""
    total = add(denominators)
    return finite(add(numerators) / total * factor) if total else None


def figure(column: pd.Series | None, district: str) -> float | None:
    """A number of a column, None where there is none."""
    value = None if column is None else plain(column[district])
    return value if isinstance(value, float) else None


def plain(value: object) -> float | str | None:
    """A cell of a table as Python's own number or text."""
    return value if value is None or isinstance(value, str) else float(value)  # type: ignore[arg-type]


def finite(value: float) -> float | None:
    """The number, None where it is too large to keep."""
    return value if math.isfinite(value) else None

"""How the districts' values of one figure are spread: quartiles, range, and spread relative to the mean."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable
from dataclasses import dataclass

from xltool.model.numbers import add

FEWEST = 2
"""A single value has no spread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """Over the districts with a value, unweighted and unrounded. None where a figure can't be said.

    Quartiles are linear between the ordered values (`QUARTILE.INC` of Excel). `cv` is the standard deviation of these
    districts as a whole (not of a sample) in percent of the mean; it says nothing where the mean isn't above 0.
    """

    n: int
    least: float | None = None
    lower: float | None = None
    median: float | None = None
    upper: float | None = None
    most: float | None = None
    mean: float | None = None
    iqr: float | None = None
    cv: float | None = None


def distribution(values: Iterable[float]) -> Distribution:
    """The distribution of any number of values."""
    numbers = sorted(values)
    if not numbers:
        return Distribution(n=0)
    mean = add(numbers) / len(numbers)
    if len(numbers) < FEWEST:
        only = numbers[0]
        return Distribution(n=1, least=only, lower=only, median=only, upper=only, most=only, mean=_finite(mean))
    lower, _, upper = statistics.quantiles(numbers, n=4, method="inclusive")
    return Distribution(
        n=len(numbers),
        least=numbers[0],
        lower=lower,
        median=statistics.median(numbers),
        upper=upper,
        most=numbers[-1],
        mean=_finite(mean),
        iqr=_finite(upper - lower),
        cv=_cv(numbers, mean),
    )


def _cv(numbers: list[float], mean: float) -> float | None:
    if not math.isfinite(mean) or mean <= 0:
        return None
    return _finite(math.sqrt(add(((number - mean) / mean) ** 2 for number in numbers) / len(numbers)) * 100)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None

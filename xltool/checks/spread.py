"""Where most values lie: median and median absolute deviation (MAD), on a linear or a logarithmic scale."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from xltool.model.comparison import Peers, Scale

NORMAL = 1.4826
"""MAD times this is the standard deviation of normal values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The usual range of `n` values; `low` and `high` in the values' own unit."""

    n: int
    median: float
    low: float
    high: float

    def side(self, value: float) -> str | None:
        """`high` or `low` where a value lies outside of the range."""
        if value > self.high:
            return "high"
        return "low" if value < self.low else None


def spread_of(values: Iterable[float], scale: Scale, peers: Peers) -> Spread | None:
    """The usual range: the median and `limit` scaled MADs to both sides; None for too few values.

    On the log scale only positive values count. The spread is never believed to be smaller than `least_spread`
    of the median.
    """
    log = scale == "log"
    used = [math.log(value) if log else value for value in values if value > 0 or not log]
    if len(used) < peers.fewest:
        return None
    middle = median(used)
    least = math.log1p(peers.least_spread) if log else abs(middle) * peers.least_spread
    width = peers.limit * max(NORMAL * median(abs(value - middle) for value in used), least)
    ends = (middle - width, middle, middle + width)
    low, centre, high = (math.exp(end) for end in ends) if log else ends
    if min(used) >= 0 and not log:
        low = max(low, 0.0)  # what is never negative is not usually negative either
    return Spread(n=len(used), median=centre, low=low, high=high)

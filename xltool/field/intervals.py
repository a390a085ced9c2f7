"""Estimates from a sample with their 95 % intervals, by formula; simple random sampling is assumed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import NormalDist

from xltool.model.field import Interval

LEVEL = 0.95
Z = NormalDist().inv_cdf((1 + LEVEL) / 2)


def wilson(favourable: int, n: int) -> Interval | None:
    """A share in percent with Wilson's score interval (Wilson 1927); None without any answer.

    It stays within 0 and 100 and has a width even where all or none are favourable, unlike the usual approximation.
    """
    if n <= 0:
        return None
    share = favourable / n
    spread = Z * Z / n
    middle = (share + spread / 2) / (1 + spread)
    half = Z * math.sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    low = 0.0 if favourable == 0 else middle - half
    high = 1.0 if favourable == n else middle + half
    return Interval(value=share * 100, low=max(0.0, low) * 100, high=min(1.0, high) * 100)


def mean(tally: Mapping[int, int], lowest: int, highest: int) -> Interval | None:
    """The mean answer with Student's t interval, kept within the scale; None with fewer than two answers."""
    from scipy.special import stdtrit  # noqa: PLC0415 - loads only where a survey is summarised

    n = sum(tally.values())
    if n < 2:  # noqa: PLR2004 - one answer says nothing of the spread
        return None
    average = math.fsum(option * count for option, count in tally.items()) / n
    variance = math.fsum(count * (option - average) ** 2 for option, count in tally.items()) / (n - 1)
    half = float(stdtrit(n - 1, (1 + LEVEL) / 2)) * math.sqrt(variance / n)
    return Interval(value=average, low=max(lowest, average - half), high=min(highest, average + half))

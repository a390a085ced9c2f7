"""Quartiles, range and relative spread of the districts' values."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xltool.model.distribution import Distribution, distribution

NUMBERS = st.lists(st.floats(0.001, 1e9), min_size=2, max_size=16)


@settings(deadline=None)
@given(NUMBERS)
def test_figures_are_those_of_numpy(values: list[float]) -> None:
    found = distribution(values)
    least, lower, median, upper, most = np.percentile(values, [0, 25, 50, 75, 100])
    assert found.n == len(values)
    assert (found.least, found.most) == (least, most)
    assert [found.lower, found.median, found.upper] == pytest.approx([lower, median, upper])
    assert found.mean == pytest.approx(np.mean(values))
    assert found.iqr == pytest.approx(upper - lower, abs=1e-12 * max(values))
    assert found.cv == pytest.approx(np.std(values) / np.mean(values) * 100, abs=1e-4)


@settings(deadline=None)
@given(NUMBERS, st.randoms(use_true_random=False))
def test_the_order_of_districts_makes_no_difference(values: list[float], chance: object) -> None:
    shuffled = list(values)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert distribution(shuffled) == distribution(values)


def test_nothing_and_a_single_value_have_no_spread() -> None:
    assert distribution([]) == Distribution(n=0)
    one = distribution([3.5])
    assert (one.n, one.least, one.median, one.most, one.mean, one.iqr, one.cv) == (1, 3.5, 3.5, 3.5, 3.5, None, None)


def test_relative_spread_is_not_said_where_the_mean_is_not_above_zero() -> None:
    assert distribution([0.0, 0.0]).cv is None
    assert distribution([-3.0, 1.0]).cv is None
    assert distribution([5.0, 5.0]).cv == 0


def test_what_leaves_the_range_of_numbers_is_not_said() -> None:
    found = distribution([1e308, 1.7e308, 1.7e308])
    assert found.mean is None
    assert found.cv is None
    assert math.isfinite(found.most or math.inf)

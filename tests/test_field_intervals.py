"""Intervals against scipy's, and what they must hold for any sample."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from xltool.field.intervals import mean, wilson

COUNTS = st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(("favourable", "n"), [(0, 1), (1, 1), (0, 30), (30, 30), (7, 10), (81, 263), (999, 1000)])
def test_wilsons_interval_is_scipys(favourable: int, n: int) -> None:
    found = wilson(favourable, n)
    expected = stats.binomtest(favourable, n).proportion_ci(0.95, method="wilson")

    assert found is not None
    assert found.value == pytest.approx(favourable / n * 100)
    assert (found.low, found.high) == pytest.approx((expected.low * 100, expected.high * 100), abs=1e-9)


def test_wilsons_published_example() -> None:
    found = wilson(81, 263)  # Newcombe 1998, table I: 0.2553 to 0.3662

    assert found is not None
    assert (round(found.low, 2), round(found.high, 2)) == (25.53, 36.62)


@given(COUNTS)
def test_a_share_lies_in_its_interval_which_lies_in_its_bounds(counted: tuple[int, int]) -> None:
    favourable, n = counted
    found, other = wilson(favourable, n), wilson(n - favourable, n)

    assert found is not None
    assert other is not None
    assert 0 <= found.low <= found.value <= found.high <= 100
    assert found.high - found.low > 0
    assert (other.low, other.high) == pytest.approx((100 - found.high, 100 - found.low), abs=1e-9)


def test_without_an_answer_there_is_no_share_and_with_one_no_mean() -> None:
    assert wilson(0, 0) is None
    assert mean({}, 1, 5) is None
    assert mean({4: 1}, 1, 5) is None


@given(st.lists(st.integers(1, 5), min_size=2, max_size=60))
def test_the_mean_is_scipys_kept_within_the_scale(answers: list[int]) -> None:
    found = mean({option: answers.count(option) for option in range(1, 6)}, 1, 5)

    assert found is not None
    average, error = sum(answers) / len(answers), stats.sem(answers)
    assert found.value == pytest.approx(average)
    if error > 0 and math.isfinite(error):
        low, high = stats.t.interval(0.95, len(answers) - 1, average, error)
        assert (found.low, found.high) == pytest.approx((max(1, low), min(5, high)))
    else:
        assert found.low == found.high == found.value

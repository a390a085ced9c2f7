"""Divisions and matched units."""

from __future__ import annotations

import pytest

from xltool.expression import divides_unit_totals, division, parse

UNIT_TOTALS = {"sum(funds.budget)", "unit_budget"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a / b", ("a", "b", 1)),
        ("a / b * 100", ("a", "b", 100)),
        ("(a + c) / (b * 10000) * 100", ("a + c", "b * 10000", 100)),
        ("a / b / c", ("a / b", "c", 1)),
        ("a / (b / 10)", ("a", "b / 10", 1)),
        ("a / b * c", None),
        ("a / b + 1", None),
        ("a * b", None),
        ("round(a / b, 1)", None),
        ("a / b > 1", None),
    ],
)
def test_outermost_division(text: str, expected: tuple[str, str, float] | None) -> None:
    found = division(parse(text))
    assert (found and (str(found.numerator), str(found.denominator), found.factor)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sum(funds.budget) / unit_budget * 100", True),
        ("round(sum(funds.budget) / unit_budget, 2)", True),
        ("100 - (sum(funds.budget) + a) / (unit_budget * 2)", True),
        ("sum(funds.budget) / (residents * 10000) * 100", False),
        ("a / unit_budget", False),
        ("sum(funds.budget) + unit_budget", False),
        ("sum(funds.budget) / a + unit_budget / a", False),
        ("sum(funds.budget) * unit_budget", False),
    ],
)
def test_divides_one_total_over_units_by_another(text: str, *, expected: bool) -> None:
    assert divides_unit_totals(parse(text), UNIT_TOTALS.__contains__) is expected

"""Rounding and display of numbers: once, at display, half away from zero."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal

EXCEL_EPOCH = dt.date(1899, 12, 30)
"""Day 0 of Excel's 1900 date system, for dates from 1900-03-01 on."""

SIGNIFICANT_DIGITS = 15
"""A spreadsheet shows and rounds the decimal of 15 significant digits, not the binary fraction."""

_ANY_FLOAT = Context(prec=400)
"""Digits enough for the largest float with decimals."""


def round_half_away(value: float, digits: int = 0) -> float:
    """Round as Excel and LibreOffice do: half away from zero on the decimal of 15 significant digits."""
    decimal = Decimal(f"{value:.{SIGNIFICANT_DIGITS}g}")
    return float(decimal.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP, context=_ANY_FLOAT))


def shown(value: float, decimals: int | None = None) -> str:
    """The text of a number as people read it: `decimals` places, or as short as it is exact."""
    if decimals is None:
        text = f"{value:.{SIGNIFICANT_DIGITS}g}"
        return f"{Decimal(text):f}" if "e" in text else text
    return f"{round_half_away(value, decimals):.{decimals}f}"


def serial(date: dt.date) -> float:
    """A date as the number that spreadsheets keep for it."""
    return float((date - EXCEL_EPOCH).days)


def from_serial(number: float) -> dt.date:
    """The date of a spreadsheet's number (whole days)."""
    return EXCEL_EPOCH + dt.timedelta(days=int(number))


TOLERANCE = 1e-9
"""How much two numbers that count as equal may differ, relative to the larger one, and to 1."""


def same(a: float, b: float) -> bool:
    """Whether two numbers are equal within the tolerance of comparisons."""
    return abs(a - b) <= TOLERANCE * max(1.0, abs(a), abs(b))


def add(numbers: Iterable[float]) -> float:
    """An exact sum, rounded once, so the same in any order; infinite where it leaves the range of numbers."""
    figures = list(numbers)
    try:
        return math.fsum(figures)
    except OverflowError:
        return sum(figures)

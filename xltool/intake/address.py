"""A1 addresses to rows and columns from 0."""

from __future__ import annotations

import re

from xltool.intake import limits

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""

_ADDRESS = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")

_ON_SHEET = re.compile(r"(?:'((?:[^']|'')+)'|([^'!:]+))!(\$?[A-Za-z]{1,3}\$?[0-9]{1,7})")


def position(address: str) -> tuple[int, int]:
    """The (row, column) from 0 of an A1 address.

    Raises:
        ValueError: it is no address, or beyond a sheet's limits.
    """
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise ValueError(address)
    try:
        return row_of(match[2]), column_of(match[1])
    except ValueError:
        raise ValueError(address) from None


def area(reference: str) -> Area:
    """The area of a reference such as `B2:D9`, or of a single cell.

    Raises:
        ValueError: it is none, or beyond a sheet's limits.
    """
    first, _, last = reference.partition(":")
    return *position(first), *position(last or first)


def single_cell(reference: str) -> tuple[str, int, int] | None:
    """Sheet, row and column of a reference such as `'3.2 资源'!$E$5`; None for anything else."""
    match = _ON_SHEET.fullmatch(reference)
    if match is None:
        return None
    try:
        row, col = position(match[3].replace("$", ""))
    except ValueError:
        return None
    return (match[1].replace("''", "'") if match[1] is not None else match[2]), row, col


def row_of(digits: str | bytes) -> int:
    """A row by its number.

    Raises:
        ValueError: beyond a sheet's limits.
    """
    row = int(digits) - 1
    if not 0 <= row <= limits.LAST_ROW:
        raise ValueError(digits)
    return row


def column_of(letters: str) -> int:
    """A column by its letters.

    Raises:
        ValueError: beyond a sheet's limits.
    """
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    if column - 1 > limits.LAST_COLUMN:
        raise ValueError(letters)
    return column - 1

"""Formulas as texts: moved as shared ones are, and in one spelling for all programs."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from xltool.intake import limits
from xltool.model.plan import a1

Shift = tuple[int, int]
"""Rows and columns that a shared formula stands away from where it is spelt out."""

_ROW = "\u0660"  # a digit that no formula has
_STRING = re.compile(r'("(?:[^"]|"")*")')
_SHEET = r"(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!"
_REFERENCE = re.compile(rf"(?<![\w.!$])({_SHEET})?(\$?)([A-Za-z]{{1,3}})(\$?)([1-9][0-9]{{0,6}})(?![\w.(!])")
_QUOTED = re.compile(r"'((?:[^']|'')+)'!")
_NUMBER = re.compile(r"(?<![\w.$])[0-9]*\.?[0-9]+(?:E[+-]?[0-9]+)?(?![\w.(!:])")
_SPELLING = re.compile(r"\s+|_XLFN\.|_XLWS\.|COM\.MICROSOFT\.|(?<=TRUE)\(\)|(?<=FALSE)\(\)")
_OPEN_NAME = r"(?:\$?('(?:[^']|'')+'|[^\s.'\[\]:]+))?"
_OPEN_REFERENCE = re.compile(rf"\[{_OPEN_NAME}\.([^\[\]:.]+)(?::{_OPEN_NAME}\.([^\[\]:.]+))?\]")
_LOST = r"(?:'?#REF!?'?!?)"
_PLACE = re.compile(
    rf"(?:{_LOST}|{_SHEET})?(?:{_LOST}|(?<![\w.])\$?[A-Z]{{1,3}}\$?\d+(?![\w.(!])|(?<![\w.:])\$?\d+(?=:\$?\d))"
    rf"(?::(?:{_LOST}|\$?[A-Z]{{0,3}}\$?\d+(?![\w.(!])))?"
)


def same(planned: str, found: str, row: int, *, opendocument: bool = False) -> bool:
    """Whether two formulas of one cell, whose row counts from 0, say the same in whatever spelling."""
    if planned == found:
        return True
    if not opendocument and planned.count(" ") == found.count(" ") and _light(planned) == _light(found):
        return True
    # The formulas of a list differ in nothing but their row, so that a few comparisons settle all of them.
    digits = str(row + 1)
    return _alike(planned.replace(digits, _ROW), found.replace(digits, _ROW), opendocument) or (
        normal(planned) == normal(found, opendocument=opendocument)
    )


def same_shape(planned: str, found: str, rows: Shift, *, opendocument: bool = False) -> bool:
    """Whether two formulas differ in nothing but the places that they point at.

    `rows` are the planned formula's and the found one's, from 0.
    """
    first, second = planned.replace(str(rows[0] + 1), _ROW), found.replace(str(rows[1] + 1), _ROW)
    return _shaped_alike(first, second, opendocument) or (
        skeleton(normal(planned)) == skeleton(normal(found, opendocument=opendocument))
    )


@lru_cache(maxsize=1024)
def _shaped_alike(planned: str, found: str, opendocument: bool) -> bool:  # noqa: FBT001 - of a cached function
    return skeleton(normal(planned)) == skeleton(normal(found, opendocument=opendocument))


def _light(formula: str) -> str:
    """What most programs spell differently, dropped fast."""
    return formula.replace("'", "").replace("FALSE()", "FALSE").replace("TRUE()", "TRUE")


@lru_cache(maxsize=1024)
def _alike(planned: str, found: str, opendocument: bool) -> bool:  # noqa: FBT001 - of a cached function
    return normal(planned) == normal(found, opendocument=opendocument)


def shifted(formula: str, shift: Shift) -> str:
    """A formula as it reads in a cell so many rows and columns away: relative references move along."""
    rows, cols = shift
    texts = []
    for piece in _pieces(formula):
        if isinstance(piece, str):
            texts.append(piece)
            continue
        before, row, between, col = piece
        row, col = (row if between else row + rows), (col if before[-1:] == "$" else col + cols)
        inside = 0 <= row <= limits.LAST_ROW and 0 <= col <= limits.LAST_COLUMN
        texts.append(f"{before}{_letters(col)}{between}{row + 1}" if inside else "#REF!")
    return "".join(texts)


@lru_cache(maxsize=256)
def _pieces(formula: str) -> tuple[str | tuple[str, int, str, int], ...]:
    """A formula cut at its references: (sheet and `$`, row, `$`, column), rows and columns from 0."""
    pieces: list[str | tuple[str, int, str, int]] = []
    for number, part in enumerate(_STRING.split(formula)):
        if number % 2:
            pieces.append(part)
            continue
        end = 0
        for match in _REFERENCE.finditer(part):
            sheet, fixed_col, letters, fixed_row, digits = match.groups(default="")
            pieces += (part[end : match.start()], (sheet + fixed_col, int(digits) - 1, fixed_row, _column(letters)))
            end = match.end()
        pieces.append(part[end:])
    return tuple(pieces)


@lru_cache(maxsize=1024)
def _letters(col: int) -> str:
    return a1(0, col)[:-1]


def normal(formula: str, *, opendocument: bool = False) -> str:
    """A formula without what programs spell differently.

    Case and spaces outside of strings, quotes around sheets, prefixes of functions, `TRUE()` for `TRUE`, ways to
    write a number; and OpenDocument's brackets and semicolons as commas.
    """

    def plain(part: str) -> str:
        if opendocument:
            part = _OPEN_REFERENCE.sub(_closed, part).replace(";", ",").replace("|", ";")
        part = _SPELLING.sub("", _QUOTED.sub(_unquoted, part).upper())
        return _NUMBER.sub(lambda match: repr(float(match[0])), part)

    return _outside_strings(formula, plain)


def skeleton(formula: str) -> str:
    """A normal formula with every place as `@`: what stays of it where rows, columns and sheets were moved."""
    return _outside_strings(formula, lambda part: _PLACE.sub("@", part))


def _outside_strings(formula: str, change: Callable[[str], str]) -> str:
    parts = _STRING.split(formula)
    parts[::2] = [change(part) if part else part for part in parts[::2]]
    return "".join(parts)


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _unquoted(match: re.Match[str]) -> str:
    """A sheet's name bare; its spaces and signs would otherwise not survive the comparing of the rest."""
    name = "".join(letter if letter.isalnum() else "_" for letter in match[1])
    return f"_{name}!" if name[0].isdigit() else f"{name}!"


def _closed(match: re.Match[str]) -> str:
    sheet, first, _, last = match.groups()
    place = first if last is None else f"{first}:{last}"
    return f"{sheet}!{place}" if sheet else place

"""Dates as people write them, to ISO text; a date that is not certain is not read."""

from __future__ import annotations

import datetime as dt
import re

from xltool.intake import formats
from xltool.intake.characters import plain
from xltool.intake.reading import Reading, read_as, read_word, refused
from xltool.model.numbers import from_serial

DAYS_1904 = 1462
"""Days between the two date systems' zero."""

_TIME = r"(?:[ T]?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?Z?)?"
_ISO = re.compile(rf"([0-9]{{4}})-([0-9]{{1,2}})-([0-9]{{1,2}}){_TIME}")
_FULL = (
    _ISO,
    re.compile(rf"([0-9]{{4}}) ?([/.]) ?([0-9]{{1,2}}) ?\2 ?([0-9]{{1,2}}){_TIME}"),
    re.compile(r"([0-9]{4}) ?年 ?([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?[日号]"),
    re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})"),
)
_INCOMPLETE = re.compile(
    r"(?:19|20)[0-9]{2}(?: ?年?|[-./ ]?[0-9]{1,2}| ?年 ?[0-9]{1,2} ?月?)"
    r"|[0-9]{1,2} ?月(?: ?[0-9]{1,2} ?[日号])?|[0-9]{1,2} ?[-/.] ?[0-9]{1,2}"
)
_AMBIGUOUS = re.compile(
    r"[0-9]{1,2} ?([-/.]) ?[0-9]{1,2} ?\1 ?[0-9]{1,4}|[0-9]{2} ?年 ?[0-9]{1,2} ?月 ?[0-9]{1,2} ?[日号]"
)
_CHINESE = re.compile(
    r"([〇零○一二三四五六七八九0]{4})年([元一二三四五六七八九十]{1,3})月([一二三四五六七八九十廿卅]{1,3})[日号]"
)
_CHINESE_MONTH = re.compile(
    r"[〇零○一二三四五六七八九0]{4}年(?:[一二三四五六七八九十]{1,3}月)?|[一二三四五六七八九十]{1,3}月.*"
)
_DIGIT = {letter: value for value, letter in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "0": 0}
_YEARS = range(1900, 2101)
"""Years that a date written as text can have; others are slips of the hand. A date cell holds what it shows."""

_FIRST = 61
"""The first of March 1900: before it spreadsheets count a day that never was, and disagree."""

_LAST = 2_958_465
"""The last day that a spreadsheet knows; a larger number under a date format is 20220301 or the like."""

_SERIALS = range(20_000, 80_000)
"""Days that a bare number may mean: 1954 to 2119."""

_STORED_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T[0-9:.]+)?(?:Z|[+-][0-9:]+)?")
_STORED = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?")


def from_text(raw: str, *, not_applicable: bool = False) -> Reading | None:
    """Read a text cell in a date item; None if it is blank."""
    text = plain(raw)
    if not text:
        return None
    word = read_word(text, not_applicable=not_applicable)
    if word is not None:
        return word
    date = _full_date(text)
    if date is not None:
        return date
    if _AMBIGUOUS.fullmatch(text):
        return refused("ambiguous_date")
    incomplete = _INCOMPLETE.fullmatch(text) or _CHINESE_MONTH.fullmatch(text)
    return refused("incomplete_date" if incomplete else "bad_date")


def _full_date(text: str) -> Reading | None:
    """A text with year, month and day in that order, in digits or in Chinese numerals."""
    for pattern in _FULL:
        match = pattern.fullmatch(text)
        if match is not None:
            year, month, day = (int(part) for part in match.groups() if part.isdigit())
            return _date(year, month, day, "date_normalised")
    chinese = _CHINESE.fullmatch(text.replace(" ", ""))
    if chinese is None:
        return None
    year = int("".join(str(_DIGIT[letter]) for letter in chinese[1]))
    return _date(year, _chinese_number(chinese[2]), _chinese_number(chinese[3]), "date_normalised")


def from_iso(raw: str) -> Reading:
    """Read a cell that the file itself calls a date."""
    match = _STORED_DATE.fullmatch(raw.strip())
    return refused("bad_date") if match is None else _date(int(match[1]), int(match[2]), int(match[3]), None)


def from_number(raw: str, number_format: str, *, date1904: bool) -> Reading:
    """Read a number cell in a date item: a spreadsheet's day number, or digits such as 20220301."""
    if _STORED.fullmatch(raw) is None:
        return refused("bad_date")
    parts = formats.date_parts(number_format)
    number = float(raw)
    if parts and number <= _LAST:
        return _from_serial(number, parts, date1904=date1904)
    if number.is_integer() and int(number) in _SERIALS:
        day = from_serial(number + (DAYS_1904 if date1904 else 0))
        return read_as(day.isoformat(), "date_normalised")
    text = str(int(number)) if number.is_integer() else raw
    return from_text(text) or refused("bad_date")


def day_of(number: float, *, date1904: bool) -> dt.date | None:
    """The date of a day number, None where there is none."""
    number += DAYS_1904 if date1904 else 0
    try:
        return from_serial(number) if number >= _FIRST else None
    except OverflowError:
        return None


def _from_serial(number: float, parts: frozenset[str], *, date1904: bool) -> Reading:
    day = day_of(number, date1904=date1904)
    if day is None:
        return refused("bad_date")
    if {"y", "m", "d"} <= parts:
        return read_as(day.isoformat())
    # The program took 3月 or 3月1日 for a date and made up the rest.
    seen = "".join(f"{value}{word}" for part, value, word in _named(day) if part in parts)
    return refused("incomplete_date", seen or None)


def _named(day: dt.date) -> tuple[tuple[str, int, str], ...]:
    return (("y", day.year, "年"), ("m", day.month, "月"), ("d", day.day, "日"))


def _date(year: int, month: int, day: int, code: str | None) -> Reading:
    if year not in _YEARS:
        return refused("bad_date")
    try:
        return read_as(dt.date(year, month, day).isoformat(), code)
    except ValueError:
        return refused("bad_date")


def _chinese_number(text: str) -> int:
    """One to thirty-nine: 一, 十二, 二十一, 廿一, 三十, 卅一, and 元 for the first month."""
    text = text.replace("元", "一").replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.rpartition("十")
    value = (_DIGIT.get(tens, 99) if tens else 1) * 10 if ten else 0
    return value + (_DIGIT.get(ones, 99) if ones else 0)

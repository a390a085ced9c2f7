"""Wording helpers of the reports: clean text, numbers as they are printed, lists, dates. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from xltool.model.numbers import shown

PERCENT = "%"
SPAN = 3
BLANK = "—"
SNAPSHOT_SHOWN = 12
"""Digits of the snapshot id on the first page; the method note has the whole."""

_SPACES = re.compile(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]+")
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"  # XML 1.0, and discouraged by it
    "|[\u200e\u200f\u202a-\u202e\u2066-\u2069]"  # marks that turn the reading direction of what follows
)


def clean(text: str) -> str:
    """The text without characters that XML forbids or that change how its neighbours are read; one line."""
    return _FORBIDDEN.sub("", _SPACES.sub(" ", text))


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters of a text, and how long the whole is where some were left out."""
    text = clean(text)
    return text if len(text) <= limit else f"{text[:limit]}……（共{len(text)}字，以下从略）"


def figure(value: float, decimals: int) -> str:
    """A number as it is printed, with a real zero in place of a negative one."""
    text = shown(value, decimals)
    return text.removeprefix("-") if not text.strip("-0.") else text


def with_unit(value: float, decimals: int, unit: str) -> str:
    """A number and its unit: `12.50%`, `3.20册/人`."""
    return f"{figure(value, decimals)}{unit}"


def date_text(moment: dt.date) -> str:
    """2023年9月30日, with hour and minute where the moment has them."""
    day = f"{moment.year}年{moment.month}月{moment.day}日"
    return f"{day}{moment:%H:%M}" if isinstance(moment, dt.datetime) else day


def iso_date_text(day: str) -> str:
    """An ISO date as it is printed; anything else stays as it is."""
    try:
        return date_text(dt.date.fromisoformat(day))
    except ValueError:
        return clean(day)


def enumerate_numbers(numbers: Iterable[int]) -> str:
    """Numbers in ascending order as a list: `3、9、11至14`; three and more in a row become a span."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(_span(run) for run in runs)


def _span(run: list[int]) -> str:
    return f"{run[0]}至{run[-1]}" if len(run) >= SPAN else "、".join(map(str, run))


def grouped(digits: str, size: int = 16) -> str:
    """A long id in groups, so that a line can end between them."""
    return " ".join(digits[start : start + size] for start in range(0, len(digits), size))


def enumerate_names(names: Sequence[str], limit: int) -> str:
    """The first `limit` names, and how many there are."""
    listed = "、".join(clean(name) for name in names[:limit])
    return listed if len(names) <= limit else f"{listed}等{len(names)}个"


def rank_text(rank: int, *, tied: bool) -> str:
    """第2位, 并列第2位."""
    return f"{'并列' if tied else ''}第{rank}位"

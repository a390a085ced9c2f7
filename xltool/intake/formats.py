"""Number formats of cells: which show a date, which a percentage."""

from __future__ import annotations

import re

GENERAL = "General"

_FIXED = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
}
# The Chinese editions of Excel and WPS use these ids without spelling them out.
_CHINESE = {
    "yyyy年m月": (27, 36, 50, 52, 57),
    "m月d日": (28, 29, 51, 53, 54, 58),
    "m-d-yy": (30,),
    "yyyy年m月d日": (31,),
    "h时mm分": (32, 34, 55),
    "h时mm分ss秒": (33, 35, 56),
}
BUILT_IN = _FIXED | {number: code for code, numbers in _CHINESE.items() for number in numbers}
"""Formats that files name by number only (ECMA-376, 18.8.30, and its Chinese table)."""

_LITERAL = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)


def _letters(code: str) -> str:
    """The part of a format that is shown for positive numbers, without literals."""
    return _LITERAL.sub("", code).split(";", 1)[0].lower()


def is_percent(code: str) -> bool:
    """Whether the number is shown times 100 with a percent sign."""
    return "%" in _letters(code)


def date_parts(code: str) -> frozenset[str]:
    """Which of `y`, `m`, `d` and `time` a format shows; empty if it is no date format."""
    if code == GENERAL:
        return frozenset()
    letters = _letters(code)
    if "0" in letters.replace("ss.0", "") or "#" in letters or "general" in letters:
        return frozenset()
    parts = {letter for letter in "yd" if letter in letters} | ({"y"} if "e" in letters else set())
    time = bool(_ELAPSED.search(code)) or "h" in letters or "s" in letters
    if "m" in letters.replace("am/pm", "") and (parts or not time):
        parts.add("m")
    if time:
        parts.add("time")
    return frozenset(parts)

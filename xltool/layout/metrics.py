"""How much room text takes: row heights are computed, since merged cells never fit themselves."""

from __future__ import annotations

import math

from xltool.model.styles import STYLES

PIXELS_PER_CHARACTER = 7  # of a column's width, in the default font
PIXELS_PER_POINT = 96 / 72
PADDING = 8  # pixels lost in a cell
LEADING = 1.35  # line height in relation to the font's size
FIRST_WIDE = 0x2010  # from here on a letter is as wide as it is high: Chinese and its punctuation
NARROW = 0.56  # width of the other letters, in relation to the font's size
MINIMUM_HEIGHT = 18.0
MAXIMUM_HEIGHT = 400.0  # Excel allows 409


def text_width(text: str) -> float:
    """Width of a line in relation to the font's size."""
    return sum(1.0 if ord(letter) >= FIRST_WIDE else NARROW for letter in text)


def line_count(text: str, width: float, size: float) -> int:
    """Lines that `text` takes in a column `width` characters wide, wrapped."""
    room = max((width * PIXELS_PER_CHARACTER - PADDING) / (size * PIXELS_PER_POINT), 1.0)
    return sum(max(1, math.ceil(text_width(line) / room)) for line in text.split("\n"))


def row_height(text: str, width: float, style: str) -> float:
    """Height in points of a row that shows all of `text`."""
    look = STYLES[style]
    lines = line_count(text, width, look.size) if look.wrap else 1
    return min(max(lines * look.size * LEADING + 4, MINIMUM_HEIGHT), MAXIMUM_HEIGHT)

"""Numbers as people write them: read with certainty, or not at all."""

from __future__ import annotations

import re
from decimal import Decimal

from xltool.intake import formats, units
from xltool.intake.characters import folded, plain
from xltool.intake.display import display
from xltool.intake.reading import Reading, read_as, read_word, refused
from xltool.model.numbers import SIGNIFICANT_DIGITS, shown
from xltool.model.plan import Slot

_LARGEST = 10**SIGNIFICANT_DIGITS
"""From here on spreadsheets drop digits."""

_LONGEST_UNIT = 20

_DIGITS = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9,])|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+"
_MEASURED = re.compile(rf"(?P<currency>¥?) ?(?P<number>[+-]?(?:{_DIGITS})) ?(?P<unit>.*)")
_SCIENTIFIC = re.compile(r"[+-]?[0-9]+(?:\.(?P<fraction>[0-9]*))?E(?P<exponent>[+-]?[0-9]{1,3})", re.IGNORECASE)
_STORED = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_CHINESE_POINT = re.compile(r"(?<=[0-9])[。｡](?=[0-9])")
_IN_PARENTHESES = re.compile(r"\([+-]?[0-9][0-9,.]*[^0-9()]*\)[^0-9()]*")
_APPROXIMATE = re.compile(
    r"约|大概|大致|左右|上下|将近|接近|近|余|多|超|逾|不足|不到|至少|至多|以上|以下|以内|几|[~～≈><≥≤]|\+$"
)
_GROUP = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_ERROR = re.compile(r"#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!)|Err:[0-9]{3}", re.IGNORECASE)
_BOOLEANS = {"true", "false"}


def from_text(raw: str, slot: Slot) -> Reading | None:
    """Read a text cell in a numeric item; None if it is blank."""
    text = _CHINESE_POINT.sub(".", plain(raw))
    if not text:
        return None
    word = read_word(text, not_applicable=slot.not_applicable)
    if word is not None:
        return word
    if text.casefold() in _BOOLEANS:
        return refused("boolean_value")
    if _ERROR.fullmatch(text):
        return refused("error_cell")
    scientific = _SCIENTIFIC.fullmatch(text)
    if scientific is not None:
        lost = int(scientific["exponent"]) > len(scientific["fraction"] or "")
        return refused("lost_precision") if lost else finish(Decimal(text), slot, "read_normalised")
    match = _MEASURED.fullmatch(text)
    reading = None
    if match is not None:
        reading = _measured(Decimal(match["number"].replace(",", "")), match["currency"] + match["unit"], slot)
    return reading or refused(_why_not(text))


def _measured(number: Decimal, behind: str, slot: Slot) -> Reading | None:
    """Read a number by the text behind it; None where that is neither nothing nor a unit."""
    unit, own = folded(behind), slot.unit_of_measure
    if unit.startswith("(") and unit.endswith(")") and len(unit) > 2:  # noqa: PLR2004 - `12（人）`
        unit = unit[1:-1]
    if not unit:
        reading = finish(number, slot, "read_normalised")
        return as_fraction(reading, slot)
    if own is None or len(unit) > _LONGEST_UNIT:
        return None
    if unit in units.spellings(own):
        return finish(number, slot, "read_normalised")
    if units.doubles(unit, own):
        return refused("double_unit")
    times = units.factor(unit, own)
    return None if times is None else finish(number * times, slot, "unit_converted")


def _why_not(text: str) -> str:
    """The code for a text that is no number."""
    groups = _GROUP.findall(text)
    if not groups:
        return "not_a_number"
    if _IN_PARENTHESES.fullmatch(text):
        return "accounting_negative"
    if _APPROXIMATE.search(text) and not re.search(r"[0-9] ?~ ?[0-9]", text):
        return "approximate"
    return "several_numbers" if len(groups) > 1 else "not_a_number"


def from_number(raw: str, number_format: str, slot: Slot) -> Reading:
    """Read a number cell in a numeric item."""
    if not is_stored(raw):
        return refused("not_a_number")
    if formats.date_parts(number_format):
        return refused("date_value")
    number = Decimal(raw)
    shown_as = display(number_format, float(number))
    if not (shown_as.faithful and _is_own(shown_as.before + shown_as.behind, slot)):
        return refused("shown_otherwise")
    if formats.is_percent(number_format):
        percent = exact(number) * 100
        seen = f"{shown(float(percent))}%"
        if slot.unit_of_measure != units.PERCENT:
            return refused("not_a_number", seen)
        return finish(percent, slot, "read_normalised", seen)
    return as_fraction(finish(number, slot, "read_normalised" if shown_as.unusual else None), slot)


def _is_own(text: str, slot: Slot) -> bool:
    """Whether a text around a number is nothing, or the item's own unit."""
    unit = folded(text)
    return not unit or (slot.unit_of_measure is not None and unit in units.spellings(slot.unit_of_measure))


def is_stored(raw: str) -> bool:
    """Whether the raw text of a number cell is a number; damaged files hold anything."""
    return _STORED.fullmatch(raw) is not None


def exact(number: Decimal) -> Decimal:
    """The decimal of 15 significant digits: what the person typed, not its nearest binary fraction."""
    return Decimal(f"{number:.{SIGNIFICANT_DIGITS}g}")


def as_fraction(reading: Reading, slot: Slot) -> Reading:
    """Warn of a percentage that is at most 1: it may have been meant as a fraction. 0 is 0 either way."""
    value = reading.value
    if slot.unit_of_measure == units.PERCENT and isinstance(value, int | float) and 0 < value <= 1:
        return read_as(value, "percent_as_fraction", reading.raw)
    return reading


def finish(number: Decimal, slot: Slot, code: str | None = None, raw: str | None = None) -> Reading:
    """A number as its item keeps it: whole ones of integer items as `int`, all others as `float`."""
    value = float(number)
    if abs(number) >= _LARGEST or (number and not value):
        return refused("lost_precision", raw)
    if slot.type == "integer" and value.is_integer():
        return read_as(int(value), code, raw)
    return read_as(value, code, raw)

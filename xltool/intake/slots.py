"""One returned cell, read as its slot asks: number, date, choice or text; formulas recomputed or refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from xltool.intake import arithmetic, dates, formats, numbers
from xltool.intake.characters import folded, plain
from xltool.intake.display import alters_text, display
from xltool.intake.grid import Cell, Kind
from xltool.intake.reading import Reading, read_as, read_word, refused
from xltool.model.numbers import shown
from xltool.model.plan import Slot
from xltool.model.states import NOTHING_WORD, State

_LARGEST = 1e15
_REFUSED = {Kind.ERROR: "error_cell", Kind.BOOLEAN: "boolean_value"}


Recompute = Callable[[str], Decimal | None]
"""A formula's result by the numbers that it refers to, None where it can't be told."""


def read_cell(
    cell: Cell,
    slot: Slot,
    choices: Sequence[str] = (),
    *,
    date1904: bool = False,
    free: bool = False,
    recompute: Recompute = arithmetic.constant,
) -> Reading | None:
    """Read a cell; None if it is blank.

    `choices` are the texts that a dropdown may hold, `recompute` follows a formula's references. In a `free`
    text (a remark, an entry's name in a district's table of a unit's list) 无 and 不适用 are texts like any other.
    """
    unsure = _unsure(cell)
    if unsure is not None:
        return refused(unsure)
    if cell.calculated:
        return _read_formula(cell, slot, choices, recompute, date1904=date1904)
    if slot.type in {"integer", "number"}:
        return _read_number(cell, slot)
    if slot.type == "date":
        return _read_date(cell, slot, date1904=date1904)
    text = _as_text(cell, date1904=date1904)
    if isinstance(text, str):
        return _read_choice(text, slot, choices) if slot.type == "choice" else _read_text(text, slot, free=free)
    return text


def _unsure(cell: Cell) -> str | None:
    """The code for a content that no slot takes."""
    if cell.struck:
        return "struck_out"
    if cell.kind is Kind.TEXT and alters_text(cell.number_format):
        return "shown_otherwise"
    return _REFUSED.get(cell.kind) if not cell.calculated else None


def _read_number(cell: Cell, slot: Slot) -> Reading | None:
    if cell.kind is Kind.NUMBER:
        return numbers.from_number(cell.raw, cell.number_format, slot)
    if cell.kind is Kind.DATE:
        return refused("date_value")
    return numbers.from_text(cell.raw, slot)


def _read_date(cell: Cell, slot: Slot, *, date1904: bool) -> Reading | None:
    if cell.kind is Kind.NUMBER:
        return dates.from_number(cell.raw, cell.number_format, date1904=date1904)
    if cell.kind is Kind.DATE:
        return dates.from_iso(cell.raw)
    return dates.from_text(cell.raw, not_applicable=slot.not_applicable)


def _read_choice(text: str, slot: Slot, choices: Sequence[str]) -> Reading | None:
    """The list's own spelling where the text is one of it after normalising; else the text, for the checks."""
    same = folded(text)
    if not same:
        return None
    for choice in choices:
        if folded(choice) == same:
            return read_as(choice)
    return read_word(plain(text), not_applicable=slot.not_applicable) or read_as(text.strip())


def _read_text(text: str, slot: Slot, *, free: bool) -> Reading | None:
    bare = plain(text)
    if not bare:
        return None
    if free:
        return read_as(NOTHING_WORD if bare == NOTHING_WORD else text.strip())
    return read_word(bare, not_applicable=slot.not_applicable) or read_as(text.strip())


def _as_text(cell: Cell, *, date1904: bool) -> str | Reading:
    """A cell's text as a person saw it: numbers without `.0`, dates and percentages not as bare numbers."""
    if cell.kind is Kind.DATE:
        return dates.from_iso(cell.raw)
    if cell.kind is not Kind.NUMBER:
        return cell.raw
    return _number_as_text(cell, date1904=date1904)


def _number_as_text(cell: Cell, *, date1904: bool) -> str | Reading:
    if not numbers.is_stored(cell.raw):
        return refused("not_a_number")
    number = float(cell.raw)
    if formats.date_parts(cell.number_format):
        reading = dates.from_number(cell.raw, cell.number_format, date1904=date1904)
        return read_as(reading.value, "date_normalised") if reading.value is not None else refused("incomplete_date")
    if abs(number) >= _LARGEST:
        return refused("lost_precision")
    shown_as = display(cell.number_format, number)
    if not shown_as.faithful or shown_as.before or shown_as.behind:
        return refused("shown_otherwise")
    if formats.is_percent(cell.number_format):
        return f"{shown(float(numbers.exact(Decimal(cell.raw)) * 100))}%"
    return shown(number).zfill(shown_as.width)


def _read_formula(
    cell: Cell, slot: Slot, choices: Sequence[str], recompute: Recompute, *, date1904: bool
) -> Reading | None:
    formula = cell.own_formula or ""
    if arithmetic.is_external(formula):
        return refused("external_link")
    if arithmetic.is_boolean(formula):
        return refused("boolean_value")
    text, day = arithmetic.constant_text(formula), arithmetic.constant_date(formula)
    constant = arithmetic.constant(formula)
    number = recompute(formula) if constant is None else constant
    if text is not None:
        reading = read_cell(Cell(Kind.TEXT, text, cell.number_format), slot, choices, date1904=date1904)
    elif day is not None and slot.type == "date":
        reading = dates.from_iso(day.isoformat())
    elif number is None:
        return refused("error_cell" if cell.kind is Kind.ERROR else "foreign_formula")
    elif slot.type in {"integer", "number"}:
        reading = numbers.from_number(f"{number:f}", cell.number_format, slot)
    elif slot.type == "text":
        reading = read_as(shown(float(number)))
    else:
        return refused("foreign_formula")
    if reading is None or reading.state is not State.VALUE or reading.value is None:
        return reading
    code = "recomputed_formula" if constant is None and number is not None else "constant_formula"
    return read_as(reading.value, code, cell.typed)

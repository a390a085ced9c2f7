"""A value as it came back: flat, addressed, with the raw text it was read from."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from xltool.model.record import Record
from xltool.model.states import NOTHING_WORDS, State

Scalar = int | float | str
"""Numbers are numbers, dates ISO text, everything else text."""

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_SERIAL = re.compile(r"\d{5}(\.\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Value(Record):
    """One value of a return, or a prefilled one (then `sheet`, `cell`, `version` and `sha256` are None).

    `item` is an item, a document type, `member_units`, `signoff`; `column` is None for a value's own cell
    outside tables and for the figures of `member_units`. `row` counts from 1 as planned; a table declared
    empty is one value 0 with `row` and `column` None. `unit` owns the workbook; None for a district's.
    """

    district: str
    unit: str | None
    item: str
    row: int | None
    column: str | None
    value: Scalar | None
    state: State
    raw: str | None
    unit_of_measure: str | None
    file: str | None = None
    sha256: str | None = None
    sheet: str | None = None
    cell: str | None = None
    version: int | None = None
    prefilled: bool = False

    @property
    def key(self) -> tuple[str | None, str, int | None, str | None]:
        """What tells this value from all others of its district's current returns, prefilled ones aside."""
        return (self.unit, self.item, self.row, self.column)

    @property
    def is_blank(self) -> bool:
        """Whether the cell says nothing: empty, or a word for nothing. What can't be read is not blank."""
        return self.state is State.MISSING and (self.raw is None or _says_nothing(self.raw))

    @property
    def typed(self) -> str | None:
        """What people see in the cell: the raw text, but the date where the cell keeps a date's number."""
        is_date = isinstance(self.value, str) and _DATE.fullmatch(self.value) and _SERIAL.fullmatch(self.raw or "")
        return str(self.value) if is_date else self.raw


def _says_nothing(raw: str) -> bool:
    visible = "".join(letter for letter in raw if unicodedata.category(letter) not in {"Cc", "Cf"})
    text = "".join(unicodedata.normalize("NFKC", visible).split()).casefold()
    return not text or text in NOTHING_WORDS

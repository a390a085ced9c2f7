"""A value as it came back: flat, addressed, with the raw text it was read from."""

from __future__ import annotations

from dataclasses import dataclass

from xltool.model.states import State

Scalar = int | float | str
"""Numbers are numbers, dates ISO text, everything else text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
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

"""Lists as they came back: the filled rows of one table in one workbook, and what declares it empty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xltool.model.edition import Item
from xltool.model.states import NOTHING_WORD, State
from xltool.model.values import Value

MEMBER_UNITS = "member_units"  # the table of the units' figures in a district's workbook; no item of the edition
UNIT_COLUMN = "unit"  # names the member unit, there and in a district's tables of each_unit items
NUMERIC = frozenset({"integer", "number"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A filled row: its cells by column, blank ones left out."""

    row: int
    cells: Mapping[str, Value]

    @property
    def unit(self) -> str | None:
        """The member unit that the row names, in a district's table of an `each_unit` item."""
        cell = self.cells.get(UNIT_COLUMN)
        return str(cell.value) if cell is not None and cell.state is State.VALUE else None

    def number(self, column: str) -> Value | None:
        """The cell of a number column, if there is a number in it."""
        cell = self.cells.get(column)
        return cell if cell is not None and isinstance(cell.value, int | float) else None

    def says_nothing(self, item: Item) -> bool:
        """Whether the entry's name is 无, which declares the unit's list empty."""
        cell = self.cells.get(item.entry or "")
        return cell is not None and cell.value == NOTHING_WORD


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One table of one workbook; `declared` is its 本表无内容, where chosen."""

    entries: tuple[Entry, ...] = ()
    declared: Value | None = None

    def of_unit(self, unit: str) -> Listing:
        """What the district's table says of one unit. Its own 本表无内容 contradicts the rows that it lists."""
        own = tuple(entry for entry in self.entries if entry.unit == unit)
        return Listing(entries=own, declared=self.declared if own else None)


def listing(values: Iterable[Value]) -> Listing:
    """The list that the values of one table in one workbook make, rows in order."""
    rows: dict[int, dict[str, Value]] = {}
    declared: Value | None = None
    for value in values:
        if value.row is None and value.column is None and value.state is State.VALUE:
            declared = value
        elif value.row is not None and value.column is not None and not value.is_blank:
            rows.setdefault(value.row, {})[value.column] = value
    return Listing(entries=tuple(Entry(row=row, cells=rows[row]) for row in sorted(rows)), declared=declared)


def contradicts(item: Item, table: Listing, *, by_district: bool) -> bool:
    """Whether a list is both filled and said to be empty, so that nothing can be taken from it.

    `by_district` is for the rows of one unit in a district's table, where 无 as an entry's name declares the
    unit's list empty: it must stand alone, without a number other than 0.
    """
    if table.declared is not None and table.entries:
        return True
    if not by_district:
        return False
    silent = [entry for entry in table.entries if entry.says_nothing(item)]
    numbers = [number for entry in silent if (number := entry.cells.get(item.total or "")) is not None]
    return bool(silent) and (len(table.entries) > len(silent) or any(number.value != 0 for number in numbers))

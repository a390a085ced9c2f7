"""What a person types into one workbook: sample entries, brought to the rows and columns of that workbook."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from xltool.demo.entries import Entry, Key
from xltool.model.edition import Edition, Item, Level
from xltool.model.entries import UNIT_COLUMN
from xltool.model.states import NOTHING_WORD

Owned = tuple[str | None, Key]
"""Whose entry it is (None: the district's own), and its key as the samples have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """`typed`: cell -> text. `places`: where the samples' own rows stand in this workbook."""

    typed: Mapping[Key, str]
    places: Mapping[Owned, Key]


def unit_answers(entries: Iterable[Entry], unit: str) -> Answers:
    """A member unit's workbook holds its entries as they are."""
    own = [entry for entry in entries if entry.unit == unit]
    return Answers(typed={e.key: e.value for e in own}, places={(unit, e.key): e.key for e in own})


def district_answers(
    entries: Iterable[Entry], edition: Edition, units: Sequence[str], *, leaves: Collection[Level] = ()
) -> Answers:
    """A district's workbook: its own entries, and those of its units but for the levels that it leaves to them.

    Figures of every unit stand in the row of that unit, lists of all units under each other, each row with
    its unit. Documents of units are the units' own.
    """
    typed: dict[Key, str] = {}
    places: dict[Owned, Key] = {}
    rows: dict[tuple[str, str, int | None], int] = {}
    for entry in entries:
        item = edition.item_by_id.get(entry.item)
        if entry.unit is None:
            typed[entry.key] = entry.value
            places[None, entry.key] = entry.key
        elif item is not None and item.level not in leaves:
            place = district_place(entry, item, units, rows)
            places[entry.unit, entry.key] = place
            typed[place] = entry.value
            if item.is_table:
                typed |= unit_cells(entry, place)
    return Answers(typed=typed, places=places)


def district_place(entry: Entry, item: Item, units: Sequence[str], rows: dict[tuple[str, str, int | None], int]) -> Key:
    """Where a unit's entry stands in the district's workbook; `rows` keeps the rows given out so far."""
    unit = str(entry.unit)
    if item.level != Level.EACH_UNIT:
        return entry.key
    if not item.is_table:
        return (item.id, units.index(unit) + 1, None)
    used = sum(table == item.id for table, _, _ in rows)
    row = rows.setdefault((item.id, unit, entry.row), used + 1)
    return (item.id, row, entry.column if entry.row is not None else item.entry)


def unit_cells(entry: Entry, place: Key) -> Mapping[Key, str]:
    """What else stands in a row of the district's list: the unit, and 无 for a unit that lists nothing."""
    table, row, _ = place
    cells: dict[Key, str] = {(table, row, UNIT_COLUMN): str(entry.unit)}
    if entry.row is None:
        cells[place] = NOTHING_WORD
    return cells

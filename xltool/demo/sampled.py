"""The samples as values that came back, without workbooks in between."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from xltool import rollup
from xltool.demo.entries import Entry
from xltool.demo.synthesise import NONE_COLUMN
from xltool.model.edition import Edition
from xltool.model.quantity import Rolled
from xltool.model.states import State
from xltool.model.values import Scalar, Value

Change = Callable[[Value], Value]
"""What a planted mistake makes of a value."""


def rolled_up(edition: Edition, entries: Iterable[Entry], change: Change | None = None) -> dict[str, Rolled]:
    """Every district's figures, with each value as `change` leaves it."""
    by_district: dict[str, list[Entry]] = {}
    for entry in entries:
        by_district.setdefault(entry.district, []).append(entry)
    return {
        district.name: roll_up(edition, district.name, by_district[district.name], change)
        for district in edition.districts
        if district.name in by_district
    }


def roll_up(edition: Edition, district: str, entries: Iterable[Entry], change: Change | None = None) -> Rolled:
    """One district's figures."""
    own = tuple(values_of(edition, entries))
    units = tuple(dict.fromkeys(value.unit for value in own if value.unit))
    absent = next(each.without for each in edition.districts if each.name == district)
    given = own if change is None else tuple(change(value) for value in own)
    return rollup.combine(edition, district, units, given, absent_units=absent)


def values_of(edition: Edition, entries: Iterable[Entry]) -> Iterator[Value]:
    """Entries as values of workbooks, each in a cell named after it."""
    for number, entry in enumerate(entries, start=1):
        value = Value(
            district=entry.district,
            unit=entry.unit,
            item=entry.item,
            row=entry.row,
            column=None if entry.column == NONE_COLUMN else entry.column,
            value=scalar(edition, entry),
            state=State.VALUE,
            raw=entry.value,
            unit_of_measure=None,
            file=f"{entry.unit or entry.district}.xlsx",
            sha256=entry.unit or entry.district,
            version=1,
        )
        yield replace(value, sheet=entry.item, cell=f"C{number}")


def scalar(edition: Edition, entry: Entry) -> Scalar:
    """The content of an entry as its item's or column's type has it."""
    if entry.column == NONE_COLUMN:
        return 0
    item = edition.item_by_id.get(entry.item)
    columns = edition.columns_of(entry.item) if entry.column else ()
    rules = next((column.rules for column in columns if column.id == entry.column), item.rules if item else None)
    if rules is not None and rules.type == "integer":
        return int(entry.value)
    return float(entry.value) if rules is not None and rules.type == "number" else entry.value

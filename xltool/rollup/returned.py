"""The values of one district, found by owner and place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xltool.model.companions import RIGHT_VALUE
from xltool.model.entries import MEMBER_UNITS, UNIT_COLUMN, Listing, listing
from xltool.model.states import State
from xltool.model.values import Value

Key = tuple[str | None, str, int | None, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """`by_key` holds one value a place: the prefilled one where there is one, else the typed one.

    `tables` are the listings by (owner, table); `row_of` is the row of each unit in the district's
    `member_units`; `names` are the values that name the units there. `heard` are the owners, and the units that any
    list names.
    """

    by_key: Mapping[Key, Value]
    tables: Mapping[tuple[str | None, str], Listing]
    row_of: Mapping[str, int]
    names: tuple[Value, ...]
    heard: frozenset[str | None]

    def single(self, owner: str | None, item: str, row: int | None = None) -> Value | None:
        """A value that stands by itself, or a unit's figure in the district's `member_units` (with its row)."""
        return self.by_key.get((owner, item, row, None))

    def figure(self, unit: str, item: str) -> Value | None:
        """What the district's workbook gives for one of its units."""
        row = self.row_of.get(unit)
        return None if row is None else self.single(None, item, row)

    def table(self, owner: str | None, table: str) -> Listing:
        """What an owner's workbook lists; nothing where it didn't come back."""
        return self.tables.get((owner, table), Listing())


def index(
    values: Iterable[Value], units: Iterable[str], tables: Iterable[str], accepted: Iterable[str] = ()
) -> Returned:
    """Sort the values of one district and its `units`.

    Of the `accepted` items the value that the district holds to be right stands in the place of the prefilled one.
    """
    by_key: dict[Key, Value] = {}
    for value in values:
        held = by_key.get(value.key)
        if held is None or (value.prefilled and not held.prefilled):
            by_key[value.key] = value
    for item in accepted:
        right = by_key.get((None, item, None, RIGHT_VALUE))
        if right is not None and right.state is State.VALUE:
            by_key[None, item, None, None] = right
    grouped: dict[tuple[str | None, str], list[Value]] = {}
    for value in by_key.values():
        grouped.setdefault((value.unit, value.item), []).append(value)
    wanted, members = set(tables), set(units)
    names = tuple(
        value
        for value in grouped.get((None, MEMBER_UNITS), [])
        if value.column == UNIT_COLUMN and value.state is State.VALUE and value.value in members
    )
    return Returned(
        by_key=by_key,
        tables={place: listing(found) for place, found in grouped.items() if place[1] in wanted},
        row_of={str(value.value): value.row for value in names if value.row is not None},
        names=names,
        heard=frozenset(
            {value.unit for value in by_key.values()}
            | {str(value.value) for value in by_key.values() if value.column == UNIT_COLUMN}
        ),
    )

"""What one owner, or district and units together, answer to one item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from xltool.model.edition import Combine, Item
from xltool.model.entries import NUMERIC, UNIT_COLUMN, Listing, contradicts
from xltool.model.numbers import add, same, shown
from xltool.model.quantity import MISSING, Quantity, count_key, quantity_of, total_key
from xltool.model.states import State
from xltool.model.values import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The quantities of an item by operand key, the values that count for them, and pairs that differ."""

    quantities: Mapping[str, Quantity]
    counting: tuple[Value, ...] = ()
    conflicts: tuple[tuple[Value, Value], ...] = ()


def keys_of(item: Item) -> tuple[str, ...]:
    """The operands that an item offers to formulas: itself, or its totals and its number of entries."""
    if not item.is_table:
        return (item.id,)
    numeric = [column.id for column in item.columns if column.rules.type in NUMERIC]
    return (*(total_key(item.id, column) for column in numeric), count_key(item.id))


def unanswered(item: Item) -> Answer:
    """Nothing came back."""
    return Answer(quantities=dict.fromkeys(keys_of(item), MISSING))


def first_said(candidates: Iterable[Value | None]) -> Value | None:
    """The first value that isn't blank; one that can't be read holds its place. Else the first blank one."""
    present = [value for value in candidates if value is not None]
    return next((value for value in present if not value.is_blank), present[0] if present else None)


def single(item: Item, candidates: Iterable[Value | None]) -> Answer:
    """An item that is one figure or text: the first candidate that says something."""
    value = first_said(candidates)
    counting = () if value is None or value.state is State.MISSING else (value,)
    return Answer(quantities={item.id: quantity_of(value, item.rules)}, counting=counting)


def combined(item: Item, district: Value | None, units: Iterable[Value | None], *, carried: bool = False) -> Answer:
    """The district's value where its cell isn't blank, else the first unit's; pairs of those that are read and differ.

    Where the unit's answer was `carried` into the district's workbook and still stands there, it is the unit's value
    that counts: the district has confirmed what was typed elsewhere. An item that is the district's alone takes no
    unit's answer, one that takes the latest doesn't ask why the others differ.
    """
    said = [value for value in units if value is not None]
    unit = first_said(said)
    others = () if item.combined is Combine.LATEST else said
    pairs = [(unit, other) for other in others if unit is not None and differ(unit, other)]
    if district is not None and unit is not None and differ(district, unit):
        pairs.insert(0, (district, unit))
    confirmed = carried and district is not None and unit is not None and agree(district, unit)
    order = (unit, district) if confirmed else (district, unit)
    answer = single(item, (district,) if item.combined is Combine.DISTRICT else order)
    return replace(answer, conflicts=tuple(pairs))


def agree(one: Value, other: Value) -> bool:
    """Whether two values that were read say the same."""
    return State.MISSING not in {one.state, other.state} and not differ(one, other)


def differ(one: Value, other: Value) -> bool:
    """Whether two values that were read say different things."""
    if State.MISSING in {one.state, other.state}:
        return False
    if isinstance(one.value, int | float) and isinstance(other.value, int | float):
        return not same(one.value, other.value)
    return (one.state, one.value) != (other.state, other.value)


def listed(item: Item, table: Listing, *, by_district: bool = False) -> Answer:
    """One list: 0 where it is declared empty; missing where it is neither filled nor declared, or both.

    A filled row without its number makes the whole list missing, the number of entries too: it says nothing
    until it is put right, and none of its values counts.
    """
    if contradicts(item, table, by_district=by_district):
        return unanswered(item)
    entries = [entry for entry in table.entries if not (by_district and entry.says_nothing(item))]
    if not entries:
        return empty(item, table, by_district=by_district)
    if any(entry.number(item.total or "") is None for entry in entries):
        return unanswered(item)
    names = tuple(name for entry in entries if (name := entry.cells.get(item.entry or "")) is not None)
    quantities = {count_key(item.id): Quantity(state=State.VALUE, value=len(entries), sources=names)}
    for key, column in zip(keys_of(item), _numeric(item), strict=False):
        found = [entry.number(column) for entry in entries]
        numbers = [number for number in found if number is not None]
        quantities[key] = total(numbers) if len(numbers) == len(found) else MISSING
    cells = (cell for entry in entries for cell in entry.cells.values() if cell.state is State.VALUE)
    return Answer(quantities=quantities, counting=tuple(cells))


def empty(item: Item, table: Listing, *, by_district: bool) -> Answer:
    """A list without entries: 0 if it is said to be empty, else missing."""
    said = [cell for entry in table.entries for cell in entry.cells.values()] if by_district else []
    counting = tuple(cell for cell in (table.declared, *said) if cell is not None and cell.state is State.VALUE)
    if not counting:
        return unanswered(item)
    words = tuple(cell for cell in counting if cell.column in {None, item.entry})
    zero = Quantity(state=State.VALUE, value=0, sources=words)
    return Answer(quantities=dict.fromkeys(keys_of(item), zero), counting=counting)


def alike(item: Item, district: Listing, own: Listing) -> bool:
    """Whether a district's rows of a unit are the unit's own list, in any order."""
    if own.declared is not None and not own.entries:
        return all(entry.says_nothing(item) for entry in district.entries)
    return contents(district) == contents(own)


def contents(table: Listing) -> list[list[tuple[str, str]]]:
    """The rows as texts by column, numbers as spreadsheets keep them, so that lists compare."""
    return sorted(
        sorted(
            (column, shown(cell.value) if isinstance(cell.value, int | float) else str(cell.value or cell.raw))
            for column, cell in entry.cells.items()
            if column != UNIT_COLUMN
        )
        for entry in table.entries
    )


def total(numbers: Iterable[Value]) -> Quantity:
    """The sum of values that are numbers; the same in any order."""
    sources = tuple(numbers)
    return Quantity(state=State.VALUE, value=add([float(number.value or 0) for number in sources]), sources=sources)


def over_units(item: Item, by_unit: Mapping[str, Answer]) -> Mapping[str, Quantity]:
    """District totals: the sum over the units that answered, missing where none did."""
    totals: dict[str, Quantity] = {}
    for key in keys_of(item):
        answered = [a.quantities[key] for a in by_unit.values() if a.quantities[key].state is State.VALUE]
        sources = tuple(source for quantity in answered for source in quantity.sources)
        value = add([float(quantity.value or 0) for quantity in answered])
        totals[key] = Quantity(state=State.VALUE, value=value, sources=sources) if answered else MISSING
    return totals


def _numeric(item: Item) -> list[str]:
    return [column.id for column in item.columns if column.rules.type in NUMERIC]

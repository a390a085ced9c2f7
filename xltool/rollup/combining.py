"""Roll-up: the returns of one district, or one file by itself, as the operands of formulas and checks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from xltool.model.companions import PREVIOUS
from xltool.model.edition import Combine, Edition, Item, Level
from xltool.model.entries import Listing
from xltool.model.quantity import MISSING, Quantity, Rolled, count_key, main_key, previous_key, quantity_of
from xltool.model.states import State
from xltool.model.values import Value
from xltool.rollup.answers import (
    Answer,
    alike,
    combined,
    differ,
    keys_of,
    listed,
    over_units,
    unanswered,
)
from xltool.rollup.returned import Returned, index


def combine(  # noqa: PLR0913 - one name for each thing that decides what counts
    edition: Edition,
    district: str,
    units: tuple[str, ...],
    values: Iterable[Value],
    *,
    absent_units: Collection[str] = (),
    accepted: Collection[str] = (),
    returns: Mapping[str | None, str] | None = None,
    carried: Collection[tuple[str, str]] = (),
) -> Rolled:
    """Roll up the values of one district's current returns and its prefilled ones, or those of one file.

    Where the district's cell is not blank, it counts; else the unit's. A cell that can't be read (missing, with a
    raw text that is no word for nothing) is not blank: it holds its place and makes the item missing.
    `counting` are the values behind quantities that are not missing, the names of the units, and all documents;
    remarks and sign-offs never count, nor does anything in a list that is faulty as a whole.

    Args:
        edition: What is asked.
        district: Whose values these are.
        units: The member units that have a workbook, in the list's order; values of others are left aside.
        values: One value a place at most, prefilled ones beside.
        absent_units: Responsible units that the district lacks; their items may be not applicable by themselves.
        accepted: Items of other systems for which the office took the value that the district disputes it with.
        returns: SHA-256 by owner (None: the district) of the returns, in the order in which they came in; by default
            taken from the values, where a return without any value can't be seen.
        carried: (item, unit) of the units' answers that stood in the district's workbook when it went out. Where one
            still stands there, it is confirmed: the unit's own value counts, and the district's copy doesn't.
    """
    given = tuple(value for value in values if value.unit is None or value.unit in units)
    tables = [item.id for item in edition.items if item.is_table] + [document.id for document in edition.documents]
    returned = index(given, units, tables, accepted)
    if returns is None:
        returns = {value.unit: value.sha256 for value in given if value.sha256 is not None}
    whole = Whole(
        returned=returned,
        units=units,
        latest=tuple(unit for unit in reversed(tuple(returns)) if unit is not None),
        absent_units=frozenset(absent_units),
        carried=frozenset(carried),
    )
    by_item = {item.id: answers(item, whole) for item in edition.items}
    shared = {item_id: whole for item_id, (whole, _) in by_item.items()}
    documents = evidence(edition, returned, units)
    counting = [value for answer in shared.values() for value in answer.counting]
    return Rolled(
        district=district,
        units=units,
        quantities={
            **{key: quantity for answer in shared.values() for key, quantity in answer.quantities.items()},
            **documents.quantities,
            **previous(edition, returned),
        },
        by_unit={
            key: {unit: answer.quantities[key] for unit, answer in parts.items()}
            for item in edition.items
            if (parts := by_item[item.id][1]) is not None
            for key in keys_of(item)
        },
        counting=frozenset((*counting, *documents.counting, *returned.names)),
        conflicts=tuple(pair for answer in shared.values() for pair in answer.conflicts),
        files=tuple(sorted(set(returns.values()))),
        own_return=None in returns,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What came back of one district, and what decides between its answers.

    `latest` are the units that returned something, the one whose return came in last first; the others as in `combine`.
    """

    returned: Returned
    units: tuple[str, ...]
    latest: tuple[str, ...]
    absent_units: frozenset[str]
    carried: frozenset[tuple[str, str]]


def answers(item: Item, whole: Whole) -> tuple[Answer, Mapping[str, Answer] | None]:
    """The district-wide answer to an item; for `each_unit` items also each unit's own."""
    returned, units = whole.returned, whole.units
    if item.level is Level.EACH_UNIT:
        nothing = unanswered(item)
        by_unit = {unit: of_unit(item, whole, unit) if unit in returned.heard else nothing for unit in units}
        conflicts = tuple(pair for answer in by_unit.values() for pair in answer.conflicts)
        if item.combined is Combine.NONE:
            return replace(unanswered(item), conflicts=conflicts), by_unit
        counting = tuple(value for answer in by_unit.values() for value in answer.counting)
        return Answer(quantities=over_units(item, by_unit), counting=counting, conflicts=conflicts), by_unit
    owners = units if item.level is Level.ONE_UNIT else ()
    if item.combined is Combine.LATEST:
        owners = tuple(unit for unit in whole.latest if unit in owners)
    if item.is_table:
        lists = [returned.table(owner, item.id) for owner in (None, *owners)]
        said = (table for table in lists if table.entries or table.declared is not None)
        return listed(item, lists[0] if item.combined is Combine.DISTRICT else next(said, Listing())), None
    own = returned.single(None, item.id)
    given = own is not None and own.prefilled
    if item.not_applicable and item.responsible in whole.absent_units and not given:
        return Answer(quantities={item.id: Quantity(state=State.NOT_APPLICABLE)}), None
    carried = any((item.id, unit) in whole.carried for unit in owners)
    return combined(item, own, (returned.single(unit, item.id) for unit in owners), carried=carried), None


def of_unit(item: Item, whole: Whole, unit: str) -> Answer:
    """One unit's answer: as the district's workbook gives it, else as its own does.

    A list goes by the whole: where the district lists any row of the unit, the unit's own list isn't used. What the
    district lists unchanged of a list that was carried into its workbook is the unit's own.
    """
    returned, carried = whole.returned, (item.id, unit) in whole.carried
    if not item.is_table:
        figure = returned.figure(unit, item.id)
        return combined(item, figure, (returned.single(unit, item.id),), carried=carried)
    district, own = returned.table(None, item.id).of_unit(unit), returned.table(unit, item.id)
    if not district.entries or (carried and district.declared is None and alike(item, district, own)):
        return listed(item, own)
    answer = listed(item, district, by_district=True)
    pair = representatives(item, answer, listed(item, own))
    return replace(answer, conflicts=(pair,)) if pair is not None and differ(*pair) else answer


def representatives(item: Item, district: Answer, own: Answer) -> tuple[Value, Value] | None:
    """Two lists' totals, each standing at its list's first cell; None where one of them is missing."""
    key = main_key(item)
    pair = (district.quantities[key], own.quantities[key])
    if any(quantity.state is not State.VALUE for quantity in pair):
        return None
    one, other = (replace(quantity.sources[0], value=quantity.value, row=None, column=None) for quantity in pair)
    return one, other


def evidence(edition: Edition, returned: Returned, units: tuple[str, ...]) -> Answer:
    """Documents are the union of all workbooks; their number is missing where none is listed and none denied."""
    quantities: dict[str, Quantity] = {}
    counting: list[Value] = []
    for document in edition.documents:
        tables = [returned.table(owner, document.id) for owner in (None, *units)]
        entries = [entry for table in tables for entry in table.entries]
        cells = [cell for entry in entries for cell in entry.cells.values() if cell.state is State.VALUE]
        denied = [table.declared for table in tables if table.declared is not None and not table.entries]
        sources = tuple(cell for cell in cells if cell.column == document.columns[0].id) if entries else tuple(denied)
        found = Quantity(state=State.VALUE, value=len(entries), sources=sources)
        quantities[count_key(document.id)] = found if entries or denied else MISSING
        counting += [*cells, *denied]
    return Answer(quantities=quantities, counting=tuple(counting))


def previous(edition: Edition, returned: Returned) -> Mapping[str, Quantity]:
    """Last year's values: they stand beside this year's, with the district and with the unit that answers."""
    known = sorted(
        (value for (_, item, row, column), value in returned.by_key.items() if row is None and column == PREVIOUS),
        key=lambda value: value.unit is None,  # the district's own is the one that stays
    )
    items = edition.item_by_id
    return {previous_key(one.item): quantity_of(one, items[one.item].rules) for one in known if one.item in items}

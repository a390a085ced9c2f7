"""The units' answers as they stand in the district's workbook when it is made from their returns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from xltool.model.companions import EXPLANATION, NONE
from xltool.model.edition import Combine, Edition, Item, Level
from xltool.model.entries import UNIT_COLUMN
from xltool.model.plan import Carried
from xltool.model.states import DECLARED, NOT_APPLICABLE_WORD, NOTHING_WORD, State
from xltool.model.values import Value
from xltool.rollup.returned import Returned, index

LONGEST_EXPLANATION = 500


def carry(
    edition: Edition, units: tuple[str, ...], values: Iterable[Value], latest: Sequence[str] = ()
) -> tuple[Carried, ...]:
    """What was read in the units' returns, at its places in the district's workbook.

    Figures of each unit stand in the unit's row, lists one under the other, a list declared empty as a row that says
    so; what could not be read is left blank. Explanations of warnings come along, since the same checks are judged on
    the same figures again. Documents are the units' own and stay there.

    Args:
        edition: What is asked.
        units: The member units that have a workbook, in the list's order.
        values: The units' current returns; the district's own values are left aside.
        latest: Units in the order of their returns, the last one first, for items that take the latest answer.
    """
    given = [value for value in values if value.unit in units]
    returned = index(given, units, [item.id for item in edition.items if item.is_table])
    found = [each for item in edition.items for each in _answers(item, returned, units, latest)]
    return (*found, *_explanations(given, units))


def _answers(item: Item, returned: Returned, units: Sequence[str], latest: Sequence[str]) -> Iterator[Carried]:
    if not item.left_to_units:
        return
    owners = [unit for unit in latest if unit in units] if item.combined is Combine.LATEST else units
    if item.level is Level.EACH_UNIT:
        yield from _lists(item, returned, units) if item.is_table else _figures(item, returned, units)
    elif item.is_table:
        yield from _one_list(item, returned, owners)
    else:
        said = ((unit, returned.single(unit, item.id)) for unit in owners)
        first = next(((unit, value) for unit, value in said if value is not None and not value.is_blank), None)
        if first is not None and (word := _word(first[1])) is not None:
            yield Carried(item=item.id, value=word, unit=first[0])


def _figures(item: Item, returned: Returned, units: Iterable[str]) -> Iterator[Carried]:
    """Each unit's figure, in the unit's row of the member units."""
    for row, unit in enumerate(units, start=1):
        value = returned.single(unit, item.id)
        if value is not None and (word := _word(value)) is not None:
            yield Carried(item=item.id, row=row, value=word, unit=unit)


def _lists(item: Item, returned: Returned, units: Iterable[str]) -> Iterator[Carried]:
    """All units' rows, each with its unit."""
    row = 0
    for unit in units:
        for cells in _rows(item, returned, unit):
            row += 1
            for column, word in {UNIT_COLUMN: unit, **cells}.items():
                yield Carried(item=item.id, row=row, column=column, value=word, unit=unit)


def _one_list(item: Item, returned: Returned, owners: Iterable[str]) -> Iterator[Carried]:
    """The list of the unit that answers for it."""
    for unit in owners:
        table = returned.table(unit, item.id)
        if table.declared is not None and not table.entries:
            yield Carried(item=item.id, column=NONE, value=DECLARED, unit=unit)
            return
        for row, cells in enumerate(_rows(item, returned, unit), start=1):
            for column, word in cells.items():
                yield Carried(item=item.id, row=row, column=column, value=word, unit=unit)
        if table.entries:
            return


def _rows(item: Item, returned: Returned, unit: str) -> Iterator[Mapping[str, int | float | str]]:
    """A unit's rows as words by column; one that says 无 where the list is declared empty."""
    table = returned.table(unit, item.id)
    if table.declared is not None and not table.entries:
        yield {item.entry or "": NOTHING_WORD}
    for entry in table.entries:
        words = {column: _word(value) for column, value in entry.cells.items()}
        known = {column: word for column, word in words.items() if word is not None}
        if known:
            yield known


def _word(value: Value) -> int | float | str | None:
    """What stands in the cell again; None for what could not be read."""
    if value.state is State.NOT_APPLICABLE:
        return NOT_APPLICABLE_WORD
    return value.value if value.state is State.VALUE else None


def _explanations(values: Iterable[Value], units: Sequence[str]) -> Iterator[Carried]:
    """What the units said of the warnings in their own workbooks, each with its unit."""
    said: dict[str, list[Value]] = {}
    for value in values:
        if value.column == EXPLANATION and isinstance(value.value, str):
            said.setdefault(value.item, []).append(value)
    for check, told in said.items():
        ordered = sorted(told, key=lambda value: units.index(value.unit or ""))
        text = "；".join(f"{value.unit}：{value.value}" for value in ordered)
        yield Carried(item=check, column=EXPLANATION, value=text[:LONGEST_EXPLANATION], unit=str(ordered[0].unit))

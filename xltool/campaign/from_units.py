"""The second stage: a district's workbook made from what its member units returned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from xltool import rollup
from xltool.campaign.opened import Campaign
from xltool.errors import UsageError
from xltool.model.edition import Column, DocumentType, Level
from xltool.model.entries import listing
from xltool.model.from_units import FromUnits, UnitDocument, UnitReturn
from xltool.model.plan import Carried
from xltool.model.values import Value
from xltool.model.wording import clipped
from xltool.store import Return

FRAMEWORK = "framework"  # dropdowns of a document's place in the indicators: `framework1`, `framework2`, ...

LONGEST = 100  # letters of a title


def ready(campaign: Campaign, districts: Iterable[str]) -> list[str]:
    """The districts whose workbooks can be made from returns: the named ones, else all that have any.

    Raises:
        UsageError: A named one can't: none of its units returned anything, or its own workbook is back already.
    """
    named = tuple(districts)
    chosen: list[str] = []
    for district in campaign.district_names:
        if named and district not in named:
            continue
        owners = {returned.unit for returned in campaign.store.current_returns(district)}
        fault = "own_return_in" if None in owners else None if owners else "no_unit_returned"
        if fault is None:
            chosen.append(district)
        elif named:
            raise UsageError(fault, district=district)
    if not chosen:
        raise UsageError("no_units_returned")
    return chosen


def carried(campaign: Campaign, district: str) -> tuple[tuple[Carried, ...], FromUnits]:
    """The units' answers for the district's workbook, and what it says of them."""
    units = campaign.units_of(district)
    returns = {one.unit: one for one in campaign.store.current_returns(district) if one.unit in units}
    latest = sorted(returns.values(), key=lambda one: one.id, reverse=True)
    values = [value for value in campaign.store.current_values(district) if value.unit in units]
    answers = rollup.carry(campaign.edition, units, values, [one.unit for one in latest if one.unit])
    items = campaign.edition.item_by_id
    single = {each.item: each.unit for each in answers if each.row is None and each.column is None}
    return answers, FromUnits(
        returns=tuple(_return(unit, returns.get(unit)) for unit in units),
        asked=tuple((item, unit) for unit in units for item in campaign.answers_of(district, unit)),
        answered=tuple((item, unit) for item, unit in single.items() if items[item].level is Level.ONE_UNIT),
        rows=tuple(_rows(answers)),
        documents=tuple(_documents(campaign, units, values)),
    )


def _return(unit: str, returned: Return | None) -> UnitReturn:
    if returned is None:
        return UnitReturn(unit=unit)
    date = dt.datetime.fromisoformat(returned.received_at).astimezone().date()
    return UnitReturn(unit=unit, version=returned.version, date=date)


def _rows(answers: Iterable[Carried]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The unit of each row of each list that answers were carried into."""
    units: dict[str, dict[int, str]] = {}
    for each in answers:
        if each.row is not None and each.column is not None:
            units.setdefault(each.item, {})[each.row] = each.unit
    return ((item, tuple(rows.values())) for item, rows in units.items())


def _documents(campaign: Campaign, units: Iterable[str], values: Iterable[Value]) -> Iterator[UnitDocument]:
    """What the units listed, type by type, in the order of the units."""
    found: dict[tuple[str, str | None], list[Value]] = {}
    for value in values:
        found.setdefault((value.item, value.unit), []).append(value)
    order = tuple(units)
    for document in campaign.edition.documents:
        for unit in order:
            for entry in listing(found.get((document.id, unit), ())).entries:
                cells = {column: str(cell.value or cell.raw or "") for column, cell in entry.cells.items()}
                yield UnitDocument(
                    unit=unit,
                    type=document.label,
                    title=clipped(cells.get(document.columns[0].id, ""), LONGEST),
                    date=_first(cells, [column for column in document.columns if column.rules.type == "date"]),
                    indicator=_first(cells, _framework(document)),
                )


def _framework(document: DocumentType) -> list[Column]:
    """The columns that say where a document belongs, the most exact first."""
    columns = [column for column in document.columns if column.choices and column.choices.list.startswith(FRAMEWORK)]
    return columns[::-1]


def _first(cells: dict[str, str], columns: Iterable[Column]) -> str:
    return next((cells[column.id] for column in columns if cells.get(column.id)), "")

"""What nobody answered: items of one unit, and units that are missing from totals; with the cells to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from xltool.checks.folding import under
from xltool.checks.said import finding
from xltool.messages import reason
from xltool.model.edition import Edition, Item, Level, Severity
from xltool.model.finding import Finding
from xltool.model.grounds import digest, grounds_of
from xltool.model.quantity import Rolled, main_key
from xltool.model.states import State

Cells = Mapping[tuple[str | None, str, int | None], str]
"""(unit or None for the district's workbook, item, entry) -> sheet and cell, of the workbooks that came back.

The entry is None for values that stand by themselves; lists are named by their 本表无内容.
"""

NO_CELLS: Cells = MappingProxyType({})


def unanswered_units(rolled: Rolled, edition: Edition, cells: Cells = NO_CELLS) -> Iterator[Finding]:
    """One warning an `each_unit` item, naming the units that did not enter; once anything came back."""
    for item in edition.items:
        if item.level is not Level.EACH_UNIT or not rolled.files:
            continue
        by_unit = rolled.by_unit[main_key(item)]
        silent = [unit for unit in rolled.units if by_unit[unit].state is State.MISSING]
        if silent:
            expected = _where(rolled, item, silent, cells)
            yield finding(
                rolled,
                "units_unanswered",
                item,
                basis=digest(silent),
                count=len(silent),
                units="、".join(silent),
                expected=expected,
            )


def _where(rolled: Rolled, item: Item, silent: Iterable[str], cells: Cells) -> str | None:
    """The cells where the silent units' answers belong: the district's, and those of units that returned."""
    rows = {unit: number for number, unit in enumerate(rolled.units, start=1)}
    own = [cells.get((None, item.id, None if item.is_table else rows[unit])) for unit in silent]
    theirs = [f"{unit}{cell}" for unit in silent if (cell := cells.get((unit, item.id, None)))]
    district, units = "、".join(dict.fromkeys(filter(None, own))), "、".join(theirs)
    if district and units:
        return reason("gaps", district=district, units=units)
    if district:
        return reason("gaps_district", district=district)
    return reason("gaps_units", units=units) if units else None


def unanswered_items(
    rolled: Rolled, edition: Edition, known: Iterable[Finding], cells: Cells = NO_CELLS
) -> Iterator[Finding]:
    """One error a `one_unit` item that neither district nor unit answered, once the district's workbook is in.

    It follows from the unit's own blank or unreadable cell, where there is one. A cell of the district that
    can't be read has its own finding.
    """
    causes = {
        cause.item: cause
        for cause in known
        if cause.unit is not None and cause.column is None and cause.severity is Severity.ERROR
    }
    for item in edition.items:
        quantity = rolled.quantities[main_key(item)]
        required = item.is_table or (item.rules is not None and item.rules.required)
        if item.level is not Level.ONE_UNIT or not item.left_to_units or not required or not rolled.own_return:
            continue
        unreadable = any(source.unit is None and not source.is_blank for source in quantity.sources)
        if quantity.state is State.MISSING and not unreadable:
            district, unit = _both(rolled, item, cells)
            basis = grounds_of(quantity.sources)
            said = finding(rolled, "unanswered_item", item, basis=basis, district_cell=district, unit_cell=unit)
            yield under(said, causes[item.id]) if item.id in causes else said


def _both(rolled: Rolled, item: Item, cells: Cells) -> tuple[str, str]:
    """What is said of the district's cell and of the unit's."""
    own = cells.get((None, item.id, None))
    district = reason("gap_district", cell=own) if own else reason("gap_district_only")
    for unit in rolled.units:
        if cell := cells.get((unit, item.id, None)):
            return district, reason("gap_unit", unit=unit, cell=cell)
    known = item.responsible in rolled.units
    return district, reason("gap_unit_silent", unit=item.responsible) if known else reason("gap_nobody")

"""Answers that can't both be right: district and unit differ, two units differ, or two units list the same thing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xltool import messages
from xltool.checks.said import as_shown, finding, place
from xltool.model.edition import Edition, Item
from xltool.model.finding import Finding
from xltool.model.grounds import grounds_of
from xltool.model.numbers import shown
from xltool.model.quantity import Rolled, count_key, main_key
from xltool.model.values import Value

_YEAR = re.compile(r"20\d\d(?:年度|年)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An entry of a unit's list, wherever it stands: its name, its number, and whose it is."""

    unit: str
    name: Value
    number: Value

    @property
    def amount(self) -> float:
        """The number."""
        return float(self.number.value or 0)


def conflicts(rolled: Rolled, edition: Edition) -> Iterator[Finding]:
    """Two values that are read and differ; one counts until they agree."""
    for one, other in rolled.conflicts:
        item, basis = edition.item_by_id[one.item], grounds_of((one, other))
        if one.unit is None:
            yield finding(
                rolled,
                "unit_district_conflict",
                item,
                at=one,
                unit=other.unit,
                basis=basis,
                district_value=as_shown(one),
                district_cell=place(one),
                unit_value=as_shown(other),
                unit_cell=place(other),
            )
        else:
            yield finding(
                rolled,
                "units_conflict",
                item,
                at=one,
                unit=one.unit,
                basis=basis,
                unit_value=as_shown(one),
                unit_cell=place(one),
                other=other.unit,
                other_value=as_shown(other),
                other_cell=place(other),
            )


def named_by_several(rolled: Rolled, edition: Edition) -> Iterator[Finding]:
    """Entries of one name and nearly one number in the lists of several units: one finding, naming every cell."""
    for item in edition.items:
        if item.doubled_within is None:
            continue
        by_name: dict[str, list[Listed]] = {}
        for entry in entries(rolled, item):
            by_name.setdefault(normalised(str(entry.name.value)), []).append(entry)
        for named in by_name.values():
            for group in close(named, item.doubled_within):
                if len({entry.unit for entry in group}) > 1:
                    yield _doubled(rolled, item, group)


def entries(rolled: Rolled, item: Item) -> Iterator[Listed]:
    """What counts of all units' lists of an item; lists that are said to be empty have none."""
    numbers = rolled.by_unit[main_key(item)]
    for unit, names in rolled.by_unit[count_key(item.id)].items():
        by_row = {(one.unit, one.row): one for one in numbers[unit].sources if one.column == item.total}
        for name in names.sources:
            number = by_row.get((name.unit, name.row))
            if number is not None:
                yield Listed(unit=unit, name=name, number=number)


def normalised(name: str) -> str:
    """A name without what people write in different ways: width, case, spaces, marks, the year."""
    folded = _YEAR.sub("", unicodedata.normalize("NFKC", name).casefold())
    return "".join(letter for letter in folded if letter.isalnum()) or name


def close(named: Sequence[Listed], within: float) -> Iterator[list[Listed]]:
    """Entries by their numbers, in groups in which each is close to the next."""
    ordered = sorted(named, key=lambda entry: entry.amount)
    group = ordered[:1]
    for entry in ordered[1:]:
        if entry.amount - group[-1].amount > within * abs(entry.amount):
            yield group
            group = []
        group.append(entry)
    yield group


def _doubled(rolled: Rolled, item: Item, group: Sequence[Listed]) -> Finding:
    order = {unit: number for number, unit in enumerate(rolled.units)}
    group = sorted(group, key=lambda entry: (order[entry.unit], entry.name.row or 0))
    measure = next(column.unit_of_measure for column in item.columns if column.id == item.total) or ""
    words = [
        messages.reason(
            "entry_in_district" if entry.name.unit is None else "entry_in_unit",
            unit=entry.unit,
            name=entry.name.value,
            amount=f"{shown(entry.amount)}{measure}",
            cell=place(entry.name),
        )
        for entry in group
    ]
    first = group[0]
    basis = grounds_of(value for entry in group for value in (entry.name, entry.number))
    return finding(
        rolled, "named_by_several", item, at=first.name, unit=first.unit, basis=basis, entries="、".join(words)
    )

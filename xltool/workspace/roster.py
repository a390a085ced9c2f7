"""`单位名单.xlsx`: each district's member units, written by `init`, edited by the office, read back.

The sheet also keeps whom to ring: the role is read, for the office's own list of reminders; how to reach them is for
people only and is never read.
"""

from __future__ import annotations

import re
import sys
import unicodedata
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from xltool.errors import CampaignError
from xltool.messages import os_reason, reason
from xltool.model.edition import Combine, Edition, Level
from xltool.workspace.roster_sheet import (
    ALIASES,
    DISTRICT,
    ITEMS,
    READ,
    ROLE,
    SHEET,
    UNIT,
    WITH_WORKBOOK,
    WITHOUT_WORKBOOK,
    WORKBOOK,
    write,
)

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

__all__ = ["ROSTER_FILE", "Roster", "RosterUnit", "read", "write"]

ROSTER_FILE = "单位名单.xlsx"
MAX_NAME = 60
_BREAKS = re.compile(r"[、，,；;\n]+")
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]|^\.|\.$')


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterUnit:
    """A member unit of one district. `answers_for`: ids of `one_unit` items."""

    name: str
    answers_for: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    workbook: bool = True
    role: str = ""  # whom the office asks there: a role, for its own list of reminders


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Roster:
    """Every district of the edition, in its order, with its units in the order of the list.

    Equal to itself alone: what is kept of it is found by it, and thousands of units would take long to compare.
    """

    districts: Mapping[str, tuple[RosterUnit, ...]]

    def units(self, district: str) -> tuple[RosterUnit, ...]:
        """All units of a district."""
        return self.districts[district]

    def with_workbook(self, district: str) -> tuple[str, ...]:
        """The names of the units that get a workbook: those that are expected to return one."""
        return tuple(unit.name for unit in self.districts[district] if unit.workbook)

    def other_names(self, district: str) -> Mapping[str, str]:
        """What people call a district's units: aliases, and names with and without the district before them.

        Each with the unit's own name; what could be two units is left out, unless the list itself says whose it is.
        """
        return _other_names(self, district)


@lru_cache(maxsize=8)
def _other_names(roster: Roster, district: str) -> Mapping[str, str]:
    """Kept of a few districts: files come district by district."""
    listed = {name: unit.name for unit in roster.units(district) for name in (unit.name, *unit.aliases)}
    derived: dict[str, set[str]] = {}
    for name, unit in listed.items():
        for form in _forms(district, name):
            derived.setdefault(form, set()).add(unit)
    clear = {form: units.pop() for form, units in derived.items() if len(units) == 1}
    return {**clear, **listed}


@dataclass(kw_only=True)
class _Reading:
    """What the rows so far have said, for comparing the next one with; numbers are row numbers."""

    items: Mapping[str, str]  # label or id -> id
    shared: frozenset[str]  # items that several units may answer
    units: dict[str, list[RosterUnit]]
    named: defaultdict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))  # by district
    answered: dict[tuple[str, str], int] = field(default_factory=dict)
    alike: dict[RosterUnit, RosterUnit] = field(default_factory=dict)  # most districts have the same units


def read(path: Path, edition: Edition) -> Roster:
    """The list as it stands; a `CampaignError` names the first row that can't be used."""
    reading = _Reading(
        items=_answerable(edition),
        shared=frozenset(item.id for item in edition.items if item.combined is Combine.LATEST),
        units={district.name: [] for district in edition.districts},
    )
    for number, cells in _rows(path):
        _add(reading, number, cells)
    return Roster(districts={name: tuple(units) for name, units in reading.units.items()})


def _answerable(edition: Edition) -> dict[str, str]:
    items = [item for item in edition.items if item.level is Level.ONE_UNIT]
    return {_key(item.label): item.id for item in items} | {item.id: item.id for item in items}


def _add(reading: _Reading, number: int, cells: Mapping[str, str]) -> None:
    district, name = cells[DISTRICT], cells[UNIT]
    for header in (DISTRICT, UNIT):
        if not cells[header]:
            raise _faulty("roster_blank", row=number, header=header)
    if district not in reading.units:
        raise _faulty("roster_district", row=number, value=district)
    aliases = tuple(_split(cells[ALIASES]))
    for value in (name, *aliases):
        if len(value) > MAX_NAME or _UNFIT.search(value):
            raise _faulty("roster_name", row=number, value=value)
        other = reading.named[district].setdefault(_key(value), number)
        if other != number:
            raise _faulty("roster_doubled", row=number, value=value, other=other)
    answers = tuple(_item(reading, number, value) for value in _items(reading, cells[ITEMS]))
    for item in answers:
        other = reading.answered.setdefault((district, item), number)
        if other != number and item not in reading.shared:
            raise _faulty("roster_item_doubled", row=number, value=item, other=other)
    unit = RosterUnit(
        name=name,
        answers_for=tuple(dict.fromkeys(answers)),
        aliases=tuple(dict.fromkeys(alias for alias in aliases if alias != name)),
        workbook=_has_workbook(number, cells[WORKBOOK]),
        role=cells[ROLE],
    )
    reading.units[district].append(reading.alike.setdefault(unit, unit))


def _items(reading: _Reading, text: str) -> Sequence[str]:
    """The parts of the items cell; a label that itself contains a separator may stand alone."""
    return (text,) if _key(text) in reading.items else tuple(_split(text))


def _item(reading: _Reading, number: int, value: str) -> str:
    item = reading.items.get(_key(value))
    if item is None:
        raise _faulty("roster_item", row=number, value=value)
    return item


def _forms(district: str, name: str) -> Iterator[str]:
    """A unit's name as it is said inside its district and outside: 体育局, 区体育局, 甲区体育局."""
    kind = district[-1]  # 区, 县, 市
    bare = name.removeprefix(district).removeprefix(kind)
    return (form for form in (bare, f"{kind}{bare}", f"{district}{bare}", f"{district[:-1]}{bare}") if bare)


def _has_workbook(number: int, value: str) -> bool:
    if value not in ("", WITH_WORKBOOK, WITHOUT_WORKBOOK):
        raise _faulty("roster_choice", row=number, header=WORKBOOK, value=value)
    return value != WITHOUT_WORKBOOK


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Row number and text by header, of every row that holds anything in a column that is read."""
    grid = _grid(path)
    headers = [_plain(value) for value in next(grid, ())]
    for header in READ:
        if headers.count(header) != 1:
            code = "roster_double_header" if header in headers else "roster_no_header"
            raise _faulty(code, header=header)
    places = {header: headers.index(header) for header in (*READ, *(header for header in (ROLE,) if header in headers))}
    for number, values in enumerate(grid, start=2):
        cells = {header: _text(values[place] if place < len(values) else None) for header, place in places.items()}
        if any(cells[header] for header in READ):
            yield number, {ROLE: "", **cells}


def _grid(path: Path) -> Iterator[tuple[object, ...]]:
    """The rows of the sheet, each as far as it holds something."""
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import

    try:
        with warnings.catch_warnings(), path.open("rb") as file:
            warnings.simplefilter("ignore")  # extensions that openpyxl drops don't matter for reading
            book = load_workbook(file, read_only=True, data_only=True)  # thousands of cells would stay in memory
            rows = _all_rows(book[SHEET]) if SHEET in book.sheetnames else None
    except FileNotFoundError:
        raise CampaignError("roster_missing") from None
    except OSError as error:
        if error.errno is None:
            raise _faulty("roster_no_workbook") from error
        raise _faulty("unreadable", reason=os_reason(error)) from error
    except Exception as error:
        # openpyxl raises whatever its parts meet in a damaged file
        raise _faulty("roster_no_workbook") from error
    if rows is None:
        raise _faulty("roster_no_sheet", sheet=SHEET)
    return iter(rows)


def _all_rows(sheet: ReadOnlyWorksheet) -> list[tuple[object, ...]]:
    sheet.reset_dimensions()  # what a program says of them may be wrong
    return [*sheet.iter_rows(values_only=True)]  # type: ignore[misc]


def _text(value: object) -> str:
    """A cell's text with line breaks kept: they separate entries."""
    lines = (_plain(line) for line in str(value if value is not None else "").splitlines())
    return sys.intern("\n".join(line for line in lines if line))


def _plain(value: object) -> str:
    """Text without invisible characters and outer spaces."""
    text = "" if value is None else str(value)
    return "".join(char for char in text if unicodedata.category(char) not in ("Cf", "Cc")).strip()


def _key(text: str) -> str:
    """A name as it compares: full and half width, of letters and brackets, are the same."""
    return sys.intern(unicodedata.normalize("NFKC", _plain(text)))


def _split(text: str) -> Iterable[str]:
    return (part for part in (piece.strip() for piece in _BREAKS.split(text)) if part)


def _faulty(code: str, **context: object) -> CampaignError:
    return CampaignError("roster_faulty", place=ROSTER_FILE, reason=reason(code, **context))

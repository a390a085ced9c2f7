"""The plan of a kind of workbook: where every label, input, formula and list stands.

A plan does not depend on the recipient: what does (`Recipient`) is written into cells that are `bound`
or prefilled. One plan serves the writer, the reader and the marker, so no address is typed by hand.
Rows and columns of cells count from 0, as xlsxwriter does; `entry` counts from 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from xltool.model.edition import Rules, ValueType
from xltool.model.identity import Kind

Key = tuple[str, int | None, str | None]
"""(item, entry, column) of an input or prefilled cell."""

OWN_ROW = "\x02"
"""In a formula, in place of its own row's number; no XML can hold it."""


class CellKind(StrEnum):
    """What stands in a cell, as `cells --json` says it."""

    INPUT = "input"
    PREFILLED = "prefilled"
    FORMULA = "formula"
    LABEL = "label"
    KEY = "key"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRef:
    """A dropdown on a plan list; with `depends_on`, the value of that column in the same row selects it."""

    name: str
    depends_on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """What a group of input cells takes; one data validation is made from it.

    `condition` is the formula (no `=`) of a custom validation, where no other kind can say it; `{cell}` stands for
    the cell.
    """

    id: str
    label: str
    type: ValueType
    rules: Rules
    unit_of_measure: str | None = None
    choices: ListRef | None = None
    not_applicable: bool = False
    prompt: str = ""
    condition: str = ""


class PlanCell(NamedTuple):
    """One cell; a named tuple, since a plan has tens of thousands.

    `text` is a label's text, a key's text or a formula (with its `=`) that has `OWN_ROW` for its own row: the formulas
    of a list, which are most of a plan's characters, are then one text.

    `bound` names what the recipient fills in: `district`, `unit`, `owner` (both), `token`, `units` (the unit at
    `entry`), `source.<item>` (whose prefilled value it is), or `identity.<field>`. `link` is the sheet that a label
    leads to, `target` the cell there.
    """

    row: int
    col: int
    kind: CellKind
    style: str
    text: str = ""
    item: str | None = None
    entry: int | None = None
    column: str | None = None
    slot: str | None = None
    bound: str | None = None
    link: str | None = None
    target: str = "A1"

    @property
    def formula(self) -> str:
        """The formula as it stands in its cell, with its `=`."""
        return self.text.replace(OWN_ROW, str(self.row + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """Print set-up of a sheet: A4, fit to one page wide."""

    landscape: bool
    repeat_rows: tuple[int, int] | None = None


def rowless(formula: str, row: int) -> str:
    """A formula with `OWN_ROW` for the number of its row, which is given from 0."""
    return re.sub(rf"(?<=[A-Z$]){row + 1}(?![0-9])", OWN_ROW, formula)


@dataclass(frozen=True, kw_only=True)
class SheetPlan:
    """One sheet. `merges`: (first row, first col, last row, last col), their text in the first cell's PlanCell.

    Plans that have the same sheet share the object, and with it what is worked out of it.
    """

    name: str
    cells: tuple[PlanCell, ...]
    widths: tuple[tuple[int, float], ...] = ()  # (col, width in characters)
    heights: tuple[tuple[int, float], ...] = ()  # (row, height in points)
    hidden_cols: tuple[int, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    merges: tuple[tuple[int, int, int, int], ...] = ()
    freeze: tuple[int, int] | None = None
    print: Print = Print(landscape=False)
    visibility: str = "visible"  # or `very_hidden`
    formats: tuple[tuple[str, str, str], ...] = ()  # conditional: (A1 range, formula without =, style)
    filtered: tuple[int, int, int, int] | None = None  # rows that people may filter, with their heads; as `merges`

    @cached_property
    def inputs(self) -> Mapping[Key, PlanCell]:
        """Every input and prefilled cell, row by row."""
        return {
            (cell.item, cell.entry, cell.column): cell
            for cell in self.cells
            if cell.item is not None and cell.kind in (CellKind.INPUT, CellKind.PREFILLED)
        }


class Inputs(Mapping[Key, tuple[str, PlanCell]]):
    """(sheet name, cell) of every input and prefilled cell of some sheets.

    Only what the sheets have, which plans share, is kept: a campaign's plans have 100,000 inputs together.
    """

    def __init__(self, sheets: Iterable[SheetPlan]) -> None:
        """Of the sheets, in their order."""
        self._sheets = tuple(sheets)
        self._by_item: dict[str, list[SheetPlan]] = {}
        for sheet in self._sheets:
            for item in {key[0] for key in sheet.inputs}:
                self._by_item.setdefault(item, []).append(sheet)  # one; of a list that goes on elsewhere two

    def __getitem__(self, key: Key) -> tuple[str, PlanCell]:
        """Where an input stands."""
        for sheet in self._by_item[key[0]]:
            if key in sheet.inputs:
                return sheet.name, sheet.inputs[key]
        raise KeyError(key)

    def __iter__(self) -> Iterator[Key]:
        """The keys, sheet by sheet."""
        return (key for sheet in self._sheets for key in sheet.inputs)

    def __len__(self) -> int:
        """Of all sheets together."""
        return sum(len(sheet.inputs) for sheet in self._sheets)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanList:
    """A dropdown list. Plain: `values`. Dependent: `by_parent`. The recipient's units: `bound`, `size` names.

    `formula` is the validation's source (with its `=`): a range of the hidden list sheet; in a dependent list
    `{parent}` stands for the parent's cell, with an absolute column and a relative row. `pairs` is the range that
    holds a dependent list's parents and values joined by `|`, where a formula looks up whether they belong together;
    `any_parent` is the range of the values alone.
    """

    name: str
    values: tuple[str, ...] = ()
    by_parent: tuple[tuple[str, tuple[str, ...]], ...] = ()
    bound: str | None = None
    size: int = 0
    formula: str = ""
    pairs: str = ""
    any_parent: str = ""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A whole workbook. `answers` are the items that it holds; `digest` is over everything else.

    `title` stands in the page headers and the document properties. `names` are defined names, one for each
    single input: `x_library_area` -> (sheet, A1 address).
    """

    kind: Kind
    edition: str
    edition_digest: str
    answers: tuple[str, ...]
    sheets: tuple[SheetPlan, ...]
    slots: Mapping[str, Slot]
    lists: Mapping[str, PlanList]
    title: str = ""
    digest: str = field(default="")

    @cached_property
    def inputs(self) -> Mapping[Key, tuple[str, PlanCell]]:
        """(sheet name, cell) of every input and prefilled cell."""
        return Inputs(self.sheets)

    @cached_property
    def required_columns(self) -> Mapping[tuple[str, int], tuple[str, ...]]:
        """(table, entry) -> the columns that a filled row must have, in the order of the sheet."""
        rows: dict[tuple[str, int], list[str]] = {}
        for (table, entry, column), (_, cell) in self.inputs.items():
            slot = self.slots.get(cell.slot or "")
            if entry is not None and column is not None and slot is not None and slot.rules.required:
                rows.setdefault((table, entry), []).append(column)
        known: dict[tuple[str, ...], tuple[str, ...]] = {}  # the rows of a list have the same
        return {row: known.setdefault(found, found) for row, found in zip(rows, map(tuple, rows.values()), strict=True)}

    @cached_property
    def names(self) -> Mapping[str, tuple[str, str]]:
        """Defined names of the inputs that stand by themselves: `x_<item>` -> (sheet name, A1 address)."""
        return {
            f"x_{item}": (sheet, a1(cell.row, cell.col))
            for (item, entry, column), (sheet, cell) in self.inputs.items()
            if entry is None and column is None
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefilled:
    """A value that the office knows beforehand; shown locked. `value` None with `word` is a state (不适用)."""

    item: str
    row: int | None = None
    column: str | None = None
    value: int | float | str | None = None
    word: str | None = None
    source: str  # file it came from
    raw: str
    origin: str = ""  # whose value it is, as the file says
    date: str = ""  # of when, as the file says; else when it was taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A member unit's answer that stands in an input of the district's workbook when it goes out; it may be changed.

    Dates are ISO text; a unit's 不适用 and 本表无内容 are the words that stand in the cell.
    """

    item: str
    row: int | None = None
    column: str | None = None
    value: int | float | str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Whom a workbook goes to. `units` are the district's member units that have a workbook, in list order."""

    kind: Kind
    district: str
    unit: str | None
    units: tuple[str, ...] = ()
    prefilled: tuple[Prefilled, ...] = ()
    carried: tuple[Carried, ...] = ()


def absolute_a1(row: int, col: int) -> str:
    """The A1 address of a cell given from 0 that stays when its formula is copied."""
    return f"${a1(0, col)[:-1]}${row + 1}"


def a1(row: int, col: int) -> str:
    """The A1 address of a cell given from 0."""
    letters = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"

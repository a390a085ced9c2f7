"""Dropdown lists on the hidden list sheet: always as ranges, since a list inside a validation holds 255 letters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from xltool.layout.draft import AGREE_LIST, MISSING, MISSING_LIST, NOTHING_LIST, REFUSING_LIST
from xltool.layout.sheet import Sheet, span
from xltool.layout.slots import DECLARED_LIST, PAIR
from xltool.model.edition import Column, Edition
from xltool.model.plan import CellKind, PlanList, SheetPlan
from xltool.model.states import AGREED, DECLARED, DISPUTED, NOT_APPLICABLE_WORD, NOTHING_WORDS

LIST_SHEET = "_lists"
UNITS_LIST = "units"
FRAMEWORK = "framework"  # `framework2`: the nodes of level 2
FIRST_ROW = 1  # below the list's name
DEPENDENT_COLS = 3  # parent, value, both
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
NOTHING = tuple(sorted({form for word in NOTHING_WORDS for form in (word, word.translate(_WIDE))}))
"""The words for nothing, half and full width."""


def plan_lists(edition: Edition, columns: Iterable[Column], units: int) -> dict[str, PlanList]:
    """The lists that `columns` use, each with its range on the list sheet; `units` = 0 where there is no unit list."""
    found = {
        DECLARED_LIST: PlanList(name=DECLARED_LIST, values=(DECLARED,)),
        MISSING_LIST: PlanList(name=MISSING_LIST, values=(MISSING,)),
        AGREE_LIST: PlanList(name=AGREE_LIST, values=(AGREED, DISPUTED)),
        NOTHING_LIST: PlanList(name=NOTHING_LIST, values=NOTHING),
        REFUSING_LIST: PlanList(name=REFUSING_LIST, values=(NOT_APPLICABLE_WORD, *NOTHING)),
    }
    if units:
        found[UNITS_LIST] = PlanList(name=UNITS_LIST, bound=UNITS_LIST, size=units)
    for column in columns:
        if column.choices is not None and column.choices.list not in found:
            found[column.choices.list] = _source(edition, column.choices.list, column.choices.depends_on)
    placed: dict[str, PlanList] = {}
    col = 0
    for name, entry in found.items():
        placed[name] = replace(
            entry, formula=_formula(entry, col), pairs=_beside(entry, col + 2), any_parent=_beside(entry, col + 1)
        )
        col += DEPENDENT_COLS if entry.by_parent else 1
    return placed


def list_sheet(lists: dict[str, PlanList]) -> SheetPlan:
    """The hidden sheet that holds the lists, in the order of `lists`."""
    sheet = Sheet(name=LIST_SHEET, widths=())
    col = 0
    for entry in lists.values():
        sheet.key(0, entry.name, col)
        if entry.by_parent:
            pairs = [(parent, value) for parent, values in entry.by_parent for value in values]
            for row, (parent, value) in enumerate(pairs, start=FIRST_ROW):
                sheet.key(row, parent, col)
                sheet.key(row, value, col + 1)
                sheet.key(row, f"{parent}{PAIR}{value}", col + 2)
            col += DEPENDENT_COLS
            continue
        for row, value in enumerate(entry.values, start=FIRST_ROW):
            sheet.key(row, value, col)
        for number in range(1, entry.size + 1):
            sheet.put(FIRST_ROW + number - 1, col, CellKind.KEY, "key", bound=entry.bound, entry=number)
        col += 1
    return replace(sheet.plan(), visibility="very_hidden", hidden_cols=(), widths=())


def _source(edition: Edition, name: str, depends_on: str | None) -> PlanList:
    level = name.removeprefix(FRAMEWORK)
    if level == name or not level.isdigit():
        return PlanList(name=name, values=edition.lists[name])
    nodes = [node for node in edition.framework if node.level == int(level)]
    if depends_on is None:
        return PlanList(name=name, values=tuple(node.choice for node in nodes))
    by_parent: dict[str, list[str]] = {}
    for node in nodes:
        parent = edition.framework_by_id[node.parent or ""]
        by_parent.setdefault(parent.choice, []).append(node.choice)
    return PlanList(name=name, by_parent=tuple((parent, tuple(values)) for parent, values in by_parent.items()))


def _beside(entry: PlanList, col: int) -> str:
    """A column of a dependent list: its values, or its parents and values together."""
    last = FIRST_ROW + sum(len(values) for _, values in entry.by_parent) - 1
    return f"{LIST_SHEET}!{span((FIRST_ROW, col), (last, col))}" if entry.by_parent else ""


def _formula(entry: PlanList, col: int) -> str:
    """The range; of a dependent list the part beside its parent, which no volatile function looks up."""
    sheet = LIST_SHEET
    if not entry.by_parent:
        size = len(entry.values) or entry.size
        return f"={sheet}!{span((FIRST_ROW, col), (FIRST_ROW + size - 1, col))}"
    last = FIRST_ROW + sum(len(values) for _, values in entry.by_parent) - 1
    parents = f"{sheet}!{span((FIRST_ROW, col), (last, col))}"
    values = f"{sheet}!{span((FIRST_ROW, col + 1), (last, col + 1))}"
    first = f"MATCH({{parent}},{parents},0)"
    return f"=INDEX({values},{first}):INDEX({values},{first}+COUNTIF({parents},{{parent}})-1)"

"""A plan as bytes and back: every issued plan is kept, so that an older workbook stays readable by its own."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any
from weakref import WeakValueDictionary

from xltool.model.edition import Rules
from xltool.model.plan import CellKind, ListRef, Plan, PlanCell, PlanList, Print, SheetPlan, Slot, rowless

CLASSES = {cls.__name__: cls for cls in (Plan, SheetPlan, Print, Slot, ListRef, PlanList, Rules)}
CELL = "PlanCell"
CELL_KINDS = {kind.value: kind for kind in CellKind}
CELL_DEFAULTS = PlanCell._field_defaults
KIND, TEXT = PlanCell._fields.index("kind"), PlanCell._fields.index("text")
PLAN, SHEET, CELLS, FORMULAS = "plan", "sheet", "cells", "formulas"
DATE = "date"
LEVEL = 6

_LOADED: WeakValueDictionary[bytes, SheetPlan] = WeakValueDictionary()
"""The sheets of the plans that are in use, by the hash of their line: most of a member unit's are the others' too."""


def dumps(plan: Plan) -> bytes:
    """Compact bytes; the same plan gives the same bytes.

    A plan is nearly all cells and their formulas: cells are rows without names, and a sheet's formulas, which in a list
    differ only in the row that they stand in, are kept once. A workbook can't be read before its plan is. Each sheet is
    a line of its own, by which one that other plans have too is known before it is taken apart.
    """
    lines = [_plain(replace(plan, sheets=())), *map(_line, plan.sheets)]
    return zlib.compress("\n".join(map(_json, lines)).encode(), LEVEL)


def loads(data: bytes) -> Plan:
    """The plan that `dumps` made; a sheet that is alike in several plans is one object."""
    first, *lines = zlib.decompress(data).split(b"\n")
    whole = json.loads(first)
    plan = _object(whole.get(PLAN, whole))
    if not isinstance(plan, Plan):
        raise TypeError(type(plan).__name__)
    if CELLS in whole:  # as plans were kept in between: all cells behind the plan
        sheets = zip(plan.sheets, whole[CELLS], strict=True)
        return replace(plan, sheets=tuple(_with_cells(sheet, rows, whole[FORMULAS]) for sheet, rows in sheets))
    return replace(plan, sheets=tuple(map(_sheet, lines))) if lines else plan  # at first all was in one line


def _line(sheet: SheetPlan) -> dict[str, Any]:
    formulas: dict[str, int] = {}
    rows = [_row(cell, formulas) for cell in sheet.cells]
    return {SHEET: _plain(replace(sheet, cells=())), CELLS: rows, FORMULAS: list(formulas)}


def _sheet(line: bytes) -> SheetPlan:
    key = hashlib.sha256(line).digest()
    known = _LOADED.get(key)
    if known is not None:
        return known
    whole = json.loads(line)
    sheet = _with_cells(_object(whole[SHEET]), whole[CELLS], whole[FORMULAS])
    return _LOADED.setdefault(key, sheet)


def _json(value: Any) -> str:  # noqa: ANN401 - anything that JSON can say
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _row(cell: PlanCell, formulas: dict[str, int]) -> list[Any]:
    """A cell's fields up to the last that isn't its default; a formula by its number in the table."""
    fields = list(cell)
    if cell.kind is CellKind.FORMULA:
        fields[TEXT] = formulas.setdefault(cell.text, len(formulas))
    while fields[-1] == CELL_DEFAULTS.get(PlanCell._fields[len(fields) - 1], ...):
        fields.pop()
    return fields


def _with_cells(sheet: SheetPlan, rows: Iterable[list[Any]], formulas: Sequence[str]) -> SheetPlan:
    texts: dict[str, str] = {}
    return replace(sheet, cells=tuple([_cell(row, formulas, texts) for row in rows]))


def _cell(row: list[Any], formulas: Sequence[str], texts: dict[str, str]) -> PlanCell:
    """A cell of its row; equal texts, which are many, are one object."""
    fields: list[Any] = [texts.setdefault(field, field) if type(field) is str else field for field in row]
    kind = fields[KIND] = CELL_KINDS[row[KIND]]
    if kind is CellKind.FORMULA:
        fields[TEXT] = formulas[row[TEXT]]
    return PlanCell(*fields)


def digest(plan: Plan) -> str:
    """SHA-256 over everything but the digest itself."""
    return hashlib.sha256(_json(_plain(replace(plan, digest=""))).encode()).hexdigest()


def _plain(value: Any) -> Any:  # noqa: ANN401 - anything that a plan holds
    """A dataclass as {"class name": {fields that differ from their default}}, a date as {"date": ISO text}."""
    if isinstance(value, PlanCell):
        whole = value._replace(text=value.formula) if value.kind is CellKind.FORMULA else value
        found = zip(whole._fields, whole, strict=True)
        return {CELL: {name: content for name, content in found if content != CELL_DEFAULTS.get(name, ...)}}
    if is_dataclass(value) and not isinstance(value, type):
        return {type(value).__name__: {name: _plain(content) for name, content in _changed(value).items()}}
    if isinstance(value, dt.date):
        return {DATE: value.isoformat()}
    if isinstance(value, Mapping):
        return {"map": [[key, _plain(content)] for key, content in value.items()]}
    if isinstance(value, tuple | list):
        return [_plain(content) for content in value]
    return value


def _changed(value: Any) -> dict[str, Any]:  # noqa: ANN401 - any of CLASSES
    found = ((field, getattr(value, field.name)) for field in fields(value))
    return {field.name: content for field, content in found if content != field.default}


def _object(value: Any) -> Any:  # noqa: ANN401 - anything that a plan holds
    if isinstance(value, list):
        return tuple(_object(content) for content in value)
    if not isinstance(value, dict):
        return value
    ((name, content),) = value.items()
    if name == CELL:  # first, since nearly all are cells
        cell = PlanCell(**{**content, "kind": CELL_KINDS[content["kind"]]})
        return cell._replace(text=rowless(cell.text, cell.row)) if cell.kind is CellKind.FORMULA else cell
    if name == DATE:
        return dt.date.fromisoformat(content)
    if name == "map":
        return {key: _object(entry) for key, entry in content}
    return CLASSES[name](**{key: _object(entry) for key, entry in content.items()})

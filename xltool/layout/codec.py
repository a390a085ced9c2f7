"""A plan as bytes and back: every issued plan is kept, so that an older workbook stays readable by its own."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from xltool.model.edition import Rules
from xltool.model.plan import CellKind, ListRef, Plan, PlanCell, PlanList, Print, SheetPlan, Slot

CLASSES = {cls.__name__: cls for cls in (Plan, SheetPlan, Print, Slot, ListRef, PlanList, Rules)}
CELL = "PlanCell"
CELL_KINDS = {kind.value: kind for kind in CellKind}
CELL_DEFAULTS = PlanCell._field_defaults
KIND, TEXT = PlanCell._fields.index("kind"), PlanCell._fields.index("text")
PLAN, CELLS, FORMULAS = "plan", "cells", "formulas"
OWN_ROW = "\x02"  # in a formula, in place of its own row's number
DATE = "date"
LEVEL = 6


def dumps(plan: Plan) -> bytes:
    """Compact bytes; the same plan gives the same bytes.

    A plan is nearly all cells and their formulas: cells are rows without names, and formulas, which in a list differ
    only in the row that they stand in, are kept once. A workbook can't be read before its plan is.
    """
    formulas: dict[str, int] = {}
    bare = replace(plan, sheets=tuple(replace(sheet, cells=()) for sheet in plan.sheets))
    cells = [[_row(cell, formulas) for cell in sheet.cells] for sheet in plan.sheets]
    whole = {PLAN: _plain(bare), CELLS: cells, FORMULAS: list(formulas)}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode(), LEVEL)


def loads(data: bytes) -> Plan:
    """The plan that `dumps` made."""
    whole = json.loads(zlib.decompress(data))
    plan = _object(whole.get(PLAN, whole))
    if not isinstance(plan, Plan):
        raise TypeError(type(plan).__name__)
    if PLAN not in whole:  # kept with its cells among the rest, as plans were at first
        return plan
    formulas = whole[FORMULAS]
    rows = zip(plan.sheets, whole[CELLS], strict=True)
    sheets = tuple(replace(sheet, cells=tuple([_cell(row, formulas) for row in cells])) for sheet, cells in rows)
    return replace(plan, sheets=sheets)


def _row(cell: PlanCell, formulas: dict[str, int]) -> list[Any]:
    """A cell's fields up to the last that isn't its default; a formula by its number in the table."""
    fields = list(cell)
    if cell.kind is CellKind.FORMULA:
        common = re.sub(rf"(?<=[A-Z$]){cell.row + 1}(?![0-9])", OWN_ROW, cell.text)
        fields[TEXT] = formulas.setdefault(common, len(formulas))
    while fields[-1] == CELL_DEFAULTS.get(PlanCell._fields[len(fields) - 1], ...):
        fields.pop()
    return fields


def _cell(row: list[Any], formulas: Sequence[str]) -> PlanCell:
    kind = row[KIND] = CELL_KINDS[row[KIND]]
    if kind is CellKind.FORMULA:
        row[TEXT] = formulas[row[TEXT]].replace(OWN_ROW, str(row[0] + 1))
    return PlanCell(*row)


def digest(plan: Plan) -> str:
    """SHA-256 over everything but the digest itself."""
    text = json.dumps(_plain(replace(plan, digest="")), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:  # noqa: ANN401 - anything that a plan holds
    """A dataclass as {"class name": {fields that differ from their default}}, a date as {"date": ISO text}."""
    if isinstance(value, PlanCell):
        found = zip(value._fields, value, strict=True)
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
        return PlanCell(**{**content, "kind": CELL_KINDS[content["kind"]]})
    if name == DATE:
        return dt.date.fromisoformat(content)
    if name == "map":
        return {key: _object(entry) for key, entry in content}
    return CLASSES[name](**{key: _object(entry) for key, entry in content.items()})

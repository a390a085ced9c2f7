"""The yardstick: a returned workbook ingested by openpyxl and cerberus, as an office's script does it.

Honest and plain: it knows where the cells stand, loads the workbook once for values and once for formulas (to see
whether those are the issued ones), validates each cell by a schema, and puts the values into SQLite.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cerberus import Validator  # noqa: TID251 - the yardstick
from openpyxl import load_workbook

from xltool.model.plan import CellKind, Plan, Slot, a1

TYPES = {"integer": "integer", "number": "number", "text": "string", "date": "datetime", "choice": "string"}


class Script:
    """What the script knows of one kind of workbook."""

    def __init__(self, plan: Plan, database: sqlite3.Connection) -> None:
        """Where the cells stand, and a schema for each."""
        self.cells = [
            (sheet.name, a1(cell.row, cell.col), cell.item, schema(plan.slots[cell.slot or ""]))
            for sheet in plan.sheets
            for cell in sheet.cells
            if cell.kind is CellKind.INPUT and cell.slot is not None
        ]
        self.formulas = {
            (sheet.name, a1(cell.row, cell.col)): cell.formula
            for sheet in plan.sheets
            for cell in sheet.cells
            if cell.kind is CellKind.FORMULA
        }
        self.database = database
        database.execute("CREATE TABLE IF NOT EXISTS v (file, item, sheet, cell, value)")
        database.execute("CREATE TABLE IF NOT EXISTS problems (file, sheet, cell, problem)")

    def ingest(self, path: Path) -> None:
        """One file."""
        values = load_workbook(path, data_only=True)
        formulas = load_workbook(path)
        rows: list[Sequence[Any]] = []
        problems: list[Sequence[Any]] = []
        for sheet, cell, item, rules in self.cells:
            value = values[sheet][cell].value
            if value is None:
                continue
            validator = Validator(rules)
            if not validator.validate({"value": value}):
                problems.append((path.name, sheet, cell, str(validator.errors)))
            stored = value.isoformat() if isinstance(value, dt.datetime) else value
            rows.append((path.name, item, sheet, cell, stored))
        for (sheet, cell), text in self.formulas.items():
            if formulas[sheet][cell].value != text:
                problems.append((path.name, sheet, cell, "formula"))
        with self.database:
            self.database.executemany("INSERT INTO v VALUES (?, ?, ?, ?, ?)", rows)
            self.database.executemany("INSERT INTO problems VALUES (?, ?, ?, ?)", problems)


def schema(slot: Slot) -> Mapping[str, Any]:
    """A cell's rules."""
    rules: dict[str, Any] = {"type": TYPES[slot.type]}
    if slot.type in {"integer", "number"}:
        rules |= {name: limit for name in ("min", "max") if (limit := getattr(slot.rules, name)) is not None}
    return {"value": rules}

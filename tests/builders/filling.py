"""Workbooks of the small scheme filled at random, together with the values that stand in them."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass, field
from random import Random
from typing import Any

import openpyxl

from builders.layouts import ITEMS, UNITS, district_plan, recipient, unit_plan, written
from xltool.model.plan import CellKind, Plan, Slot
from xltool.model.states import NOT_APPLICABLE_WORD, State
from xltool.model.values import Scalar, Value

DISTRICT = "东区"
ENTRIES = {item.id: item.entry for item in ITEMS if item.is_table}
PLANS = {"district": district_plan(), "unit": unit_plan()}
BLANKS = {kind: written(plan) for kind, plan in PLANS.items()}


@dataclass
class Filled:
    """A workbook as a person left it; `values` are what can be read from it."""

    kind: str
    rng: Random
    values: list[Value] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.plan: Plan = PLANS[self.kind]
        self.owner = recipient(self.plan).unit
        self.book: Any = openpyxl.load_workbook(io.BytesIO(BLANKS[self.kind]))
        if self.kind == "district":
            self.values += [self._value("member_units", n, "unit", unit) for n, unit in enumerate(UNITS, start=1)]

    @property
    def units(self) -> tuple[str, ...]:
        return UNITS if self.owner is None else (self.owner,)

    def put(self, anchor: tuple[str, int | None, str | None], content: Any, state: State = State.VALUE) -> None:
        sheet, cell = self.plan.inputs[anchor]
        self.book[sheet].cell(cell.row + 1, cell.col + 1).value = content
        item, row, column = anchor
        if column == "none":
            self.values.append(self._value(item, None, None, 0))
            return
        value = content.isoformat() if isinstance(content, dt.date) else content
        self.values.append(self._value(item, row, column, value, state))

    def _value(
        self, item: str, row: int | None, column: str | None, value: Scalar, state: State = State.VALUE
    ) -> Value:
        read = value if state is State.VALUE else None
        return Value(
            district=DISTRICT,
            unit=self.owner,
            item=item,
            row=row,
            column=column,
            value=read,
            state=state,
            raw=str(value),
            unit_of_measure=None,
            sheet="",
            cell="",
        )


def fill(kind: str, seed: int) -> Filled:
    """A workbook with blanks, zeros, 不适用, words, declared lists and mistakes."""
    rng = Random(seed)  # noqa: S311 - test data
    filled = Filled(kind, rng)
    blank, used = rng.choice([0.0, 0.1, 0.5]), rng.choice([0.2, 0.7, 1.0])
    rows: dict[tuple[str, int], dict[str, Slot]] = {}
    for (item, row, column), (_, cell) in filled.plan.inputs.items():
        if cell.kind is not CellKind.INPUT or item == "signoff" or column in ("remark", "explanation"):
            continue
        slot = filled.plan.slots[cell.slot or ""]
        if row is not None and column is not None:
            rows.setdefault((item, row), {})[column] = slot
        elif column == "none":
            if rng.random() < 0.25:
                filled.put((item, None, column), "是")
        elif rng.random() >= blank:
            _single(filled, (item, row, None), slot)
    for (item, row), slots in rows.items():
        if rng.random() < used:
            _entry(filled, item, row, slots, blank)
    return filled


def _single(filled: Filled, anchor: tuple[str, int | None, str | None], slot: Slot) -> None:
    rng, luck = filled.rng, filled.rng.random()
    if slot.type == "text":
        filled.put(anchor, "进展顺利")
    elif slot.not_applicable and luck < 0.3:
        filled.put(anchor, NOT_APPLICABLE_WORD, State.NOT_APPLICABLE)
    elif luck < 0.1:
        filled.put(anchor, "约十人", State.MISSING)
    elif luck < 0.25:
        filled.put(anchor, 0)
    else:
        filled.put(anchor, rng.randint(1, 60) if slot.type == "integer" else rng.choice([rng.random() * 50, 0.1, 33]))


def _entry(filled: Filled, item: str, row: int, slots: dict[str, Slot], blank: float) -> None:
    rng = filled.rng
    silent = "unit" in slots and rng.random() < 0.3
    for column, slot in slots.items():
        anchor = (item, row, column)
        if column == "unit":
            filled.put(anchor, rng.choice(UNITS))
        elif silent:
            if column == ENTRIES[item]:
                filled.put(anchor, "无")
            elif slot.type == "number" and rng.random() < 0.2:
                filled.put(anchor, rng.choice([0, 4]))
        elif rng.random() < blank / 2:
            continue
        elif slot.type == "date":
            filled.put(anchor, dt.date(2031, 12, 1) + dt.timedelta(days=rng.randint(-300, 60)))
        elif slot.type in {"integer", "number"}:
            filled.put(anchor, rng.choice([0, rng.randint(1, 300)]))
        else:
            filled.put(anchor, f"内容{row}")

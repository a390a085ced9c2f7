"""Workbooks filled at random, for comparing what their formulas show with what the program computes.

Every filling is drawn from a seed. Each workbook has a mood: how much is left blank and how much is wrong, so that
some are complete and most have one or the other contradiction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from random import Random
from typing import Any

from openpyxl import load_workbook

from xltool import layout, workbook
from xltool.model.companions import UNTYPED
from xltool.model.edition import Edition, Item, Level
from xltool.model.entries import NUMERIC, UNIT_COLUMN
from xltool.model.from_units import FromUnits, UnitReturn
from xltool.model.identity import Identity
from xltool.model.numbers import EXCEL_EPOCH
from xltool.model.plan import Plan, PlanCell, Prefilled, Recipient, Slot, a1
from xltool.model.states import DECLARED, NOT_APPLICABLE_WORD, NOTHING_WORD

Key = tuple[str, int | None, str | None]
KEY = b"k" * 32
CAMPAIGN = "differential"
SMALL = {"table": 7, "document": 6, "unit_table": 6, "unit_document": 5, "special_funds": 14, "activities": 12}
"""Fewer rows than the edition reserves: the formulas are the same, and recalculating them is faster."""
GARBAGE = ("不详", "#DIV/0!", "#N/A", "约20", NOT_APPLICABLE_WORD, NOTHING_WORD)
LONG_TAG = "学习 终身教育大讲堂"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """Shares of what is left blank, and of what is wrong."""

    blank: float
    wrong: float


MOODS = (
    Mood(blank=0.0, wrong=0.0),
    Mood(blank=0.0, wrong=0.03),
    Mood(blank=0.03, wrong=0.02),
    Mood(blank=0.15, wrong=0.05),
    Mood(blank=0.5, wrong=0.1),
    Mood(blank=0.95, wrong=0.02),
)


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A generated workbook, filled."""

    plan: Plan
    recipient: Recipient
    identity: Identity
    data: bytes
    typed: Mapping[Key, Any]

    @property
    def file(self) -> str:
        """Its name; each has a district of its own."""
        return f"{self.recipient.district}.xlsx"


def fillings(edition: Edition, count: int, seed: int) -> Iterator[Filled]:
    """Two of three are districts' workbooks; no two have the same district."""
    units = tuple(unit.name for unit in edition.units if unit.workbook)
    for number in range(1, count + 1):
        rng = Random(seed * 100_003 + number)  # noqa: S311 - test data
        scheme = edition if number % 25 == 0 else replace(edition, rows=SMALL)
        if number % 3:
            present = tuple(unit for unit in units if rng.random() < rng.choice((0.3, 0.9, 1.0)))
            recipient = Recipient(
                kind="district",
                district=f"第{number}区",
                unit=None,
                units=present,
                prefilled=tuple(_prefilled(rng, edition)),
            )
            returns = from_units(present) if number % 2 else None
            plan = layout.plan_for(scheme, "district", units=max(len(present), 1), from_units=returns)
        else:
            unit = rng.choice([unit for unit in edition.units if unit.workbook])
            recipient = Recipient(kind="unit", district=f"第{number}区", unit=unit.name, units=units)
            plan = layout.plan_for(scheme, "unit", answers=unit.answers_for)
        yield filled(plan, recipient, typed_into(rng, plan, recipient, scheme))


def from_units(units: tuple[str, ...]) -> FromUnits:
    """What a workbook of the second stage says beside its inputs: columns more, and longer continuations."""
    date = dt.date(2023, 8, 1)
    returns = (UnitReturn(unit=unit, version=1 if row % 3 else None, date=date) for row, unit in enumerate(units))
    rows = (("special_funds", units[:3] * 5), ("activities", units[:1]))
    return FromUnits(returns=tuple(returns), rows=rows if units else ())


def filled(plan: Plan, recipient: Recipient, typed: Mapping[Key, Any]) -> Filled:
    """Write a workbook and type into it, as a spreadsheet program saves it but without results."""
    identity = Identity(
        campaign=CAMPAIGN,
        edition=plan.edition,
        kind=plan.kind,
        district=recipient.district,
        unit=recipient.unit,
        plan=plan.digest,
        serial="0123456789",
    )
    book = load_workbook(BytesIO(workbook.write(plan, recipient, identity, key=KEY, password="p")))  # noqa: S106
    for key, content in typed.items():
        sheet, cell = plan.inputs[key]
        target = book[sheet][a1(cell.row, cell.col)]
        shown_as = target.number_format
        target.value = content
        target.number_format = shown_as
        if isinstance(content, str):
            target.data_type = "e" if content.startswith("#") else "s"
    stream = BytesIO()
    book.save(stream)
    return Filled(plan=plan, recipient=recipient, identity=identity, data=stream.getvalue(), typed=typed)


def typed_into(rng: Random, plan: Plan, recipient: Recipient, edition: Edition) -> dict[Key, Any]:
    """What stands in each input cell; blank ones left out."""
    mood = rng.choice(MOODS)
    locked = {(known.item, known.row, known.column) for known in recipient.prefilled}
    typed: dict[Key, Any] = {}
    tables = {item.id: item for item in edition.items if item.is_table}
    rows: dict[str, dict[int, dict[str, PlanCell]]] = {}
    for key, (_, cell) in plan.inputs.items():
        item, entry, column = key
        if cell.slot is None or key in locked or column in UNTYPED or cell.bound is not None:
            continue
        if entry is not None and column is not None:
            rows.setdefault(item, {}).setdefault(entry, {})[column] = cell
        elif item != "signoff":
            typed[key] = _content(rng, mood, plan.slots[cell.slot])
    for table, entries in rows.items():
        _fill_table(_Table(rng, mood, plan, recipient, tables.get(table), table, entries), typed)
    return {key: content for key, content in typed.items() if content is not None}


@dataclass(frozen=True)
class _Table:
    rng: Random
    mood: Mood
    plan: Plan
    recipient: Recipient
    item: Item | None
    id: str
    entries: Mapping[int, Mapping[str, PlanCell]]


def _fill_table(table: _Table, typed: dict[Key, Any]) -> None:
    """Blank, declared empty, filled, or both, with gaps between the rows."""
    rng, mood = table.rng, table.mood
    if rng.random() < max(mood.blank, 0.25):
        typed[table.id, None, "none"] = rng.choice((None, DECLARED, DECLARED))
        if rng.random() >= mood.wrong:
            return
    elif rng.random() < mood.wrong:
        typed[table.id, None, "none"] = DECLARED
    share = rng.choice((0.2, 0.6, 1.0))
    for entry, cells in table.entries.items():
        if rng.random() < share:
            row = _row(table, cells)
            typed.update({(table.id, entry, column): content for column, content in row.items()})


def _row(table: _Table, cells: Mapping[str, PlanCell]) -> dict[str, Any]:
    rng, wrong = table.rng, table.mood.wrong
    row: dict[str, Any] = {}
    for column, cell in cells.items():
        slot = table.plan.slots[cell.slot or ""]
        parent = row.get(slot.choices.depends_on or "") if slot.choices is not None else None
        if slot.choices is not None:
            row[column] = _choice(rng, wrong, table, slot, parent)
        elif not slot.rules.required and rng.random() < 0.4:
            row[column] = None
        else:
            row[column] = _content(rng, Mood(blank=wrong, wrong=wrong), slot)
    item = table.item
    by_unit = item is not None and UNIT_COLUMN in cells and item.level is Level.EACH_UNIT
    if item is not None and rng.random() < (0.25 if by_unit else wrong):
        row = {column: content if column == UNIT_COLUMN else None for column, content in row.items()}
        row[item.entry or ""] = NOTHING_WORD
        if rng.random() < wrong:
            row[item.total or ""] = rng.choice((0, 5))
    return row


def _choice(rng: Random, wrong: float, table: _Table, slot: Slot, parent: object) -> str | None:
    """One of the dropdown's texts; wrong: none of them, or one of another parent's."""
    assert slot.choices is not None
    source = table.plan.lists[slot.choices.name]
    if rng.random() < (wrong if slot.rules.required else 0.3):
        return None
    if rng.random() < wrong:
        return "其他选项"
    if source.bound is not None:
        few = table.recipient.units[: rng.choice((2, 5, 50))]
        return rng.choice(few) if few else None
    if source.by_parent:
        choices = dict(source.by_parent)
        texts = choices.get(str(parent), ()) if rng.random() >= wrong else rng.choice(list(choices.values()))
        return rng.choice(texts) if texts else None
    return rng.choice(source.values)


def _content(rng: Random, mood: Mood, slot: Slot) -> Any:
    """Something for one cell by its type; nothing, or something wrong, as often as the mood says."""
    if rng.random() < mood.blank:
        return None
    if slot.not_applicable and rng.random() < 0.3:
        return NOT_APPLICABLE_WORD
    faulty = rng.random() < mood.wrong
    if slot.type in NUMERIC:
        return _number(rng, slot, faulty=faulty)
    if slot.type == "date":
        return _date(rng, faulty=faulty)
    if slot.rules.tags is not None:
        return LONG_TAG if faulty else rng.choice(("读书", "学习 社区教育", "规划　计划"))
    length = (slot.rules.maxlength or 10) + (1 if faulty else 0)
    return rng.choice(("甲", "乙" * min(length, 12), "丙" * length)) if not faulty else "丁" * length


def _number(rng: Random, slot: Slot, *, faulty: bool) -> float | str:
    """Zeros, small ones that violate subsets, and sizes as they are; wrong: out of range, not whole, or no number."""
    low, high = (0 if bound is None else bound for bound in (slot.rules.min, slot.rules.max))
    assert isinstance(low, int | float)
    assert isinstance(high, int | float)
    if faulty:
        return rng.choice((low - 1, high + 1, 2.5, *GARBAGE))
    if low > 1000:
        return rng.choice((2022, 2022, 2022, 2021, 1999))
    size = rng.choice((0, rng.randint(1, 9), rng.randint(10, 400), int(high * rng.random() ** 4)))
    number = min(size, high)
    return number if slot.type == "integer" or rng.random() < 0.3 else round(number + rng.random(), 2)


def _date(rng: Random, *, faulty: bool) -> dt.date | str:
    if faulty:
        return rng.choice((EXCEL_EPOCH + dt.timedelta(days=400), dt.date(2101, 1, 1), "年底", "#VALUE!"))
    return dt.date(2021, 12, 1) + dt.timedelta(days=rng.choice((0, 31, 100, 395, 396, 430, rng.randrange(430))))


def _prefilled(rng: Random, edition: Edition) -> Iterator[Prefilled]:
    """What the office knows beforehand: figures of other systems, and what doesn't apply."""
    for item in edition.items:
        if item.rules is not None and item.rules.type in NUMERIC and rng.random() < 0.2:
            last = rng.choice((0, 1, rng.randint(0, 10**6)))
            yield Prefilled(item=item.id, column="previous", value=last, source="上年.csv", raw=str(last))
        if item.not_applicable and rng.random() < 0.15:
            yield Prefilled(item=item.id, word=NOT_APPLICABLE_WORD, source="名单", raw=NOT_APPLICABLE_WORD)
        elif item.level is Level.PLATFORM and item.rules is not None and rng.random() < 0.1:
            known: Any = rng.randint(0, 60) if item.rules.type in NUMERIC else "开展情况良好"
            yield Prefilled(item=item.id, value=known, source="平台.csv", raw=str(known))

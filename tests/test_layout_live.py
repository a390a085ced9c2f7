"""The workbook says what the program says: LibreOffice recalculates filled workbooks, and every total, indicator and
verdict in them equals what roll-up and evaluation give for the same values.
"""

from __future__ import annotations

import datetime as dt
import math
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from builders.filling import DISTRICT, Filled, fill
from builders.layouts import ITEMS, scheme

from xltool.expression import Outcome, divides_unit_totals, evaluate, operands, parse
from xltool.expression.excel import HOLDS, OPEN, VIOLATED
from xltool.model.edition import Check, Level, Scope
from xltool.model.numbers import serial
from xltool.model.plan import CellKind, PlanCell
from xltool.model.quantity import MISSING, Quantity, Rolled, count_key, total_key
from xltool.model.states import NOTHING_WORD, SHOWN, State
from xltool.rollup import combine

SOFFICE = shutil.which("soffice")
WORKBOOKS = 16
EDITION = scheme()
CHECKS = {check.id: check for check in EDITION.checks}
CONSTANTS = {name: Quantity(state=State.VALUE, value=value) for name, value in EDITION.constants.items()}
Case = tuple[str, object, object]
"""What was compared, what the workbook shows, what the program says."""


def shown(outcome: Outcome | Quantity) -> object:
    return outcome.value if outcome.state is State.VALUE else SHOWN[outcome.state]


def verdict(outcome: Outcome) -> object:
    if outcome.state is State.VALUE:
        return HOLDS if outcome.value else VIOLATED
    return SHOWN[State.NOT_APPLICABLE] if outcome.state is State.NOT_APPLICABLE else OPEN


def result(indicator: str, rolled: Rolled) -> object:
    node = parse(EDITION.indicator_by_id[indicator].formula)
    quantities = {**rolled.quantities, **CONSTANTS}
    if divides_unit_totals(node, lambda key: key in rolled.by_unit):
        keys = [operand.key for operand in operands(node)]
        both = [unit for unit in rolled.units if all(rolled.by_unit[k][unit].state is State.VALUE for k in keys)]
        for key in keys:
            total = math.fsum(float(rolled.by_unit[key][unit].value or 0) for unit in both)
            quantities[key] = Quantity(state=State.VALUE, value=total) if both else MISSING
    return shown(evaluate(node, quantities))


def on_row(check: Check, filled: Filled, entry: int) -> object:
    """The verdict on one row; nothing on blank rows and those that declare a unit's list empty."""
    row = {value.column: value for value in filled.values if value.item == check.table and value.row == entry}
    if not row or (filled.kind == "district" and check.table == "grants" and _named(row) == NOTHING_WORD):
        return None
    columns = EDITION.columns_of(check.table or "")
    return verdict(evaluate(parse(check.expression), {**{c.id: _number(row.get(c.id)) for c in columns}, **CONSTANTS}))


def _named(row: Mapping[str | None, Any]) -> object:
    return row["name"].value if "name" in row else None


def _number(value: Any) -> Quantity:
    if value is None:
        return MISSING
    text = isinstance(value.value, str) and value.value[:2] == "20"
    content = serial(dt.date.fromisoformat(value.value)) if text else value.value
    return Quantity(state=State.VALUE, value=content)


def expected(cell: PlanCell, sheet: str, filled: Filled, rolled: Rolled) -> Iterator[object]:
    """What a formula cell should show; nothing where this test doesn't know."""
    item = EDITION.item_by_id.get(cell.item or "")
    check = CHECKS.get(cell.item or "")
    if cell.item in EDITION.indicator_by_id and cell.column is None and cell.style.startswith("result"):
        yield result(cell.item or "", rolled)
    elif item is not None and cell.entry is None and cell.column in {"total", "count"}:
        key = total_key(item.id, item.total or "") if item.is_table else item.id
        yield shown(rolled.quantities[key if cell.column == "total" else count_key(item.id)])
    elif check is not None and check.scope is Scope.ROW and cell.entry is not None:
        yield on_row(check, filled, cell.entry)
    elif check is not None and check.scope is Scope.UNIT and cell.entry is not None:
        unit = filled.units[cell.entry - 1]
        own = {key: by_unit[unit] for key, by_unit in rolled.by_unit.items()}
        yield verdict(evaluate(parse(check.expression), {**own, **CONSTANTS}))
    elif check is not None and sheet == "自查" and judged_as_a_whole(check, filled.kind):
        yield verdict(evaluate(parse(check.expression), {**rolled.quantities, **CONSTANTS}))


def judged_as_a_whole(check: Check, kind: str) -> bool:
    return check.scope is Scope.DISTRICT or (check.scope is Scope.UNIT and kind == "unit")


def faulty() -> Filled:
    """A unit's workbook with known mistakes."""
    filled = Filled("unit", Random(0))  # noqa: S311 - test data
    for column, content in {
        "start": dt.date(2030, 5, 1),
        "end": dt.date(2031, 5, 1),
        "kind": "小说",
        "first": "1 第1项",
        "second": "2.1 第2.1项",
        "tags": "读书　学习型城市 学习",
    }.items():
        filled.put(("paper", 1, column), content)
    filled.put(("paper", 2, "end"), dt.date(2031, 1, 5))
    filled.put(("staff", None, None), -3)
    filled.put(("trained", None, None), "约十人", State.MISSING)
    filled.put(("grants", None, "none"), "是")
    filled.put(("grants", 2, "size"), 0)
    return filled


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Filled workbooks, recalculated by LibreOffice into `out`."""
    if SOFFICE is None:
        pytest.skip("LibreOffice (soffice) is not on PATH")
    folder: Path = tmp_path_factory.mktemp("live")
    for name, workbook in {**random_ones(), "faulty.xlsx": faulty()}.items():
        workbook.book.save(folder / name)
    command = [SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "xlsx", "--outdir", str(folder / "out"), *map(str, folder.glob("*.xlsx"))]
    subprocess.run(command, check=True, capture_output=True, timeout=300)  # noqa: S603 - a fixed command
    return folder / "out"


@cache
def random_ones() -> Mapping[str, Filled]:
    return {f"{n}.xlsx": fill("unit" if n % 4 == 0 else "district", n) for n in range(WORKBOOKS)}


@pytest.fixture(scope="module")
def cases(folder: Path) -> list[Case]:
    return [case for name, workbook in random_ones().items() for case in compared(workbook, folder / name)]


def compared(filled: Filled, path: Path) -> Iterator[Case]:
    rolled = combine(EDITION, DISTRICT, filled.units, filled.values)
    book = openpyxl.load_workbook(path, data_only=True)
    for sheet in filled.plan.sheets:
        for cell in sheet.cells:
            if cell.kind is CellKind.FORMULA:
                value = book[sheet.name].cell(cell.row + 1, cell.col + 1).value
                assert not str(value).startswith("#"), (path.name, sheet.name, cell.formula)
                for wanted in expected(cell, sheet.name, filled, rolled):
                    yield (
                        f"{path.name} {sheet.name} {cell.item} {cell.entry}",
                        value or None if wanted is None else value,
                        wanted,
                    )


def test_every_state_and_verdict_occurs(cases: list[Case]) -> None:
    seen = Counter(wanted for _, _, wanted in cases if isinstance(wanted, str))
    assert {*SHOWN.values(), HOLDS, VIOLATED, OPEN} <= seen.keys()
    assert sum(isinstance(wanted, float) for _, _, wanted in cases) > WORKBOOKS


def test_totals_indicators_and_verdicts_equal_the_programs(cases: list[Case]) -> None:
    assert [case for case in cases if not _same(case[1], case[2])] == []


def test_totals_of_every_list_and_unit_item_were_compared(cases: list[Case]) -> None:
    named = {text.split()[2] for text, _, _ in cases}
    assert {item.id for item in ITEMS if item.is_table or item.level is Level.EACH_UNIT} <= named
    assert {check.id for check in EDITION.checks if check.scope is not Scope.CITY} <= named


def problems(folder: Path, sheet: str) -> dict[tuple[str | None, int | None], object]:
    """What the self-check of a sheet of the faulty workbook says."""
    filled = faulty()
    shown_cells = openpyxl.load_workbook(folder / "faulty.xlsx", data_only=True)[sheet]
    (planned,) = (plan for plan in filled.plan.sheets if plan.name == sheet)
    found = (cell for cell in planned.cells if cell.kind is CellKind.FORMULA and cell.column == "check")
    return {(cell.item, cell.entry): shown_cells.cell(cell.row + 1, cell.col + 1).value for cell in found}


def test_what_is_wrong_with_a_row_is_said_in_words(folder: Path) -> None:
    said = problems(folder, "文件")
    assert said["paper", 1] == (
        "未填：标题。开始应填2031-01-01至2031-12-31之间的日期（年-月-日，如2022-03-01）。"
        "类型应填下拉选项中的一项。二级应填下拉选项中的一项。标签应填标签（每个不超过4个字，标签之间用空格分隔）。"
    )
    assert said["paper", 2] == "未填：标题、开始、类型、一级、二级。"


def test_violated_checks_are_said_with_the_values_that_violate_them(folder: Path) -> None:
    assert problems(folder, "资助")["grants", 2] == "未填：名称。数额为0元。"


def test_a_list_both_filled_and_declared_empty_is_said(folder: Path) -> None:
    assert problems(folder, "资助")["grants", None] == "应删去其中之一：既填了内容，又声明无内容"


def test_what_is_wrong_with_a_single_value_is_said_beside_it(folder: Path) -> None:
    said = problems(folder, "本单位数据")
    assert said["farmers", None] == "未填"
    assert said["staff", None] == "应填0至5000之间的整数（单位：人）"
    assert said["trained", None] == "应填0至5000之间的整数（单位：人）"


def _same(one: object, other: object) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    return one == other

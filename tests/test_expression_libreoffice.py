"""A spreadsheet program computes what we compute: the same states, verdicts and numbers.

One workbook holds a random expression a row, with cells as people leave them: numbers, nothing, words, errors.
LibreOffice recalculates it (the file carries no cached results) and the results are read back.
"""

from __future__ import annotations

import math
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import openpyxl
import pytest
from builders.expressions import KEYS, NUMBERS, condition_text, number_text

from xltool.expression import Outcome, check_formula, evaluate, formula_fault, guarded, is_condition, parse
from xltool.expression.excel import HOLDS, OPEN, VIOLATED
from xltool.model.plan import a1
from xltool.model.quantity import Quantity
from xltool.model.states import SHOWN, State

SOFFICE = shutil.which("soffice")
ROWS = 2500
MISSING_CELLS = (None, "", "未填", "不详", "#N/A", "12")
"""What a cell may hold that is no number; text that looks like one is still text."""
ROUNDED = (2.675, 1.005, 0.285, 2.5, -2.5, -1.005, 1e15 / 3, 4.35, 1234.5, 8.5e-5)
CONSTANT = 44927.0

REFUSING = '"不适用"'
"""The words that mean 不适用, here one; a workbook has a range of them."""


@dataclass(frozen=True)
class Case:
    text: str
    cells: tuple[float | str | None, ...]

    @property
    def quantities(self) -> dict[str, Quantity]:
        found = {key: _quantity(cell) for key, cell in zip(KEYS, self.cells, strict=True)}
        return {**found, "day": Quantity(state=State.VALUE, value=CONSTANT)}

    def formula(self, row: int) -> str:
        node = parse(self.text)
        places = {key: f"${a1(row, col)}" for col, key in enumerate(KEYS)} | {"day": str(int(CONSTANT))}
        return (check_formula if is_condition(node) else guarded)(node, places.__getitem__, lambda _: REFUSING)

    def expected(self) -> float | str:
        outcome = evaluate(parse(self.text), self.quantities)
        return _verdict(outcome) if is_condition(parse(self.text)) else _result(outcome)


def _quantity(cell: float | str | None) -> Quantity:
    if cell == SHOWN[State.NOT_APPLICABLE]:
        return Quantity(state=State.NOT_APPLICABLE)
    if isinstance(cell, int | float):
        return Quantity(state=State.VALUE, value=cell)
    return Quantity(state=State.MISSING)


def _verdict(outcome: Outcome) -> str:
    if outcome.state is State.VALUE:
        return HOLDS if outcome.value else VIOLATED
    return SHOWN[State.NOT_APPLICABLE] if outcome.state is State.NOT_APPLICABLE else OPEN


def _result(outcome: Outcome) -> float | str:
    if outcome.state is not State.VALUE:
        return SHOWN[outcome.state]
    assert isinstance(outcome.value, float)
    return outcome.value


def cases() -> Iterator[Case]:
    rng = Random(20230615)  # noqa: S311 - test data
    for number in range(ROWS):
        grow = condition_text if number % 2 else number_text
        text = grow(rng.choice, 3)
        if number % 10 == 0:
            text = re.sub(r"\bb\b", "day", text)
        cells: list[float | str | None] = [rng.choice((*NUMBERS, *NUMBERS, *ROUNDED)) for _ in KEYS]
        if number % 3 == 0:
            cells[rng.randrange(len(KEYS))] = rng.choice(MISSING_CELLS)
        if number % 5 == 0:
            cells[rng.randrange(len(KEYS))] = SHOWN[State.NOT_APPLICABLE]
        yield Case(text, tuple(cells))
    for value in (*ROUNDED, *NUMBERS):
        for digits in range(-2, 7):
            yield Case(f"round(a, {digits})", (value, *[None] * (len(KEYS) - 1)))
    for size in (1.0, 12345.67, 1e8):
        for share in (-2e-9, -0.9e-9, 0.0, 0.9e-9, 2e-9):
            for relation in ("==", "!=", "<", "<=", ">", ">="):
                yield Case(f"a {relation} b", (size * (1 + share), size, *[None] * (len(KEYS) - 2)))


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Case, float | str | None]]:
    """Each case with what LibreOffice shows for it."""
    if SOFFICE is None:
        pytest.skip("LibreOffice (soffice) is not on PATH")
    folder: Path = tmp_path_factory.mktemp("libreoffice")
    fitting = [case for case in cases() if formula_fault(case.formula(0)) is None]
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row, case in enumerate(fitting):
        sheet.append([*case.cells, case.formula(row)])
        for col, cell in enumerate(case.cells, start=1):
            if isinstance(cell, str):
                sheet.cell(row + 1, col).data_type = "e" if cell.startswith("#") else "s"
    book.save(folder / "cases.xlsx")
    command = [SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "xlsx", "--outdir", str(folder / "out"), str(folder / "cases.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=300)  # noqa: S603 - a fixed command
    results = openpyxl.load_workbook(folder / "out" / "cases.xlsx", data_only=True).worksheets[0]
    shown = [row[len(KEYS)] for row in results.iter_rows(max_row=len(fitting), values_only=True)]
    return [(case, _plain(value)) for case, value in zip(fitting, shown, strict=True)]


def _plain(value: object) -> float | str | None:
    return value if value is None or isinstance(value, int | float | str) else str(value)


def test_most_cases_fit_into_a_cell_and_every_outcome_occurs(
    recalculated: list[tuple[Case, float | str | None]],
) -> None:
    assert len(recalculated) > 0.9 * ROWS
    shown = {value for _, value in recalculated if isinstance(value, str)}
    assert shown == {*SHOWN.values(), HOLDS, VIOLATED, OPEN}


def test_libreoffice_shows_what_evaluation_gives(recalculated: list[tuple[Case, float | str | None]]) -> None:
    differing = [
        (case.text, case.cells, shown, case.expected())
        for case, shown in recalculated
        if not _same(shown, case.expected())
    ]
    assert differing == []


def _same(shown: float | str | None, expected: float | str) -> bool:
    if isinstance(shown, str) or isinstance(expected, str) or shown is None:
        return shown == expected
    return math.isclose(shown, expected, rel_tol=1e-9)

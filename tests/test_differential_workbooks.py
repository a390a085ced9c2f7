"""Live formulas equal the program's results: the same indicators, verdicts, totals and counts.

Workbooks are filled at random, recalculated by LibreOffice in one run, and compared with what the program computes
from the values that intake reads from the very same files. `XLTOOL_DIFFERENTIAL=200` sets their number,
`XLTOOL_DIFFERENTIAL_SEED` draws others.
"""

from __future__ import annotations

import math
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from builders.differential import Filled, fillings
from builders.recalculating import recalculated
from builders.verdicts import Expected, expectations, rolled_of, submission_of

from xltool import checks, edition, layout
from xltool.expression import HOLDS, OPEN, VIOLATED
from xltool.layout.draft import FAULTY, READY, SELF_CHECK, UNFINISHED
from xltool.model.plan import CellKind, SheetPlan, a1
from xltool.model.states import SHOWN

COUNT = int(os.environ.get("XLTOOL_DIFFERENTIAL", "12"))
SEED = int(os.environ.get("XLTOOL_DIFFERENTIAL_SEED", "20230615"))
Shown = float | str
HEADS = {
    "工作表": "sheet",
    "应填项": "required",
    "已填项": "filled",
    "未填项": "missing",
    "有误处": "wrong",
    "可由成员\n单位填报": "left",
}


class Compared:
    """All formula cells of all workbooks: what they show and what the program says."""

    def __init__(
        self, books: list[Filled], shown: dict[str, dict[str, dict[str, object]]], saved: Mapping[str, bytes]
    ) -> None:
        self.books, self.saved = books, saved
        self.differences: list[tuple[object, ...]] = []
        self.counts: Counter[str] = Counter()
        self.seen: dict[str, set[Shown]] = {}
        self.unknown: set[tuple[object, ...]] = set()
        scheme = edition.load(edition.locate("2023"))
        for book, expected in zip(books, expectations(scheme, books), strict=True):
            self._compare(book, expected, shown[book.file])

    def _compare(self, book: Filled, expected: Expected, shown: dict[str, dict[str, object]]) -> None:
        for cell in layout.describe(book.plan, book.recipient):
            if cell["kind"] != "formula" or (cell["item"] is None and cell["column"] is None):
                continue
            kind, wanted = expected.of(cell)
            if kind == "unknown":
                self.unknown.add((cell["item"], cell["column"]))
                continue
            self._note(kind, wanted, shown[str(cell["sheet"])].get(str(cell["cell"])), book, cell)
        shown_checks = {cell.item for cell in self_check(book).cells if cell.kind is CellKind.FORMULA and cell.item}
        if shown_checks != expected.checks:
            self.differences.append((book.file, "checks", shown_checks ^ expected.checks))
        for sheet, count, place in counted(book):
            where = {"item": sheet, "row": None, "column": count, "cell": place}
            self._note("count of a sheet", expected.counts(sheet)[count], shown[SELF_CHECK].get(place), book, where)

    def _note(self, kind: str, wanted: Shown, found: object, book: Filled, cell: Mapping[str, object]) -> None:
        show = "" if found is None else found
        if kind.startswith("says"):
            show = bool(show) if isinstance(wanted, bool) else str(show)[: len(str(wanted)) or None]
        self.counts[kind] += 1
        self.seen.setdefault(kind, set()).add(wanted)
        if not same(show, wanted):
            self.differences.append(
                (book.file, kind, *(cell[k] for k in ("item", "row", "column", "cell")), found, wanted)
            )


def self_check(book: Filled) -> SheetPlan:
    return next(sheet for sheet in book.plan.sheets if sheet.name == SELF_CHECK)


def counted(book: Filled) -> Iterator[tuple[str, str, str]]:
    """(sheet, what is counted, address) of the self-check's lines on sheets."""
    cells = self_check(book).cells
    heads = {HEADS[cell.text]: cell for cell in cells if cell.text in HEADS}
    lines = [cell for cell in cells if cell.link and cell.col == heads["sheet"].col]
    assert len(lines) > 1
    for line in lines:
        for name, head in heads.items():
            if name != "sheet":
                yield line.text, name, a1(line.row, head.col)


def same(shown: object, wanted: Shown) -> bool:
    if isinstance(shown, str) or isinstance(wanted, str):
        return shown == wanted
    return isinstance(shown, int | float) and math.isclose(shown, wanted, rel_tol=1e-9)


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Compared:
    books = list(fillings(edition.load(edition.locate("2023")), COUNT, SEED))
    folder = tmp_path_factory.mktemp("differential")
    shown = recalculated({book.file: book.data for book in books}, folder)
    return Compared(books, shown, {book.file: (folder / "out" / book.file).read_bytes() for book in books})


def test_every_formula_that_says_what_it_is_has_a_counterpart(compared: Compared) -> None:
    assert compared.unknown == set()


def test_workbooks_show_what_the_program_computes(compared: Compared) -> None:
    assert compared.differences == []


def test_every_outcome_was_among_them(compared: Compared) -> None:
    assert compared.counts.total() > 500 * COUNT  # small workbooks have some 600 formulas that say something
    assert set(SHOWN.values()) < compared.seen["indicator"]
    assert {HOLDS, VIOLATED, OPEN, "不适用"} <= compared.seen["check"]
    assert compared.seen["check of a row"] >= {HOLDS, VIOLATED, OPEN, ""}
    assert compared.seen["check of a unit"] >= {HOLDS, VIOLATED, OPEN}
    assert compared.seen["status"] <= {FAULTY, READY, UNFINISHED}


def test_ingest_believes_fresh_verdicts_and_finds_no_difference(compared: Compared) -> None:
    scheme = edition.load(edition.locate("2023"))
    judged = 0
    for book in compared.books:
        returned = replace(book, data=compared.saved[book.file])
        submission = submission_of(returned)
        found = (*submission.findings, *checks.check_cells(submission, book.plan, scheme, book.recipient))
        rolled = rolled_of(scheme, returned, submission)
        assert list(checks.compare_verdicts(rolled, submission, book.plan, scheme, found)) == []
        judged += len(submission.verdicts)
    assert judged > 20 * COUNT


def test_results_older_than_the_values_are_not_believed(compared: Compared) -> None:
    """The workbook as it was before it was calculated: its results are those of nothing."""
    assert all(not submission_of(book).verdicts for book in compared.books)

"""The workbook's verdicts beside the program's; that they agree is shown in test_differential_workbooks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from builders.differential import filled
from builders.values import submission as toy
from builders.values import value
from builders.verdicts import rolled_of, submission_of

from xltool import checks, edition, layout
from xltool.checks.live import compare_figures, compare_verdicts
from xltool.model.finding import Finding
from xltool.model.plan import Recipient
from xltool.model.quantity import Quantity
from xltool.model.states import State
from xltool.model.submission import Place

EDITION = edition.load(edition.locate("2023"))
RECIPIENT = Recipient(kind="district", district="东区", unit=None, units=("区教育局",))
PLACE = Place(sheet="自查", cell="E30")
TYPED = {"teachers_total": 10, "teachers_with_degree": 12}


def differing(shown: Mapping[str, str], typed: Mapping[str, object]) -> list[Finding]:
    plan = layout.plan_for(EDITION, "district", units=1)
    book = filled(plan, RECIPIENT, {(item, None, None): content for item, content in typed.items()})
    submission = replace(submission_of(book), verdicts={check: (word, PLACE) for check, word in shown.items()})
    found = (*submission.findings, *checks.check_cells(submission, plan, EDITION, RECIPIENT))
    return list(compare_verdicts(rolled_of(EDITION, book, submission), submission, plan, EDITION, found))


@pytest.fixture(scope="module")
def check() -> str:
    wanted = {"teachers_total", "teachers_with_degree"}
    return next(c.id for c in EDITION.checks if all(name in c.expression for name in wanted))


def test_a_changed_verdict_is_a_hint_at_its_cell(check: str) -> None:
    (found,) = differing({check: "通过"}, TYPED)

    assert (found.code, found.rule, found.severity, found.sheet, found.cell) == (
        "verdict_differs",
        check,
        "hint",
        "自查",
        "E30",
    )
    assert "“通过”" in found.message
    assert "“不通过”" in found.message


def test_the_right_verdict_is_no_finding(check: str) -> None:
    assert differing({check: "不通过"}, TYPED) == []


def test_what_was_read_by_habit_is_not_compared(check: str) -> None:
    """A formula takes `10名` for no number; ingest reads it, and says so."""
    assert differing({check: "待填"}, {**TYPED, "teachers_total": "10名"}) == []


@pytest.mark.parametrize(
    ("raw", "codes"), [("9", []), ("9.0000000000001", []), ("8", ["figure_differs"]), ("未填", [])]
)
def test_a_fresh_total_that_is_not_the_sum_of_its_values_is_a_hint(raw: str, codes: list[str]) -> None:
    file = replace(toy(value("schools", 9)), figures={"schools": (raw, PLACE)})
    expected = {"schools": ("学校数", Quantity(state=State.VALUE, value=9, sources=file.values))}
    found = list(compare_figures(file, expected, ()))
    assert [one.code for one in found] == codes
    assert [(one.cell, one.raw, one.expected) for one in found] == [("E30", raw, "9")] * len(codes)


def test_a_total_of_what_was_read_by_habit_is_not_compared() -> None:
    file = replace(toy(value("schools", 9)), figures={"schools": ("0", PLACE)})
    expected = {"schools": ("学校数", Quantity(state=State.VALUE, value=9, sources=file.values))}
    (named,) = compare_figures(file, expected, ())
    habit = replace(named, item="schools")
    assert list(compare_figures(file, expected, (habit,))) == []

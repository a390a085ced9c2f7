"""Real plans: write, fill every input, read; the same after LibreOffice saved it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from builders.office import resaved
from builders.returns import Address, values_of
from openpyxl import load_workbook

from xltool import edition, intake, layout, workbook
from xltool.model.edition import Edition
from xltool.model.identity import Identity
from xltool.model.plan import CellKind, Plan, Prefilled, Recipient, Slot, a1
from xltool.model.states import DECLARED
from xltool.model.submission import Submission

KEY = b"k" * 32
CAMPAIGN = "round-trip"
PREFILLED = Prefilled(item="college_floor_area", value=1234.5, source="平台.csv", raw="1234.5")


@dataclass(frozen=True, kw_only=True)
class Issue:
    """A generated workbook and what was typed into it."""

    plan: Plan
    recipient: Recipient
    identity: Identity
    blank: bytes
    filled: bytes
    typed: dict[Address, Any]

    def read(self, data: bytes) -> Submission:
        grid = intake.read_bytes("a", data)
        assert intake.recognise(grid, KEY, CAMPAIGN) == self.identity
        return intake.read(grid, self.plan, self.recipient, self.identity, "a", "0" * 64)

    def expected(self) -> dict[Address, Any]:
        """What must be read: dates as ISO text, 本表无内容 as a value of 0."""
        read = {}
        for (item, entry, column), value in self.typed.items():
            none = column == "none"
            key = (item, entry, None if none else column)
            read[key] = 0 if none else value.isoformat() if isinstance(value, dt.date) else value
        return read


Issues = Callable[[str], Issue]


def sample(slot: Slot, plan: Plan, recipient: Recipient, number: int, chosen: dict[str, str]) -> Any:
    """Something admissible for a slot; `chosen` are the choices so far in the same row."""
    if slot.choices is not None:
        source = plan.lists[slot.choices.name]
        if source.bound == "units":
            return recipient.units[number % len(recipient.units)]
        if slot.choices.depends_on is not None:
            return dict(source.by_parent)[chosen[slot.choices.depends_on]][-1]
        return source.values[number % len(source.values)]
    if slot.type == "date":
        return dt.date(2022, 1, 1) + dt.timedelta(days=number % 365)
    if slot.type == "integer":
        return 2022 if slot.rules.min is not None and slot.rules.min == slot.rules.max else number
    return number + 0.5 if slot.type == "number" else f"第{number}项 “内容”"


def issue(scheme: Edition, recipient: Recipient, answers: tuple[str, ...]) -> Issue:
    plan = layout.plan_for(scheme, recipient.kind, answers=answers, units=len(recipient.units), rows=5)
    identity = Identity(
        campaign=CAMPAIGN,
        edition=scheme.id,
        kind=recipient.kind,
        district=recipient.district,
        unit=recipient.unit,
        plan=plan.digest,
        serial="0123456789",
    )
    blank = workbook.write(plan, recipient, identity, key=KEY, password="p")  # noqa: S106 - a sheet's lock
    typed: dict[Address, Any] = {}
    rows: dict[tuple[str, int | None], dict[str, str]] = {}
    book = load_workbook(BytesIO(blank))
    for number, (address, (sheet, cell)) in enumerate(plan.inputs.items(), start=1):
        item, entry, column = address
        if cell.kind is not CellKind.INPUT or cell.slot is None or (item == PREFILLED.item and column is None):
            continue
        chosen = rows.setdefault((item, entry), {})
        value = DECLARED if column == "none" else sample(plan.slots[cell.slot], plan, recipient, number, chosen)
        if column is not None and isinstance(value, str):
            chosen[column] = value
        typed[address] = value
        book[sheet][a1(cell.row, cell.col)].value = value
    stream = BytesIO()
    book.save(stream)
    return Issue(plan=plan, recipient=recipient, identity=identity, blank=blank, filled=stream.getvalue(), typed=typed)


@pytest.fixture(scope="module")
def issues() -> Issues:
    scheme = edition.load(edition.locate("2023"))

    @lru_cache
    def make(kind: str) -> Issue:
        if kind == "unit":
            unit = next(unit for unit in scheme.units if unit.answers_for)
            return issue(scheme, Recipient(kind="unit", district="黄浦区", unit=unit.name), unit.answers_for)
        units = tuple(unit.name for unit in scheme.units if unit.workbook)
        recipient = Recipient(kind="district", district="黄浦区", unit=None, units=units, prefilled=(PREFILLED,))
        return issue(scheme, recipient, ())

    return make


@pytest.fixture(params=["district", "unit"])
def issued(request: pytest.FixtureRequest, issues: Issues) -> Issue:
    return issues(request.param)


def test_a_blank_workbook_has_every_place_and_no_finding(issued: Issue) -> None:
    submission = issued.read(issued.blank)
    assert (submission.values, submission.findings) == ((), ())
    assert submission.places.keys() == issued.plan.inputs.keys()


def test_what_was_typed_is_read_equal_without_findings(issued: Issue) -> None:
    submission = issued.read(issued.filled)
    assert len(issued.typed) > 100
    assert values_of(submission) == issued.expected()
    assert submission.findings == ()


@pytest.mark.parametrize(
    ("kind", "ending", "codes"),
    [("district", "xlsx", []), ("unit", "ods", []), ("unit", "xls", ["legacy_format"])],
)
def test_a_re_save_by_libreoffice_keeps_the_values(
    issues: Issues, kind: str, ending: str, codes: list[str], tmp_path: Path
) -> None:
    issued = issues(kind)
    submission = issued.read(resaved(issued.filled, ending, tmp_path))
    assert values_of(submission) == issued.expected()
    assert [finding.code for finding in submission.findings] == codes

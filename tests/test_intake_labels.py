"""Workbooks without keys that the office assigned: inputs are found by what stands beside and above them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

import pytest
from builders.returns import (
    IDENTITY,
    PLAN,
    RECIPIENT,
    UNITS,
    Address,
    copied_values,
    returned,
    saved,
    values_of,
)
from openpyxl import Workbook

from xltool import edition as editions
from xltool import intake, layout
from xltool.errors import RefusedFile
from xltool.intake import Cell, Grid, Sheet
from xltool.intake import Kind as CellContent
from xltool.intake.address import position
from xltool.model.edition import Edition
from xltool.model.finding import Finding
from xltool.model.identity import Kind
from xltool.model.plan import CellKind, Plan, Recipient
from xltool.model.submission import Submission

VALUES: dict[Address, object] = {
    ("resident_population", None, None): 66.2,
    ("school_count", None, None): "１２所",
    ("library_area", None, "remark"): "含分馆",
    ("special_funds", 1, "unit"): "区体育局",
    ("special_funds", 1, "fund_name"): "健身专项",
    ("special_funds", 1, "budget"): 30,
    ("special_funds", 2, "unit"): "区文化旅游局",
    ("special_funds", 2, "fund_name"): "阅读专项",
    ("special_funds", 2, "budget"): 40.5,
    ("work_document", 1, "title"): "通知",
    ("signoff", None, "filler"): "统计员甲",
}
READ = {**VALUES, ("school_count", None, None): 12}


def read(book: Workbook) -> Submission:
    grid = intake.read_bytes("a.xlsx", saved(book))
    return intake.read(grid, PLAN, RECIPIENT, IDENTITY, "a.xlsx", "0" * 64, assigned=True)


def said(submission: Submission) -> list[Finding]:
    """The findings, but for the units' figures: in the small plan these have no heads."""
    return [found for found in submission.findings if found.item != "staff_total"]


def copied(**further: bool) -> Workbook:
    return copied_values(returned(VALUES), **further)


@pytest.mark.parametrize("hidden", [False, True])
@pytest.mark.parametrize("names", [False, True])
def test_copied_values_are_all_read_at_their_cells(*, hidden: bool, names: bool) -> None:
    submission = read(copied(hidden=hidden, names=names))
    assert values_of(submission) == READ
    found = [(finding.code, finding.cell) for finding in said(submission)]
    assert found == [("assigned_by_hand", None), ("read_normalised", "D4" if hidden else "C4")]
    (area,) = [value for value in submission.values if value.item == "resident_population"]
    assert (area.cell, area.raw) == ("D3" if hidden else "C3", "66.2")


def test_rows_may_be_moved() -> None:
    book = copied()
    book["基础数据"].move_range("A3:D9", rows=4, cols=1)
    assert values_of(read(book)) == READ


@cache
def edition() -> Edition:
    return editions.load(editions.locate("2023"))


def whole(kind: Kind) -> tuple[Plan, Recipient]:
    """A plan of the real edition and its recipient."""
    answers = ("library_area", "library_holdings") if kind == "unit" else ()
    plan = layout.plan_for(edition(), kind, answers=answers, units=len(UNITS))
    return plan, replace(RECIPIENT, kind=kind, unit=None if kind == "district" else UNITS[0])


def copied_grid(plan: Plan, typed: Mapping[Address, str], *, names: bool = True) -> Grid:
    """What is seen of a plan's sheets, with answers, as copied into a new workbook."""
    sheets = []
    for number, sheet in enumerate(plan.sheets):
        cells = {}
        for cell in sheet.cells:
            text = cell.text if cell.kind is CellKind.LABEL else ""
            if cell.bound == "units":
                text = UNITS[(cell.entry or 0) - 1] if (cell.entry or 0) <= len(UNITS) else ""
            text = typed.get((cell.item or "", cell.entry, cell.column), text) if cell.kind is CellKind.INPUT else text
            if text and not (cell.col in sheet.hidden_cols or cell.row in sheet.hidden_rows):
                cells[cell.row, cell.col] = Cell(CellContent.TEXT, text)
        if sheet.visibility == "visible":
            sheets.append(Sheet(name=sheet.name if names else f"Sheet{number}", cells=cells))
    return Grid(source="xlsx", sheets=tuple(sheets))


@pytest.mark.parametrize("kind", ["district", "unit"])
@pytest.mark.parametrize("names", [False, True])
def test_every_input_of_the_edition_is_found_by_its_labels(kind: Kind, *, names: bool) -> None:
    plan, recipient = whole(kind)
    typed = {
        key: f"{number + 2}"
        for number, (key, (sheet, cell)) in enumerate(plan.inputs.items())
        if cell.kind is CellKind.INPUT and (key[1] or 0) <= 3 and not sheet.endswith("（续）")
    }
    grid = copied_grid(plan, typed, names=names)
    identity = replace(IDENTITY, kind=kind, unit=recipient.unit)
    submission = intake.read(grid, plan, recipient, identity, "a.xlsx", "0" * 64, assigned=True)
    raw = {
        key: grid_cell(grid, place.sheet, place.cell)
        for key, place in submission.places.items()
        if plan.inputs[key][1].kind is CellKind.INPUT
    }
    assert {key: raw.get(key) for key in typed} == typed
    assert not {"content_lost", "two_candidates"} & {found.code for found in submission.findings}


def grid_cell(grid: Grid, name: str, address: str) -> str | None:
    (sheet,) = [sheet for sheet in grid.sheets if sheet.name == name]
    cell = sheet.cells.get(position(address))
    return cell.raw if cell else None


def test_a_figure_follows_its_units_name_and_not_its_row() -> None:
    plan, recipient = whole("district")
    typed: dict[Address, str] = {("staff_total", number, None): f"{number}0" for number in (1, 2, 3)}
    grid = copied_grid(plan, typed)
    index = next(number for number, sheet in enumerate(grid.sheets) if sheet.name == "成员单位")
    (row, col), last = plan_place(plan, ("member_units", 1, "unit")), plan_place(plan, ("member_units", 3, "unit"))[0]
    cells = {
        (row + last - here if row <= here <= last else here, there): cell
        for (here, there), cell in grid.sheets[index].cells.items()
    }
    assert cells[row, col].raw == UNITS[2]
    sheets = [*grid.sheets[:index], replace(grid.sheets[index], cells=cells), *grid.sheets[index + 1 :]]
    submission = intake.read(
        replace(grid, sheets=tuple(sheets)), plan, recipient, IDENTITY, "a.xlsx", "0" * 64, assigned=True
    )
    assert {value.row: value.value for value in submission.values if value.item == "staff_total"} == {
        1: 10,
        2: 20,
        3: 30,
    }


def plan_place(plan: Plan, key: Address) -> tuple[int, int]:
    cell = plan.inputs[key][1]
    return cell.row, cell.col


def double(book: Workbook) -> None:
    book["基础数据"]["A20"], book["基础数据"]["C20"] = "学校总数", 99


def retitle(book: Workbook) -> None:
    book["基础数据"]["A4"] = "学校的总数"


def behead(book: Workbook) -> None:
    for cell in book["专项经费"][4]:
        cell.value = None


def copy_list(book: Workbook) -> None:
    book.copy_worksheet(book["专项经费"]).title = "专项经费 "


@pytest.mark.parametrize(
    ("damage", "code", "items"),
    [
        (double, "two_candidates", {"school_count"}),
        (retitle, "content_lost", {"school_count"}),
        (behead, "content_lost", {"special_funds"}),
        (copy_list, "two_candidates", {"special_funds"}),
    ],
)
def test_what_is_not_certain_is_a_finding_and_is_not_read(
    damage: Callable[[Workbook], None], code: str, items: set[str]
) -> None:
    book = copied()
    damage(book)
    submission = read(book)
    assert {found.code for found in said(submission)} - {"read_normalised"} == {"assigned_by_hand", code}
    assert {found.item for found in said(submission) if found.code == code} == items
    assert values_of(submission) == {key: value for key, value in READ.items() if key[0] not in items}


@pytest.mark.parametrize("book", [Workbook(), copied_values(returned({}))])
def test_a_workbook_without_any_answer_is_refused(book: Workbook) -> None:
    with pytest.raises(RefusedFile) as caught:
        read(book)
    assert (caught.value.code, caught.value.said) == ("no_identity", "nothing_to_map")

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from typing import Any

import openpyxl
import pytest
from builders.layouts import KEY, UNITS, district_plan, identity, unit_plan, written
from openpyxl.worksheet.worksheet import Worksheet

from xltool.model.plan import CellKind, Plan, Prefilled, a1

GIVEN = (
    Prefilled(item="visits", value=12345, source="平台.csv", raw="12345"),
    Prefilled(item="farmers", word="不适用", source="单位名单.xlsx", raw="不适用"),
)


@pytest.fixture(scope="module", params=["district", "unit"])
def plan(request: pytest.FixtureRequest) -> Plan:
    return district_plan() if request.param == "district" else unit_plan()


@pytest.fixture(scope="module")
def book(plan: Plan) -> Any:
    return openpyxl.load_workbook(io.BytesIO(written(plan)))


def part(data: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def cell(book: Any, plan: Plan, item: str, row: int | None = None, column: str | None = None) -> Any:
    sheet, planned = plan.inputs[item, row, column]
    return book[sheet].cell(planned.row + 1, planned.col + 1)


def validations(sheet: Worksheet) -> Counter[str]:
    ranges = (area for rule in sheet.data_validations.dataValidation for area in rule.sqref.ranges)
    return Counter(a1(row - 1, col - 1) for area in ranges for rows in area.rows for row, col in rows)


def rule(book: Any, plan: Plan, item: str, row: int | None = None, column: str | None = None) -> Any:
    target = cell(book, plan, item, row, column)
    (found,) = (r for r in target.parent.data_validations.dataValidation if target.coordinate in r.sqref)
    return found


def test_the_same_recipient_gets_the_same_bytes(plan: Plan) -> None:
    assert written(plan) == written(plan)


def test_only_inputs_are_open(plan: Plan, book: Any) -> None:
    for sheet in plan.sheets:
        open_cells = {c.coordinate for rows in book[sheet.name].iter_rows() for c in rows if not c.protection.locked}
        assert open_cells == {a1(c.row, c.col) for c in sheet.cells if c.kind is CellKind.INPUT}


def test_every_sheet_is_protected_with_a_password_and_allows_what_does_no_harm(plan: Plan, book: Any) -> None:
    for sheet in plan.sheets:
        lock = book[sheet.name].protection
        assert lock.sheet
        assert lock.password
        assert not any((lock.formatColumns, lock.formatRows, lock.autoFilter, lock.objects))
        assert lock.insertRows
        assert lock.deleteRows
        assert lock.formatCells


def test_the_structure_is_locked(plan: Plan, book: Any) -> None:
    assert book.security.lockStructure
    assert book.security.workbookPassword
    xml = part(written(plan), "xl/workbook.xml")
    assert xml.index("<workbookPr") < xml.index("<workbookProtection") < xml.index("<bookViews")


def test_lists_and_identity_are_very_hidden(book: Any) -> None:
    assert [name for name in book.sheetnames if book[name].sheet_state == "veryHidden"] == ["_lists", "_xltool"]
    assert book["_lists"].sheet_state == "veryHidden"


def test_identity_stands_on_the_hidden_sheet_the_cover_and_in_the_properties(plan: Plan, book: Any) -> None:
    whose = identity(plan)
    hidden = {name.value: value.value for name, value in book["_xltool"].iter_rows(max_col=2)}
    assert hidden["district"] == "东区"
    assert (hidden["unit"] or None) == whose.unit
    assert hidden["signature"] == whose.signature(KEY)
    assert hidden["format"] == "1"
    token = whose.token(KEY)
    assert hidden["token"] == token
    assert book.properties.keywords == token
    assert token in {c.value for rows in book["封面"].iter_rows() for c in rows}


def test_every_input_has_one_validation_and_no_other_cell_any(plan: Plan, book: Any) -> None:
    for sheet in plan.sheets:
        found = validations(book[sheet.name])
        assert set(found.values()) <= {1}
        assert found.keys() == {a1(c.row, c.col) for c in sheet.cells if c.kind is CellKind.INPUT}


def test_prompts_and_errors_are_chinese_and_within_limits(plan: Plan, book: Any) -> None:
    for sheet in plan.sheets:
        for found in book[sheet.name].data_validations.dataValidation:
            assert 0 < len(found.promptTitle) <= 32
            assert re.search("[填选写]", found.prompt)
            assert len(found.prompt) <= 255
            assert "应填" in found.error
            assert len(found.error) <= 255


def test_numbers_have_their_range() -> None:
    plan = district_plan()
    book = openpyxl.load_workbook(io.BytesIO(written(plan)))
    people, visits = rule(book, plan, "people"), rule(book, plan, "visits")
    assert (people.type, people.formula1, people.formula2) == ("decimal", "0", "99.5")
    assert (visits.type, visits.formula1, visits.formula2) == ("whole", "0", "5000")
    assert "0至5000之间的整数（单位：人）" in visits.error


def test_a_number_that_may_be_not_applicable_has_one_custom_validation() -> None:
    plan = unit_plan()
    book = openpyxl.load_workbook(io.BytesIO(written(plan)))
    farmers = rule(book, plan, "farmers")
    assert farmers.type == "custom"
    assert farmers.formula1.startswith(f'OR({cell(book, plan, "farmers").coordinate}="不适用"')
    assert "不适用" in farmers.prompt


def test_dates_texts_lists_and_tags_are_validated(plan: Plan, book: Any) -> None:
    assert rule(book, plan, "paper", 1, "start").type == "date"
    title = rule(book, plan, "paper", 1, "title")
    assert (title.type, title.operator, title.formula1) == ("textLength", "lessThanOrEqual", "30")
    kind = rule(book, plan, "paper", 1, "kind")
    assert kind.type == "list"
    assert kind.formula1.startswith("_lists!$")
    second = rule(book, plan, "paper", 1, "second")
    parent = cell(book, plan, "paper", 1, "first").coordinate
    assert f"MATCH(${parent}," in second.formula1
    tags = rule(book, plan, "paper", 1, "tags")
    assert tags.type == "custom"
    assert "SUBSTITUTE" in tags.formula1


def test_formats_keep_what_is_typed(plan: Plan, book: Any) -> None:
    assert cell(book, plan, "paper", 1, "title").number_format == "@"
    assert cell(book, plan, "paper", 1, "start").number_format == "yyyy-mm-dd"
    assert cell(book, plan, "grants", 1, "size").number_format == "General"
    assert cell(book, plan, "staff", 1 if plan.kind == "district" else None).number_format == "#,##0"


def test_what_the_office_knows_is_there_and_locked() -> None:
    plan = district_plan()
    book = openpyxl.load_workbook(io.BytesIO(written(plan, *GIVEN)))
    visits, farmers = cell(book, plan, "visits"), cell(book, plan, "farmers")
    assert (visits.value, farmers.value) == (12345, "不适用")
    assert visits.protection.locked
    assert farmers.protection.locked
    blank = openpyxl.load_workbook(io.BytesIO(written(plan)))
    assert visits.fill.fgColor.rgb != cell(blank, plan, "visits").fill.fgColor.rgb


def test_a_districts_units_are_listed_and_offered() -> None:
    plan = district_plan()
    book = openpyxl.load_workbook(io.BytesIO(written(plan)))
    names = [cell(book, plan, "member_units", n, "unit").value for n in (1, 2, 3)]
    assert tuple(names) == UNITS
    lists = {c.value for rows in book["_lists"].iter_rows() for c in rows}
    assert set(UNITS) <= lists


def test_text_that_begins_like_a_formula_stays_text(plan: Plan) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(plan)))
    (found,) = (c for rows in book["_lists"].iter_rows() for c in rows if c.value == "=总结")
    assert found.data_type == "s"


def test_labels_and_formulas_stand_as_planned(plan: Plan, book: Any) -> None:
    for sheet in plan.sheets:
        for planned in sheet.cells:
            if planned.kind is CellKind.FORMULA or (planned.text and planned.bound is None):
                assert book[sheet.name].cell(planned.row + 1, planned.col + 1).value == planned.formula


def test_no_formula_has_a_result_that_could_be_stale(plan: Plan) -> None:
    data = openpyxl.load_workbook(io.BytesIO(written(plan)), data_only=True)
    for sheet in plan.sheets:
        for planned in sheet.cells:
            if planned.kind is CellKind.FORMULA:
                assert data[sheet.name].cell(planned.row + 1, planned.col + 1).value is None


def test_single_inputs_have_a_name(plan: Plan, book: Any) -> None:
    sheet, planned = plan.inputs["farmers", None, None]
    place = a1(planned.row, planned.col)
    expected = f"'{sheet}'!${place[0]}${place[1:]}"
    assert book.defined_names["x_farmers"].attr_text.replace("'", "") == expected.replace("'", "")


def test_keys_are_hidden_and_panes_frozen(plan: Plan, book: Any) -> None:
    for sheet in plan.sheets:
        if sheet.visibility == "visible":
            assert book[sheet.name].column_dimensions["A"].hidden
            assert all(book[sheet.name].row_dimensions[row + 1].hidden for row in sheet.hidden_rows)
    assert book["资助"].freeze_panes is not None


def test_sheets_print_on_a4_one_page_wide_with_their_heads(plan: Plan, book: Any) -> None:
    for sheet in plan.sheets:
        if sheet.visibility == "visible":
            setup = book[sheet.name].page_setup
            assert setup.paperSize == 9
            assert (setup.fitToWidth or 1, setup.fitToHeight) == (1, 0)
            assert book[sheet.name].print_area
            assert "东区" in book[sheet.name].oddHeader.right.text
            assert "共" in book[sheet.name].oddFooter.center.text
    assert book["资助"].print_title_rows


def test_the_archive_carries_no_date_of_its_making(plan: Plan) -> None:
    data = written(plan)
    assert {entry.date_time[0] for entry in zipfile.ZipFile(io.BytesIO(data)).infolist()} == {1980}
    assert "2000-01-01T00:00:00Z" in part(data, "docProps/core.xml")

"""What people do to the sheets themselves: each with the exact findings expected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from builders.returns import PLAN, SCALARS, Address, codes_of, read_back, returned, values_of
from openpyxl import Workbook

VALUES: dict[Address, Any] = {
    ("resident_population", None, None): 66.2,
    ("school_count", None, None): 12,
    ("library_area", None, None): 1234.5,
    ("special_funds", 1, "unit"): "区体育局",
    ("special_funds", 1, "fund_name"): "全民健身",
    ("special_funds", 1, "budget"): 10.5,
    ("special_funds", 3, "unit"): "区文化旅游局",
    ("special_funds", 3, "fund_name"): "书香",
    ("special_funds", 3, "budget"): 4,
    ("staff_total", 2, None): 320,
    ("work_document", 1, "title"): "意见",
}
Damage = Callable[[Workbook], None]


def rename_sheets(book: Workbook) -> None:
    for number, sheet in enumerate(book.worksheets):
        sheet.title = f"表{number}"


def reverse_sheets(book: Workbook) -> None:
    for sheet in list(book.worksheets):
        book.move_sheet(sheet, -len(book.worksheets))


def hide_sheets(book: Workbook) -> None:
    for sheet in book.worksheets[1:]:
        sheet.sheet_state = "hidden"


def insert_rows_above(book: Workbook) -> None:
    for sheet in book.worksheets[:-1]:
        sheet.insert_rows(1, 3)


def insert_blank_rows(book: Workbook) -> None:
    book["基础数据"].insert_rows(5)
    book["专项经费"].insert_rows(6, 2)


def insert_column(book: Workbook) -> None:
    book["基础数据"].insert_cols(1)
    book["专项经费"].insert_cols(3)


def delete_blank_entries(book: Workbook) -> None:
    book["专项经费"].delete_rows(8)
    book["专项经费"].delete_rows(6)


def sort_rows(book: Workbook) -> None:
    sheet = book["基础数据"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_row=9)]
    for number, row in enumerate(sorted(rows, key=lambda row: str(row[1]))):
        for column, value in enumerate(row, start=1):
            sheet.cell(3 + number, column).value = value


def copy_blank_sheet(book: Workbook) -> None:
    copy = book.copy_worksheet(book["基础数据"])
    for row in copy.iter_rows(min_row=3, min_col=4):
        for cell in row:
            cell.value = None


def add_own_sheet(book: Workbook) -> None:
    sheet = book.create_sheet("计算", 0)
    sheet.append(["自己的计算", 1, 2, "=B1+C1"])


@pytest.mark.parametrize(
    "damage",
    [
        rename_sheets,
        reverse_sheets,
        hide_sheets,
        insert_rows_above,
        insert_blank_rows,
        insert_column,
        delete_blank_entries,
        sort_rows,
    ],
)
def test_values_follow_their_keys_without_findings(damage: Damage) -> None:
    submission = read_back(returned(VALUES, damage))
    assert values_of(submission) == VALUES
    assert submission.findings == ()


@pytest.mark.parametrize(("damage", "name"), [(copy_blank_sheet, "基础数据 Copy"), (add_own_sheet, "计算")])
def test_sheets_that_people_added_are_named_and_not_read(damage: Damage, name: str) -> None:
    submission = read_back(returned(VALUES, damage))
    assert values_of(submission) == VALUES
    assert codes_of(submission) == [("sheets_added", None)]
    assert f"“{name}”" in submission.findings[0].message


def without(*items: str) -> dict[Address, Any]:
    return {address: value for address, value in VALUES.items() if address[0] not in items}


def delete_item_row(book: Workbook) -> None:
    book["基础数据"].delete_rows(4)


def wipe_key(book: Workbook) -> None:
    book["基础数据"]["A4"] = "学校"


def delete_sheet(book: Workbook) -> None:
    del book["基础数据"]


def delete_key_row(book: Workbook) -> None:
    book["基础数据"].delete_rows(2)


def delete_column(book: Workbook) -> None:
    book["专项经费"].delete_cols(6)


def copy_sheet(book: Workbook) -> None:
    book.copy_worksheet(book["基础数据"])["D4"] = 13


def copy_entry(book: Workbook) -> None:
    sheet = book["专项经费"]
    for column in range(1, 7):
        sheet.cell(8, column).value = sheet.cell(7, column).value


def sort_without_keys(book: Workbook) -> None:
    sheet = book["基础数据"]
    for column in range(2, 6):
        one, two = sheet.cell(3, column), sheet.cell(5, column)
        one.value, two.value = two.value, one.value


def type_between_entries(book: Workbook) -> None:
    sheet = book["专项经费"]
    sheet.insert_rows(6)
    sheet["D6"] = "新增的专项"


def type_below_the_table(book: Workbook) -> None:
    sheet = book["工作文件"]
    sheet.delete_rows(9)
    sheet["C9"], sheet["C10"] = "第五份文件", "第六份文件"


@pytest.mark.parametrize(
    ("damage", "values", "codes", "words"),
    [
        (delete_item_row, without("school_count"), [("content_lost", None)], "找不到“学校总数”"),
        (wipe_key, VALUES, [("found_by_name", "D4")], "“学校总数”的行标识已丢失"),
        (delete_sheet, without(*SCALARS), [("content_lost", None)], "找不到“基础数据”"),
        (delete_key_row, without(*SCALARS), [("content_lost", None)], "找不到“基础数据”"),
        (
            delete_column,
            {address: value for address, value in VALUES.items() if address[2] != "budget"},
            [("content_lost", None)],
            "找不到“预算”",
        ),
        (copy_sheet, without(*SCALARS), [("two_candidates", "A3")], "基础数据!A3、基础数据 Copy!A3"),
        (
            copy_entry,
            {address: value for address, value in VALUES.items() if address[:2] != ("special_funds", 3)},
            [("two_candidates", "A7")],
            "专项经费!A7、专项经费!A8",
        ),
        (
            sort_without_keys,
            {**VALUES, ("resident_population", None, None): "missing", ("library_area", None, None): "missing"},
            [("label_moved", "D3"), ("label_moved", "D5")],
            "“常住人口”一行的项目名称变成了“图书馆面积”",
        ),
        (type_between_entries, VALUES, [("unkeyed_rows", "C6")], "第6行"),
        (
            type_below_the_table,
            VALUES,
            [("unkeyed_rows", "C9"), ("labels_changed", "B9"), ("formulas_deleted", "E9")],
            "有2行是自行增加的（第9、10行）",
        ),
    ],
)
def test_what_is_lost_or_uncertain_is_said_once(
    damage: Damage, values: dict[Address, Any], codes: list[tuple[str, str | None]], words: str
) -> None:
    submission = read_back(returned(VALUES, damage))
    assert codes_of(submission) == codes
    assert words in submission.findings[0].message
    assert values_of(submission) == values


def test_reworded_labels_do_not_unsettle_the_keys() -> None:
    def reword(book: Workbook) -> None:
        book["基础数据"]["B4"] = "学校数（含分校）"

    submission = read_back(returned(VALUES, reword))
    assert values_of(submission) == VALUES
    assert codes_of(submission) == [("label_changed", "D4")]
    assert (submission.findings[0].expected, submission.findings[0].raw) == ("学校总数", "学校数（含分校）")


def test_findings_of_different_losses_have_different_ids() -> None:
    def delete_all(book: Workbook) -> None:
        for sheet in PLAN.sheets[1:-1]:
            del book[sheet.name]

    submission = read_back(returned(VALUES, delete_all))
    assert [code for code, _ in codes_of(submission)] == ["content_lost"] * 4
    assert len({finding.id for finding in submission.findings}) == 4

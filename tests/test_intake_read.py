from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from builders.returns import (
    IDENTITY,
    PLAN,
    RECIPIENT,
    SCALARS,
    Address,
    codes_of,
    fill,
    issued,
    read_back,
    returned,
    saved,
    values_of,
)
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from xltool.model.plan import Plan, PlanCell, Prefilled, SheetPlan, a1
from xltool.model.states import State
from xltool.model.values import Value

FULL: dict[Address, Any] = {
    ("resident_population", None, None): 66.2,
    ("resident_population", None, "remark"): "无",
    ("school_count", None, None): 12,
    ("library_area", None, None): 1234.5,
    ("literacy_rate", None, None): 87.5,
    ("rural_labour", None, None): "不适用",
    ("organisations", None, None): "001",
    ("founded", None, None): dt.date(2022, 3, 1),
    ("special_funds", 1, "unit"): "区体育局",
    ("special_funds", 1, "fund_name"): "全民健身",
    ("special_funds", 1, "category"): "培训",
    ("special_funds", 1, "budget"): 10.5,
    ("special_funds", 2, "unit"): "区文化旅游局",
    ("special_funds", 2, "fund_name"): "无",
    ("staff_total", 2, None): 320,
    ("work_document", 1, "title"): "关于推进学习型城区建设的意见",
    ("work_document", 1, "date"): dt.date(2022, 5, 6),
    ("work_document", 1, "level2"): "2.1 乙一",
    ("signoff", None, "filler"): "填报员",
}
EXPECTED = {address: value.isoformat() if isinstance(value, dt.date) else value for address, value in FULL.items()} | {
    ("rural_labour", None, None): "not_applicable"
}


def address_of(item: str, entry: int | None = None, column: str | None = None) -> str:
    _, cell = PLAN.inputs[item, entry, column]
    return a1(cell.row, cell.col)


def test_what_was_filled_is_read_equal_and_without_findings() -> None:
    submission = read_back(returned(FULL))
    assert values_of(submission) == EXPECTED
    assert submission.findings == ()
    assert len(submission.places) == len(PLAN.inputs)


def test_a_value_keeps_where_it_came_from() -> None:
    (value,) = read_back(returned({("library_area", None, None): 1234.5})).values
    assert value == Value(
        district="甲区",
        unit=None,
        item="library_area",
        row=None,
        column=None,
        value=1234.5,
        state=State.VALUE,
        raw="1234.5",
        unit_of_measure="m²",
        file="甲区.xlsx",
        sha256="0" * 64,
        sheet="基础数据",
        cell="D5",
    )


def test_a_blank_workbook_says_nothing() -> None:
    submission = read_back(returned({}))
    assert (submission.values, submission.findings) == ((), ())


def test_what_cannot_be_read_is_missing_with_a_finding_at_its_cell() -> None:
    submission = read_back(returned({("school_count", None, None): "约100所", ("special_funds", 3, "budget"): "10万"}))
    assert codes_of(submission) == [
        ("approximate", address_of("school_count")),
        ("double_unit", address_of("special_funds", 3, "budget")),
    ]
    assert [(one.item, one.row, one.column, one.value, one.state, one.raw) for one in submission.values] == [
        ("school_count", None, None, None, "missing", "约100所"),
        ("special_funds", 3, "budget", None, "missing", "10万"),
    ]
    first = submission.findings[0]
    assert (first.sheet, first.raw, first.district, first.file) == ("基础数据", "约100所", "甲区", "甲区.xlsx")
    assert first.message == "“学校总数”填的是“约100所”，是约数"
    assert first.action == "请填确切数字（单位：所）"


def test_findings_show_raw_and_read_value() -> None:
    submission = read_back(
        returned({("school_count", None, None): "１，２３４所", ("library_area", None, None): "=1200+350"})
    )
    assert [finding.message for finding in submission.findings] == [
        "“学校总数”填的是“１，２３４所”，按“1234”读取",
        "“图书馆面积”填的是公式“=1200+350”，按计算结果“1550”读取",
    ]
    assert [finding.severity for finding in submission.findings] == ["hint", "warning"]
    assert values_of(submission)["library_area", None, None] == 1550


def test_a_number_format_of_percent_is_seen() -> None:
    rate = ("literacy_rate", None, None)
    submission = read_back(returned({rate: 0.875}, formats={rate: "0.0%"}))
    assert values_of(submission) == {rate: 87.5}
    assert codes_of(submission) == [("read_normalised", "D6")]
    assert submission.findings[0].raw == "87.5%"


def test_dates_of_a_1904_workbook_are_converted() -> None:
    book = issued()
    book.epoch = CALENDAR_MAC_1904
    fill(book, {("founded", None, None): dt.date(2022, 3, 1)})
    (value,) = read_back(saved(book)).values
    assert (value.value, value.raw) == ("2022-03-01", "43159")


def test_a_table_declared_empty_is_one_value_of_0() -> None:
    (value,) = read_back(returned({("special_funds", None, "none"): "是"})).values
    assert (value.item, value.row, value.column, value.value, value.raw) == ("special_funds", None, None, 0, "是")


def test_a_declaration_and_rows_are_both_kept() -> None:
    submission = read_back(returned({("special_funds", None, "none"): "是", ("special_funds", 1, "budget"): 1}))
    assert values_of(submission) == {("special_funds", None, None): 0, ("special_funds", 1, "budget"): 1}


def test_anything_else_is_no_declaration() -> None:
    submission = read_back(returned({("special_funds", None, "none"): "有"}))
    assert codes_of(submission) == [("not_in_list", "C2")]
    assert values_of(submission) == {("special_funds", None, None): "missing"}


def test_words_for_nothing_in_texts_are_nothing() -> None:
    submission = read_back(returned({("work_document", 1, "title"): "无", ("organisations", None, None): "/"}))
    assert [code for code, _ in codes_of(submission)] == ["nothing_word", "nothing_word"]
    assert set(values_of(submission).values()) == {"missing"}


def change(sheet: str, cell: str, value: Any) -> Any:
    def damage(book: Workbook) -> None:
        book[sheet][cell] = value

    return damage


def test_prefilled_names_are_not_read_again() -> None:
    submission = read_back(returned({}, change("成员单位", "B2", "区科委(科协) ")))
    assert (submission.values, submission.findings) == ((), ())


def test_a_changed_name_of_a_unit_is_said() -> None:
    submission = read_back(returned({("staff_total", 1, None): 5}, change("成员单位", "B2", "区科委")))
    assert codes_of(submission) == [("prefilled_changed", "B2")]
    assert values_of(submission) == {("staff_total", 1, None): 5}


def test_figures_beside_another_units_name_are_not_read() -> None:
    def swap(book: Workbook) -> None:
        book["成员单位"]["B2"], book["成员单位"]["B3"] = "区体育局", "区科委（科协）"

    submission = read_back(returned({("staff_total", 1, None): 5, ("staff_total", 3, None): 7}, swap))
    assert codes_of(submission) == [("unit_name_moved", "B2"), ("unit_name_moved", "B3")]
    assert values_of(submission) == {("staff_total", 1, None): "missing", ("staff_total", 3, None): 7}


def test_a_prefilled_figure_counts_and_a_change_of_it_is_said() -> None:
    known = Prefilled(item="library_area", value=500, source="平台.csv", raw="500")
    recipient = type(RECIPIENT)(kind="district", district="甲区", unit=None, units=RECIPIENT.units, prefilled=(known,))
    book = issued(recipient=recipient)
    assert read_back(saved(book), recipient=recipient).findings == ()
    fill(book, {("library_area", None, None): 600})
    submission = read_back(saved(book), recipient=recipient)
    assert submission.values == ()
    assert codes_of(submission) == [("prefilled_changed", "D5")]
    assert "“500”被改为“600”" in submission.findings[0].message


@pytest.mark.parametrize("item", sorted(SCALARS))
def test_every_kind_of_item_takes_error_cells_as_findings(item: str) -> None:
    submission = read_back(returned({(item, None, None): "#REF!"}))
    assert [code for code, _ in codes_of(submission)] == ["error_cell"]


def test_a_plan_that_leaves_an_input_without_keys_is_a_fault_of_ours() -> None:
    cell = PlanCell(row=1, col=1, kind=PLAN.sheets[0].cells[-1].kind, style="", item="x", slot="remark")
    plan = Plan(
        kind="district",
        edition="2023",
        edition_digest="",
        answers=(),
        sheets=(SheetPlan(name="a", cells=(cell,)),),
        slots=PLAN.slots,
        lists={},
    )
    with pytest.raises(ValueError, match="a: PlanCell"):
        read_back(returned({}), plan=plan)


def test_the_identity_is_handed_on() -> None:
    assert read_back(returned({})).identity == IDENTITY

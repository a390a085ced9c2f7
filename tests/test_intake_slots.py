from __future__ import annotations

import pytest
from builders.returns import slot
from hypothesis import given
from hypothesis import strategies as st

from xltool.intake import arithmetic
from xltool.intake.grid import Cell, Kind
from xltool.intake.slots import read_cell
from xltool.model.plan import Slot
from xltool.model.states import State

PEOPLE = slot("integer", "人")
PERCENT = slot("number", "%")
WORDS = slot("text")
DAY = slot("date")
KIND = slot("choice")
CHOICES = ("培训", "活动（含赛事）", "1.1 学习型城区")
EVERY_SLOT = (PEOPLE, PERCENT, WORDS, DAY, KIND)


def read(cell: Cell, one: Slot, *, free: bool = False) -> tuple[object, str | None]:
    reading = read_cell(cell, one, CHOICES, free=free)
    assert reading is not None
    return (reading.value if reading.state is not State.NOT_APPLICABLE else "不适用"), reading.code


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        (Cell(Kind.TEXT, "001"), "001", None),
        (Cell(Kind.TEXT, " 两所\n"), "两所", None),
        (Cell(Kind.NUMBER, "12"), "12", None),
        (Cell(Kind.NUMBER, "12.0"), "12", None),
        (Cell(Kind.NUMBER, "0.5", "0%"), "50%", None),
        (Cell(Kind.NUMBER, "44621", "yyyy-mm-dd"), "2022-03-01", "date_normalised"),
        (Cell(Kind.NUMBER, "44621", "yyyy年m月"), None, "incomplete_date"),
        (Cell(Kind.NUMBER, "9.14E+17"), None, "lost_precision"),
        (Cell(Kind.BOOLEAN, "TRUE"), None, "boolean_value"),
        (Cell(Kind.ERROR, "#REF!"), None, "error_cell"),
        (Cell(Kind.TEXT, "无"), None, "nothing_word"),
        (Cell(Kind.TEXT, "不适用"), None, "not_applicable_refused"),
        (Cell(Kind.NUMBER, "7", "000"), "007", None),
        (Cell(Kind.NUMBER, "12", '0"万"'), None, "shown_otherwise"),
        (Cell(Kind.TEXT, "两所", '@"（暂定）"'), None, "shown_otherwise"),
        (Cell(Kind.TEXT, "两所", ";;;"), None, "shown_otherwise"),
        (Cell(Kind.TEXT, "两所", "0;-0;;@"), "两所", None),
    ],
)
def test_text_slots(cell: Cell, value: str | None, code: str | None) -> None:
    assert read(cell, WORDS) == (value, code)


def test_in_free_text_the_words_for_nothing_are_text() -> None:
    assert read(Cell(Kind.TEXT, " 无 "), WORDS, free=True) == ("无", None)
    assert read(Cell(Kind.TEXT, "不适用"), WORDS, free=True) == ("不适用", None)


@pytest.mark.parametrize(
    ("raw", "value", "code"),
    [
        ("培训", "培训", None),
        (" 培训\u3000", "培训", None),
        ("活动(含赛事)", "活动（含赛事）", None),
        ("1.1学习型城区", "1.1 学习型城区", None),
        ("其他", "其他", None),
        ("-", None, "nothing_word"),
    ],
)
def test_choices_are_the_lists_own_text(raw: str, value: str | None, code: str | None) -> None:
    assert read(Cell(Kind.TEXT, raw), KIND) == (value, code)


@pytest.mark.parametrize(
    ("formula", "one", "value", "code"),
    [
        ("1200+350", PEOPLE, 1550, "constant_formula"),
        ("SUM(3,4)*2", PEOPLE, 14, "constant_formula"),
        ("ROUND(7/8*100,1)", PERCENT, 87.5, "constant_formula"),
        ("0.1+0.2", PERCENT, 0.3, "constant_formula"),
        ("SUM(1,2*(3-1),50%)", PERCENT, 5.5, "constant_formula"),
        ("MAX(3,AVERAGE(4,8),-2^2)", PEOPLE, 6, "constant_formula"),
        ("ROUNDUP(7/3,1)", PERCENT, 2.4, "constant_formula"),
        ("ROUNDDOWN(-7/3,0)", PEOPLE, -2, "constant_formula"),
        ("INT(ABS(-2.5))+PRODUCT(2,3)", PEOPLE, 8, "constant_formula"),
        ("ROUND(1,2,3)", PEOPLE, None, "foreign_formula"),
        ("MIN(1,)", PEOPLE, None, "foreign_formula"),
        ("VLOOKUP(1,2,3)", PEOPLE, None, "foreign_formula"),
        ("1,200", PEOPLE, None, "foreign_formula"),
        ("DATE(2022,3,1)", DAY, "2022-03-01", "constant_formula"),
        ("DATE(2022,2,30)", DAY, None, "foreign_formula"),
        ('"甲"', WORDS, "甲", "constant_formula"),
        ("2+3", WORDS, "5", "constant_formula"),
        ("A1+1", PEOPLE, None, "foreign_formula"),
        ("SUM(B2:B9)", PEOPLE, None, "foreign_formula"),
        ("TODAY()", DAY, None, "foreign_formula"),
        ("2022-3-1", DAY, None, "foreign_formula"),
        ("1/0", PEOPLE, None, "foreign_formula"),
        ("TRUE()", PEOPLE, None, "boolean_value"),
        ("[1]Sheet1!A1", PEOPLE, None, "external_link"),
        ("'C:\\数据\\[上年.xlsx]表'!A1", PEOPLE, None, "external_link"),
        ("'file:///tmp/a.ods'#$Sheet1.A1", PEOPLE, None, "external_link"),
    ],
)
def test_formulas(formula: str, one: Slot, value: object, code: str) -> None:
    """The last result, 999, must never be what is read."""
    assert read(Cell(Kind.NUMBER, "999", formula=formula), one) == (value, code)


def test_a_constant_formula_shown_as_percent_is_one() -> None:
    assert read(Cell(Kind.NUMBER, "0.875", "0.0%", "7/8"), PERCENT) == (87.5, "constant_formula")


@pytest.mark.parametrize("one", EVERY_SLOT)
@pytest.mark.parametrize("formula", [None, "1+1"])
def test_what_is_struck_out_is_not_read(one: Slot, formula: str | None) -> None:
    assert read(Cell(Kind.TEXT, "12", formula=formula, struck=True), one) == (None, "struck_out")


def test_a_failed_formula_is_an_error_cell_never_empty() -> None:
    assert read(Cell(Kind.ERROR, "#REF!", formula="Sheet2!#REF!"), PEOPLE) == (None, "error_cell")


@given(st.sampled_from(list(Kind)), st.text(max_size=12), st.sampled_from(EVERY_SLOT), st.none() | st.text(max_size=12))
def test_no_content_raises(kind: Kind, raw: str, one: Slot, formula: str | None) -> None:
    read_cell(Cell(kind, raw, "General", formula), one, CHOICES)


@given(st.integers(-999, 999), st.integers(-999, 999), st.integers(1, 99))
def test_arithmetic_agrees_with_python(one: int, two: int, three: int) -> None:
    result = arithmetic.constant(f"({one}+{two})*{three}-{two}")
    assert result == (one + two) * three - two


@pytest.mark.parametrize(
    ("formula", "result"), [("-2^2", 4), ("50%", 0.5), ("2*-3", -6), ("2^3^2", 64), ("1e3", 1000), (" 1 + 1 ", 2)]
)
def test_operators_bind_as_in_spreadsheets(formula: str, result: float) -> None:
    found = arithmetic.constant(formula)
    assert found is not None
    assert float(found) == result


@pytest.mark.parametrize(
    "formula", ["", "1+", "(1", "1)", "1 2", "1,2", "9^999", "((((" * 20 + "1", "1" * 600, "A1", "SUM", "0^-1"]
)
def test_what_is_no_arithmetic_has_no_result(formula: str) -> None:
    assert arithmetic.constant(formula) is None

from __future__ import annotations

import pytest
from builders.returns import slot
from hypothesis import given
from hypothesis import strategies as st

from xltool.intake import numbers
from xltool.intake.reading import Reading
from xltool.messages import FINDINGS
from xltool.model.plan import Slot
from xltool.model.states import State

PEOPLE = slot("integer", "人")
VISITS = slot("integer", "人次")
NAMED = slot("integer", "名")
AREA = slot("number", "m²")
POPULATION = slot("number", "万人")
MONEY = slot("number", "万元")
YUAN = slot("number", "元")
PERCENT = slot("number", "%")
SETS = slot("integer", "套（个）")
SCORE = slot("number", "分（0-100）")
BOOKS = slot("integer", "册")
RURAL = slot("integer", "人", not_applicable=True)


def text(raw: str, one: Slot) -> Reading:
    reading = numbers.from_text(raw, one)
    assert reading is not None
    return reading


@pytest.mark.parametrize(
    ("raw", "one", "value"),
    [
        ("123", PEOPLE, 123),
        ("１２３", PEOPLE, 123),
        ("１２．５", AREA, 12.5),
        ("12。5", AREA, 12.5),
        (" 12 ", PEOPLE, 12),
        ("\u300012\u00a0", PEOPLE, 12),
        ("\ufeff1\u200b2\u200d", PEOPLE, 12),
        ("\u202d123\u202c", PEOPLE, 123),
        ("+5", PEOPLE, 5),
        ("-5", PEOPLE, -5),
        ("\u22125", PEOPLE, -5),
        ("007", PEOPLE, 7),
        ("0", PEOPLE, 0),
        (".5", AREA, 0.5),
        ("12.0", PEOPLE, 12),
        ("12.5", PEOPLE, 12.5),
        ("1,234", PEOPLE, 1234),
        ("１，２３４", PEOPLE, 1234),
        ("1,234,567.5", AREA, 1234567.5),
        ("1,234.5平方米", AREA, 1234.5),
        ("12平米", AREA, 12.0),
        ("12㎡", AREA, 12.0),
        ("12 m²", AREA, 12.0),
        ("12M2", AREA, 12.0),
        ("12 平方米", AREA, 12.0),
        ("5人", PEOPLE, 5),
        ("5名", PEOPLE, 5),
        ("5人", NAMED, 5),
        ("5人次", VISITS, 5),
        ("5套", SETS, 5),
        ("5个", SETS, 5),
        ("5套（个）", SETS, 5),
        ("95.5分", SCORE, 95.5),
        ("5册", BOOKS, 5),
        ("12.3万人", POPULATION, 12.3),
        ("12.3万元", MONEY, 12.3),
        ("87.5%", PERCENT, 87.5),
        ("８７．５％", PERCENT, 87.5),
        ("0.5%", PERCENT, 0.5),
        ("1.234E+3", AREA, 1234.0),
        ("5e-1", AREA, 0.5),
        ("12（人）", PEOPLE, 12),
        ("12人/次", VISITS, 12),
        ("￥12.5", YUAN, 12.5),
        ("¥1,200元", YUAN, 1200.0),
        ("300元整", YUAN, 300.0),
    ],
)
def test_plain_numbers_in_text_are_read_with_a_hint(raw: str, one: Slot, value: float) -> None:
    reading = text(raw, one)
    assert (reading.value, reading.state, reading.code) == (value, State.VALUE, "read_normalised")
    assert type(reading.value) is type(value)


@pytest.mark.parametrize(
    ("raw", "one", "value"),
    [
        ("12.3万", PEOPLE, 123000),
        ("12.3万人", PEOPLE, 123000),
        ("1.2亿", PEOPLE, 120_000_000),
        ("3千册", BOOKS, 3000),
        ("30万册", BOOKS, 300_000),
        ("0.5万平方米", AREA, 5000.0),
        ("2公顷", AREA, 20000.0),
        ("3亩", AREA, 2000.0),
        ("1.5平方公里", AREA, 1_500_000.0),
        ("1万", AREA, 10000.0),
        ("12.3万元", YUAN, 123000.0),
        ("2亿元", YUAN, 200_000_000.0),
    ],
)
def test_other_units_are_converted_with_a_warning(raw: str, one: Slot, value: float) -> None:
    reading = text(raw, one)
    assert reading.code == "unit_converted"
    assert reading.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("raw", "one", "code"),
    [
        ("约100", PEOPLE, "approximate"),
        ("近百人", PEOPLE, "not_a_number"),
        ("100左右", PEOPLE, "approximate"),
        ("100余人", PEOPLE, "approximate"),
        ("100+", PEOPLE, "approximate"),
        ("~100", PEOPLE, "approximate"),
        ("＞100", PEOPLE, "approximate"),
        ("100-200", PEOPLE, "several_numbers"),
        ("100~200", PEOPLE, "several_numbers"),
        ("100至200", PEOPLE, "several_numbers"),
        ("100/200", PEOPLE, "several_numbers"),
        ("100、200", PEOPLE, "several_numbers"),
        ("12 34", PEOPLE, "several_numbers"),
        ("1 234", PEOPLE, "several_numbers"),
        ("12,34", PEOPLE, "several_numbers"),
        ("1,2345", PEOPLE, "several_numbers"),
        ("12,345,6", PEOPLE, "several_numbers"),
        ("0,123", PEOPLE, "several_numbers"),
        ("1.2.3", AREA, "several_numbers"),
        ("60+40", PEOPLE, "several_numbers"),
        ("十二", PEOPLE, "not_a_number"),
        ("见附件", PEOPLE, "not_a_number"),
        ("10²", PEOPLE, "not_a_number"),
        ("①", PEOPLE, "not_a_number"),
        ("5人次", PEOPLE, "not_a_number"),
        ("5人", VISITS, "not_a_number"),
        ("5万元", PEOPLE, "not_a_number"),
        ("5公顷", PEOPLE, "not_a_number"),
        ("50%", PEOPLE, "not_a_number"),
        ("5‰", PERCENT, "not_a_number"),
        ("87万", SCORE, "not_a_number"),
        ("(123)", PEOPLE, "accounting_negative"),
        ("（1,234）", PEOPLE, "accounting_negative"),
        ("TRUE", PEOPLE, "boolean_value"),
        ("#REF!", PEOPLE, "error_cell"),
        ("12.3万", POPULATION, "double_unit"),
        ("123000人", POPULATION, "double_unit"),
        ("12万", MONEY, "double_unit"),
        ("1.2亿元", MONEY, "double_unit"),
        ("120000元", MONEY, "double_unit"),
        ("9.14E+17", PEOPLE, "lost_precision"),
        ("1.2E+3", PEOPLE, "lost_precision"),
        ("310101199001011234", PEOPLE, "lost_precision"),
        ("1e-400", AREA, "lost_precision"),
        ("¥100", PEOPLE, "not_a_number"),
        ("¥12", MONEY, "double_unit"),
        ("12（含3）", PEOPLE, "several_numbers"),
        ("12①", PEOPLE, "not_a_number"),
        ("12万3千", PEOPLE, "several_numbers"),
        ("1٠", PEOPLE, "not_a_number"),
        ("5-", PEOPLE, "not_a_number"),
        ("—5", PEOPLE, "not_a_number"),
        ("1.234.567", PEOPLE, "several_numbers"),
        ("1 234,5", PEOPLE, "several_numbers"),
        ("=1+2", PEOPLE, "several_numbers"),
        ("0x1F", PEOPLE, "several_numbers"),
        ("不适用", PEOPLE, "not_applicable_refused"),
        ("无", PEOPLE, "nothing_word"),
        ("-", PEOPLE, "nothing_word"),
        ("——", PEOPLE, "nothing_word"),
        ("／", PEOPLE, "nothing_word"),
        ("n/a", PEOPLE, "nothing_word"),
    ],
)
def test_what_is_not_certain_is_not_read(raw: str, one: Slot, code: str) -> None:
    reading = text(raw, one)
    assert (reading.value, reading.state, reading.code) == (None, State.MISSING, code)
    assert code in FINDINGS


def test_not_applicable_where_the_item_allows_it() -> None:
    assert text(" 不适用 ", RURAL) == Reading(value=None, state=State.NOT_APPLICABLE)
    assert text("无", RURAL) == Reading(value=None, state=State.NOT_APPLICABLE, code="nothing_not_applicable")


@pytest.mark.parametrize("raw", ["", " ", "\u3000\n", "\u200b"])
def test_nothing_visible_is_blank(raw: str) -> None:
    assert numbers.from_text(raw, PEOPLE) is None


@pytest.mark.parametrize(
    ("raw", "number_format", "one", "value", "code"),
    [
        ("12", "General", PEOPLE, 12, None),
        ("12.0", "General", PEOPLE, 12, None),
        ("12.300000000000001", "General", AREA, 12.3, None),
        ("1.2E-2", "General", AREA, 0.012, None),
        ("0.875", "0.0%", PERCENT, 87.5, "read_normalised"),
        ("0.28999999999999998", "0%", PERCENT, 29.0, "read_normalised"),
        ("87.5", '0.0"%"', PERCENT, 87.5, None),
        ("0.875", "General", PERCENT, 0.875, "percent_as_fraction"),
        ("1", "0.00", PERCENT, 1.0, "percent_as_fraction"),
        ("0", "General", PERCENT, 0.0, None),
        ("0.5", "0%", PEOPLE, None, "not_a_number"),
        ("44621", 'm"月"d"日"', PEOPLE, None, "date_value"),
        ("1E+18", "General", PEOPLE, None, "lost_precision"),
        ("123456789012345678", "0", PEOPLE, None, "lost_precision"),
        ("NaN", "General", PEOPLE, None, "not_a_number"),
        ("1_000", "General", PEOPLE, None, "not_a_number"),
        ("1E-400", "General", AREA, None, "lost_precision"),
        ("12", '0"人"', PEOPLE, 12, None),
        ("12", '0"人次"', PEOPLE, None, "shown_otherwise"),
        ("12", '0"万"', PEOPLE, None, "shown_otherwise"),
        ("12", '"约"0', PEOPLE, None, "shown_otherwise"),
        ("123456", "0,", PEOPLE, None, "shown_otherwise"),
        ("123456", '0.0,"千"', PEOPLE, None, "shown_otherwise"),
        ("123456", '0!.0,"万"', PEOPLE, None, "shown_otherwise"),
        ("-5", "0;0", PEOPLE, None, "shown_otherwise"),
        ("12", ";;;", PEOPLE, None, "shown_otherwise"),
        ("0", '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', PEOPLE, 0, "read_normalised"),
        ("0.5", "# ?/?", AREA, 0.5, "read_normalised"),
        ("12345", "0.00E+00", PEOPLE, 12345, "read_normalised"),
        ("12.5", "[$¥-804]#,##0.00", YUAN, 12.5, None),
        ("12.5", "[$¥-804]#,##0.00", MONEY, None, "shown_otherwise"),
    ],
)
def test_number_cells(raw: str, number_format: str, one: Slot, value: float | None, code: str | None) -> None:
    reading = numbers.from_number(raw, number_format, one)
    assert (reading.value, reading.code) == (value, code)


def test_a_percent_text_of_at_most_one_without_sign_is_warned_of() -> None:
    assert text("0.875", PERCENT).code == "percent_as_fraction"


@given(st.integers(-(10**14), 10**14))
def test_grouped_digits_read_as_their_number(number: int) -> None:
    assert text(f"{number:,}", PEOPLE).value == number


@given(st.text(max_size=30), st.sampled_from([PEOPLE, AREA, POPULATION, PERCENT, RURAL, YUAN]))
def test_any_text_is_read_or_refused_with_a_known_code(raw: str, one: Slot) -> None:
    reading = numbers.from_text(raw, one)
    if reading is not None:
        assert reading.code is None or reading.code in FINDINGS
        assert (reading.value is None) == (reading.state is not State.VALUE)


@given(st.floats(allow_nan=False, allow_infinity=False, width=64).filter(lambda x: abs(x) < 1e15))
def test_number_cells_keep_every_digit(number: float) -> None:
    assert numbers.from_number(repr(number), "General", AREA).value == number

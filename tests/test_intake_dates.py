from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xltool.intake import dates, formats
from xltool.intake.reading import Reading
from xltool.messages import FINDINGS
from xltool.model.numbers import serial
from xltool.model.states import State

DAY = "yyyy-mm-dd"


def text(raw: str) -> Reading:
    reading = dates.from_text(raw)
    assert reading is not None
    return reading


@pytest.mark.parametrize(
    "raw",
    [
        "2022年3月1日",
        "2022年03月01日",
        "2022年3月1号",
        "2022 年 3 月 1 日",
        "２０２２年３月１日",
        "2022.3.1",
        "２０２２．３．１",
        "2022/3/1",
        "2022-03-01",
        "2022-3-1",
        "20220301",
        "二〇二二年三月一日",
        "二○二二年三月一日",
        "二零二二年三月一日",
        " 2022-03-01\u00a0",
        "2022-03-01 00:00:00",
    ],
)
def test_dates_in_their_forms(raw: str) -> None:
    assert text(raw) == Reading(value="2022-03-01", state=State.VALUE, code="date_normalised")


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("二〇二二年十二月三十一日", "2022-12-31"),
        ("二〇二二年十月二十日", "2022-10-20"),
        ("二〇二二年十一月廿一日", "2022-11-21"),
        ("二〇二二年元月十日", "2022-01-10"),
        ("2024.2.29", "2024-02-29"),
    ],
)
def test_chinese_numerals_and_leap_days(raw: str, value: str) -> None:
    assert text(raw).value == value


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("2022年3月", "incomplete_date"),
        ("2022-03", "incomplete_date"),
        ("2022.3", "incomplete_date"),
        ("202203", "incomplete_date"),
        ("2022", "incomplete_date"),
        ("2022年", "incomplete_date"),
        ("3月1日", "incomplete_date"),
        ("3月", "incomplete_date"),
        ("二〇二二年三月", "incomplete_date"),
        ("1/3/2022", "ambiguous_date"),
        ("13/1/2022", "ambiguous_date"),
        ("22-3-1", "ambiguous_date"),
        ("22年3月1日", "ambiguous_date"),
        ("2022-02-30", "bad_date"),
        ("2022-13-01", "bad_date"),
        ("20221301", "bad_date"),
        ("2022.3/1", "bad_date"),
        ("2022.3.1-2022.3.5", "bad_date"),
        ("约2022年3月1日", "bad_date"),
        ("二〇二二年十三月一日", "bad_date"),
        ("二〇二二年一一月一日", "bad_date"),
        ("春季", "bad_date"),
        ("1899-12-31", "bad_date"),
        ("2101-01-01", "bad_date"),
        ("0022-03-01", "bad_date"),
        ("民国111年3月1日", "bad_date"),
        ("农历2022年三月一日", "bad_date"),
        ("2022年3月1日—3日", "bad_date"),
        ("2022年3月1日上午", "bad_date"),
        ("2022-02-29", "bad_date"),
        ("不适用", "not_applicable_refused"),
        ("无", "nothing_word"),
    ],
)
def test_what_is_no_certain_date_is_not_read(raw: str, code: str) -> None:
    assert text(raw) == Reading(value=None, state=State.MISSING, code=code)


@pytest.mark.parametrize(
    ("raw", "number_format", "value", "code", "seen"),
    [
        ("44621", DAY, "2022-03-01", None, None),
        ("44621.75", "yyyy/m/d h:mm", "2022-03-01", None, None),
        ("44621", "General", "2022-03-01", "date_normalised", None),
        ("20220301", "General", "2022-03-01", "date_normalised", None),
        ("20220301", "0", "2022-03-01", "date_normalised", None),
        ("2022", "General", None, "incomplete_date", None),
        ("202203", "General", None, "incomplete_date", None),
        ("2022.3", "General", None, "incomplete_date", None),
        ("44621", 'yyyy"年"m"月"', None, "incomplete_date", "2022年3月"),
        ("44621", 'm"月"d"日"', None, "incomplete_date", "3月1日"),
        ("0.5", "h:mm", None, "bad_date", None),
        ("20220301", DAY, "2022-03-01", "date_normalised", None),
        ("20221301", DAY, None, "bad_date", None),
        ("9999999", DAY, None, "bad_date", None),
        ("-5", DAY, None, "bad_date", None),
        ("1E99", "General", None, "bad_date", None),
        ("60", DAY, None, "bad_date", None),
        ("61", DAY, "1900-03-01", None, None),
        ("2958465", DAY, "9999-12-31", None, None),
        ("44621", 'e"年"m"月"d"日"', "2022-03-01", None, None),
    ],
)
def test_number_cells(raw: str, number_format: str, value: str | None, code: str | None, seen: str | None) -> None:
    reading = dates.from_number(raw, number_format, date1904=False)
    assert (reading.value, reading.code, reading.raw) == (value, code, seen)


def test_the_1904_system_starts_four_years_later() -> None:
    assert dates.from_number("43159", DAY, date1904=True).value == "2022-03-01"


def test_iso_cells() -> None:
    assert dates.from_iso("2022-03-01T00:00:00").value == "2022-03-01"
    assert dates.from_iso("2022-03-011").code == "bad_date"
    assert dates.from_iso("PT12H").code == "bad_date"


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("General", set()),
        ("#,##0.00", set()),
        ("0.00E+00", set()),
        ("@", set()),
        ("yyyy-mm-dd", {"y", "m", "d"}),
        ("[$-804]yyyy\\-mm\\-dd;@", {"y", "m", "d"}),
        ('yyyy"年"m"月"d"日"', {"y", "m", "d"}),
        ("[h]:mm:ss", {"time"}),
        ("h:mm AM/PM", {"time"}),
        ("mm:ss.0", {"time"}),
        ('0"d"', set()),
        ("[Red]0", set()),
        ("#,##0.######", set()),
        ("General;[Red]-General", set()),
    ],
)
def test_date_formats(code: str, parts: set[str]) -> None:
    assert formats.date_parts(code) == parts


@pytest.mark.parametrize(
    ("code", "is_percent"), [("0%", True), ("0.0%;[Red]-0.0%", True), ('0"%"', False), ("0\\%", False)]
)
def test_percent_formats(code: str, is_percent: bool) -> None:  # noqa: FBT001
    assert formats.is_percent(code) is is_percent


@given(st.dates(dt.date(1955, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_is_read_from_each_form(day: dt.date) -> None:
    for raw in (
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
    ):
        assert text(raw).value == day.isoformat()
    assert dates.from_number(f"{serial(day):g}", DAY, date1904=False).value == day.isoformat()


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused_with_a_known_code(raw: str) -> None:
    reading = dates.from_text(raw)
    assert reading is None or reading.code in FINDINGS

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from xltool.intake.display import display
from xltool.intake.ods_looks import Looks, number_format, shows_whole_date

NAMES = 'xmlns:s="urn:s" xmlns:t="urn:t"'


@pytest.mark.parametrize(
    ("value", "shown", "code"),
    [
        ("12", "12", "General"),
        ("1234.5", "1,234.50", "General"),
        ("-5", "-5", "General"),
        ("12.3456", "12.35", "General"),
        ("12", "", "General"),
        ("12", "12万", 'General"万"'),
        ("12.5", "¥12.50", '"¥"General'),
        ("0.875", "87.5%", "0%"),
        ("12345", "1.23E+04", "0.00E+00"),
        ("123456", "123", ";;;"),
        ("123456", "12.3万", ";;;"),
        ("87.5", "87.5%", ";;;"),
        ("12", "一十二", ";;;"),
        ("0.5", "1/2", ";;;"),
    ],
)
def test_formats_that_show_a_value_as_the_document_does(value: str, shown: str, code: str) -> None:
    assert number_format(value, shown) == code


@pytest.mark.parametrize(
    ("shown", "whole"),
    [
        ("2022-03-01", True),
        ("22/3/1", True),
        ("2022年3月1日", True),
        ("二〇二二年三月一日", True),
        ("2022年3月", False),
        ("3月1日", False),
        ("", True),
    ],
)
def test_dates_of_which_a_part_is_made_up(shown: str, *, whole: bool) -> None:
    assert shows_whole_date("2022-03-01", shown) is whole


def style(name: str, properties: str) -> etree._Element:
    return etree.fromstring(f'<s:style {NAMES} s:name="{name}"><s:text-properties {properties}/></s:style>')


def test_struck_out_and_raised_styles() -> None:
    looks = Looks()
    for name, properties in (
        ("T1", 's:text-line-through-type="single"'),
        ("T2", 's:text-line-through-type="none" s:text-position="33% 58%"'),
        ("T3", 's:text-line-through-style="none" s:text-position="-33% 58%"'),
        ("T4", 's:text-position="0% 100%"'),
    ):
        looks.note(style(name, properties))
    spans = {
        name: etree.fromstring(f'<t:p {NAMES}>1<t:span t:style-name="{name}">2</t:span></t:p>')
        for name in ("T1", "T2", "T3", "T4")
    }
    assert [name for name, cell in spans.items() if looks.is_struck(cell)] == ["T1"]
    assert [looks.seen(cell[0], "2") for cell in spans.values()] == ["2", "²", "₂", "2"]


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12), st.text(max_size=12))
def test_any_text_gives_a_format(value: float, shown: str) -> None:
    display(number_format(repr(value), shown), value)

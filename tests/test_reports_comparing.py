"""Numbers of a Word file held against those it was made with, whatever was reworded."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from builders import reports as build
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from xltool.errors import CampaignError
from xltool.reports.comparing import compare_numbers
from xltool.reports.reading import Block, blocks_of, numbers_in


def block(text: str) -> Block:
    return Block(place=text[:4], text=text, numbers=numbers_in(text))


def differences(expected: list[str], found: list[str]) -> list[tuple[str, str, str]]:
    told = compare_numbers([block(text) for text in expected], [block(text) for text in found])
    return [(one.kind, one.expected, one.found) for one in told]


def test_numbers_are_read_as_people_write_them_and_parts_of_ids_are_none() -> None:
    assert numbers_in("１，２３４．５人、-3%、b2d2b71ada82和12345 个") == ("1234.5", "-3", "12345")
    assert numbers_in("所用Word模板的版本：202611260017。共3个") == ("3",)


def test_the_same_is_the_same() -> None:
    assert differences(["甲1", "乙2"], ["甲1", "乙2"]) == []


def test_a_changed_number_is_named_in_its_place() -> None:
    assert differences(["甲区有12.50人", "乙区有3人"], ["甲区有13.50人", "乙区有3人"]) == [
        ("changed", "12.50", "13.50")
    ]


def test_other_wording_with_the_same_numbers_is_no_difference() -> None:
    assert differences(["本区有12.50人，比上年多3人"], ["本区人数为12.50人，比上一年多3人"]) == []


def test_what_staff_wrote_besides_is_added_and_what_they_deleted_is_removed() -> None:
    assert differences(["第一句说有5项"], ["第一句说有5项", "另外提到99项别的事"]) == [("added", "", "99")]
    assert differences(["第一句说有5项", "第二句说有6项"], ["第一句说有5项"]) == [("removed", "6", "")]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 999), min_size=1, max_size=12), st.data())
def test_any_one_changed_number_is_found(numbers: list[int], data: Any) -> None:
    place = data.draw(st.integers(0, len(numbers) - 1))
    other = data.draw(st.integers(0, 999).filter(lambda value: value != numbers[place]))
    words = "甲乙丙丁戊己庚辛壬癸子丑"
    expected = [f"关于{word}的情况有{number}项" for word, number in zip(words, numbers, strict=False)]
    found = [*expected]
    found[place] = f"关于{words[place]}的情况有{other}项"
    assert differences(expected, found) == [("changed", str(numbers[place]), str(other))]


def changed(document: bytes, part: str, change: Callable[[str], str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as source, zipfile.ZipFile(target, "w") as packed:
        for name in source.namelist():
            content = source.read(name)
            packed.writestr(name, change(content.decode()).encode() if name == part else content)
    return target.getvalue()


WHOLE = build.full_document()


def held(document: bytes) -> list[tuple[str, str, str]]:
    told = compare_numbers(blocks_of("a", WHOLE), blocks_of("a", document))
    return [(one.kind, one.place, one.found) for one in told]


def test_a_whole_sub_report_agrees_with_itself_resaved() -> None:
    target = io.BytesIO()
    Document(io.BytesIO(WHOLE)).save(target)
    assert held(target.getvalue()) == []


def test_a_number_changed_in_a_table_is_found_with_its_row() -> None:
    rows = re.findall(r">(\d+\.\d\d)<", zipfile.ZipFile(io.BytesIO(WHOLE)).read("word/document.xml").decode())
    once = next(number for number in rows if rows.count(number) == 1)
    told = held(changed(WHOLE, "word/document.xml", lambda xml: xml.replace(f">{once}<", ">987654<")))
    ((kind, place, found),) = told
    assert (kind, found) == ("changed", "987654")
    assert re.match(r"第\d+个表格第\d+行“", place)


def test_a_number_changed_in_a_charts_cache_is_found_with_its_series() -> None:
    def change(xml: str) -> str:
        return re.sub(r"(<c:yVal>.*?<c:pt idx=\"0\">\s*<c:v>)[^<]+", r"\g<1>42", xml, count=1, flags=re.DOTALL)

    ((kind, place, found),) = held(changed(WHOLE, "word/charts/chart1.xml", change))
    assert (kind, place, found) == ("changed", "图表的系列“其他各区”", "42")


def test_the_date_that_the_office_fills_in_is_no_difference() -> None:
    dated = changed(WHOLE, "word/document.xml", lambda xml: xml.replace("　　年　　月　　日", "2024年1月5日"))
    assert dated != WHOLE
    assert held(dated) == []


@pytest.mark.parametrize("content", [b"", b"text", b"PK\x03\x04x"])
def test_what_is_no_word_file_is_refused(content: bytes) -> None:
    with pytest.raises(CampaignError) as caught:
        blocks_of("a", content)
    assert caught.value.code == "report_unreadable"

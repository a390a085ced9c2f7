"""Captions and references: numbered in the order of the document, as fields that resolve."""

from __future__ import annotations

import re
from typing import Any

import pytest
from builders import reports as build
from builders.documents import W, body
from lxml import etree

from xltool.reports.labels import chart, table
from xltool.reports.references import UnresolvedError, caption_mark, resolve

NAMESPACE = f'xmlns:w="{W[1:-1]}"'


def paragraph(text: str, looks: str = "") -> str:
    return f"<w:p><w:r>{looks}<w:t>{text}</w:t></w:r></w:p>"


def parsed(*paragraphs: str) -> Any:
    return etree.fromstring(f"<w:body {NAMESPACE}>{resolve(''.join(paragraphs))}</w:body>")


def texts(root: Any) -> list[str]:
    return ["".join(one.itertext(f"{W}t")) for one in root.iter(f"{W}p")]


def test_captions_count_by_kind_in_the_documents_order_and_references_follow() -> None:
    root = parsed(
        paragraph(f"见{table('late')}第3行、{chart('dots')}。"),
        paragraph(f"{caption_mark(table('early'))}　甲"),
        paragraph(f"{caption_mark(chart('dots'))}　乙"),
        paragraph(f"{caption_mark(table('late'))}　丙"),
    )
    assert texts(root) == ["见表2第3行、图1。", "表1　甲", "图1　乙", "表2　丙"]


def test_a_reference_is_a_field_to_the_bookmark_around_the_captions_number() -> None:
    root = parsed(paragraph(f"见{table('one')}"), paragraph(caption_mark(table("one"))))
    fields = [field.get(f"{W}instr") for field in root.iter(f"{W}fldSimple")]
    assert fields == [r" REF table_one \h ", r" SEQ 表 \* ARABIC "]
    start, end = next(root.iter(f"{W}bookmarkStart")), next(root.iter(f"{W}bookmarkEnd"))
    assert start.get(f"{W}name") == "table_one"
    assert start.get(f"{W}id") == end.get(f"{W}id")
    between = []
    element = start.getnext()
    while element is not end:
        between.append("".join(element.itertext(f"{W}t")))
        element = element.getnext()
    assert "".join(between) == "表1"


def test_a_field_looks_like_the_run_that_it_stands_in() -> None:
    bold = "<w:rPr><w:b/></w:rPr>"
    root = parsed(paragraph(f"见{table('one')}和{table('one')}后", bold), paragraph(caption_mark(table("one"))))
    first = next(root.iter(f"{W}p"))
    assert all(run.find(f"{W}rPr/{W}b") is not None for run in first.iter(f"{W}r"))
    assert texts(root)[0] == "见表1和表1后"


def test_a_reference_without_its_caption_is_a_fault_at_its_place() -> None:
    xml = paragraph("前") + paragraph(f"见{chart('gone')}")
    with pytest.raises(UnresolvedError) as caught:
        resolve(xml)
    assert (caught.value.kind, caught.value.doubled, xml[caught.value.place - 1]) == ("图", False, "见")


def test_two_captions_of_one_table_are_a_fault() -> None:
    with pytest.raises(UnresolvedError) as caught:
        resolve(paragraph(caption_mark(table("one"))) * 2)
    assert caught.value.doubled


def check(document: bytes) -> dict[str, str]:
    """Every reference's result is its bookmark's text; gives the numbers by bookmark."""
    root = body(document)
    named: dict[str, str] = {}
    for start in root.iter(f"{W}bookmarkStart"):
        content, element = "", start.getnext()
        while element.tag != f"{W}bookmarkEnd":
            content, element = content + "".join(element.itertext(f"{W}t")), element.getnext()
        named[start.get(f"{W}name")] = content
    for field in root.iter(f"{W}fldSimple"):
        match = re.fullmatch(r" REF (\w+) \\h ", field.get(f"{W}instr"))
        if match:
            assert named[match[1]] == "".join(field.itertext(f"{W}t"))
    for kind in "表图":
        numbers = [int(text[1:]) for text in named.values() if text[0] == kind]
        assert numbers == list(range(1, len(numbers) + 1))
    return named


@pytest.mark.parametrize("known", ["everything", "nothing"])
def test_references_of_a_sub_report_resolve_whatever_sections_it_has(known: str) -> None:
    named = check(build.document() if known == "nothing" else build.full_document())
    assert ("figure_survey" in named) == ("table_opinions" in named) == (known == "everything")
    assert "table_indicators" in named

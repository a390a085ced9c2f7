"""The page as it is printed: 22 lines of 28 characters, the page's number in its place, the first page by itself."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import reports as build
from builders.documents import W, body
from builders.printing import Page, printed
from docx import Document

from xltool.edition import load
from xltool.model.edition import Severity
from xltool.model.finding import Finding
from xltool.reports import district_report

ROOT = Path(__file__).parents[1]
LEFT, RIGHT, TOP, BOTTOM = 28, 210 - 26, 37, 297 - 35
"""The type area's sides, in mm from the page's top left corner."""


def plain_text() -> bytes:
    """The template with one long paragraph of body text in place of its own."""
    document = Document(str(build.TEMPLATE))
    for element in list(document.element.body):
        if not element.tag.endswith("sectPr"):
            document.element.body.remove(element)
    document.add_paragraph("国" * (28 * 22 * 3), style="Body Text")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def longest() -> bytes:
    """A sub-report whose first page has every line, each as long as it gets."""
    scheme = load(ROOT / "rules" / "2023")
    names = [district.name for district in scheme.districts]
    own = max(names, key=len)
    place = names.index(own)
    values: dict[str, list[Any]] = build.spread_values(scheme, 3)
    by_length = sorted((i for i in scheme.indicators if i.direction == "up"), key=lambda i: -len(i.label))
    for number, indicator in enumerate(by_length[:10]):
        row = [20000.0 + 100 * n for n in range(16)]
        row[place] = 88888.88 if number % 2 else 10000.01
        values[indicator.id] = row
    results = build.results(scheme, values, districts=names)
    survey = tuple(
        replace(answer, label="您对学习信息的发布和咨询服务以及网上平台和各类资源是否满意" + answer.question)
        for answer in build.background().survey
    )
    opinions = tuple(
        replace(build.opinion("1.1", "problem", "意见"), indicator=node.id, label=node.name)
        for node in scheme.framework
        if node.level == 2
    )
    sources = build.sources(
        own,
        findings=findings(scheme.items[3].id, own),
        background=build.background(evidence=build.real_evidence(scheme), survey=survey, opinions=opinions),
        last_year=build.last_year(results, 0.5),
        parts=(),
    )
    return district_report(scheme, results, sources, build.TEMPLATE)


def findings(item: str, district: str) -> tuple[Finding, ...]:
    """Open, explained and waived ones."""
    kinds = [(Severity.ERROR, "waived"), *((Severity.WARNING, status) for status in ("open", "explained"))]
    return tuple(
        build.finding(
            item=item, district=district, severity=severity, status=status, row=row, explanation="说明", by="甲"
        )
        for severity, status in kinds
        for row in range(12)
    )


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Page]]:
    documents = {
        "plain": plain_text(),
        "longest": longest(),
        "full": build.full_document(),
        "bare": build.document(),
    }
    return printed(documents, tmp_path_factory.mktemp("printed"))


def test_a_page_of_body_text_has_22_lines_of_28_characters(pages: dict[str, list[Page]]) -> None:
    full = pages["plain"][1]
    lines = [line for line in full.lines if line[0].top < BOTTOM]
    assert len(lines) == 22
    assert {sum(len(word.text) for word in line) for line in lines} == {28}
    assert lines[0][0].top > TOP - 1
    assert lines[-1][-1].bottom < BOTTOM + 1
    for line in lines:
        assert line[0].left == pytest.approx(LEFT, abs=0.5)
        assert line[-1].right == pytest.approx(RIGHT, abs=1.5)


def test_the_pages_number_stands_below_the_type_area_outside(pages: dict[str, list[Page]]) -> None:
    for number, page in enumerate(pages["plain"], 1):
        foot = [word for word in page.words if word.top > BOTTOM]
        assert "".join(word.text for word in foot) == f"—{number}—"
        dash = foot[0]
        assert (dash.top + dash.bottom) / 2 - BOTTOM == pytest.approx(7, abs=1.5)
        if number % 2:
            assert foot[-1].right == pytest.approx(RIGHT - 14 * 25.4 / 72, abs=1)
        else:
            assert dash.left == pytest.approx(LEFT + 14 * 25.4 / 72, abs=1)


@pytest.mark.parametrize("name", ["longest", "full", "bare"])
def test_the_first_page_holds_the_summary_and_nothing_else(pages: dict[str, list[Page]], name: str) -> None:
    first, second = pages[name][:2]
    assert "总体" in first.text
    assert "有材料/监测点" in first.text
    assert second.text.startswith("一、主要发现")


def test_references_are_printed_as_they_are_written_out(pages: dict[str, list[Page]]) -> None:
    whole = "".join(page.text for page in pages["full"])
    document = body(build.full_document())
    fields = [field for field in document.iter(f"{W}fldSimple") if " REF " in field.get(f"{W}instr")]
    referring = dict.fromkeys(next(field.iterancestors(f"{W}p")) for field in fields)
    assert len(referring) > 10
    for paragraph in referring:
        text = "".join("".join(paragraph.itertext(f"{W}t")).split())
        assert text in whole


def test_annexes_follow_the_signature_and_begin_on_their_own_pages(pages: dict[str, list[Page]]) -> None:
    texts = [page.text for page in pages["full"]]
    annexes = [number for number, text in enumerate(texts) if text.startswith(("附件1", "附件2"))]
    assert len(annexes) == 2
    signed = next(number for number, text in enumerate(texts) if "测试办公室年月日" in text)
    assert signed < annexes[0]

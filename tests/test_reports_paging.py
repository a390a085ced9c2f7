"""Where headings come to stand, laid out without a word processor; and contents of templates that staff changed."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from builders import whole
from builders.documents import body, text_of
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st

from xltool.reports import whole_report
from xltool.reports.paging import Layout, Look, letter_width, lines_of

TEMPLATE = Path(__file__).parents[1] / "templates" / "city.docx"
LINES = 22  # of a page
BODY = Look(size=320, tracking=-5, line=579, before=0, after=0, first=640, keep_next=False, new_page=False)
WIDTH = 8844.0


class Paper:
    """A document with the templates' styles, to be laid out."""

    def __init__(self) -> None:
        self.document = Document(str(TEMPLATE))
        root = self.document.element.body
        for element in list(root):
            if element.tag != qn("w:sectPr"):
                root.remove(element)

    def add(self, style: str, text: str = "字") -> Any:
        paragraph = self.document.add_paragraph(text)
        paragraph._p.get_or_add_pPr().get_or_add_pStyle().set(qn("w:val"), style)  # noqa: SLF001
        return paragraph._p  # noqa: SLF001

    def table(self, rows: int, heading: int = 0) -> None:
        table = self.document.add_table(rows=rows, cols=1)
        for row in table.rows[:heading]:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001
            row.cells[0].text = "头" * 48 * 40  # forty lines high
        for row in table.rows:
            row.cells[0].width = Mm(156)
            row.cells[0].paragraphs[0]._p.get_or_add_pPr().get_or_add_pStyle().set(qn("w:val"), "TableText")  # noqa: SLF001

    def pages(self, *headings: Any) -> list[int]:
        return Layout.of(self.document.element.body, self.document.styles.element).pages(headings)


def test_a_page_has_as_many_lines_as_the_standard_asks() -> None:
    paper = Paper()
    lines = [paper.add("BodyText") for _ in range(2 * LINES + 1)]
    assert paper.pages(lines[0], lines[LINES - 1], lines[LINES], lines[2 * LINES]) == [1, 1, 2, 3]


def test_a_long_paragraph_runs_over_the_page() -> None:
    paper = Paper()
    paper.add("BodyText", "字" * 28 * (LINES + 4))
    assert paper.pages(paper.add("BodyText")) == [2]


def test_a_heading_goes_with_what_follows_and_a_chapter_begins_a_page() -> None:
    paper = Paper()
    for _ in range(LINES - 1):
        paper.add("BodyText")
    heading = paper.add("Heading2")
    paper.add("BodyText")
    annex = paper.add("NumberedAnnex")
    paper.add("AnnexTitle")
    assert paper.pages(heading, annex) == [2, 3]


def test_kept_lines_before_a_new_page_stay_on_the_old_one() -> None:
    paper = Paper()
    for _ in range(LINES - 1):
        paper.add("BodyText")
    signed = paper.add("Signature")
    annex = paper.add("NumberedAnnex")
    assert paper.pages(signed, annex) == [1, 2]


def test_a_table_without_widths_is_laid_out_by_rows() -> None:
    paper = Paper()
    paper.table(60)  # of 240 + 40 + 10 twips
    for cell in paper.document.element.body.iter(qn("w:tcW")):
        cell.getparent().remove(cell)
    assert paper.pages(paper.add("BodyText")) == [2]


def test_a_heading_of_a_table_is_repeated_on_each_page() -> None:
    paper = Paper()
    paper.table(1 + 24, heading=1)  # ten rows fit on a page below the heading of forty lines
    assert paper.pages(paper.add("BodyText")) == [3]


def test_a_document_without_a_section_is_laid_out_on_a4() -> None:
    paper = Paper()
    heading = paper.add("BodyText")
    root = paper.document.element.body
    root.remove(root.find(qn("w:sectPr")))
    assert paper.pages(heading) == [1]


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_takes_as_many_lines_as_its_width_asks_or_one_more_in_ten(text: str) -> None:
    wide = BODY.first + sum(letter_width(letter, BODY.size) + BODY.tracking for letter in text)
    found = lines_of(text, BODY, WIDTH)
    assert found >= 1
    assert abs(found - wide / WIDTH) <= 2 + wide / WIDTH / 5


@pytest.mark.parametrize(("letters", "lines"), [(26, 1), (27, 2), (26 + 28, 2), (26 + 28 + 1, 3)])
def test_twenty_eight_letters_stand_in_a_line_and_the_first_is_indented(letters: int, lines: int) -> None:
    assert lines_of("字" * letters, BODY, WIDTH) == lines


def test_closing_punctuation_does_not_begin_a_line() -> None:
    assert lines_of("字" * 26 + "。", BODY, WIDTH) == 1


def renamed(tmp_path: Path) -> Path:
    """The template as Word saves it in Chinese: its styles have other ids, but their names."""
    document = Document(str(TEMPLATE))
    changes = {"Heading1": "1", "NumberedAnnex": "af0", "AnnexTitle": "af1"}
    for style in document.styles.element.iter(qn("w:style")):
        style.set(qn("w:styleId"), changes.get(style.get(qn("w:styleId")), style.get(qn("w:styleId"))))
    for part in (document.element, document.part.numbering_part.element):
        for style in part.iter(qn("w:pStyle")):
            style.set(qn("w:val"), changes.get(style.get(qn("w:val")), style.get(qn("w:val"))))
    path = tmp_path / "监测报告模板.docx"
    document.save(str(path))
    return path


def test_contents_find_headings_by_the_names_of_their_styles(tmp_path: Path) -> None:
    plain = whole.document()
    found = whole_report(whole.SCHEME, whole.with_last_year(), "city", renamed(tmp_path))
    assert contents(found) == contents(plain) != []


def contents(document: bytes) -> list[str]:
    return ["".join(link.itertext()) for link in body(document).iter(qn("w:hyperlink"))]


def test_a_template_without_contents_has_none(tmp_path: Path) -> None:
    document = Document(str(TEMPLATE))
    for paragraph in document.paragraphs:
        if "contents" in paragraph.text:
            document.element.body.remove(paragraph._p)  # noqa: SLF001
    path = tmp_path / "监测报告模板.docx"
    document.save(str(path))
    found = whole_report(whole.SCHEME, whole.with_last_year(), "city", path)
    assert contents(found) == []
    assert "目　录" in text_of(found)
    assert Document(io.BytesIO(found)).paragraphs

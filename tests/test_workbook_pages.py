"""Pages for readers: text stays text, lights are words too, links lead to files, the sheet prints on A4."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from xltool.model.pages import Cell, Column, Page
from xltool.workbook import write_pages

PAGE = Page(
    name="总览",
    title="总览 & 其他",
    notes=("说明",),
    columns=(Column(heading="区", width=10), Column(heading="附件", width=20), Column(heading="数", width=8)),
    rows=(
        (Cell(content="=1+1"), Cell(content="甲.pdf", link="附件/甲.pdf"), Cell(content=3, light="good")),
        (Cell(content="一、小标题"), Cell(), Cell()),
        (Cell(content="迟了", light="bad"), Cell(content="到总览", link="#总览!A1"), Cell(content=None)),
    ),
    frozen=1,
    sections=frozenset({1}),
)


def test_content_is_written_as_it_is_and_lights_have_words() -> None:
    data = write_pages("题目", [PAGE])
    sheet = load_workbook(BytesIO(data))["总览"]

    assert [cell.value for cell in sheet[4]] == ["=1+1", "甲.pdf", 3]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"n", "s"}
    assert sheet["A6"].value == "▲ 迟了"
    assert sheet["C4"].number_format == '"● "General'
    assert sheet["B4"].hyperlink.target == "附件/甲.pdf"
    assert sheet["B6"].hyperlink.location == "总览!A1"
    assert str(sheet.page_setup.paperSize) == "9"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.freeze_panes == "B4"
    assert write_pages("题目", [PAGE]) == data

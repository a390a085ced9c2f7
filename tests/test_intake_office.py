"""The same workbook saved by LibreOffice in three formats says the same."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from builders.office import FILTERS, resaved
from builders.returns import CAMPAIGN, IDENTITY, KEY, Address, fill, issued, read_back, saved, values_of
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from xltool import intake
from xltool.model.identity import Identity
from xltool.model.submission import Submission

VALUES: dict[Address, Any] = {
    ("resident_population", None, None): 66.2,
    ("resident_population", None, "remark"): "两行\n备注  与空格",
    ("school_count", None, None): "１２所",
    ("library_area", None, None): 1234.5,
    ("literacy_rate", None, None): 0.875,
    ("rural_labour", None, None): "不适用",
    ("organisations", None, None): "001",
    ("founded", None, None): dt.date(2022, 3, 1),
    ("special_funds", 1, "unit"): "区科委（科协）",
    ("special_funds", 1, "fund_name"): "无",
    ("special_funds", 2, "budget"): "=1200+350",
    ("special_funds", 3, "budget"): "=1/0",
    ("staff_total", 2, None): 320,
    ("work_document", 4, "title"): "意见",
}
FORMATS: dict[Address, str] = {("literacy_rate", None, None): "0.0%", ("organisations", None, None): "@"}


@pytest.fixture(scope="module")
def returns(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    book = issued()
    fill(book, VALUES, formats=FORMATS)
    data = saved(book)
    return {ending: resaved(data, ending, tmp_path_factory.mktemp(ending)) for ending in FILTERS}


def read(returns: dict[str, bytes], ending: str) -> tuple[Submission, dict[Address, Any]]:
    submission = read_back(returns[ending])
    return submission, values_of(submission)


@pytest.mark.parametrize(("ending", "said"), [("xlsx", []), ("ods", []), ("xls", [(None, "legacy_format")])])
def test_every_format_says_what_was_typed(
    returns: dict[str, bytes], ending: str, said: list[tuple[str | None, str]]
) -> None:
    submission, values = read(returns, ending)
    assert values == {
        **VALUES,
        ("school_count", None, None): 12,
        ("literacy_rate", None, None): 87.5,
        ("rural_labour", None, None): "not_applicable",
        ("founded", None, None): "2022-03-01",
        ("special_funds", 2, "budget"): 1550.0,
        ("special_funds", 3, "budget"): "missing",
    }
    assert [(finding.item, finding.code) for finding in submission.findings] == [
        *said,
        ("school_count", "read_normalised"),
        ("literacy_rate", "read_normalised"),
        ("special_funds", "constant_formula"),
        ("special_funds", "error_cell"),
    ]


@pytest.mark.parametrize("ending", sorted(FILTERS))
def test_the_token_in_the_cover_recognises_a_re_save(returns: dict[str, bytes], ending: str) -> None:
    grid = intake.read_bytes("a", returns[ending])
    sheets = tuple(sheet for sheet in grid.sheets if sheet.name != "_xltool")
    bare = intake.Grid(source=grid.source, sheets=sheets, keywords=grid.keywords)

    def known(serial: str) -> Identity | None:
        return IDENTITY if serial == IDENTITY.serial else None

    assert len(sheets) == len(grid.sheets) - 1
    assert intake.recognise(bare, KEY, CAMPAIGN, known) == IDENTITY


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_keywords_survive_a_re_save(returns: dict[str, bytes], ending: str) -> None:
    assert intake.read_bytes("a", returns[ending]).keywords == IDENTITY.token(KEY)


@pytest.mark.parametrize(("ending", "said"), [("ods", []), ("xls", [("legacy_format", None)])])
def test_other_formats_show_what_people_see(tmp_path: Path, ending: str, said: list[tuple[str, str | None]]) -> None:
    struck = CellRichText(TextBlock(InlineFont(strike=True), "12"), "34")
    raised = CellRichText("10", TextBlock(InlineFont(vertAlign="superscript"), "2"))
    book = issued()
    typed: dict[Address, Any] = {
        ("school_count", None, None): 12,
        ("library_area", None, None): struck,
        ("resident_population", None, None): raised,
        ("staff_total", 1, None): "=B2*2",
        ("staff_total", 2, None): "=C4+1",
        ("staff_total", 3, None): 5,
    }
    fill(book, typed, formats={("school_count", None, None): '0"万"'})
    submission = read_back(resaved(saved(book), ending, tmp_path))
    assert [(finding.code, finding.cell) for finding in submission.findings] == [
        *said,
        ("not_a_number", "D3"),
        ("shown_otherwise", "D4"),
        ("struck_out", "D5"),
        ("error_cell", "C2"),
        ("recomputed_formula", "C3"),
    ]
    assert values_of(submission) == {
        **dict.fromkeys(typed, "missing"),
        ("staff_total", 2, None): 6,
        ("staff_total", 3, None): 5,
    }

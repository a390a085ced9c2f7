from __future__ import annotations

import pytest
from builders.returns import Address, codes_of, read_back, returned, values_of
from lxml import etree
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from xltool.intake.runs import Text, text_of

SCHOOLS: Address = ("school_count", None, None)


def shown(xml: str) -> Text:
    return text_of(etree.fromstring(f"<si>{xml}</si>"))


def run(text: str, properties: str = "") -> str:
    return f"<r><rPr>{properties}</rPr><t>{text}</t></r>"


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<t>12</t>", Text("12")),
        (run("1") + run("2"), Text("12")),
        (run("12", "<strike/>") + run("34"), Text("1234", struck=True)),
        (run("12", '<strike val="0"/>') + run("34"), Text("1234")),
        (run(" ", "<strike/>") + run("34"), Text(" 34")),
        (run("10") + run("2", '<vertAlign val="superscript"/>'), Text("10²")),
        (run("H") + run("2", '<vertAlign val="subscript"/>') + run("O"), Text("H₂O")),
        (run("12", '<vertAlign val="baseline"/>'), Text("12")),
        ("<t>12</t><rPh sb='0' eb='1'><t>34</t></rPh>", Text("12")),
        ("<t>_xD83D__xDE00_甲</t>", Text("😀甲")),
        ("<t>_xD83D_甲</t>", Text("�甲")),
    ],
)
def test_strings_as_people_see_them(xml: str, text: Text) -> None:
    assert shown(xml) == text


def test_a_struck_out_number_beside_a_new_one_is_not_read() -> None:
    struck = CellRichText(TextBlock(InlineFont(strike=True), "12"), "34")
    submission = read_back(returned({SCHOOLS: struck}))
    assert codes_of(submission) == [("struck_out", "D4")]
    assert values_of(submission) == {SCHOOLS: "missing"}


def test_a_cell_in_a_struck_out_font_is_not_read() -> None:
    submission = read_back(
        returned({SCHOOLS: 12}, lambda book: setattr(book["基础数据"]["D4"], "font", Font(strike=True)))
    )
    assert (codes_of(submission), values_of(submission)) == ([("struck_out", "D4")], {SCHOOLS: "missing"})


def test_a_raised_digit_is_a_unit_or_a_finding_never_a_digit() -> None:
    raised = InlineFont(vertAlign="superscript")
    area: Address = ("library_area", None, None)
    submission = read_back(
        returned(
            {SCHOOLS: CellRichText("10", TextBlock(raised, "2")), area: CellRichText("12m", TextBlock(raised, "2"))}
        )
    )
    assert codes_of(submission) == [("not_a_number", "D4"), ("read_normalised", "D5")]
    assert values_of(submission) == {SCHOOLS: "missing", area: 12}

from __future__ import annotations

import pytest
from builders.ods import ods

from xltool import intake
from xltool.errors import RefusedFile
from xltool.intake import Cell, Grid, Kind, limits


def read(rows: str) -> Grid:
    return intake.read_bytes("a.ods", ods(rows))


def cell(kind: str, content: str = "", **attributes: str) -> str:
    further = "".join(f' {name.replace("_", ":", 1).replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<table:table-cell office:value-type="{kind}"{further}>{content}</table:table-cell>'


def paragraph(text: str) -> str:
    return f"<text:p>{text}</text:p>"


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (cell("float", paragraph("1,234.50"), office_value="1234.5"), Cell(Kind.NUMBER, "1234.5")),
        (cell("percentage", paragraph("87.5%"), office_value="0.875"), Cell(Kind.NUMBER, "0.875", "0%")),
        (cell("date", paragraph("x"), office_date_value="2022-03-01"), Cell(Kind.DATE, "2022-03-01")),
        (cell("boolean", paragraph("TRUE"), office_boolean_value="true"), Cell(Kind.BOOLEAN, "TRUE")),
        (cell("string", paragraph("一") + paragraph('二<text:s text:c="2"/>三')), Cell(Kind.TEXT, "一\n二  三")),
        (cell("string", paragraph("甲<text:span>乙</text:span>丙")), Cell(Kind.TEXT, "甲乙丙")),
        (
            cell("string", "<office:annotation><text:p>批注</text:p></office:annotation>" + paragraph("值")),
            Cell(Kind.TEXT, "值"),
        ),
        (cell("string", paragraph("85<text:note><text:p>90</text:p></text:note>")), Cell(Kind.TEXT, "85")),
        (
            cell("string", paragraph("<text:ruby>8<text:ruby-text>9</text:ruby-text></text:ruby>")),
            Cell(Kind.TEXT, "8"),
        ),
        (
            cell("float", paragraph("3"), office_value="3", table_formula="of:=1+2"),
            Cell(Kind.NUMBER, "3", formula="1+2"),
        ),
        (
            cell("string", paragraph("#REF!"), calcext_value_type="error", table_formula="of:=[.A9]"),
            Cell(Kind.ERROR, "#REF!", formula="[.A9]"),
        ),
    ],
)
def test_cells_keep_value_type_and_formula(xml: str, expected: Cell) -> None:
    assert read(f"<table:table-row>{xml}</table:table-row>").sheets[0].cells == {(0, 0): expected}


def test_what_lies_over_the_sheets_is_noticed_and_comments_are_no_such_thing() -> None:
    noted = "<office:annotation><text:p>批注</text:p></office:annotation>" + paragraph("值")
    assert not read(f"<table:table-row>{cell('string', noted)}</table:table-row>").objects
    drawn = '<draw:frame xmlns:draw="urn:d"><draw:image/></draw:frame>' + paragraph("值")
    assert read(f"<table:table-row>{cell('string', drawn)}</table:table-row>").objects


def test_repeated_rows_and_columns_are_counted() -> None:
    grid = read(
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"/>'
        + cell("float", office_value="7", table_number_columns_repeated="2")
        + "</table:table-row>"
    )
    assert sorted(grid.sheets[0].cells) == [(3, 2), (3, 3), (4, 2), (4, 3)]


def test_repeated_blank_cells_up_to_the_last_cost_nothing() -> None:
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    assert (
        read(f'<table:table-row table:number-rows-repeated="1048576">{blank}</table:table-row>').sheets[0].cells == {}
    )


@pytest.mark.parametrize("attribute", ["table:number-rows-repeated", "table:number-columns-repeated"])
def test_content_repeated_without_end_is_refused(attribute: str) -> None:
    content = cell("float", office_value="1")
    row = f"<table:table-row>{content}</table:table-row>"
    place = "<table:table-row" if "rows" in attribute else "<table:table-cell"
    with pytest.raises(RefusedFile, match="too_large"):
        read(row.replace(place, f'{place} {attribute}="{limits.CELLS + 1}"', 1))


def test_encrypted_and_unsafe_ones_are_refused() -> None:
    manifest = '<m:manifest xmlns:m="urn:m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    with pytest.raises(RefusedFile, match="encrypted"):
        intake.read_bytes("a.ods", ods("", **{"META-INF/manifest.xml": manifest}))
    with pytest.raises(RefusedFile, match="unsafe"):
        intake.read_bytes("a.ods", ods("", head='<!DOCTYPE x [<!ENTITY a "b">]>'))


def test_keywords_stand_in_the_meta_part() -> None:
    meta = '<o:m xmlns:o="urn:o"><o:keyword>XT1-A</o:keyword><o:keyword>b</o:keyword></o:m>'
    assert intake.read_bytes("a.ods", ods("", **{"meta.xml": meta})).keywords == "XT1-A b"


def test_an_ods_with_a_touched_last_cell_is_read() -> None:
    far = (
        '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row><table:table-row>'
        '<table:table-cell table:number-columns-repeated="16383"/><table:table-cell office:value-type="string">'
        "<text:p>远</text:p></table:table-cell></table:table-row>"
    )
    grid = intake.read_bytes("a", ods(f"<table:table-row/>{far}"))
    assert grid.sheets[0].cells == {(limits.LAST_ROW, limits.LAST_COLUMN): Cell(Kind.TEXT, "远")}

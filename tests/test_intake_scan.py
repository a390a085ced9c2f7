"""Plain sheet XML is scanned, all other parsed, and both say the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from builders.returns import fill, issued, parts_of, saved
from corpus.bases import base
from hypothesis import given
from hypothesis import strategies as st

from xltool.errors import RefusedFile
from xltool.intake import scan
from xltool.intake.cells import Cells, SheetReader
from xltool.intake.runs import Text
from xltool.intake.shape import Shape
from xltool.intake.string_table import cell_styles, shared_strings

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet(rows: str, tail: str = "") -> bytes:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{tail}</worksheet>'.encode()


def both(data: bytes, reader: SheetReader) -> tuple[tuple[Cells, Shape] | None, tuple[Cells, Shape]]:
    return reader._scanned(data), reader._parsed(data)  # noqa: SLF001 - the two ways of one reader


def told(cells: Cells) -> dict[tuple[int, int], tuple[object, ...]]:
    return {at: (one.kind, one.raw, one.number_format, one.own_formula, one.struck) for at, one in cells.items()}


@pytest.mark.parametrize("kind", ["district", "unit"])
def test_issued_sheets_are_scanned_and_read_as_the_parser_reads_them(kind: str) -> None:
    parts = base("district" if kind == "district" else "unit").parts
    reader = SheetReader(shared_strings(parts["xl/sharedStrings.xml"]), cell_styles(parts["xl/styles.xml"]))
    scanned = 0
    for name, data in parts.items():
        if name.startswith("xl/worksheets/sheet"):
            fast, slow = both(data, reader)
            if fast is not None:
                scanned += 1
                assert told(fast[0]) == told(slow[0])
                assert fast[1] == slow[1]
    assert scanned > 10


def test_sheets_of_openpyxl_are_scanned() -> None:
    book = issued()
    fill(book, {("library_area", None, None): 5})
    parts = parts_of(saved(book))
    reader = SheetReader([], cell_styles(parts["xl/styles.xml"]))
    fast, slow = both(parts["xl/worksheets/sheet2.xml"], reader)
    assert fast is not None
    assert told(fast[0]) == told(slow[0])


CELL = '<row r="1"><c r="A1"><v>1</v></c>{}<c r="C1"><v>3</v></c></row>'


@pytest.mark.parametrize(
    "between",
    [
        '<c r="B1"><!-- 2 --><v>2</v></c>',
        '<c r="B1"><v><![CDATA[2]]></v></c>',
        "<c r='B1'><v>2</v></c>",
        "<c><v>2</v></c>",
        '<c r="B1" t="inlineStr"><is><r><t>2</t></r></is></c>',
        '<c r="B1" cm="1"><v>2</v></c>',
        '<c r="B1"><v>2</v><extLst/></c>',
        '<x:c xmlns:x="urn:x" r="B1"><x:v>2</x:v></x:c>',
        '<c r="B1"><v>&#x32;</v></c >',
    ],
)
def test_xml_that_is_not_plain_is_never_half_read(between: str) -> None:
    fast, slow = both(sheet(CELL.format(between)), SheetReader([], []))
    assert fast is None
    assert {at: one.raw for at, one in slow[0].items()} == {(0, 0): "1", (0, 1): "2", (0, 2): "3"}


@pytest.mark.parametrize(
    "between",
    [
        '<c r="B1"><v>2</v><v>3</v></c>',
        '<c r="B1"><v>2</v><v/></c>',
        '<c r="B1"><f>1+1</f><f>1+2</f><v>2</v></c>',
        '<c r="B1" t="inlineStr"><is><t>2</t></is><is><t>3</t></is></c>',
        '<c r="B1" t="inlineStr"><v>2</v></c>',
        '<c r="B1" t="inlineStr"><f>1+1</f><v>2</v></c>',
        '<c r="B1" t="inlineStr"><v>2</v><is><t>3</t></is></c>',
        '<c r="B1" t="inlineStr" ><v>2</v></c>',
        '<c r="B1"><is><t>2</t></is></c>',
        '<c r="B1" t="str"><is><t>2</t></is></c>',
        '<c r="B1" t="s"><v>0</v><is><t>3</t></is></c>',
    ],
)
def test_a_cell_whose_content_programs_read_differently_is_damage_in_both_ways(between: str) -> None:
    reader = SheetReader([Text("2")], [])
    data = sheet(CELL.format(between))
    assert reader._scanned(data) is None  # noqa: SLF001 - the two ways of one reader
    with pytest.raises(RefusedFile, match="damaged"):
        reader.read("甲", data)


@pytest.mark.parametrize("inner", ["<v/><is><t>2</t></is>", "<is><t>2</t></is><v></v>", "<is><t>2</t></is>"])
def test_an_inline_text_may_have_an_empty_value_beside_it(inner: str) -> None:
    cells = SheetReader([], []).read("甲", sheet(CELL.format(f'<c r="B1" t="inlineStr">{inner}</c>'))).cells
    assert cells[0, 1].raw == "2"


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b"</worksheet>", b""),
        lambda data: data.replace(MAIN.encode(), b"urn:other"),
        lambda data: b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + data,
    ],
)
def test_a_frame_that_is_no_sheets_is_the_parsers(change: Callable[[bytes], bytes]) -> None:
    try:
        found = SheetReader([], [])._scanned(change(sheet(CELL.format(""))))  # noqa: SLF001
    except (RefusedFile, SyntaxError):
        return
    assert found is None


def test_shape_tells_merges_protection_and_validations() -> None:
    tail = (
        '<sheetProtection sheet="true"/><mergeCells><mergeCell ref="B2:C3"/></mergeCells>'
        '<dataValidations><dataValidation sqref="A1"/></dataValidations>'
    )
    fast, slow = both(sheet("", tail), SheetReader([], []))
    assert fast is not None
    assert fast[1] == slow[1] == Shape(merges=[(1, 1, 2, 2)], protected=True, validated=True)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30))
def test_escaped_texts_come_back(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    assert scan.text(escaped.encode()) == text


@pytest.mark.parametrize("content", ["&b;", "&#x0;", "&#xD800;", "a&b"])
def test_entities_that_xml_does_not_define_are_not_plain(content: str) -> None:
    with pytest.raises(scan.NotPlainError):
        scan.text(content.encode())

"""Rows that were met before give the cells that reading them anew gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xltool.errors import RefusedFile
from xltool.intake import known_rows
from xltool.intake.cells import SheetReader
from xltool.intake.grid import Cell, Kind
from xltool.intake.known_rows import LARGEST, KnownRows
from xltool.intake.runs import Text
from xltool.intake.string_table import Style

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
PLAIN: Style = ("General", False)
PERCENT: Style = ("0%", False)


def values(rows: str, strings: tuple[str, ...], styles: tuple[Style, ...] = (PLAIN,)) -> list[tuple[str, str, str]]:
    """Address, raw text and format of each cell."""
    reader = SheetReader([Text(text) for text in strings], styles)
    cells = reader.read("S", SHEET.format(rows).encode()).cells
    return sorted((f"{row},{col}", one.raw, one.number_format) for (row, col), one in cells.items())


@given(
    st.lists(st.tuples(st.sampled_from(("甲", "乙", "丙")), st.sampled_from((PLAIN, PERCENT))), min_size=1, max_size=8)
)
def test_a_row_that_recurs_shows_the_strings_and_formats_of_its_own_workbook(books: list[tuple[str, Style]]) -> None:
    row = '<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3"><v>0.5</v></c></row>'
    for text, style in books:
        assert values(row, (text,), (style,)) == [("2,0", text, style[0]), ("2,1", "0.5", style[0])]


def test_a_string_that_is_not_in_the_table_is_no_row_that_was_met_before() -> None:
    row = '<row r="4"><c r="A4" t="s"><v>1</v></c></row>'
    known = KnownRows()
    two = {b"0": hash("甲"), b"1": hash("乙")}
    known.keep(row.encode(), (b"1",), two, 0, {})
    known.keep(row.encode(), (b"1",), two, 0, {})
    assert known.find(row.encode(), two, 0) == {}
    with pytest.raises(KeyError):
        known.find(row.encode(), {b"0": hash("甲")}, 0)


def test_shared_formulas_are_read_by_the_sheet_that_they_stand_in() -> None:
    spelt = '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">{}</f><v>1</v></c></row>'
    follows = '<row r="2"><c r="A2"><f t="shared" si="0"/><v>1</v></c></row>'
    reader = SheetReader((), (PLAIN,))
    for formula in ("B1+1", "C1*2", "B1+1", "C1*2"):
        cells = reader.read("S", SHEET.format(spelt.format(formula) + follows).encode()).cells
        assert cells[1, 0].own_formula == formula.replace("1+", "2+").replace("C1", "C2")


def test_a_row_is_remembered_from_the_second_time_and_long_ones_never_are() -> None:
    known = KnownRows()
    for row in (b"<row/>", b"x" * (LARGEST + 1)):
        for _ in range(2):
            assert known.find(row, {}, 0) is None
            known.keep(row, (), {}, 0, {})
    assert known.find(b"<row/>", {}, 0) == {}
    assert known.find(b"x" * (LARGEST + 1), {}, 0) is None


def test_where_there_is_no_room_left_the_older_rows_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_rows, "ROOM", 2 * known_rows.CELL)
    known = KnownRows()
    rows = [b"<row r='%d'/>" % number for number in range(5)]
    for row in rows:
        for _ in range(2):
            known.keep(row, (), {}, 0, {(0, 0): Cell(Kind.NUMBER, "")})
    assert [row for row in rows if known.find(row, {}, 0) is not None] == rows[4:]
    assert len(known._made) == 1  # noqa: SLF001 - what is forgotten must be gone


def test_rows_met_once_are_forgotten_before_they_take_too_much_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_rows, "MET", 2)
    known = KnownRows()
    for row in (b"1", b"2", b"3", b"1", b"3"):
        known.keep(row, (), {}, 0, {})
    assert [known.find(row, {}, 0) is not None for row in (b"1", b"2", b"3")] == [False, False, True]


def test_two_cells_at_one_address_are_refused_however_often_the_row_recurs() -> None:
    row = '<row r="9"><c r="A9"><v>1</v></c><c r="A9"><v>2</v></c></row>'
    for _ in range(3):
        with pytest.raises(RefusedFile) as refused:
            values(row, ())
        assert refused.value.code == "damaged"

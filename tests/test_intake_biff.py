"""Excel 97-2003 records made by hand: what the reader takes from them beside the library's values."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xltool.errors import RefusedFile
from xltool.intake.biff_cells import Mark, cells_of, rk
from xltool.intake.biff_formulas import UNKNOWN, formula_text
from xltool.intake.biff_strings import Font, in_runs

BOF, EOF = struct.pack("<HH", 0x0600, 5), b""
STRUCK, RAISED, PLAIN = Font(struck=True), Font(alignment="superscript"), Font()


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def font(*, strike: bool = False, position: int = 0) -> bytes:
    return record(0x31, struct.pack("<HHHHH", 200, 8 if strike else 0, 0, 400, position))


def style(font_index: int, number_format: int) -> bytes:
    return record(0xE0, struct.pack("<HH", font_index, number_format) + b"\0" * 16)


def workbook(*cells: bytes, fonts: Sequence[bytes] = (font(),), styles: Sequence[bytes] = (style(0, 0),)) -> bytes:
    """One sheet with the given cell records."""
    code = record(0x41E, struct.pack("<HHB", 200, 4, 1) + '0"万"'.encode("utf-16-le"))
    start = record(0x809, BOF) + record(0x22, b"\1\0") + code + b"".join((*fonts, *styles))
    bound = struct.pack("<IHBB", 0, 0, 1, 0) + b"a"
    place = len(start) + len(record(0x85, bound)) + len(record(0x0A, EOF))
    whole = start + record(0x85, struct.pack("<I", place) + bound[4:]) + record(0x0A, EOF)
    return whole + record(0x809, BOF) + b"".join(cells) + record(0x0A, EOF)


def marks(*cells: bytes, **further: Sequence[bytes]) -> dict[tuple[int, int], Mark]:
    found = cells_of(workbook(*cells, **further))
    assert found is not None
    return dict(found.sheets[0])


def at(row: int, column: int, xf: int = 0) -> bytes:
    return struct.pack("<HHH", row, column, xf)


def test_numbers_with_their_formats() -> None:
    packed = struct.pack("<Hi", 0, 12 << 2 | 2) + struct.pack("<Hi", 1, 1250 << 2 | 3)
    found = marks(
        record(0x203, at(0, 0, 1) + struct.pack("<d", 0.875)),
        record(0x27E, at(1, 0) + struct.pack("<i", 7 << 2 | 2)),
        record(0xBD, struct.pack("<HH", 2, 3) + packed + struct.pack("<H", 4)),
        styles=(style(0, 0), style(0, 200)),
    )
    assert found == {
        (0, 0): Mark('0"万"', struck=False, number=0.875),
        (1, 0): Mark("General", struck=False, number=7),
        (2, 3): Mark("General", struck=False, number=12),
        (2, 4): Mark('0"万"', struck=False, number=12.5),
    }


def test_errors_are_never_empty() -> None:
    failed = struct.pack("<BxBxxxH", 2, 7, 0xFFFF) + b"\0" * 6
    found = marks(
        record(0x205, at(0, 0) + b"\x17\x01"),
        record(0x205, at(1, 0) + b"\x01\x00"),
        record(0x06, at(2, 0) + failed + struct.pack("<H", 3) + b"\x1e\x01\x00"),
    )
    assert [(mark.error, mark.formula) for mark in found.values()] == [("#REF!", None), (None, None), ("#DIV/0!", "1")]


def test_struck_out_fonts_with_the_index_that_no_font_has() -> None:
    fonts = [font(), font(), font(), font(), font(strike=True)]
    found = marks(record(0x27E, at(0, 0, 1) + struct.pack("<i", 6)), fonts=fonts, styles=(style(0, 0), style(5, 0)))
    assert found[0, 0].struck


def test_older_versions_give_nothing() -> None:
    assert cells_of(record(0x809, struct.pack("<HH", 0x0500, 5))) is None


def test_too_many_sheets_are_refused() -> None:
    with pytest.raises(RefusedFile, match="too_large"):
        cells_of(record(0x809, BOF) + record(0x85, struct.pack("<I", 0)) * 301)


@pytest.mark.parametrize(("raw", "number"), [(48 | 2, 12), (-4 * 5 | 2, -5), (1250 << 2 | 3, 12.5), (0x3FF00000, 1)])
def test_packed_numbers(raw: int, number: float) -> None:
    assert rk(raw) == number


def table(*texts: bytes) -> bytes:
    return struct.pack("<II", len(texts), len(texts)) + b"".join(texts)


def text(content: str, *runs: tuple[int, int], far_east: bytes = b"") -> bytes:
    flags = 1 | (8 if runs else 0) | (4 if far_east else 0)
    head = struct.pack("<HB", len(content), flags) + (struct.pack("<H", len(runs)) if runs else b"")
    head += struct.pack("<I", len(far_east)) if far_east else b""
    return head + content.encode("utf-16-le") + b"".join(struct.pack("<HH", *run) for run in runs) + far_east


def fonts(index: int) -> Font:
    return (PLAIN, STRUCK, RAISED)[index]


def test_texts_in_runs_as_people_see_them() -> None:
    whole = table(text("甲"), text("1234", (0, 1), (2, 0)), text("102", (2, 2), far_east=b"ab"), text("乙 ", (1, 1)))
    assert in_runs([whole], fonts) == {1: ("1234", True), 2: ("10²", False), 3: ("乙 ", False)}


@pytest.mark.parametrize("cut", range(9, 31))
def test_texts_may_go_on_in_the_next_record(cut: int) -> None:
    """A cut inside the letters repeats how wide they are; elsewhere nothing is repeated."""
    whole = table(text("一二三四五", (1, 1), (2, 0)))
    letters = range(8 + 5, 8 + 5 + 10, 2)
    if cut in range(8 + 5, 8 + 5 + 10) and cut not in letters:
        return  # no program cuts a letter in two
    again = b"\1" if cut in letters else b""
    assert in_runs([whole[:cut], again + whole[cut:]], fonts) == {0: ("一二三四五", True)}


def tokens(*parts: bytes) -> str:
    return formula_text(b"".join(parts))


def integer(number: int) -> bytes:
    return struct.pack("<BH", 0x1E, number)


@pytest.mark.parametrize(
    ("parts", "formula"),
    [
        ((integer(1200), integer(350), b"\3"), "1200+350"),
        ((integer(1), integer(2), b"\3", b"\x15", integer(3), b"\5"), "(1+2)*3"),
        ((integer(2), b"\x13", integer(50), b"\x14", b"\4"), "-2-50%"),
        ((struct.pack("<Bd", 0x1F, 0.5),), "0.5"),
        ((b"\x17\x02\x00" + b'a"',), '"a"""'),
        ((b"\x17\x01\x01" + "约".encode("utf-16-le"),), '"约"'),
        ((b"\x1d\x01",), "TRUE"),
        ((struct.pack("<BHH", 0x44, 3, 0xC004), integer(2), b"\5"), "E4*2"),
        ((struct.pack("<BHHHH", 0x25, 0, 9, 0xC000, 0xC001), b"\x19\x10\0\0"), "SUM(A1:B10)"),
        ((integer(7), integer(1), struct.pack("<BH", 0x41, 27)), "ROUND(7,1)"),
        ((integer(1), integer(2), struct.pack("<BBH", 0x42, 2, 4)), "SUM(1,2)"),
        ((struct.pack("<BHHH", 0x5A, 0, 0, 0xC000),), UNKNOWN),
        ((integer(1), integer(2)), UNKNOWN),
        ((b"\3",), UNKNOWN),
        ((struct.pack("<BBH", 0x42, 1, 999),), UNKNOWN),
    ],
)
def test_formulas_from_their_tokens(parts: Sequence[bytes], formula: str) -> None:
    assert tokens(*parts) == formula


@given(st.binary(max_size=60))
def test_any_tokens_are_a_formula_or_unknown(data: bytes) -> None:
    assert formula_text(data)


@given(
    st.lists(
        st.tuples(st.sampled_from((0x31, 0xE0, 0x41E, 0xFC, 0x3C, 0x06, 0xBD, 0x27E, 0xFD)), st.binary(max_size=40))
    )
)
def test_any_records_are_read_or_damaged(found: list[tuple[int, bytes]]) -> None:
    try:
        cells_of(workbook(*(record(*one) for one in found)))
        cells_of(record(0x809, BOF) + b"".join(record(*one) for one in found))
    except (struct.error, IndexError, UnicodeDecodeError):
        pass

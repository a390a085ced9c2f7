"""What an Excel 97-2003 workbook's records say of its cells that the library doesn't: formats, errors, formulas.

Layouts are those of [MS-XLS]; older versions of the format have others and give nothing here.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from xltool.intake import biff_strings, formats, limits
from xltool.intake.biff import records
from xltool.intake.biff_formulas import formula_text
from xltool.intake.biff_strings import Font

_BOF, _EOF, _BOUNDSHEET, _FORMAT, _FONT, _XF, _DATE1904, _SST, _CONTINUE = (
    0x809,
    0x0A,
    0x85,
    0x41E,
    0x31,
    0xE0,
    0x22,
    0xFC,
    0x3C,
)
_NUMBER, _RK, _MULRK, _LABELSST, _BOOLERR, _FORMULA = 0x203, 0x27E, 0xBD, 0xFD, 0x205, 0x06
_EXCEL_97 = 0x0600
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_UNNAMED_FONT = 4  # no font has this index
Place = tuple[int, int]


class Mark(NamedTuple):
    """One cell: what its record holds beside a text. `number` is None where the cell holds none."""

    number_format: str
    struck: bool
    number: float | None = None
    error: str | None = None
    formula: str | None = None
    text: str | None = None  # of a text in runs, as people see it


@dataclass(slots=True)
class Records:
    """The cells of each sheet, by the sheets' order in the workbook."""

    date1904: bool = False
    sheets: Sequence[Mapping[Place, Mark]] = ()
    _formats: dict[int, str] = field(default_factory=lambda: dict(formats.BUILT_IN))
    _fonts: list[Font] = field(default_factory=list)
    _styles: list[tuple[str, bool]] = field(default_factory=list)
    _texts: Mapping[int, tuple[str, bool]] = field(default_factory=dict)

    def style(self, index: int) -> tuple[str, bool]:
        """Number format of a cell style, and whether its font is struck out."""
        return self._styles[index] if index < len(self._styles) else (formats.GENERAL, False)

    def note(self, kind: int, body: bytes) -> None:
        """A record of the whole workbook."""
        if kind == _DATE1904:
            self.date1904 = body[:1] == b"\x01"
        elif kind == _FORMAT:
            self._formats[struct.unpack_from("<H", body)[0]] = biff_strings.plain(body[2:])
        elif kind == _FONT:
            self._fonts.append(Font.of(body))
        elif kind == _XF:
            font, code = struct.unpack_from("<HH", body)
            self._styles.append((self._formats.get(code, formats.GENERAL), self.font(font).struck))

    def font(self, index: int) -> Font:
        """A font by the index that styles and runs use."""
        place = index - (index > _UNNAMED_FONT)
        return self._fonts[place] if place < len(self._fonts) else Font()

    def cells(self, kind: int, body: bytes) -> dict[Place, Mark]:
        """The cells of one record of a sheet."""
        if kind not in {_NUMBER, _RK, _MULRK, _LABELSST, _BOOLERR, _FORMULA}:
            return {}
        row, column, style = struct.unpack_from("<HHH", body)
        if kind == _MULRK:
            pairs = struct.iter_unpack("<Hi", body[4:-2])
            return {(row, column + at): Mark(*self.style(xf), rk(raw)) for at, (xf, raw) in enumerate(pairs)}
        mark = Mark(*self.style(style))
        if kind == _NUMBER:
            mark = mark._replace(number=struct.unpack_from("<d", body, 6)[0])
        elif kind == _RK:
            mark = mark._replace(number=rk(struct.unpack_from("<i", body, 6)[0]))
        elif kind == _LABELSST:
            text, struck = self._texts.get(struct.unpack_from("<I", body, 6)[0], (None, False))
            mark = mark._replace(text=text, struck=mark.struck or struck)
        elif kind == _BOOLERR and body[7]:
            mark = mark._replace(error=_ERRORS.get(body[6], "#VALUE!"))
        elif kind == _FORMULA:
            mark = self._of_formula(mark, body)
        return {(row, column): mark}

    def _of_formula(self, mark: Mark, body: bytes) -> Mark:
        """A formula with its last result: a number, or by a mark in its last bytes a text, truth value or error."""
        mark = mark._replace(formula=formula_text(body[22:]))
        if body[12:14] != b"\xff\xff":
            return mark._replace(number=struct.unpack_from("<d", body, 6)[0])
        return mark._replace(error=_ERRORS.get(body[8], "#VALUE!")) if body[6] == 2 else mark  # noqa: PLR2004 - 2: error

    def take_strings(self, bodies: Sequence[bytes]) -> None:
        """The table of texts; only those in runs are kept."""
        self._texts = biff_strings.in_runs(bodies, self.font)


def cells_of(workbook: bytes) -> Records | None:
    """The marks of all cells, None for a version of the format before Excel 97.

    Raises:
        struct.error, IndexError: the records are damaged.
        RefusedFile: too many sheets.
    """
    found = Records()
    strings: list[bytes] = []
    places: list[int] = []
    last = -1
    for kind, body in records(workbook):
        if kind == _BOF and last < 0 and struct.unpack_from("<H", body)[0] != _EXCEL_97:
            return None
        if kind == _BOF and last >= 0:
            break
        if kind == _SST or (kind == _CONTINUE and last == _SST):
            strings.append(body)
            kind = _SST  # noqa: PLW2901 - further parts follow it
        elif kind == _BOUNDSHEET:
            places.append(struct.unpack_from("<I", body)[0])
        found.note(kind, body)
        last = kind
    found.take_strings(strings)
    if len(places) > limits.SHEETS:
        raise limits.too_large(f"工作表超过{limits.SHEETS}个")
    found.sheets = tuple(_sheet(found, workbook, place) for place in places)
    return found


def _sheet(found: Records, workbook: bytes, place: int) -> Mapping[Place, Mark]:
    cells: dict[Place, Mark] = {}
    depth = 0
    for kind, body in records(workbook, place):
        depth += (kind == _BOF) - (kind == _EOF)  # charts stand inside a sheet
        if depth == 0:
            break
        if depth == 1:
            cells |= found.cells(kind, body)
    return cells


def rk(raw: int) -> float:
    """A packed number: 30 bits of an integer or of a float, perhaps a hundredth of it."""
    value = float(raw >> 2) if raw & 2 else struct.unpack("<d", struct.pack("<Q", (raw & 0xFFFFFFFC) << 32))[0]
    return float(value / 100 if raw & 1 else value)

"""Sheet XML of .xlsx and .xlsm to cells: what was typed, not what a library makes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lxml import etree

from xltool.errors import RefusedFile
from xltool.intake import formats, limits, runs, scan
from xltool.intake.address import column_of, position, row_of
from xltool.intake.formulas import Shift
from xltool.intake.grid import Cell, Kind, Sheet
from xltool.intake.known_rows import KnownRows
from xltool.intake.package import elements, local
from xltool.intake.shape import ELEMENTS, Shape, shape_of
from xltool.intake.spelling import PlainCell, Spellings
from xltool.intake.string_table import Style

Cells = dict[tuple[int, int], Cell]

_SHARED = re.compile(rb'\bsi="([0-9]+)"')
_KINDS = {"n": Kind.NUMBER, "s": Kind.TEXT, "str": Kind.TEXT, "inlineStr": Kind.TEXT, "b": Kind.BOOLEAN}
_KINDS |= {"e": Kind.ERROR, "d": Kind.DATE}
_PLAIN_KINDS = {None: Kind.NUMBER} | {letter.encode(): kind for letter, kind in _KINDS.items()}
_TRUE = {"1", "true"}
_INDEXES = [b"%d" % index for index in range(4096)]
_KNOWN = KnownRows()
_SPELLINGS = Spellings()


class _Columns(dict[bytes, int]):
    """Columns by their letters, each worked out once."""

    def __missing__(self, letters: bytes) -> int:
        self[letters] = column_of(letters.decode())
        return self[letters]


_COLUMNS = _Columns()


def _row_number(row: etree._Element, last: int) -> int:
    """A row's number from 0; rows may leave it out and then follow the one before."""
    number = row.get("r")
    return last + 1 if number is None else int(number) - 1


_PLAIN: Style = (formats.GENERAL, False)


class _Styles(dict[bytes | None, Style]):
    """Styles by their index; one that isn't in the table is plain."""

    def __missing__(self, index: bytes | None) -> Style:
        return _PLAIN


class _Shared(dict[str, tuple[str, tuple[int, int]]]):
    """The shared formulas of a sheet by their index: text and the cell that spells it out."""

    def formula(self, index: str, text: str, place: tuple[int, int]) -> tuple[str, Shift]:
        """A cell's formula, and how far from it that is spelt out."""
        text, (row, col) = self.setdefault(index, (text, place))
        return text, (place[0] - row, place[1] - col)


class SheetReader:
    """Reads the sheets of one workbook; strings and formats are shared among them."""

    def __init__(self, strings: Sequence[runs.Text], styles: Sequence[Style]) -> None:
        self._styles = {str(index): style for index, style in enumerate(styles)}
        indexes = _INDEXES if len(strings) <= len(_INDEXES) else [b"%d" % index for index in range(len(strings))]
        self._plain_strings = dict(zip(indexes, strings, strict=False))
        self._string_hashes = dict(zip(indexes, map(hash, strings), strict=False))
        self._plain_styles = _Styles((index.encode(), style) for index, style in self._styles.items())
        self._plain_styles[None] = self._styles.get("0", _PLAIN)
        self._style_table = hash(tuple(styles))
        self._count = 0

    def read(self, name: str, data: bytes, *, hidden: bool = False) -> Sheet:
        """All cells of a sheet that have content; blank ones that are only formatted are left out.

        Raises:
            RefusedFile: too many cells, or two cells at one address.
        """
        if len(data) > limits.TAGS and data.count(b"<") > limits.TAGS:
            raise limits.too_large("内部标记过多")
        cells, shape = self._scanned(data) or self._parsed(data)
        self._count += len(cells)
        return Sheet(
            name=name,
            cells=cells,
            hidden=hidden,
            merges=tuple(shape.merges),
            protected=shape.protected,
            validated=shape.validated,
        )

    def _scanned(self, data: bytes) -> tuple[Cells, Shape] | None:
        """A sheet in plain XML; None for any other, or one with a string that isn't in the table."""
        framed = scan.frame(data)
        shape = None if framed is None else shape_of(framed[0])
        if framed is None or shape is None:
            return None
        cells: Cells = {}
        shared = _Shared()
        number = 0
        try:
            for row in scan.rows(data, framed[1], framed[2]):
                found = _KNOWN.find(row, self._string_hashes, self._style_table)
                if found is None:
                    found, count = self._row(row, shared)
                    number += count
                else:
                    number += len(found)
                cells.update(found)
                if number > limits.CELLS - self._count:
                    limits.count(self._count + number)
        except (scan.NotPlainError, KeyError):
            return None
        if number != len(cells):
            raise RefusedFile("damaged")
        if cells and max(cells)[0] > limits.LAST_ROW:
            raise ValueError(max(cells))
        return cells, shape

    def _row(self, row: bytes, shared: _Shared) -> tuple[Cells, int]:
        """The cells of a row in plain XML, and how many it has: of two at one address the dictionary keeps one."""
        cells: Cells = {}
        columns, number = _COLUMNS, 0
        used: list[bytes] = []
        for found in scan.cells(row, 0, len(row)):
            cell = self._plain_cell(found, shared)
            if found[3] == b"s" and found[6] is not None:
                used.append(found[6])
            if cell is not None:
                cells[int(found[1]) - 1, columns[found[0]]] = cell
                number += 1
        if number == len(cells):
            _KNOWN.keep(row, used, self._string_hashes, self._style_table, cells)
        return cells, number

    def _plain_cell(self, found: scan.Found, shared: _Shared) -> Cell | None:
        letters, digits, style, letter, attributes, formula, value, inline = found
        kind = _PLAIN_KINDS[letter]
        number_format, struck = self._plain_styles[style]
        if value is None:
            raw = runs.plain_text(scan.text(inline)).shown if inline and letter == b"inlineStr" else ""
        elif letter == b"s":
            raw, part = self._plain_strings[value]
            struck = struck or part
        else:
            raw = value.decode() if value.isalnum() else scan.text(value)
            if kind is Kind.BOOLEAN and raw:
                raw = "TRUE" if raw.strip() in _TRUE else "FALSE"
        if attributes is None:
            return Cell(kind, raw, number_format, None, struck) if raw else None
        index = _SHARED.search(attributes) if attributes else None
        if index is None:
            return PlainCell(kind, raw, number_format, _SPELLINGS.of(formula or b"", digits), struck)  # type: ignore[arg-type]  # see `spelling`
        place = (row_of(digits), _COLUMNS[letters])
        spelt, shift = shared.formula(index[1].decode(), scan.text(formula or b""), place)
        return Cell(kind, raw, number_format, spelt, struck, shift)

    def _parsed(self, data: bytes) -> tuple[Cells, Shape]:
        """Any sheet."""
        cells: Cells = {}
        shared = _Shared()
        last_row, column = -1, -1
        shape = Shape()
        for element in elements(data, "c", "row", *ELEMENTS):
            name = local(element)
            if name == "row":
                last_row, column = _row_number(element, last_row), -1
                continue
            if name != "c":
                shape.add(element)
                continue
            address = element.get("r")
            parent = element.getparent()
            if address is not None:
                place = position(address)
            elif parent is not None:
                place = (_row_number(parent, last_row), column + 1)
            column = place[1]
            cell = self._cell(element, shared, place) if len(element) else None
            if cell is None:
                continue
            if place in cells:
                raise RefusedFile("damaged")
            cells[place] = cell
            limits.count(self._count + len(cells))
        return cells, shape

    def _cell(self, element: etree._Element, shared: _Shared, place: tuple[int, int]) -> Cell | None:
        parts = {local(child): child for child in element}
        if len(parts) < len(element):  # programs differ in which of two values they show
            raise RefusedFile("damaged")
        letter = element.get("t", "n")
        kind = _KINDS[letter]
        text = self._text(parts, letter)
        raw, formula, shift = text.shown, None, (0, 0)
        if kind is Kind.BOOLEAN and raw:
            raw = "TRUE" if raw.strip() in _TRUE else "FALSE"
        if "f" in parts:
            formula, index = parts["f"].text or "", parts["f"].get("si")
            if index is not None:
                formula, shift = shared.formula(index, formula, place)
        if not raw and formula is None:
            return None
        number_format, struck = self._styles.get(element.get("s", "0"), _PLAIN)
        return Cell(kind, raw, number_format, formula, struck or text.struck, shift)

    def _text(self, parts: Mapping[str, etree._Element], letter: str) -> runs.Text:
        """What a cell of a type shows: its inline text or its value, never one where the type says the other."""
        value = parts["v"].text if "v" in parts else None
        inline = runs.text_of(parts["is"]) if "is" in parts else runs.BLANK
        if value if letter == "inlineStr" else inline.shown:
            raise RefusedFile("damaged")
        if letter == "inlineStr":
            return inline
        return self._string(value) if letter == "s" and value is not None else runs.Text(value or "")

    def _string(self, index: str) -> runs.Text:
        text = self._plain_strings.get(index.strip().encode())
        if text is None:
            raise RefusedFile("damaged")
        return text

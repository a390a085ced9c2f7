"""Sheet XML of .xlsx and .xlsm to cells: what was typed, not what a library makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TypeVar

from lxml import etree

from xltool.errors import RefusedFile
from xltool.intake import formats, limits, runs
from xltool.intake.grid import Cell, Kind
from xltool.intake.package import local, refuse_declarations

_ADDRESS = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_KINDS = {"n": Kind.NUMBER, "s": Kind.TEXT, "str": Kind.TEXT, "inlineStr": Kind.TEXT, "b": Kind.BOOLEAN}
_KINDS |= {"e": Kind.ERROR, "d": Kind.DATE}
_Entry = TypeVar("_Entry")

Style = tuple[str, bool]
"""A number format, and whether the font is struck out."""

_PLAIN: Style = (formats.GENERAL, False)


def position(address: str) -> tuple[int, int]:
    """The (row, column) from 0 of an A1 address.

    Raises:
        ValueError: it is no address, or beyond a sheet's limits.
    """
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise ValueError(address)
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    if column - 1 > limits.LAST_COLUMN or row - 1 > limits.LAST_ROW:
        raise ValueError(address)
    return row - 1, column - 1


def _elements(data: bytes, *tags: str) -> Iterator[etree._Element]:
    """Elements of a part as they end, each freed when the next is asked for: memory stays bounded.

    Raises:
        RefusedFile: the part declares entities, or is made of nothing but tags.
    """
    if data.count(b"<") > limits.TAGS:
        raise limits.too_large("内部标记过多")
    stream = etree.iterparse(
        BytesIO(data),
        events=("end",),
        tag=["{*}" + tag for tag in tags],
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    first = True
    for _, element in stream:
        if first:
            refuse_declarations(element)
            first = False
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]
    if first and stream.root is not None:
        refuse_declarations(stream.root)


def shared_strings(data: bytes) -> list[runs.Text]:
    """The workbook's string table."""
    return [runs.text_of(element) for element in _elements(data, "si")]


def cell_styles(styles: etree._Element) -> list[Style]:
    """The number format of each cell style and whether its font is struck out, by the style's index."""
    groups = {local(group): group for group in styles}
    codes = dict(formats.BUILT_IN)
    codes |= {int(fmt.get("numFmtId", "")): fmt.get("formatCode", formats.GENERAL) for fmt in groups.get("numFmts", ())}
    struck = [runs.is_struck(font) for font in groups.get("fonts", ())]
    found = []
    for style in groups.get("cellXfs", ()):
        font = int(style.get("fontId", "0"))
        code = codes.get(int(style.get("numFmtId", "0")), formats.GENERAL)
        found.append((code, 0 <= font < len(struck) and struck[font]))
    return found


def _row_number(row: etree._Element, last: int) -> int:
    """A row's number from 0; rows may leave it out and then follow the one before."""
    number = row.get("r")
    return last + 1 if number is None else int(number) - 1


class SheetReader:
    """Reads the sheets of one workbook; strings and formats are shared among them."""

    def __init__(self, strings: Sequence[runs.Text], styles: Sequence[Style]) -> None:
        self._strings = strings
        self._styles = styles
        self._count = 0

    def read(self, data: bytes) -> dict[tuple[int, int], Cell]:
        """All cells of a sheet that have content; blank ones that are only formatted are left out.

        Raises:
            RefusedFile: too many cells, or two cells at one address.
        """
        cells: dict[tuple[int, int], Cell] = {}
        shared: dict[str, str] = {}
        last_row, column = -1, -1
        for element in _elements(data, "c", "row"):
            if local(element) == "row":
                last_row, column = _row_number(element, last_row), -1
                continue
            address = element.get("r")
            parent = element.getparent()
            if address is not None:
                place = position(address)
            elif parent is not None:
                place = (_row_number(parent, last_row), column + 1)
            column = place[1]
            cell = self._cell(element, shared) if len(element) else None
            if cell is None:
                continue
            if place in cells:
                raise RefusedFile("damaged")
            cells[place] = cell
            limits.count(self._count + len(cells))
        self._count += len(cells)
        return cells

    def _cell(self, element: etree._Element, shared: dict[str, str]) -> Cell | None:
        value, formula, text = None, None, runs.BLANK
        for child in element:
            name = local(child)
            if name == "v":
                value = child.text
            elif name == "f":
                formula = _formula(child, shared)
            elif name == "is":
                text = runs.text_of(child)
        letter = element.get("t", "n")
        kind = _KINDS[letter]
        if letter == "s" and value is not None:
            text = _at(self._strings, value)
        elif letter != "inlineStr":
            text = runs.Text(value or "")
        raw = text.shown
        if kind is Kind.BOOLEAN and raw:
            raw = "TRUE" if raw.strip() in {"1", "true"} else "FALSE"
        if not raw and formula is None:
            return None
        style, struck = self._style(element.get("s"))
        return Cell(kind, raw, style, formula, struck or text.struck)

    def _style(self, style: str | None) -> Style:
        return _PLAIN if int(style or 0) >= len(self._styles) else _at(self._styles, style or "0")


def _at(entries: Sequence[_Entry], index: str) -> _Entry:
    """The entry of a table that a cell names; a negative index would count from the end."""
    if int(index) < 0:
        raise RefusedFile("damaged")
    return entries[int(index)]


def _formula(element: etree._Element, shared: dict[str, str]) -> str:
    """A formula's text; of a shared one its master's, which decides as well whether it is constant."""
    text = element.text or ""
    index = element.get("si")
    if index is not None:
        text = shared.setdefault(index, text)
    return text

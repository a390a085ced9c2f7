"""On which page each heading of a rendered document comes to stand, without a word processor.

The reports' templates make that computable: A4, lines and rows of exact height, charts of known size, no widow control,
rows that aren't split, chapters that begin on a new page. Letters are measured by their kind: a Chinese letter is as
wide as the font is high, others take the share of it that `_NARROW` and `WIDTH` say. What staff change in Word may make
a number differ until Word counts it anew.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from docx.oxml.ns import qn

EMU_PER_TWIP = 635
HALF_POINT, POINT = 10, 20  # in twips
LINE_UNIT = 240  # `w:line` of a single line where the rule is auto
AUTO = 1.3  # a line of Chinese letters where its height is left to the font, as a multiple of the font's
NUMBER = 1.5  # of an automatic number before a paragraph, as a share of the font's height
WIDTH = 0.5  # of a letter or digit that isn't Chinese, as a share of the font's height
_NARROW = {".": 0.25, ",": 0.25, " ": 0.25, "-": 0.33, "(": 0.33, ")": 0.33, "/": 0.28, "%": 0.83}
CELL_MARGINS = 114.0  # left and right of a cell's text, as the table style has them
A4 = (11906.0, 16838.0)
BORDER = 10  # what a row's lines add to its height
CLOSING = frozenset("，。；：、！？）】》”’％%)")
"""Letters that don't begin a line: the one before comes down with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a paragraph's style sets it, in twips; `line` is a line's height, `first` the first line's indent."""

    size: float
    tracking: float
    line: float
    before: float
    after: float
    first: float
    keep_next: bool
    new_page: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What is set as a whole or line by line: `lines` of `line` high, between `before` and `after`, in twips."""

    lines: int
    line: float
    before: float
    after: float
    keep_next: bool
    new_page: bool
    head: float = 0.0  # of a table's rows: the height of the heading that is repeated
    element: Any = None

    @property
    def height(self) -> float:
        """All of it."""
        return self.before + self.lines * self.line + self.after

    @property
    def start(self) -> float:
        """What must find room for it to begin on a page."""
        return self.before + min(self.lines, 1) * self.line


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The blocks of a document and the size of its type area, in twips."""

    blocks: tuple[Block, ...]
    height: float

    @classmethod
    def of(cls, body: Any, styles: Any) -> Layout:  # noqa: ANN401 - lxml elements of python-docx
        """From a document's body and its styles."""
        size, margins = _path(body, "w:sectPr/w:pgSz"), _path(body, "w:sectPr/w:pgMar")
        width = _number(size, "w", A4[0]) - _number(margins, "left", 0) - _number(margins, "right", 0)
        height = _number(size, "h", A4[1]) - _number(margins, "top", 0) - _number(margins, "bottom", 0)
        looks = Looks(styles)
        return cls(blocks=tuple(_blocks(body, looks, width)), height=height)

    def pages(self, headings: Iterable[Any]) -> list[int]:
        """The page of each of these paragraphs."""
        wanted = [id(heading) for heading in headings]
        found: dict[int, int] = {}
        page, used = 1, 0.0
        for place, block in enumerate(self.blocks):
            if (block.new_page and place) or used + self._needed(place) > self.height:
                page, used = page + 1, block.head
            if block.element is not None:
                found[id(block.element)] = page
            page, used = self._after(block, page, used)
        return [found.get(one, page) for one in wanted]

    def _needed(self, place: int) -> float:
        """What must find room on the page for the block to begin there: with what it is kept together with."""
        total = 0.0
        for following in range(place, len(self.blocks)):
            block = self.blocks[following]
            if following > place and block.new_page:
                return min(total, self.height)
            if not block.keep_next:
                return min(total + block.start, self.height)
            total += block.height
        return min(total, self.height)

    def _after(self, block: Block, page: int, used: float) -> tuple[int, float]:
        """Where the page stands after the block, which may run over its end line by line."""
        room = self.height - used - block.before
        fitting = int((room + 0.5) // block.line) if block.line else block.lines
        if block.lines <= max(fitting, 1):
            return page, used + block.height
        rest = block.lines - fitting
        whole = int(self.height // block.line)
        more = math.ceil(rest / whole)
        return page + more, (rest - (more - 1) * whole) * block.line + block.after


class Looks:
    """The looks of paragraph styles, with what they take from the styles that they are based on."""

    def __init__(self, styles: Any) -> None:  # noqa: ANN401 - lxml element of python-docx
        self._styles = {one.get(qn("w:styleId")): one for one in styles.iter(qn("w:style"))}
        defaults = (name for name, one in self._styles.items() if one.get(qn("w:default")) == "1")
        self._default = next(defaults, "")

    def __getitem__(self, name: str | None) -> Look:
        """The look of a style; the default one's for none, or for one that isn't there."""
        return self._look(name if name is not None and name in self._styles else self._default)

    @cache  # noqa: B019 - as long as the document is paged
    def _look(self, name: str) -> Look:
        chain = list(self._chain(name))
        size = HALF_POINT * _first(chain, "w:rPr/w:sz", "val", 32)
        line = _first(chain, "w:pPr/w:spacing", "line", LINE_UNIT)
        numbered = any(_path(one, "w:pPr/w:numPr") is not None for one in chain)
        rule = next((v for one in chain if (v := _attribute(one, "w:pPr/w:spacing", "lineRule"))), "auto")
        return Look(
            size=size,
            tracking=_first(chain, "w:rPr/w:spacing", "val", 0),
            line=line if rule == "exact" else line / LINE_UNIT * AUTO * size,
            before=_first(chain, "w:pPr/w:spacing", "before", 0),
            after=_first(chain, "w:pPr/w:spacing", "after", 0),
            first=_first(chain, "w:pPr/w:ind", "firstLine", 0) + (NUMBER * size if numbered else 0),
            keep_next=any(_path(one, "w:pPr/w:keepNext") is not None for one in chain),
            new_page=any(_path(one, "w:pPr/w:pageBreakBefore") is not None for one in chain),
        )

    def _chain(self, name: str | None) -> Iterator[Any]:
        while name is not None and name in self._styles:
            style = self._styles[name]
            yield style
            name = _attribute(style, "w:basedOn", "val")


def _blocks(body: Any, looks: Looks, width: float) -> Iterator[Block]:  # noqa: ANN401
    for element in body:
        if element.tag == qn("w:p"):
            yield _paragraph(element, looks, width)
        elif element.tag == qn("w:tbl"):
            yield from _rows(element, looks, width)


def _paragraph(paragraph: Any, looks: Looks, width: float) -> Block:  # noqa: ANN401
    look = looks[style_of(paragraph)]
    drawn = sum(float(extent.get("cy")) for extent in paragraph.iter(_WP_EXTENT)) / EMU_PER_TWIP
    own_break = _path(paragraph, "w:pPr/w:pageBreakBefore") is not None
    return Block(
        lines=1 if drawn else lines_of(text_of(paragraph), look, width),
        line=drawn or look.line,
        before=look.before,
        after=look.after,
        keep_next=look.keep_next,
        new_page=look.new_page or own_break,
        element=paragraph,
    )


def _rows(table: Any, looks: Looks, width: float) -> Iterator[Block]:  # noqa: ANN401
    """Each row as one piece; the heading is added to the first row that follows, and repeated."""
    head = 0.0
    for row in table.iter(qn("w:tr")):
        cells = list(row.iter(qn("w:tc")))
        wide = width / max(1, len(cells))
        height = max((sum(_cell_heights(cell, looks, wide)) for cell in cells), default=0.0) + BORDER
        is_head = _path(row, "w:trPr/w:tblHeader") is not None
        kept = all(looks[style_of(p)].keep_next for cell in cells for p in cell.iter(qn("w:p")))
        block = Block(
            lines=1, line=height, before=0, after=0, keep_next=kept, new_page=False, head=0.0 if is_head else head
        )
        yield replace(block, keep_next=True) if is_head else block
        if is_head:
            head += height


def _cell_heights(cell: Any, looks: Looks, wide: float) -> Iterator[float]:  # noqa: ANN401
    width = _number(_path(cell, "w:tcPr/w:tcW"), "w", wide) - CELL_MARGINS
    for paragraph in cell.iter(qn("w:p")):
        look = looks[style_of(paragraph)]
        yield look.before + lines_of(text_of(paragraph), look, width) * look.line + look.after


def lines_of(text: str, look: Look, width: float) -> int:
    """How many lines a text takes; an empty one takes one."""
    lines, used = 1, look.first
    for place, letter in enumerate(text):
        wide = letter_width(letter, look.size) + look.tracking
        if used + wide > width and letter not in CLOSING:
            lines += 1
            used = 0.0
            if place and text[place - 1] in "（“《【":
                used += letter_width(text[place - 1], look.size)
        used += wide
    return lines


def letter_width(letter: str, size: float) -> float:
    """A letter's width in a font of that height."""
    if unicodedata.east_asian_width(letter) in "WFA":
        return size
    return _NARROW.get(letter, WIDTH) * size


def text_of(paragraph: Any) -> str:  # noqa: ANN401
    """A paragraph's text with the results of its fields."""
    return "".join(one.text or "" for one in paragraph.iter(qn("w:t")))


def names_of(styles: Any) -> dict[str | None, str]:  # noqa: ANN401
    """Style ids -> the names of the styles."""
    return {one.get(qn("w:styleId")): _attribute(one, "w:name", "val") or "" for one in styles.iter(qn("w:style"))}


def style_of(paragraph: Any) -> str | None:  # noqa: ANN401
    """The id of a paragraph's style, if it names one."""
    return _attribute(paragraph, "w:pPr/w:pStyle", "val")


_WP_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"


def _path(element: Any, path: str) -> Any:  # noqa: ANN401
    for step in path.split("/"):
        element = None if element is None else element.find(qn(step))
    return element


def _attribute(element: Any, path: str, name: str) -> str | None:  # noqa: ANN401
    found = _path(element, path)
    return None if found is None else found.get(qn(f"w:{name}"))


def _first(chain: list[Any], path: str, name: str, default: float) -> float:
    values = (_attribute(one, path, name) for one in chain)
    return next((float(value) for value in values if value is not None), default)


def _number(element: Any, name: str, default: float) -> float:  # noqa: ANN401
    value = None if element is None else element.get(qn(f"w:{name}"))
    return default if value is None else float(value)

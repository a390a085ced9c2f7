"""The table of contents of a rendered document: its entries written out, with page numbers that Word doesn't ask about.

A template marks the place by `{{ contents }}`. Each entry leads to a bookmark at its heading; the number is a PAGEREF
field whose result is written out, as `paging` lays the pages out. Word counts them anew when it prints, or on F9; no
setting makes it ask on opening.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from markupsafe import Markup

from xltool.reports.paging import Layout, names_of, style_of, text_of

MARK = Markup("\ufdd4")
"""What stands for the contents until the document is whole."""

CHAPTER, ANNEX, ANNEX_TITLE = "heading 1", "编号附件", "附件标题"
"""Styles by their names: Word gives them other ids when it saves in another language."""

_DIGITS = "〇一二三四五六七八九"
_TEN = 10
_FIRST_ID = 5000  # of our bookmarks, above those of captions


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A heading: its paragraph, its text with its number, and its bookmark."""

    paragraph: Any
    text: str
    bookmark: str


def fill(body: Any, styles: Any) -> None:  # noqa: ANN401 - lxml elements of python-docx
    """Write the entries in place of the mark; nothing happens where a template has none."""
    place = next((one for one in body.iter(qn("w:p")) if str(MARK) in text_of(one)), None)
    if place is None:
        return
    entries = list(_entries(body, names_of(styles)))
    lines = [_line(place, entry) for entry in entries]
    for number, (entry, line) in enumerate(zip(entries, lines, strict=True)):
        _bookmarked(entry, _FIRST_ID + number)
        place.addprevious(line)
    place.getparent().remove(place)
    pages = Layout.of(body, styles).pages(entry.paragraph for entry in entries)
    for line, page in zip(lines, pages, strict=True):
        next(next(line.iter(qn("w:fldSimple"))).iter(qn("w:t"))).text = str(page)


def _entries(body: Any, names: Mapping[str | None, str]) -> Iterator[_Entry]:  # noqa: ANN401
    """Chapters and annexes, in their order; the numbers are those that Word gives their styles."""
    chapters = annexes = 0
    paragraphs = list(body.iter(qn("w:p")))
    for paragraph, following in zip(paragraphs, [*paragraphs[1:], None], strict=True):
        style = names.get(style_of(paragraph))
        if style == CHAPTER:
            chapters += 1
            yield _Entry(
                paragraph=paragraph,
                text=f"{chinese(chapters)}、{text_of(paragraph)}",
                bookmark=f"_Toc{chapters:05d}",
            )
        elif style == ANNEX:
            annexes += 1
            titled = following is not None and names.get(style_of(following)) == ANNEX_TITLE
            title = text_of(following) if titled else ""
            yield _Entry(paragraph=paragraph, text=f"附件{annexes}　{title}", bookmark=f"_TocAnnex{annexes:02d}")


def chinese(number: int) -> str:
    """1 to 99 as Chinese numerals, as Word's `chineseCountingThousand` has them."""
    tens, ones = divmod(number, _TEN)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def _bookmarked(entry: _Entry, number: int) -> None:
    start = parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{number}" w:name="{entry.bookmark}"/>')
    end = parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{number}"/>')
    properties = entry.paragraph.find(qn("w:pPr"))
    if properties is None:
        entry.paragraph.insert(0, start)
    else:
        properties.addnext(start)
    entry.paragraph.append(end)


def _line(place: Any, entry: _Entry) -> Any:  # noqa: ANN401
    """An entry that looks as the marked paragraph does."""
    line = parse_xml(
        f'<w:p {nsdecls("w")}><w:hyperlink w:anchor="{entry.bookmark}" w:history="1"><w:r><w:t xml:space="preserve"/>'
        f'</w:r><w:r><w:tab/></w:r><w:fldSimple w:instr=" PAGEREF {entry.bookmark} \\h "><w:r><w:t>1</w:t></w:r>'
        "</w:fldSimple></w:hyperlink></w:p>"
    )
    next(line.iter(qn("w:t"))).text = entry.text
    properties = place.find(qn("w:pPr"))
    if properties is not None:
        line.insert(0, copy.deepcopy(properties))
    return line

"""Word files taken apart, and the odd texts that must not change them."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SEEN = 60  # characters of any text, at least
HOSTILE = (
    "{{ 7*7 }}",
    "{% for x in y %}",
    "{_{ 7*7 }_}",
    "<w:p><w:r><w:t>x</w:t></w:r></w:p>",
    "甲 & 乙 &amp; 丙",
    "a\x0bb\x0cc\x07d\ne\tf",
    "尾\ud83d\ude00\ud800",
    "😀",
    "=cmd()|'/c calc'!A1",
    "\u202e倒\u200f",
    "]]>",
    "\ufdd0表indicators\ufdd1",
    "\ufdd2表position\ufdd3",
    "长" * 30_000,
)


def body(document: bytes) -> Any:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(document)).read("word/document.xml"))


def text_of(document: bytes) -> str:
    return "\n".join("".join(p.itertext(f"{W}t")) for p in body(document).iter(f"{W}p"))


def shape(document: bytes) -> Counter[str]:
    return Counter(
        element.tag for element in body(document).iter(f"{W}p", f"{W}tbl", f"{W}tr", f"{W}drawing", f"{W}br")
    )


def rows_of(document: bytes) -> list[list[str]]:
    """The cells of the first table, row by row, as text."""
    table = next(body(document).iter(f"{W}tbl"))
    return [["".join(cell.itertext(f"{W}t")) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]


def printable(text: str) -> str:
    """What of an odd text a reader sees; of one that is too long for its place, the beginning."""
    spaced = text.translate(dict.fromkeys(map(ord, "\n\t\x0b\x0c"), " "))
    return "".join(c for c in spaced if c.isprintable() and not 0xD800 <= ord(c) <= 0xDFFF)[:SEEN]

"""Sheet and string XML in the plain spelling of spreadsheet programs, scanned faster than a parser reads it.

A pattern takes cell after cell without a gap. XML that is spelt in any other way (prefixes, comments, runs of text,
cells without addresses or with other content than their type has) is never half read: `NotPlainError` says that the
parser must read the part from its beginning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_OPENS, _CLOSES = b"<sheetData>", b"</sheetData>"
_ROW_CLOSES = b"</row>"
_BLANK = rb'(?:<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")? ?/>|<row(?: [^<>]*)?>|</row>|[ \r\n\t]+)*+'
_CELL = re.compile(
    _BLANK + rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]+)")?(?: t="(?!inlineStr" ?><[vf])([a-zA-Z]+)")? ?>'
    rb"(?:<f((?: [^<>/]*)?)(?:/>|>([^<]*)</f>))?"
    rb'(?:<v ?/>|<v(?: xml:space="preserve")?>([^<]*)</v>'
    rb'|(?<=inlineStr">)<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>'
)
_ONLY_BLANK = re.compile(_BLANK)
_STRING = re.compile(rb'(<si>(?:<t/>|<t(?: xml:space="preserve")?>([^<]*)</t>)</si>[ \r\n\t]*)')
_LIST = re.compile(rb"\s*(?:<\?xml[^<>]*\?>)?\s*<sst(?: [^<>]*)?>\s*")
_NUMBERED = re.compile(r"&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));")
_NAMED = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"))  # and `&amp;`, which comes last

_REMEMBERED = 400
"""Characters of a text that is worth remembering."""

Found = tuple[bytes, bytes, bytes | None, bytes | None, bytes | None, bytes | None, bytes | None, bytes | None]
"""Letters and row of a cell's address, style, type, the formula's attributes and text, the value, the inline text."""


class NotPlainError(Exception):
    """The XML is not spelt as plainly as the scanner takes it."""


def frame(data: bytes) -> tuple[bytes, int, int] | None:
    """A sheet's XML without its rows, and where the rows begin and end; None if it has none that are plain."""
    start, end = data.find(_OPENS), data.rfind(_CLOSES)
    if start < 0 or end < start:
        return None
    start += len(_OPENS)
    return data[:start] + data[end:], start, end


def rows(data: bytes, start: int, end: int) -> list[bytes]:
    """The pieces between two places of a sheet's XML that end with a row, without its end, and what is left."""
    return data[start:end].split(_ROW_CLOSES)


def cells(data: bytes, start: int, end: int) -> Iterator[Found]:
    """The cells with a value or a formula between two places of a sheet's XML.

    Raises:
        NotPlainError: something else stands there, found at the latest after the last cell.
    """
    scanner = _CELL.scanner(data, start, end)  # type: ignore[attr-defined]  # undocumented, but `re` itself is built on it
    last = start
    for match in iter(scanner.match, None):
        last = match.end()
        yield match.groups()
    if _ONLY_BLANK.fullmatch(data, last, end) is None:
        raise NotPlainError


def strings(data: bytes) -> list[bytes]:
    """The characters of the texts of a string table.

    Raises:
        NotPlainError: a text has runs or anything else that takes a parser.
    """
    begins = _LIST.match(data)
    if begins is None:
        raise NotPlainError
    found = _STRING.findall(data, begins.end())
    end = begins.end() + sum(len(whole) for whole, _ in found)
    if data[end:].strip() != b"</sst>":  # also where something stands between two of them
        raise NotPlainError
    return [content for _, content in found]


def text(content: bytes) -> str:
    """Characters of XML as text.

    Raises:
        NotPlainError: an entity that XML itself doesn't define.
    """
    found = content.decode()
    if "\r" in found:
        found = found.replace("\r\n", "\n").replace("\r", "\n")
    if "&" not in found:
        return found
    if "&#" in found:
        found = _numbered(found) if len(found) < _REMEMBERED else _NUMBERED.sub(_character, found)
    for entity, letter in _NAMED:
        found = found.replace(entity, letter)
    if found.count("&") != found.count("&amp;"):
        raise NotPlainError
    return found.replace("&amp;", "&")


@lru_cache(maxsize=8192)
def _numbered(found: str) -> str:
    """A text in which a program writes all but ASCII as numbers: the office's texts are the same in all returns."""
    return _NUMBERED.sub(_character, found)


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else int(match[2])
    if code in {9, 10, 13} or 0x20 <= code < 0xD800 or 0xE000 <= code < 0x110000:  # noqa: PLR2004 - XML's characters
        return "&amp;" if code == ord("&") else chr(code)
    raise NotPlainError

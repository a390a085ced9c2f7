"""The tables that all sheets of an .xlsx share: strings and styles."""

from __future__ import annotations

from functools import lru_cache

from xltool.intake import formats, runs, scan
from xltool.intake.package import elements, local, parsed

Style = tuple[str, bool]
"""A number format, and whether the font is struck out."""

SHORT = 200
"""Bytes of a text that is remembered: the office's are the same in all returns."""


def shared_strings(data: bytes) -> list[runs.Text]:
    """The workbook's string table."""
    try:
        return [_short(content) if len(content) <= SHORT else _plain(content) for content in scan.strings(data)]
    except scan.NotPlainError:
        return [runs.text_of(element) for element in elements(data, "si")]


def _plain(content: bytes) -> runs.Text:
    return runs.plain_text(scan.text(content))


_short = lru_cache(maxsize=4096)(_plain)


@lru_cache(maxsize=8)  # a program writes the same in all copies of a workbook
def cell_styles(data: bytes) -> tuple[Style, ...]:
    """The number format of each cell style and whether its font is struck out, by the style's index.

    Raises:
        RefusedFile: the part declares entities.
    """
    groups = {local(group): group for group in parsed(data)}
    codes = dict(formats.BUILT_IN)
    codes |= {int(fmt.get("numFmtId", "")): fmt.get("formatCode", formats.GENERAL) for fmt in groups.get("numFmts", ())}
    struck = [runs.is_struck(font) for font in groups.get("fonts", ())]
    found = []
    for style in groups.get("cellXfs", ()):
        font = int(style.get("fontId", "0"))
        code = codes.get(int(style.get("numFmtId", "0")), formats.GENERAL)
        found.append((code, 0 <= font < len(struck) and struck[font]))
    return tuple(found)

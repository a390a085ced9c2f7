"""The tables that all sheets of an .xlsx share: strings and styles."""

from __future__ import annotations

from lxml import etree

from xltool.intake import formats, runs, scan
from xltool.intake.package import elements, local

Style = tuple[str, bool]
"""A number format, and whether the font is struck out."""


def shared_strings(data: bytes) -> list[runs.Text]:
    """The workbook's string table."""
    try:
        return [runs.plain_text(text) for text in scan.strings(data)]
    except scan.NotPlainError:
        return [runs.text_of(element) for element in elements(data, "si")]


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

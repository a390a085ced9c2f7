"""What a sheet's XML says around its cells: merged areas, protection, whether it has data validations."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from xltool.intake import limits
from xltool.intake.address import Area, area
from xltool.intake.package import local, parsed

ELEMENTS = ("mergeCell", "sheetProtection", "dataValidation")
_WORKSHEETS = {
    "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}worksheet",
    "{http://purl.oclc.org/ooxml/spreadsheetml/main}worksheet",
}
_LARGEST = 4 * limits.MIB
"""A frame that is parsed at once."""

_REMEMBERED = 1 << 16
"""A frame that is worth remembering: sheets that nobody changed say the same in all returns."""

_PAGE_TEXTS = re.compile(rb"<(?:odd|even|first)(?:Header|Footer)>[^<]*</(?:odd|even|first)(?:Header|Footer)>")
"""What is printed around a sheet's pages names the recipient, and is all that differs in these frames."""


@dataclass(slots=True, kw_only=True)
class Shape:
    """What stands around the cells of a sheet."""

    merges: list[Area] = field(default_factory=list)
    protected: bool = False
    validated: bool = False

    def add(self, element: etree._Element) -> None:
        """Note one of the `ELEMENTS`."""
        name = local(element)
        if name == "mergeCell":
            self.merges.append(area(element.get("ref", "")))
            limits.count(len(self.merges))
        elif name == "sheetProtection":
            self.protected = element.get("sheet", "0").lower() in {"1", "true", "on"}
        else:
            self.validated = True


def shape_of(frame: bytes) -> Shape | None:
    """The shape that a sheet's XML without its rows tells; None if that is no plain frame of rows."""
    if len(frame) > _LARGEST:
        return None
    frame = _PAGE_TEXTS.sub(b"", frame)
    return _remembered(frame) if len(frame) <= _REMEMBERED else _read(frame)


def _read(frame: bytes) -> Shape | None:
    root = parsed(frame)
    if root.tag not in _WORKSHEETS or root.prefix:
        return None
    shape = Shape()
    for element in root.iter(*("{*}" + name for name in ELEMENTS)):
        shape.add(element)
    return shape


_remembered = lru_cache(maxsize=512)(_read)

"""The zip of a Word or Excel file, written so that the same parts give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from lxml import etree

DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip can hold; stands at every entry."""

FIRST = "[Content_Types].xml"

UNREADABLE = (zipfile.BadZipFile, KeyError, ValueError, OSError, NotImplementedError, etree.XMLSyntaxError)
"""What a file raises that is no package of XML; `zipfile` says NotImplementedError of a compression it doesn't know."""


def pinned(data: bytes) -> bytes:
    """The same package with its entries in order of name, at a fixed date."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return packed({name: source.read(name) for name in source.namelist()})


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A package of these parts, in order of name, at a fixed date."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts, key=lambda name: (name != FIRST, name)):
            entry = zipfile.ZipInfo(name, DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            package.writestr(entry, parts[name])
    return target.getvalue()

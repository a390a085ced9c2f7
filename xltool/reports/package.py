"""The zip of a Word or Excel file, written so that the same parts give the same bytes."""

from __future__ import annotations

import io
import zipfile

DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip can hold; stands at every entry."""

FIRST = "[Content_Types].xml"


def pinned(data: bytes) -> bytes:
    """The same package with its entries in order of name, at a fixed date."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(source.namelist(), key=lambda name: (name != FIRST, name)):
            entry = zipfile.ZipInfo(name, DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, source.read(name))
    return target.getvalue()

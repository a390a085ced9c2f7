"""OpenDocument spreadsheets of a few cells."""

from __future__ import annotations

from builders.returns import zipped

SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def ods(rows: str, head: str = "", **parts: str) -> bytes:
    content = f'{head}<office:body {SPACES}><table:table table:name="表一">{rows}</table:table></office:body>'
    return zipped({"mimetype": TYPE, "content.xml": content, **parts})

"""A Word file's own (custom) properties, which python-docx doesn't know: texts by name."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from xltool.reports.package import UNREADABLE

PART = "docProps/custom.xml"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_P = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_V = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of properties that users set
LARGEST = 2**20
_FIRST = 2  # ids 0 and 1 are reserved


def write_own(package: Any, properties: Mapping[str, str]) -> None:  # noqa: ANN401 - python-docx's
    """Set the properties in place of those that were there."""
    for key in [key for key, relation in package.rels.items() if relation.reltype == RELATION]:
        del package.rels[key]
    package.relate_to(Part(PackURI(f"/{PART}"), CONTENT_TYPE, own_xml(properties), package), RELATION)


def own_xml(properties: Mapping[str, str]) -> bytes:
    """The part that holds the properties."""
    root = etree.Element(f"{{{_P}}}Properties", nsmap={"p": _P, "vt": _V})
    for number, (name, value) in enumerate(properties.items(), start=_FIRST):
        entry = etree.SubElement(root, f"{{{_P}}}property", {"fmtid": _FORMAT, "pid": str(number), "name": name})
        etree.SubElement(entry, f"{{{_V}}}lpwstr").text = value
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def read_own(data: bytes) -> dict[str, str]:
    """The properties of a Word file; none where it has none, or is no Word file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if package.getinfo(PART).file_size > LARGEST:
                return {}
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            root = etree.fromstring(package.read(PART), parser)
    except UNREADABLE:
        return {}
    return {str(entry.get("name")): "".join(map(str, entry.itertext())) for entry in root.iter(f"{{{_P}}}property")}

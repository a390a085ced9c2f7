"""The parts of a Word file: a template's, with charts and properties put in; the same gives the same bytes.

python-docx would do it too, parsing and writing every part anew each time, at several times the cost of all the rest.
"""

from __future__ import annotations

import datetime as dt
import functools
import io
import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from xltool.reports.chart_parts import Chart
from xltool.reports.own_properties import CONTENT_TYPE as OWN_TYPE
from xltool.reports.own_properties import PART as OWN
from xltool.reports.own_properties import RELATION as OWN_RELATION
from xltool.reports.own_properties import own_xml
from xltool.reports.package import UNREADABLE, packed, pinned
from xltool.reports.text import clean

TYPES, ROOT_RELATIONS, CORE = "[Content_Types].xml", "_rels/.rels", "docProps/core.xml"
LARGEST = 50 * 2**20

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CORE_RELATION = f"{_PACKAGE}/relationships/metadata/core-properties"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WORKBOOK = "rId1"
_CHART_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="{_WORKBOOK}" Type="{_OFFICE}/package"'
    ' Target="../embeddings/chart{number}.xlsx"/></Relationships>'
)
_CORE_NAMESPACES = {
    "cp": f"{_PACKAGE}/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Properties:
    """Core properties of the document; `moment` stands as created and modified. `own` are properties by name."""

    title: str
    subject: str
    author: str
    keywords: str
    moment: dt.date
    own: Mapping[str, str]


class NotWordError(Exception):
    """The bytes are no Word file."""


class WordPackage:
    """The parts of a Word file by name, to be filled and written once."""

    def __init__(self, content: bytes) -> None:
        """The parts of a template's file.

        Raises:
            NotWordError: it is no Word file, or larger than any template.
        """
        parts, self.main = _opened(content)
        self.parts = dict(parts)
        self._types = _parsed(self.parts[TYPES])
        self._root = _parsed(self.parts[ROOT_RELATIONS])
        self._relations_part = relations_of(self.main)
        self._relations = _parsed(self.parts[self._relations_part])
        self._charts = 0

    def attach(self, chart: Chart) -> tuple[int, str]:
        """Put a chart and its workbook in; gives its number and what the drawing calls it."""
        self._charts += 1
        number = self._charts
        while f"word/charts/chart{number}.xml" in self.parts:  # one that staff drew in the template
            number += 1
        name = f"word/charts/chart{number}.xml"
        self.parts[name] = _with_workbook(chart.xml)
        self.parts[relations_of(name)] = _CHART_RELATIONS.format(number=number).encode()
        self.parts[f"word/embeddings/chart{number}.xlsx"] = pinned(chart.workbook)
        self._typed("Override", "PartName", f"/{name}", _CHART_TYPE)
        self._typed("Default", "Extension", "xlsx", _WORKBOOK_TYPE)
        relation = f"rIdChart{number}"
        _related(self._relations, relation, f"{_OFFICE}/chart", f"/{name}")
        return number, relation

    def set_properties(self, properties: Properties) -> None:
        """Core and own properties, in place of the template's."""
        for kind in (_CORE_RELATION, OWN_RELATION):
            for old in [one for one in self._root if one.get("Type") == kind]:
                self.parts.pop(str(old.get("Target")).lstrip("/"), None)
                self._root.remove(old)
        self.parts[CORE] = _core_xml(properties)
        self.parts[OWN] = own_xml({name: clean(value) for name, value in properties.own.items()})
        _related(self._root, "rIdCore", _CORE_RELATION, CORE)
        _related(self._root, "rIdOwn", OWN_RELATION, OWN)
        self._typed("Override", "PartName", f"/{CORE}", _CORE_TYPE)
        self._typed("Override", "PartName", f"/{OWN}", OWN_TYPE)

    def bytes(self) -> bytes:
        """The file."""
        self.parts[TYPES], self.parts[ROOT_RELATIONS] = _written(self._types), _written(self._root)
        self.parts[self._relations_part] = _written(self._relations)
        return packed(self.parts)

    def _typed(self, tag: str, key: str, name: str, content_type: str) -> None:
        for one in self._types:
            if one.get(key) == name:
                return
        element = etree.SubElement(self._types, f"{{{_PACKAGE}/content-types}}{tag}")
        element.set(key, name)
        element.set("ContentType", content_type)


def relations_of(part: str) -> str:
    """The part that holds a part's relations."""
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


@functools.lru_cache(maxsize=8)
def _opened(content: bytes) -> tuple[Mapping[str, bytes], str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if sum(entry.file_size for entry in package.infolist()) > LARGEST:
                raise NotWordError
            parts = {name: package.read(name) for name in package.namelist() if not name.endswith("/")}
        root = _parsed(parts[ROOT_RELATIONS])
        main = next(
            str(one.get("Target")).lstrip("/") for one in root if one.get("Type") == f"{_OFFICE}/officeDocument"
        )
        if parts[main] and parts[relations_of(main)] and parts[TYPES]:
            _parsed(parts[main])
    except (*UNREADABLE, StopIteration) as error:
        raise NotWordError from error
    return parts, main


def _parsed(content: bytes) -> Any:  # noqa: ANN401 - lxml element
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _written(root: Any) -> bytes:  # noqa: ANN401 - lxml element
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _related(relations: Any, name: str, kind: str, target: str) -> None:  # noqa: ANN401 - lxml element
    etree.SubElement(
        relations, f"{{{_PACKAGE}/relationships}}Relationship", {"Id": name, "Type": kind, "Target": target}
    )


def _with_workbook(xml: bytes) -> bytes:
    space = etree.fromstring(xml)
    namespaces = space.nsmap
    data = etree.SubElement(space, f"{{{namespaces['c']}}}externalData", {f"{{{namespaces['r']}}}id": _WORKBOOK})
    etree.SubElement(data, f"{{{namespaces['c']}}}autoUpdate", {"val": "0"})
    return _written(space)


def _core_xml(properties: Properties) -> bytes:
    moment = properties.moment
    day = moment if isinstance(moment, dt.datetime) else dt.datetime.combine(moment, dt.time.min)
    date = day.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
    root = etree.Element(f"{{{_CORE_NAMESPACES['cp']}}}coreProperties", nsmap=_CORE_NAMESPACES)
    author = clean(properties.author)
    texts = (
        ("dc:title", clean(properties.title)),
        ("dc:subject", clean(properties.subject)),
        ("dc:creator", author),
        ("cp:keywords", clean(properties.keywords)),
        ("cp:lastModifiedBy", author),
        ("cp:revision", "1"),
        ("dcterms:created", date),
        ("dcterms:modified", date),
    )
    for name, text in texts:
        prefix, tag = name.split(":")
        element = etree.SubElement(root, f"{{{_CORE_NAMESPACES[prefix]}}}{tag}")
        element.text = text
        if prefix == "dcterms":
            element.set(f"{{{_CORE_NAMESPACES['xsi']}}}type", "dcterms:W3CDTF")
    return _written(root)

"""Safe reading of a workbook's package: a zip of XML parts, bounded before anything is inflated."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from functools import lru_cache
from io import BytesIO
from urllib.parse import unquote

from lxml import etree

from xltool.errors import RefusedFile
from xltool.intake import limits

MANIFEST = "META-INF/manifest.xml"
"""What an OpenDocument package holds, and how it is encrypted."""


def local(element: etree._Element) -> str:
    """An element's name without its namespace: programs differ in prefixes, and strict files in namespaces."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute by its name without namespace."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def refuse_declarations(element: etree._Element) -> None:
    """Refuse XML with a document type: no program writes one, and entities live there.

    Raises:
        RefusedFile: the document has a DTD.
    """
    if element.getroottree().docinfo.internalDTD is not None:
        raise RefusedFile("unsafe", found="XML中含有实体声明")


def parsed(data: bytes) -> etree._Element:
    """Small XML, parsed whole.

    Raises:
        RefusedFile: it declares entities.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(data, parser)
    refuse_declarations(root)
    return root


def elements(data: bytes, *tags: str) -> Iterator[etree._Element]:
    """Elements of large XML as they end, each freed when the next is asked for: memory stays bounded.

    Raises:
        RefusedFile: it declares entities, or is made of nothing but tags.
    """
    if data.count(b"<") > limits.TAGS:
        raise limits.too_large("内部标记过多")
    stream = etree.iterparse(
        BytesIO(data),
        events=("end",),
        tag=["{*}" + tag for tag in tags],
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    first = True
    for _, element in stream:
        if first:
            refuse_declarations(element)
            first = False
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]
    if first and stream.root is not None:
        refuse_declarations(stream.root)


class Package:
    """An opened zip package. Nothing is extracted, so no path of it is ever followed."""

    def __init__(self, data: bytes) -> None:
        """Open and bound the package.

        Raises:
            RefusedFile: it has too many or too large parts, doubled names or encrypted parts.
        """
        self._zip = zipfile.ZipFile(BytesIO(data))
        infos = [info for info in self._zip.infolist() if not info.is_dir()]
        if len(infos) > limits.PARTS:
            raise limits.too_large(f"内部文件超过{limits.PARTS}个")
        if any(info.file_size > limits.PART for info in infos) or sum(i.file_size for i in infos) > limits.INFLATED:
            raise limits.too_large("解压后过大")
        if any(info.flag_bits & 0x1 for info in infos):
            raise RefusedFile("encrypted")
        self._parts = {info.filename.replace("\\", "/").lstrip("/").casefold(): info for info in infos}
        if len(self._parts) != len(infos):
            raise RefusedFile("unsafe", found="内部文件重名")

    def has(self, name: str) -> bool:
        """Whether the package has a part of that name (case does not matter)."""
        return name.casefold() in self._parts

    def sizes(self, folder: str) -> dict[str, int]:
        """How large the parts in a folder say they are, by their names in lower case."""
        return {name: info.file_size for name, info in self._parts.items() if name.startswith(folder)}

    def part(self, name: str) -> bytes:
        """A part's bytes.

        Raises:
            KeyError: there is no such part.
            RefusedFile: it inflates to more than its directory says and than the bound allows.
        """
        with self._zip.open(self._parts[name.casefold()]) as stream:
            data = stream.read(limits.PART + 1)
        if len(data) > limits.PART:
            raise limits.too_large("解压后过大")
        return data

    def xml(self, name: str) -> etree._Element:
        """A small part, parsed whole.

        Raises:
            RefusedFile: it declares entities.
        """
        return parsed(self.part(name))

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """The relations of a part ("" is the package): id -> (last word of the type, name of the target part).

        Targets outside the package are left out.
        """
        folder, base = posixpath.split(name)
        path = posixpath.join(folder, "_rels", f"{base}.rels")
        return dict(_relations(folder, self.part(path))) if self.has(path) else {}


@lru_cache(maxsize=16)  # a program writes the same in all copies of a workbook
def _relations(folder: str, data: bytes) -> Mapping[str, tuple[str, str]]:
    found = {}
    for relation in parsed(data):
        kind, target, key = relation.get("Type"), relation.get("Target"), relation.get("Id")
        if kind and target and key and relation.get("TargetMode") != "External":
            place = posixpath.normpath(posixpath.join("/", folder, unquote(target)))
            found[key] = (kind.rpartition("/")[2], place.lstrip("/"))
    return found

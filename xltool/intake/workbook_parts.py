"""The package of an .xlsx or .xlsm file to a grid."""

from __future__ import annotations

from lxml import etree

from xltool.errors import RefusedFile
from xltool.intake import limits
from xltool.intake.address import single_cell
from xltool.intake.cells import SheetReader
from xltool.intake.grid import Grid
from xltool.intake.package import Package, attribute, local
from xltool.intake.string_table import cell_styles, shared_strings

_WORKBOOK = "xl/workbook.xml"
_EMPTY = 500
"""Bytes: LibreOffice gives every sheet a drawing, of some 340 bytes where nothing is drawn; a text box takes 800."""


def read_xlsx(data: bytes) -> Grid:
    """Read a workbook's cells; macros, drawings and links are never touched.

    Raises:
        RefusedFile: the package is unsafe, too large, or holds no workbook.
    """
    package = Package(data)
    top = dict(package.relations("").values())
    path = top.get("officeDocument", _WORKBOOK)
    if not package.has(path):
        raise RefusedFile("damaged")
    book = package.xml(path)
    if local(book) != "workbook":
        raise RefusedFile("not_a_workbook", found="其他Office文件")
    relations = package.relations(path)
    by_kind = dict(relations.values())
    strings = by_kind.get("sharedStrings")
    styles = by_kind.get("styles")
    reader = SheetReader(
        shared_strings(package.part(strings)) if strings else [],
        cell_styles(package.part(styles)) if styles else (),
    )
    entries = [entry for group in book if local(group) == "sheets" for entry in group]
    if len(entries) > limits.SHEETS:
        raise limits.too_large(f"工作表超过{limits.SHEETS}个")
    sheets = []
    for entry in entries:
        kind, name = relations.get(attribute(entry, "id") or "", ("", ""))
        if kind == "worksheet":
            hidden = entry.get("state", "visible") != "visible"
            sheets.append(reader.read(entry.get("name", ""), package.part(name), hidden=hidden))
    return Grid(
        source="xlsx",
        sheets=tuple(sheets),
        date1904=_date1904(book),
        keywords=_keywords(package, top.get("core-properties", "docProps/core.xml")),
        macros="vbaProject" in by_kind,
        names=_names(book),
        links="externalLink" in by_kind,
        objects=_has_objects(package),
    )


def _has_objects(package: Package) -> bool:
    """Whether pictures, text boxes or files lie over the sheets; none is opened. Comments are no such thing."""
    drawings = package.sizes("xl/drawings/drawing").values()
    return bool(package.sizes("xl/media/") or package.sizes("xl/embeddings/")) or max(drawings, default=0) > _EMPTY


def _names(book: etree._Element) -> dict[str, tuple[str, int, int] | None]:
    """The names of single cells, in lower case; None for one whose cell was deleted."""
    entries = [entry for group in book if local(group) == "definedNames" for entry in group]
    found: dict[str, tuple[str, int, int] | None] = {}
    for entry in entries[: limits.NAMES]:
        name, refers = entry.get("name", ""), (entry.text or "").strip()
        place = single_cell(refers)
        if place is not None or "#REF!" in refers:
            found[name.casefold()] = place
    return found


def _date1904(book: etree._Element) -> bool:
    return any(
        local(group) == "workbookPr" and group.get("date1904", "0").lower() in {"1", "true", "on"} for group in book
    )


def _keywords(package: Package, name: str) -> str:
    """The core properties' keywords; a workbook may lack them."""
    if not package.has(name):
        return ""
    return " ".join(child.text or "" for child in package.xml(name) if local(child) == "keywords")

"""The package of an .xlsx or .xlsm file to a grid."""

from __future__ import annotations

from lxml import etree

from xltool.errors import RefusedFile
from xltool.intake import limits
from xltool.intake.cells import SheetReader, cell_styles, shared_strings
from xltool.intake.grid import Grid, Sheet
from xltool.intake.package import Package, attribute, local

_WORKBOOK = "xl/workbook.xml"


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
        cell_styles(package.xml(styles)) if styles else [],
    )
    entries = [entry for group in book if local(group) == "sheets" for entry in group]
    if len(entries) > limits.SHEETS:
        raise limits.too_large(f"工作表超过{limits.SHEETS}个")
    sheets = []
    for entry in entries:
        kind, name = relations.get(attribute(entry, "id") or "", ("", ""))
        if kind == "worksheet":
            hidden = entry.get("state", "visible") != "visible"
            sheets.append(Sheet(name=entry.get("name", ""), cells=reader.read(package.part(name)), hidden=hidden))
    return Grid(
        source="xlsx",
        sheets=tuple(sheets),
        date1904=_date1904(book),
        keywords=_keywords(package, top.get("core-properties", "docProps/core.xml")),
        macros="vbaProject" in by_kind,
    )


def _date1904(book: etree._Element) -> bool:
    return any(
        local(group) == "workbookPr" and group.get("date1904", "0").lower() in {"1", "true", "on"} for group in book
    )


def _keywords(package: Package, name: str) -> str:
    """The core properties' keywords; a workbook may lack them."""
    if not package.has(name):
        return ""
    return " ".join(child.text or "" for child in package.xml(name) if local(child) == "keywords")

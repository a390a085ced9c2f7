"""Comments that people wrote on cells of an .xlsx; other formats' comments are not read."""

from __future__ import annotations

from lxml import etree

from xltool.intake import limits
from xltool.intake.package import Package, attribute, local
from xltool.intake.sniff import Format, sniff

LONGEST = 4000
"""Characters of one comment that are kept."""


def comments(data: bytes) -> dict[tuple[str, str], str]:
    """(sheet, cell) -> text, from the bytes of a workbook that could be read. Threads come with their replies."""
    if sniff(data).format is not Format.XLSX:
        return {}
    package = Package(data)
    path = dict(package.relations("").values()).get("officeDocument", "xl/workbook.xml")
    relations = package.relations(path)
    found: dict[tuple[str, str], str] = {}
    for entry in [one for group in package.xml(path) if local(group) == "sheets" for one in group][: limits.SHEETS]:
        _, part = relations.get(attribute(entry, "id") or "", ("", ""))
        kinds = dict(package.relations(part).values()) if part else {}
        texts = _notes(package, kinds.get("comments")) | _threads(package, kinds.get("threadedComment"))
        found |= {(entry.get("name", ""), cell): text for cell, text in texts.items()}
    return found


def _notes(package: Package, part: str | None) -> dict[str, str]:
    if part is None or not package.has(part):
        return {}
    elements = (element for element in package.xml(part).iter() if local(element) == "comment")
    return {element.get("ref", ""): _text(element) for element in elements}


def _threads(package: Package, part: str | None) -> dict[str, str]:
    """The newer comments of Excel, whose old form says only that they are there."""
    if part is None or not package.has(part):
        return {}
    found: dict[str, list[str]] = {}
    for element in package.xml(part).iter():
        if local(element) == "threadedComment":
            found.setdefault(element.get("ref", ""), []).append(_text(element))
    return {cell: "\n".join(texts)[:LONGEST] for cell, texts in found.items()}


def _text(element: etree._Element) -> str:
    runs = (run.text or "" for run in element.iter() if local(run) in ("t", "text") and len(run) == 0)
    return "".join(runs)[:LONGEST]

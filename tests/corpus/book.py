"""A workbook's package taken apart for damaging: cells as a dictionary, parts as bytes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from copy import deepcopy
from io import BytesIO
from typing import NamedTuple
from xml.sax.saxutils import escape

from lxml import etree

from xltool.intake.address import position
from xltool.model.plan import a1

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
STYLES = "xl/styles.xml"
Place = tuple[int, int]


class Xml(NamedTuple):
    """A cell's inner XML as it is, with the cell's type."""

    inner: str
    type: str = "n"


Content = float | str | Xml | None
"""What is put into a cell: a number, a text, a formula with its `=`, XML, or nothing."""


def tag(name: str) -> str:
    return f"{{{MAIN}}}{name}"


class Sheet:
    """The cells of one sheet, by (row, column) from 0; `root` holds all else."""

    def __init__(self, data: bytes) -> None:
        self.root = etree.fromstring(data)
        found = self.root.find(tag("sheetData"))
        assert found is not None
        self._data = found
        self.cells = {position(cell.get("r", "")): cell for row in found for cell in row}

    def put(self, cell: str | Place, content: Content, style: int | None = None) -> None:
        """Type into a cell; it keeps its style."""
        place = position(cell) if isinstance(cell, str) else cell
        old = self.cells.get(place)
        kept = style if style is not None else (old.get("s") if old is not None else None)
        self.cells[place] = element(content, kept)

    def move(self, change: Callable[[int, int], Place | None]) -> None:
        """Put every cell where `change` says; None takes it away."""
        moved = ((change(*place), cell) for place, cell in self.cells.items())
        self.cells = {place: cell for place, cell in moved if place is not None}

    def insert_rows(self, at: int, count: int = 1) -> None:
        self.move(lambda row, col: (row + count if row >= at else row, col))

    def delete_rows(self, at: int, count: int = 1) -> None:
        self.move(lambda row, col: None if at <= row < at + count else (row - count if row >= at else row, col))

    def insert_columns(self, at: int, count: int = 1) -> None:
        self.move(lambda row, col: (row, col + count if col >= at else col))

    def delete_columns(self, at: int, count: int = 1) -> None:
        self.move(lambda row, col: None if at <= col < at + count else (row, col - count if col >= at else col))

    def swap_rows(self, one: int, two: int, first: int = 0, last: int = 10_000) -> None:
        """Exchange two rows, in the given columns."""
        other = {one: two, two: one}
        self.move(lambda row, col: (other.get(row, row) if first <= col <= last else row, col))

    def copy_row(self, source: int, target: int) -> None:
        """Copy all cells of a row, keys included."""
        copied = {(target, col): deepcopy(cell) for (row, col), cell in self.cells.items() if row == source}
        self.cells |= copied

    def drop(self, *names: str) -> None:
        """Take away elements such as `sheetProtection`."""
        for name in names:
            for found in self.root.findall(tag(name)):
                self.root.remove(found)

    def xml(self) -> bytes:
        for row in list(self._data):
            self._data.remove(row)
        rows: dict[int, etree._Element] = {}
        for (number, column), cell in sorted(self.cells.items()):
            if number not in rows:
                rows[number] = etree.SubElement(self._data, tag("row"), r=str(number + 1))
            cell.set("r", a1(number, column))
            rows[number].append(cell)
        return etree.tostring(self.root, encoding="UTF-8", xml_declaration=True, standalone=True)


def element(content: Content, style: object = None) -> etree._Element:
    """A cell with a content."""
    kind, inner = inner_xml(content)
    marked = f' s="{style}"' if style is not None else ""
    typed = f' t="{kind}"' if kind != "n" else ""
    return etree.fromstring(f'<c xmlns="{MAIN}"{marked}{typed}>{inner}</c>')


def inner_xml(content: Content) -> tuple[str, str]:
    if content is None:
        return "n", ""
    if isinstance(content, Xml):
        return content.type, content.inner
    if isinstance(content, bool):
        return "b", f"<v>{int(content)}</v>"
    if isinstance(content, int | float):
        return "n", f"<v>{content!r}</v>"
    if content.startswith("="):
        return "n", f"<f>{escape(content[1:])}</f><v>999</v>"
    return "inlineStr", f'<is><t xml:space="preserve">{escape(content)}</t></is>'


class Book:
    """A filled workbook to damage."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self.parts = dict(parts)
        self._sheets: dict[str, Sheet] = {}

    def part_of(self, name: str) -> str:
        """The part that holds a sheet."""
        book, relations = (etree.fromstring(self.parts[part]) for part in (WORKBOOK, RELATIONS))
        targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
        (wanted,) = (sheet.get(f"{{{OFFICE}}}id") for sheet in book.iter(tag("sheet")) if sheet.get("name") == name)
        target = targets[wanted]
        return target[1:] if target.startswith("/") else f"xl/{target}"

    def sheet(self, name: str) -> Sheet:
        part = self.part_of(name)
        if part not in self._sheets:
            self._sheets[part] = Sheet(self.parts[part])
        return self._sheets[part]

    def sheets(self) -> list[str]:
        return [sheet.get("name", "") for sheet in etree.fromstring(self.parts[WORKBOOK]).iter(tag("sheet"))]

    def edit(self, part: str, change: Callable[[bytes], bytes]) -> None:
        """Change a part's bytes; the change must change something."""
        self.flush()
        before = self.parts[part]
        self.parts[part] = change(before)
        assert self.parts[part] != before, part

    def replace(self, part: str, old: str, new: str) -> None:
        self.edit(part, lambda data: data.replace(old.encode(), new.encode()))

    def every_sheet(self, change: Callable[[bytes], bytes]) -> None:
        """Change the XML of all sheets."""
        self.flush()
        for part in [name for name in self.parts if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)]:
            self.parts[part] = change(self.parts[part])

    def entries(self, change: Callable[[list[etree._Element]], list[etree._Element]]) -> None:
        """Edit the list of sheets in `workbook.xml`."""
        root = etree.fromstring(self.parts[WORKBOOK])
        sheets = root.find(tag("sheets"))
        assert sheets is not None
        sheets[:] = change(list(sheets))
        self.parts[WORKBOOK] = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)

    def add_sheet(self, name: str, xml: bytes) -> None:
        """A further sheet at the end."""
        number = len(self.parts) + 1000
        self.parts[f"xl/worksheets/sheet{number}.xml"] = xml
        relation = f'<Relationship Id="x{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        self.replace(RELATIONS, "</Relationships>", f"{relation}</Relationships>")
        sheet = f'<sheet xmlns:r="{OFFICE}" name="{name}" sheetId="{number}" r:id="x{number}"/>'
        self.replace(WORKBOOK, "</sheets>", f"{sheet}</sheets>")
        self.replace(
            "[Content_Types].xml",
            "</Types>",
            f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        )

    def delete_sheet(self, name: str) -> None:
        self.entries(lambda sheets: [one for one in sheets if one.get("name") != name])

    def strings(self) -> list[str]:
        """The string table."""
        table = etree.fromstring(self.parts["xl/sharedStrings.xml"])
        return ["".join(str(text) for text in one.itertext(tag("t"))) for one in table]

    def style(self, number_format: str | None = None, *, strike: bool = False) -> int:
        """The index of a further cell style."""
        root = etree.fromstring(self.parts[STYLES])
        groups = {str(group.tag).rpartition("}")[2]: group for group in root}
        if number_format is not None:
            if "numFmts" not in groups:
                groups["numFmts"] = etree.Element(tag("numFmts"))
                root.insert(0, groups["numFmts"])
            number = 500 + len(groups["numFmts"])
            etree.SubElement(groups["numFmts"], tag("numFmt"), numFmtId=str(number), formatCode=number_format)
        if strike:
            etree.SubElement(etree.SubElement(groups["fonts"], tag("font")), tag("strike"))
        etree.SubElement(
            groups["cellXfs"],
            tag("xf"),
            numFmtId=str(number) if number_format is not None else "0",
            fontId=str(len(groups["fonts"]) - 1) if strike else "0",
        )
        self.parts[STYLES] = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
        return len(groups["cellXfs"]) - 1

    def flush(self) -> None:
        """Write edited sheets back to their parts."""
        for part, sheet in self._sheets.items():
            self.parts[part] = sheet.xml()
        self._sheets.clear()

    def save(self, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
        self.flush()
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w", compression, compresslevel=1) as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)
        return stream.getvalue()

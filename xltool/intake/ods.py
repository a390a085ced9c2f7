"""OpenDocument spreadsheets to a grid: values, formulas and value types from `content.xml` itself.

The library for old formats gives neither formulas nor percentages, and fills the used rectangle, which a
touched last cell makes unbounded; the XML is as easy to read (docs/decisions/0006-reading.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from xltool.intake import limits
from xltool.intake.address import Area, single_cell
from xltool.intake.grid import Cell, Grid, Kind, Sheet
from xltool.intake.numbers import is_stored
from xltool.intake.ods_looks import PERCENT, Looks, number_format, shows_whole_date
from xltool.intake.package import MANIFEST, Package, attribute, local, parsed, refuse_declarations

Cells = dict[tuple[int, int], Cell]
Names = dict[str, tuple[str, int, int] | None]

_BESIDE = frozenset({"annotation", "note", "ruby-text"})
"""Comments, footnotes and readings, which are no part of what a cell says."""

_KINDS = {
    "float": Kind.NUMBER,
    "percentage": Kind.NUMBER,
    "currency": Kind.NUMBER,
    "date": Kind.DATE,
    "boolean": Kind.BOOLEAN,
    "string": Kind.TEXT,
    "time": Kind.TEXT,
}
_CONTENT, _META = "content.xml", "meta.xml"
_ERRORS = ("#", "Err:")
_DRAWN = b"<draw:"  # pictures, text boxes, files; comments are of another kind


def read_ods(data: bytes, password: str | None = None) -> Grid:
    """Read a workbook's cells; those of an encrypted one with its password.

    Raises:
        RefusedFile: the package is unsafe, encrypted or too large.
    """
    package = Package(data)
    if _is_encrypted(package):
        from xltool.intake.locked_ods import unlocked_part  # noqa: PLC0415 - its library is needed for these only

        content, meta = (unlocked_part(package, name, password) for name in (_CONTENT, _META))
    else:
        content, meta = package.part(_CONTENT), package.part(_META) if package.has(_META) else b""
    names: Names = {}
    sheets = tuple(_sheets(content, names))
    keywords = _keywords(meta) if meta else ""
    return Grid(source="ods", sheets=sheets, keywords=keywords, names=names, objects=_DRAWN in content)


def _is_encrypted(package: Package) -> bool:
    return package.has(MANIFEST) and any(local(part) == "encryption-data" for part in package.xml(MANIFEST).iter())


def _keywords(meta: bytes) -> str:
    return " ".join(part.text or "" for part in parsed(meta).iter() if local(part) == "keyword")


def _sheets(data: bytes, names: Names) -> Iterator[Sheet]:
    """The sheets in their order; each table row is freed after it is read. Puts the defined names into `names`."""
    if data.count(b"<") > limits.TAGS:
        raise limits.too_large("内部标记过多")
    stream = etree.iterparse(
        BytesIO(data),
        events=("start", "end"),
        tag=["{*}table", "{*}table-row", "{*}named-range", "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}style"],
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    cells: Cells = {}
    merges: list[Area] = []
    row = count = 0
    looks = Looks()
    for event, element in stream:
        name = local(element)
        if event == "start":
            if name == "table":
                refuse_declarations(element)
                cells, merges, row = {}, [], 0
        elif name == "style":
            looks.note(element)
            element.clear()
        elif name == "table-row":
            row = _read_row(element, row, cells, merges, looks)
            limits.count(count + len(cells))
            element.clear()
        elif name == "table":
            count += len(cells)
            yield Sheet(
                name=attribute(element, "name") or "",
                cells=cells,
                merges=tuple(merges),
                protected=attribute(element, "protected") == "true",
            )
            element.clear()
        elif len(names) < limits.NAMES:
            _read_name(element, names)


def _read_name(element: etree._Element, names: Names) -> None:
    """A defined name; its address is `$'工作 表'.$E$5`, of a deleted cell `#REF!`."""
    refers = (attribute(element, "cell-range-address") or "").removeprefix("$")
    sheet, _, cell = refers.rpartition(".")
    place = single_cell(f"{sheet}!{cell}")
    if place is not None or "#REF!" in refers:
        names[(attribute(element, "name") or "").casefold()] = place


def _repeated(element: etree._Element, name: str) -> int:
    return max(1, int(attribute(element, name) or "1"))


def _read_row(element: etree._Element, row: int, cells: Cells, merges: list[Area], looks: Looks) -> int:
    """Put a row's cells into `cells`, its merged areas into `merges`; gives the number of the next row."""
    found: list[tuple[int, Cell]] = []
    column = 0
    for entry in element:
        if local(entry) not in {"table-cell", "covered-table-cell"}:
            continue
        repeated = _repeated(entry, "number-columns-repeated")
        cell = _cell(entry, looks)
        rows, cols = _repeated(entry, "number-rows-spanned"), _repeated(entry, "number-columns-spanned")
        if rows * cols > 1:
            merges.append((row, column, row + rows - 1, column + cols - 1))
            limits.count(len(merges))
        if cell is not None:
            limits.count(len(found) + repeated)
            found += [(column + offset, cell) for offset in range(repeated)]
        column += repeated
    repeated = _repeated(element, "number-rows-repeated")
    if found:
        limits.count(len(cells) + len(found) * repeated)
        for offset in range(repeated):
            for place, cell in found:
                cells[row + offset, place] = cell
    return row + repeated


def _cell(entry: etree._Element, looks: Looks) -> Cell | None:
    text = "\n".join(_text(child, looks) for child in entry if local(child) == "p")
    cell = _content(entry, text)
    return cell._replace(struck=True) if cell is not None and looks.is_struck(entry) else cell


def _content(entry: etree._Element, text: str) -> Cell | None:
    formula = attribute(entry, "formula")
    if formula is not None:
        formula = formula.partition(":=")[2] if ":=" in formula else formula.lstrip("=")
    kind = _KINDS.get(_value_type(entry), Kind.TEXT)
    if formula is not None and text.startswith(_ERRORS):
        return Cell(Kind.ERROR, text, formula=formula)
    raw = text
    if kind is Kind.NUMBER:
        raw = attribute(entry, "value") or text
    elif kind is Kind.DATE:
        raw = attribute(entry, "date-value") or text
        if not shows_whole_date(raw, text):
            kind, raw = Kind.TEXT, text
    elif kind is Kind.BOOLEAN:
        raw = "TRUE" if attribute(entry, "boolean-value") == "true" else "FALSE"
    if not raw and formula is None:
        return None
    if _value_type(entry) == "percentage":
        return Cell(kind, raw, PERCENT, formula)
    if kind is Kind.NUMBER and is_stored(raw):
        return Cell(kind, raw, number_format(raw, text), formula)
    return Cell(kind, raw, formula=formula)


def _value_type(entry: etree._Element) -> str:
    for key, value in entry.attrib.items():
        if str(key).endswith("office:1.0}value-type"):
            return str(value)
    return ""


def _text(element: etree._Element, looks: Looks) -> str:
    """A paragraph's text, with the spaces, tabs and breaks that are elements; what stands beside it left out."""
    parts = [element.text or ""]
    for child in element:
        name = local(child)
        if name == "s":
            parts.append(" " * min(_repeated(child, "c"), limits.LAST_COLUMN))
        elif name == "tab":
            parts.append("\t")
        elif name == "line-break":
            parts.append("\n")
        elif name not in _BESIDE:
            parts.append(looks.seen(child, _text(child, looks)))
        parts.append(child.tail or "")
    return "".join(parts)

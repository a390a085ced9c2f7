# ruff: noqa: ANN401 - python-docx's objects are passed as they come
"""A Word template that grows paragraph by paragraph; only styles carry fonts and sizes."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any, NamedTuple

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm
from styles import LINE, W, fonts_xml, numbering_xml, settings_xml, styles_xml

from xltool.model.report_kinds import KIND_PROPERTY, TITLES
from xltool.reports.own_properties import write_own
from xltool.reports.package import pinned

FIXED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - Word's core properties carry no zone
DROPPED = (RELATIONSHIP_TYPE.CUSTOM_XML, RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.THEME, "stylesWithEffects")
TWIPS_PER_MM = 1440 / 25.4
SHADE = "E7E6E6"


class Column(NamedTuple):
    """A column of a table; the widths (mm) of a table's columns add up to the type area's 156."""

    heading: str
    tag: str
    style: str
    width: float


class Group(NamedTuple):
    """A row above the rows of a group: `{%tr for name in source %}`, the tags of its text, its style."""

    name: str
    source: str
    text: str
    style: str = "TableGroup"


class Builder:
    """A document that grows paragraph by paragraph; only styles carry fonts and sizes."""

    def __init__(self, kind: str) -> None:
        self.title = f"{TITLES[kind]}模板"
        self.kind = TITLES[kind]
        self.document = Document()
        _replace_parts(self.document)
        _page(self.document)

    def add(self, style: str, text: str, *, new_page: bool = False) -> None:
        """A paragraph with its tags, at the top of a new page where that is wanted."""
        paragraph = self.document.add_paragraph(text)
        _style(paragraph._p, style)  # noqa: SLF001 - python-docx looks styles up by English names only
        if new_page:
            paragraph._p.pPr.append(OxmlElement("w:pageBreakBefore"))  # noqa: SLF001

    def caption(self, label: str, text: str, style: str = "TableCaption") -> None:
        """`表1　…`: the report's label gives kind and number."""
        self.add(style, f"{{{{ caption({label}) }}}}　{text}")

    def figure(self, source: str) -> None:
        """A figure and its caption."""
        self.add("Figure", f"{{{{ drawing({source}.label) }}}}")
        self.caption(f"{source}.label", f"{{{{ {source}.caption }}}}", "Caption")

    def when(self, condition: str) -> None:
        """What follows, up to `otherwise` or `end`, stands there only under a condition."""
        self.add("BodyText", f"{{%p if {condition} %}}")

    def otherwise(self) -> None:
        """The other case."""
        self.add("BodyText", "{%p else %}")

    def end(self) -> None:
        """The end of `when`."""
        self.add("BodyText", "{%p endif %}")

    def each(self, style: str, name: str, source: str) -> None:
        """A paragraph for each text of `source`."""
        self.add("BodyText", f"{{%p for {name} in {source} %}}")
        self.add(style, f"{{{{ {name} }}}}")
        self.add("BodyText", "{%p endfor %}")

    def table(self, columns: Sequence[Column], rows: str, groups: Sequence[Group] = ()) -> None:
        """A table with a repeated heading, and one row for each of `rows`, under the rows of its groups."""
        table = self.document.add_table(rows=0, cols=len(columns))
        _table_layout(table, [column.width for column in columns])
        self._row(table, [(column.heading, "TableHead") for column in columns], shaded=len(columns), heading=True)
        for group in groups:
            self._row(table, [(f"{{%tr for {group.name} in {group.source} %}}", "TableText")])
            self._row(table, [(group.text, group.style)], shaded=group.style == "TableGroup", merge=True)
        self._row(table, [(f"{{%tr for row in {rows} %}}", "TableText")])
        self._row(table, [(f"{{{{ {column.tag} }}}}", column.style) for column in columns])
        for _ in range(len(groups) + 1):
            self._row(table, [("{%tr endfor %}", "TableText")])

    def lines(self, name: str, source: str, texts: tuple[str, str], widths: tuple[float, float]) -> None:
        """A table without a heading, one row for each of `source`: what it is about, and what is said."""
        table = self.document.add_table(rows=0, cols=2)
        _table_layout(table, widths)
        self._row(table, [(f"{{%tr for {name} in {source} %}}", "TableText")])
        self._row(table, [(texts[0], "SummaryHead"), (texts[1], "SummaryText")], shaded=1)
        self._row(table, [("{%tr endfor %}", "TableText")])

    def form(self, lines: Sequence[tuple[str, str]], widths: tuple[float, float]) -> None:
        """A table of names and what they stand for, one a row."""
        table = self.document.add_table(rows=0, cols=2)
        _table_layout(table, widths)
        for name, text in lines:
            self._row(table, [(name, "TableHead"), (text, "TableText")], shaded=1)

    @staticmethod
    def _row(
        table: Any, cells: Sequence[tuple[str, str]], *, shaded: int = 0, heading: bool = False, merge: bool = False
    ) -> None:
        row = table.add_row()
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no such settings
        properties.append(OxmlElement("w:cantSplit"))
        if heading:
            properties.append(OxmlElement("w:tblHeader"))
        if merge:
            row.cells[0].merge(row.cells[-1])
        styles = dict(enumerate(cells))
        for index, cell in enumerate(row.cells[:1] if merge else row.cells):
            text, style = styles.get(index, ("", "TableText"))
            cell.paragraphs[0].text = text
            _style(cell.paragraphs[0]._p, style)  # noqa: SLF001
            cell_properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001
            if index < shaded:
                shading = OxmlElement("w:shd")
                for name, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
                    shading.set(qn(f"w:{name}"), value)
                cell_properties.append(shading)
            middle = OxmlElement("w:vAlign")
            middle.set(qn("w:val"), "center")
            cell_properties.append(middle)

    def bytes(self) -> bytes:
        """The file."""
        core = self.document.core_properties
        core.title, core.author, core.comments, core.last_modified_by = self.title, "", "", ""
        core.created = core.modified = FIXED
        write_own(self.document.part.package, {KIND_PROPERTY: self.kind})
        target = io.BytesIO()
        self.document.save(target)
        return pinned(target.getvalue())


def _replace_parts(document: Any) -> None:
    part = document.part
    part._styles_part._element = parse_xml(styles_xml())  # noqa: SLF001 - python-docx offers no way to swap them
    part.numbering_part._element = parse_xml(numbering_xml())  # noqa: SLF001
    part._settings_part._element = parse_xml(settings_xml())  # noqa: SLF001
    part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)._blob = fonts_xml().encode()  # noqa: SLF001
    for rels in (part.rels, part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(DROPPED)]:
            del rels[key]


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Mm(37),
        Mm(35),
        Mm(28),
        Mm(26),
    )
    section.header_distance, section.footer_distance = Mm(15), Mm(24.5)
    for grid in section._sectPr.findall(qn("w:docGrid")):  # noqa: SLF001
        section._sectPr.remove(grid)  # noqa: SLF001
    section._sectPr.append(parse_xml(f'<w:docGrid xmlns:w="{W}" w:type="lines" w:linePitch="{LINE}"/>'))  # noqa: SLF001
    for footer, style in ((section.footer, "Footer"), (section.even_page_footer, "FooterEven")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        _style(paragraph._p, style)  # noqa: SLF001
        paragraph.add_run("— ")
        paragraph._p.append(_field(" PAGE ", "1"))  # noqa: SLF001
        paragraph.add_run(" —")


def _style(paragraph: Any, style: str) -> None:
    paragraph.get_or_add_pPr().get_or_add_pStyle().set(qn("w:val"), style)


def _field(instruction: str, text: str) -> Any:
    return parse_xml(f'<w:fldSimple xmlns:w="{W}" w:instr="{instruction}"><w:r><w:t>{text}</w:t></w:r></w:fldSimple>')


def _table_layout(table: Any, widths: Sequence[float]) -> None:
    properties = table._tbl.tblPr  # noqa: SLF001
    properties.get_or_add_tblStyle().set(qn("w:val"), "ReportTable")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    total = OxmlElement("w:tblW")
    total.set(qn("w:w"), str(round(sum(widths) * TWIPS_PER_MM)))
    total.set(qn("w:type"), "dxa")
    for old in properties.findall(qn("w:tblW")):
        properties.replace(old, total)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)

# ruff: noqa: ANN401 - python-docx's objects are passed as they come
"""Builds the Word templates: `python templates/build.py [FOLDER]`. Same script, same bytes.

Staff may edit the built files in Word; this script makes them anew from the scheme's outline. Tags are docxtpl's
(`{{ report.field }}`, `{%p for ... %}` for paragraphs, `{%tr for ... %}` for table rows); what they may name is
`xltool.reports.context.DistrictReport`.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm
from styles import LINE, W, fonts_xml, numbering_xml, settings_xml, styles_xml

from xltool.reports.package import pinned

FOLDER = Path(__file__).parent
FIXED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - Word's core properties carry no zone
DROPPED = (RELATIONSHIP_TYPE.CUSTOM_XML, RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.THEME, "stylesWithEffects")
TWIPS_PER_MM = 1440 / 25.4
SHADE = "E7E6E6"

# (heading, tag, style, width in mm) of each column; the widths of a table add up to the type area's 156 mm
Column = tuple[str, str, str, float]
INDICATORS: tuple[Column, ...] = (
    ("序号", "row.number", "TableMiddle", 9),
    ("指标", "row.label", "TableText", 40),
    ("单位", "row.unit", "TableMiddle", 15),
    ("本区值", "row.value", "TableNumber", 18),
    ("均值", "row.mean", "TableNumber", 18),
    ("中位数", "row.median", "TableNumber", 18),
    ("位次/有效区数", "row.rank", "TableMiddle", 15),
    ("说明", "row.note", "TableText", 23),
)
PARTS: tuple[Column, ...] = (
    ("指标", "row.indicator", "TableText", 80),
    ("其中", "row.label", "TableText", 36),
    ("单位", "row.unit", "TableMiddle", 20),
    ("本区值", "row.value", "TableNumber", 20),
)
PROBLEMS: tuple[Column, ...] = (
    ("序号", "row.number", "TableMiddle", 9),
    ("性质", "row.severity", "TableMiddle", 11),
    ("位置", "row.where", "TableText", 36),
    ("问题", "row.message", "TableText", 56),
    ("处理要求", "row.action", "TableText", 44),
)
FORMULAS: tuple[Column, ...] = (
    ("序号", "row.number", "TableMiddle", 9),
    ("指标", "row.label", "TableText", 55),
    ("计算方法", "row.formula", "TableText", 92),
)


class Builder:
    """A document that grows paragraph by paragraph; only styles carry fonts and sizes."""

    def __init__(self) -> None:
        self.document = Document()
        _replace_parts(self.document)
        _page(self.document)

    def add(self, style: str, text: str) -> None:
        """A paragraph with its tags."""
        paragraph = self.document.add_paragraph(text)
        _style(paragraph._p, style)  # noqa: SLF001 - python-docx looks styles up by English names only

    def caption(self, style: str, kind: str, number: str, text: str) -> None:
        """`表1　…` with an automatic number whose text the report gives."""
        paragraph = self.document.add_paragraph(kind)
        _style(paragraph._p, style)  # noqa: SLF001
        paragraph._p.append(_field(f" SEQ {kind} \\* ARABIC ", f"{{{{ {number} }}}}"))  # noqa: SLF001
        paragraph.add_run(f"　{text}")

    def table(self, columns: Sequence[Column], rows: str, group: tuple[str, str] | None = None) -> None:
        """A table with a repeated heading, and one row for each of `rows`, under group rows if there are groups."""
        table = self.document.add_table(rows=0, cols=len(columns))
        _table_layout(table, [column[3] for column in columns])
        self._row(table, [(heading, "TableHead") for heading, *_ in columns], shade=True, heading=True)
        if group:
            self._row(table, [(f"{{%tr for group in {group[0]} %}}", "TableText")])
            self._row(table, [(group[1], "TableGroup")], merge=True)
        self._row(table, [(f"{{%tr for row in {rows} %}}", "TableText")])
        self._row(table, [(f"{{{{ {tag} }}}}", style) for _, tag, style, _ in columns])
        for _ in range(2 if group else 1):
            self._row(table, [("{%tr endfor %}", "TableText")])

    @staticmethod
    def _row(
        table: Any, cells: Sequence[tuple[str, str]], *, shade: bool = False, heading: bool = False, merge: bool = False
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
            if shade or merge:
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
        core.title, core.author, core.comments, core.last_modified_by = "分报告模板", "", "", ""
        core.created = core.modified = FIXED
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


def district() -> bytes:
    """The sub-report (分报告)."""
    doc = Builder()
    _opening(doc)
    _findings(doc)
    _figures(doc)
    _indicators(doc)
    _problems(doc)
    _quality(doc)
    _method(doc)
    doc.add("BodyText", "")
    doc.add("Signature", "{{ report.office }}")
    doc.add("Signature", "　　年　　月　　日")
    return doc.bytes()


def _opening(doc: Builder) -> None:
    doc.add("Title", "{{ report.heading }}")
    doc.add("Subtitle", "（{{ report.district }}）")
    doc.add("Information", "数据截至{{ report.cut_off }}　　数据快照{{ report.snapshot }}")
    doc.add("Addressee", "{{ report.district }}学习型社会建设与终身教育促进委员会：")
    doc.add(
        "BodyText",
        "根据{{ report.notice }}，现将你区的监测结果反馈如下。",
    )


def _findings(doc: Builder) -> None:
    doc.add("Heading1", "主要发现")
    _each(doc, "BodyText", "sentence", "report.highlights.overview")
    doc.add("BodyText", "{%p if report.has_data %}")
    for heading, name in (("明显优于中位数的指标", "strengths"), ("明显不及中位数的指标", "weaknesses")):
        doc.add("Heading2", heading)
        doc.add("BodyText", f"{{%p if report.highlights.{name} %}}")
        _each(doc, "Numbered", "sentence", f"report.highlights.{name}")
        doc.add("BodyText", "{%p else %}")
        doc.add("BodyText", f"{{{{ report.highlights.{name}_none }}}}")
        doc.add("BodyText", "{%p endif %}")
    doc.add("BodyText", "{%p endif %}")
    doc.add("BodyText", "{%p if report.highlights.gaps %}")
    doc.add("Heading2", "没有数值的指标")
    _each(doc, "Numbered", "sentence", "report.highlights.gaps")
    doc.add("BodyText", "{%p endif %}")


def _figures(doc: Builder) -> None:
    doc.add("Heading1", "在全市各区中的位置")
    doc.add("BodyText", "{%p if report.figures %}")
    doc.add(
        "BodyText",
        "下图按一级指标列出各区的位置。每行一项指标，行首序号与表1一致；灰色圆点是其他各区，"
        "黑色菱形是{{ report.district }}，中间竖线是各区中位数。离竖线越远，与多数区的差距越大。{{ report.undrawn }}",
    )
    doc.add("BodyText", "{%p for figure in report.figures %}")
    doc.add("Figure", "{{ drawing(figure) }}")
    doc.caption("Caption", "图", "figure.number", "{{ figure.caption }}")
    doc.add("BodyText", "{%p endfor %}")
    doc.add("BodyText", "{%p else %}")
    doc.add("BodyText", "可供比较的数值不足，不作图。")
    doc.add("BodyText", "{%p endif %}")


def _indicators(doc: Builder) -> None:
    doc.add("Heading1", "全部指标")
    doc.caption("TableCaption", "表", "report.tables.indicators", "{{ report.district }}各项指标与全市比较")
    doc.table(INDICATORS, "group.rows", group=("report.groups", "{{ group.name }}"))
    doc.add("TableNote", "注：均值、中位数按有数值的区计算。位次按数值从大到小排列，不代表优劣。“—”表示没有相应数值。")
    doc.add("BodyText", "{%p if report.tables.parts %}")
    doc.caption("TableCaption", "表", "report.tables.parts", "分项数值")
    doc.table(PARTS, "report.parts")
    doc.add("TableNote", "")
    doc.add("BodyText", "{%p endif %}")
    doc.add("BodyText", "{%p for quote in report.quotes %}")
    doc.add("BodyText", "{{ quote.label }}（表1第{{ quote.number }}行）：{{ quote.text }}")
    doc.add("BodyText", "{%p endfor %}")


def _problems(doc: Builder) -> None:
    doc.add("Heading1", "尚待处理的问题")
    doc.add("BodyText", "截至{{ report.cut_off }}，{{ report.problems.intro }}")
    doc.add("BodyText", "{%p if report.problems.rows %}")
    doc.caption("TableCaption", "表", "report.tables.problems", "尚待处理的错误和提醒")
    doc.table(PROBLEMS, "report.problems.rows")
    doc.add("TableNote", "{{ report.problems.rest }}")
    doc.add("BodyText", "{%p endif %}")
    doc.add("BodyText", "{%p if report.problems.settled %}")
    doc.add("BodyText", "以下问题已说明原因、由市级豁免或由市级采用区里的数：")
    _each(doc, "Numbered", "sentence", "report.problems.settled")
    doc.add("BodyText", "{%p endif %}")


def _quality(doc: Builder) -> None:
    doc.add("Heading1", "数据质量")
    _each(doc, "Numbered", "sentence", "report.quality")


def _method(doc: Builder) -> None:
    doc.add("Heading1", "方法说明")
    for heading, name in (("数据", "data_note"), ("比较", "comparison_note")):
        doc.add("Heading2", heading)
        _each(doc, "Numbered", "sentence", f"report.{name}")
    doc.add("Heading2", "通知表述需要明确之处的处理")
    _each(doc, "Numbered", "sentence", "report.decisions")
    doc.add("Heading2", "指标的计算方法")
    doc.caption("TableCaption", "表", "report.tables.formulas", "各项指标的计算方法")
    doc.table(FORMULAS, "report.formulas")


def _each(doc: Builder, style: str, name: str, source: str) -> None:
    doc.add("BodyText", f"{{%p for {name} in {source} %}}")
    doc.add(style, f"{{{{ {name} }}}}")
    doc.add("BodyText", "{%p endfor %}")


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    (target / "district.docx").write_bytes(district())

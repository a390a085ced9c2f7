"""What all native Word charts share: python-pptx's writers, mended, with their workbooks.

python-pptx's XML is mended where Word, LibreOffice or the Open XML SDK take offence: axis ids, rounded corners, an
East Asian typeface. Workbooks hold no live formulas, whatever a label begins with.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx.chart.chart import Chart as PptxChart
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_LEGEND_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from xltool.model.numbers import SIGNIFICANT_DIGITS

WIDTH_MM = 156.0
LATIN, ASIAN = "Times New Roman", "宋体"
EPOCH = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the workbook's created date, fixed so that bytes repeat

# python-pptx is only partly typed; these stand for its callables
_chart_writer: Any = ChartXmlWriter
_chart: Any = PptxChart
_colour: Any = RGBColor

BLACK, GREY, PALE, FAINT, WHITE = (_colour(shade, shade, shade) for shade in (0, 0x60, 0xB0, 0xD9, 0xFF))
_NO_FRAME = (
    '<c:spPr xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart part's XML, its embedded workbook, its size, its title and its text for readers who can't see it.

    `name` is that of the figure's label.
    """

    name: str
    title: str
    xml: bytes
    workbook: bytes
    width_mm: float
    height_mm: float
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The inner plot area: what is left free on the left (share of the width), above and below (mm)."""

    left: float
    above_mm: float
    below_mm: float
    height_mm: float


def drawn(kind: Any, data: Any) -> tuple[Any, Any]:  # noqa: ANN401 - python-pptx has no types
    """The chart's XML and python-pptx's view of it."""
    space = parse_xml(_chart_writer(kind, data).xml.encode())
    return space, _chart(space, None)


def kept(value: float | None) -> float | None:
    """A number with as many digits as a workbook keeps, so that the chart shows what stands there."""
    return None if value is None else float(f"{value:.{SIGNIFICANT_DIGITS}g}")


def prepared(workbook: Any, worksheet: Any) -> None:  # noqa: ANN401 - xlsxwriter's
    """The embedded workbook before anything is written: texts stay texts, bytes repeat."""
    workbook.set_properties({"created": EPOCH})
    worksheet.strings_to_formulas = False
    worksheet.strings_to_urls = False


def whole(chart: Any, *, legend: bool = True) -> None:  # noqa: ANN401 - python-pptx has no types
    """Font sizes, no title (the caption is below), the legend on top."""
    chart.has_title = False
    chart.font.size = Pt(8)
    chart.has_legend = legend
    if legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        chart.legend.font.size = Pt(9)


def axis_title(axis: Any, text: str) -> None:  # noqa: ANN401 - python-pptx has no types
    """An axis' title, small and not bold."""
    axis.has_title = True
    frame = axis.axis_title.text_frame
    frame.text = text
    frame.paragraphs[0].runs[0].font.size = Pt(8)
    frame.paragraphs[0].runs[0].font.bold = False


def outlined(axis: Any) -> None:  # noqa: ANN401 - python-pptx has no types
    """An axis whose gridlines are faint."""
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = FAINT
    axis.major_gridlines.format.line.width = Pt(0.5)


def mend(space: Any, frame: Frame, *, unnamed: tuple[int, ...] = ()) -> bytes:  # noqa: ANN401 - lxml element
    """The part's bytes; series `unnamed` aren't in the legend."""
    ids: dict[str, str] = {}
    for element in space.iter(qn("c:axId"), qn("c:crossAx")):
        element.set("val", ids.setdefault(element.get("val"), str(len(ids) + 1001)))
    for properties in space.iter(qn("a:defRPr"), qn("a:rPr")):
        _typefaces(properties)
    for tag in ("c:roundedCorners", "c:date1904"):
        if (old := space.find(qn(tag))) is not None:
            space.remove(old)
        space.insert(0, etree.Element(qn(tag), {"val": "0"}))
    space.find(qn("c:txPr")).addprevious(parse_xml(_NO_FRAME))
    legend: Any = next(space.iter(qn("c:legend")), None)
    for series in reversed(unnamed):
        entry = etree.Element(qn("c:legendEntry"))
        etree.SubElement(entry, qn("c:idx"), {"val": str(series)})
        etree.SubElement(entry, qn("c:delete"), {"val": "1"})
        legend.insert(1, entry)
    _layout(next(space.iter(qn("c:plotArea"))), frame)
    return etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True)


def _typefaces(properties: Any) -> None:  # noqa: ANN401 - lxml element of python-pptx
    for tag, typeface in (("a:latin", LATIN), ("a:ea", ASIAN)):
        if properties.find(qn(tag)) is None:
            etree.SubElement(properties, qn(tag), {"typeface": typeface})


def _layout(area: Any, frame: Frame) -> None:  # noqa: ANN401 - lxml element of python-pptx
    """The inner plot area leaves room for the labels on its left."""
    layout = area.find(qn("c:layout"))
    if layout is None:
        layout = etree.Element(qn("c:layout"))
        area.insert(0, layout)
    manual = etree.SubElement(layout, qn("c:manualLayout"))
    places = {
        "layoutTarget": "inner",
        "xMode": "edge",
        "yMode": "edge",
        "x": str(frame.left),
        "y": f"{frame.above_mm / frame.height_mm:.4f}",
        "w": f"{0.98 - frame.left:.4f}",
        "h": f"{1 - (frame.above_mm + frame.below_mm) / frame.height_mm:.4f}",
    }
    for name, value in places.items():
        etree.SubElement(manual, qn(f"c:{name}"), {"val": value})

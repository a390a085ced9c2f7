"""Native Word charts: the chart part and the workbook it can be edited with, by python-pptx's writers.

python-pptx's XML is mended where Word, LibreOffice or the Open XML SDK take offence: axis ids, rounded corners,
an East Asian typeface.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx.chart.chart import Chart as PptxChart
from pptx.chart.data import XyChartData
from pptx.chart.xlsx import XyWorkbookWriter
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from xltool.reports.figures import EDGE, Figure

WIDTH_MM = 156.0
ROW_MM = 4.4
ABOVE_MM, BELOW_MM = 9.0, 14.0  # the legend; the axis and its title
LABELS_SHARE = 0.37  # of the width, for the indicators' names left of the dots
LATIN, ASIAN = "Times New Roman", "宋体"
EPOCH = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the workbook's created date, fixed so that bytes repeat

# python-pptx is only partly typed; these stand for its callables
_chart_writer: Any = ChartXmlWriter
_chart: Any = PptxChart
_colour: Any = RGBColor

BLACK, GREY, PALE, FAINT = (_colour(shade, shade, shade) for shade in (0, 0x60, 0xB0, 0xD9))
_NO_FRAME = (
    '<c:spPr xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
)
OTHERS, LABELS = "其他各区", "指标"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart part's XML, its embedded workbook, its size and its text for readers who can't see it."""

    number: int
    xml: bytes
    workbook: bytes
    width_mm: float
    height_mm: float
    description: str


class _Workbook(XyWorkbookWriter):
    """python-pptx's layout, with labels in column C, no live formulas and a fixed date."""

    def __init__(self, chart_data: _Data) -> None:
        super().__init__(chart_data)  # type: ignore[no-untyped-call]
        self._labels = chart_data.labels

    def _populate_worksheet(self, workbook: Any, worksheet: Any) -> None:  # noqa: ANN401 - xlsxwriter's
        workbook.set_properties({"created": EPOCH})
        worksheet.strings_to_formulas = False
        worksheet.strings_to_urls = False
        super()._populate_worksheet(workbook, worksheet)  # type: ignore[no-untyped-call]
        *_, last = self._chart_data
        first = self.series_table_row_offset(last) + 1  # type: ignore[no-untyped-call]
        worksheet.write_column(first, 2, self._labels)


class _Data(XyChartData):
    """Chart data whose last series carries the row labels."""

    def __init__(self, labels: tuple[str, ...]) -> None:
        super().__init__(number_format="0.00")  # type: ignore[no-untyped-call]
        self.labels = labels

    @property
    def _workbook_writer(self) -> _Workbook:
        return _Workbook(self)


def dot_plot(figure: Figure) -> Chart:
    """The dot plot of a figure: other districts round and grey, this one a black diamond, the median a line."""
    data = _data(figure)
    space = parse_xml(_chart_writer(XL_CHART_TYPE.XY_SCATTER, data).xml.encode())
    chart = _chart(space, None)
    _whole(chart)
    _axes(chart, len(figure.rows))
    others, own, labels = chart.plots[0].series
    _marker(others, XL_MARKER_STYLE.CIRCLE, 4, PALE, GREY)
    _marker(own, XL_MARKER_STYLE.DIAMOND, 10, BLACK, BLACK)
    _row_labels(labels, [row.label for row in figure.rows])
    _mend(space, labels_series=2, height_mm=_height_mm(len(figure.rows)))
    return Chart(
        number=figure.number,
        xml=etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True),
        workbook=data._workbook_writer.xlsx_blob,  # noqa: SLF001 - python-pptx's own way to it
        width_mm=WIDTH_MM,
        height_mm=_height_mm(len(figure.rows)),
        description=figure.description,
    )


def _data(figure: Figure) -> Any:  # noqa: ANN401 - python-pptx has no types
    data: Any = _Data(tuple(row.label for row in figure.rows))
    heights = dict(zip(figure.rows, _heights(len(figure.rows)), strict=True))
    others = data.add_series(OTHERS)
    own = data.add_series(figure.district)
    labels = data.add_series(LABELS)
    for row, height in heights.items():
        for place in row.others:
            others.add_data_point(place, height)
        if row.own is not None:
            own.add_data_point(row.own, height)
        labels.add_data_point(-EDGE, height)
    return data


def _height_mm(rows: int) -> float:
    return ABOVE_MM + ROW_MM * (rows + 1) + BELOW_MM


def _heights(rows: int) -> Iterator[int]:
    """The first row stands on top."""
    return iter(range(rows, 0, -1))


def _whole(chart: Any) -> None:  # noqa: ANN401 - python-pptx has no types
    chart.has_title = False
    chart.font.size = Pt(8)
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.TOP
    chart.legend.include_in_layout = False
    chart.legend.font.size = Pt(9)


def _axes(chart: Any, rows: int) -> None:  # noqa: ANN401 - python-pptx has no types
    across, upward = chart.category_axis, chart.value_axis  # of a scatter plot: the x and the y axis
    across.minimum_scale, across.maximum_scale, across.major_unit = -EDGE, EDGE, 1
    across.has_major_gridlines = False
    across.tick_labels.number_format, across.tick_labels.number_format_is_linked = "0", False
    across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    across.has_title = True
    title = across.axis_title.text_frame
    title.text = "←小于中位数　　与中位数之差（以MAD为单位）　　大于中位数→"
    title.paragraphs[0].runs[0].font.size = Pt(8)
    title.paragraphs[0].runs[0].font.bold = False
    across.format.line.color.rgb = GREY
    upward.minimum_scale, upward.maximum_scale, upward.major_unit = 0, rows + 1, 1
    upward.has_major_gridlines = True
    upward.major_gridlines.format.line.color.rgb = FAINT
    upward.major_gridlines.format.line.width = Pt(0.5)
    upward.major_tick_mark = XL_TICK_MARK.NONE
    upward.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    upward.format.line.color.rgb = BLACK
    upward.format.line.width = Pt(1)


def _marker(series: Any, style: Any, size: int, fill: Any, line: Any) -> None:  # noqa: ANN401 - python-pptx's
    series.marker.style, series.marker.size = style, size
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = fill
    series.marker.format.line.color.rgb = line
    series.format.line.fill.background()


def _row_labels(series: Any, labels: list[str]) -> None:  # noqa: ANN401 - python-pptx has no types
    series.marker.style = XL_MARKER_STYLE.NONE
    for index, text in enumerate(labels):
        label = series.points[index].data_label
        label.position = XL_LABEL_POSITION.LEFT
        label.text_frame.text = text
        label.text_frame.word_wrap = False
        label.text_frame.paragraphs[0].runs[0].font.size = Pt(8)


def _mend(space: Any, *, labels_series: int, height_mm: float) -> None:  # noqa: ANN401 - lxml element of python-pptx
    ids: dict[str, str] = {}
    for element in space.iter(qn("c:axId"), qn("c:crossAx")):
        element.set("val", ids.setdefault(element.get("val"), str(len(ids) + 1001)))
    for properties in space.iter(qn("a:defRPr"), qn("a:rPr")):
        _typefaces(properties)
    for tag in ("c:roundedCorners", "c:date1904"):
        space.insert(0, etree.Element(qn(tag), {"val": "0"}))
    space.find(qn("c:txPr")).addprevious(parse_xml(_NO_FRAME))
    across = next(space.iter(qn("c:valAx")))
    across.find(qn("c:crosses")).set("val", "min")
    legend = next(space.iter(qn("c:legend")))
    entry = etree.SubElement(legend, qn("c:legendEntry"))
    etree.SubElement(entry, qn("c:idx"), {"val": str(labels_series)})
    etree.SubElement(entry, qn("c:delete"), {"val": "1"})
    legend.insert(1, entry)
    _layout(next(space.iter(qn("c:plotArea"))), height_mm)


def _typefaces(properties: Any) -> None:  # noqa: ANN401 - lxml element of python-pptx
    for tag, typeface in (("a:latin", LATIN), ("a:ea", ASIAN)):
        if properties.find(qn(tag)) is None:
            etree.SubElement(properties, qn(tag), {"typeface": typeface})


def _layout(area: Any, height_mm: float) -> None:  # noqa: ANN401 - lxml element of python-pptx
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
        "x": str(LABELS_SHARE),
        "y": f"{ABOVE_MM / height_mm:.4f}",
        "w": f"{0.98 - LABELS_SHARE:.4f}",
        "h": f"{1 - (ABOVE_MM + BELOW_MM) / height_mm:.4f}",
    }
    for name, value in places.items():
        etree.SubElement(manual, qn(f"c:{name}"), {"val": value})

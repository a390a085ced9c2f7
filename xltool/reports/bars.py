"""Bar charts: one row an indicator, its label at the left, the first row on top.

Bars of two series tell good from bad, or done from not done, by black and white, so that they can be told in grey.
"""

from __future__ import annotations

from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.util import Pt

from xltool.reports.chart_parts import (
    BLACK,
    GREY,
    WHITE,
    WIDTH_MM,
    Chart,
    Frame,
    axis_title,
    drawn,
    kept,
    mend,
    outlined,
    prepared,
    whole,
)
from xltool.reports.figures import BarFigure

ROW_MM = 4.2
ABOVE_MM, BELOW_MM = 9.0, 14.0
LABELS_SHARE = 0.37
ROOM = 1.25  # beyond the axis' ends, for the numbers at the bars
STEPS = 5
BEYOND = "超出"
SHADES = (BLACK, WHITE, GREY)


class _Workbook(CategoryWorkbookWriter):
    """python-pptx's layout, with no live formulas and a fixed date."""

    def _populate_worksheet(self, workbook: Any, worksheet: Any) -> None:  # noqa: ANN401 - xlsxwriter's
        prepared(workbook, worksheet)
        super()._populate_worksheet(workbook, worksheet)  # type: ignore[no-untyped-call]


class _Data(CategoryChartData):
    @property
    def _workbook_writer(self) -> _Workbook:
        return _Workbook(self)  # type: ignore[no-untyped-call]


def bar_chart(figure: BarFigure) -> Chart:
    """The chart of a figure."""
    data: Any = _Data(number_format=figure.number_format)  # type: ignore[no-untyped-call]
    data.categories = [bar.label for bar in figure.bars]
    for place, name in enumerate(figure.series):
        data.add_series(name, [kept(bar.values[place]) for bar in figure.bars])
    space, chart = drawn(XL_CHART_TYPE.BAR_STACKED if figure.stacked else XL_CHART_TYPE.BAR_CLUSTERED, data)
    whole(chart, legend=len(figure.series) > 1)
    _bars(chart, figure)
    _axes(chart, figure)
    height_mm = ABOVE_MM + ROW_MM * len(figure.bars) + BELOW_MM
    frame = Frame(left=LABELS_SHARE, above_mm=ABOVE_MM, below_mm=BELOW_MM, height_mm=height_mm)
    return Chart(
        name=figure.label.name,
        title=figure.caption,
        xml=mend(space, frame),
        workbook=data._workbook_writer.xlsx_blob,  # noqa: SLF001 - python-pptx's own way to it
        width_mm=WIDTH_MM,
        height_mm=height_mm,
        description=figure.description,
    )


def _bars(chart: Any, figure: BarFigure) -> None:  # noqa: ANN401 - python-pptx has no types
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 45, 100
    for series, shade in zip(plot.series, SHADES, strict=False):
        series.invert_if_negative = False
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = shade
        series.format.line.color.rgb = BLACK
        series.format.line.width = Pt(0.75)
        if not figure.stacked:
            labels = series.data_labels
            labels.show_value = True
            labels.number_format, labels.number_format_is_linked = figure.number_format, False
            labels.position = XL_LABEL_POSITION.OUTSIDE_END
            labels.font.size = Pt(8)
            _clipped(series, figure)


def _clipped(series: Any, figure: BarFigure) -> None:  # noqa: ANN401 - python-pptx has no types
    """A bar that ends at the axis' end says so; its length is not its value."""
    for place, value in enumerate(series.values):
        if figure.ends is not None and value in figure.ends:
            label = series.points[place].data_label
            label.position = XL_LABEL_POSITION.OUTSIDE_END
            label.text_frame.text = BEYOND
            label.text_frame.paragraphs[0].runs[0].font.size = Pt(8)


def _axes(chart: Any, figure: BarFigure) -> None:  # noqa: ANN401 - python-pptx has no types
    names, values = chart.category_axis, chart.value_axis
    names.reverse_order = True
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.tick_labels.font.size = Pt(8)
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.format.line.color.rgb = BLACK
    outlined(values)
    if figure.ends is not None:
        low, high = figure.ends
        values.minimum_scale, values.maximum_scale = low * ROOM, high * ROOM
        values.major_unit = high * ROOM / STEPS
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = "0", False
    values.tick_label_position = XL_TICK_LABEL_POSITION.HIGH  # the names' axis is turned round: high is below
    axis_title(values, figure.axis)

"""Dot plots: one row an indicator (or a question of the survey), by python-pptx's scatter chart.

The rows' labels belong to a series of their own, whose points stand at the left edge and aren't drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import XyChartData
from pptx.chart.xlsx import XyWorkbookWriter
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml.ns import qn
from pptx.util import Pt

from xltool.reports.chart_parts import (
    BLACK,
    FAINT,
    GREY,
    PALE,
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
from xltool.reports.figures import EDGE, Figure, IntervalFigure

ROW_MM = 4.4
ABOVE_MM, BELOW_MM = 9.0, 14.0  # the legend; the axis and its title
LABELS_SHARE = 0.37  # of the width, for the indicators' names left of the dots
PERCENT_STEP = 20
OTHERS, LABELS, SHARE, INTERVAL = "其他各区", "指标", "满意（肯定）比例", "95%置信区间"
DISTRICTS = "各区"
DISTANCE = "←小于中位数　　与中位数之差（以MAD为单位）　　大于中位数→"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Axis:
    """The axis across: its ends, its step and its title; where `crossed` is, the other axis crosses it."""

    low: float
    high: float
    step: float
    title: str


class _Workbook(XyWorkbookWriter):
    """python-pptx's layout, with labels in column C."""

    def __init__(self, chart_data: _Data) -> None:
        super().__init__(chart_data)  # type: ignore[no-untyped-call]
        self._labels = chart_data.labels

    def _populate_worksheet(self, workbook: Any, worksheet: Any) -> None:  # noqa: ANN401 - xlsxwriter's
        prepared(workbook, worksheet)
        super()._populate_worksheet(workbook, worksheet)  # type: ignore[no-untyped-call]
        *_, last = self._chart_data
        worksheet.write_column(self.series_table_row_offset(last) + 1, 2, self._labels)  # type: ignore[no-untyped-call]


class _Data(XyChartData):
    """Chart data whose last series carries the row labels."""

    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__(number_format="0.00")  # type: ignore[no-untyped-call]
        self.labels = labels

    @property
    def _workbook_writer(self) -> _Workbook:
        return _Workbook(self)


def dot_plot(figure: Figure) -> Chart:
    """The districts' dots: the others round and grey, this one a black diamond, the median a line."""
    data: Any = _Data(tuple(row.label for row in figure.rows))
    others, own, labels = (data.add_series(name) for name in (OTHERS, figure.district, LABELS))
    for row, height in zip(figure.rows, _heights(len(figure.rows)), strict=True):
        for place in row.others:
            others.add_data_point(kept(place), height)
        if row.own is not None:
            own.add_data_point(kept(row.own), height)
        labels.add_data_point(-EDGE, height)
    space, chart = drawn(XL_CHART_TYPE.XY_SCATTER, data)
    _axes(chart, len(figure.rows), _Axis(low=-EDGE, high=EDGE, step=1, title=DISTANCE))
    first, second, last = chart.plots[0].series
    _marker(first, XL_MARKER_STYLE.CIRCLE, 4, PALE, GREY)
    _marker(second, XL_MARKER_STYLE.DIAMOND, 10, BLACK, BLACK)
    _row_labels(last, data.labels)
    return _finished(figure, space, data, unnamed=2)


def spread_plot(figure: Figure) -> Chart:
    """All districts' dots alike, round and grey, the median a line."""
    data: Any = _Data(tuple(row.label for row in figure.rows))
    districts, labels = (data.add_series(name) for name in (DISTRICTS, LABELS))
    for row, height in zip(figure.rows, _heights(len(figure.rows)), strict=True):
        for place in row.others:
            districts.add_data_point(kept(place), height)
        labels.add_data_point(-EDGE, height)
    space, chart = drawn(XL_CHART_TYPE.XY_SCATTER, data)
    _axes(chart, len(figure.rows), _Axis(low=-EDGE, high=EDGE, step=1, title=DISTANCE))
    first, last = chart.plots[0].series
    _marker(first, XL_MARKER_STYLE.CIRCLE, 5, PALE, BLACK)
    _row_labels(last, data.labels)
    return _finished(figure, space, data, unnamed=1)


def interval_plot(figure: IntervalFigure) -> Chart:
    """Shares of a survey as black dots, their 95 % intervals as pieces of one line that is broken between rows."""
    data: Any = _Data(tuple(row.label for row in figure.rows))
    intervals, shares, labels = (data.add_series(name) for name in (INTERVAL, SHARE, LABELS))
    for row, height in zip(figure.rows, _heights(len(figure.rows)), strict=True):
        intervals.add_data_point(kept(row.low), height)
        intervals.add_data_point(kept(row.high), height)
        intervals.add_data_point(kept(row.high), None)
        shares.add_data_point(kept(row.share), height)
        labels.add_data_point(0, height)
    space, chart = drawn(XL_CHART_TYPE.XY_SCATTER, data)
    _axes(chart, len(figure.rows), _Axis(low=0, high=100, step=PERCENT_STEP, title="占该题回答人数的百分比（%）"))
    first, second, last = chart.plots[0].series
    _marker(first, XL_MARKER_STYLE.DASH, 5, BLACK, BLACK)
    first.format.line.color.rgb = BLACK
    first.format.line.width = Pt(1.25)
    _marker(second, XL_MARKER_STYLE.CIRCLE, 6, BLACK, BLACK)
    _row_labels(last, data.labels)
    return _finished(figure, space, data, unnamed=2)


def _finished(figure: Figure | IntervalFigure, space: Any, data: Any, *, unnamed: int) -> Chart:  # noqa: ANN401
    height_mm = ABOVE_MM + ROW_MM * (len(figure.rows) + 1) + BELOW_MM
    next(space.iter(qn("c:valAx"))).find(qn("c:crosses")).set("val", "min")
    frame = Frame(left=LABELS_SHARE, above_mm=ABOVE_MM, below_mm=BELOW_MM, height_mm=height_mm)
    return Chart(
        name=figure.label.name,
        title=figure.caption,
        xml=mend(space, frame, unnamed=(unnamed,)),
        workbook=data._workbook_writer.xlsx_blob,  # noqa: SLF001 - python-pptx's own way to it
        width_mm=WIDTH_MM,
        height_mm=height_mm,
        description=figure.description,
    )


def _heights(rows: int) -> Iterator[int]:
    """The first row stands on top."""
    return iter(range(rows, 0, -1))


def _axes(chart: Any, rows: int, axis: _Axis) -> None:  # noqa: ANN401 - python-pptx has no types
    whole(chart)
    across, upward = chart.category_axis, chart.value_axis  # of a scatter plot: the x and the y axis
    across.minimum_scale, across.maximum_scale, across.major_unit = axis.low, axis.high, axis.step
    across.has_major_gridlines = False
    across.tick_labels.number_format, across.tick_labels.number_format_is_linked = "0", False
    across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis_title(across, axis.title)
    across.format.line.color.rgb = GREY
    upward.minimum_scale, upward.maximum_scale, upward.major_unit = 0, rows + 1, 1
    outlined(upward)
    upward.major_tick_mark = XL_TICK_MARK.NONE
    upward.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    upward.format.line.color.rgb = BLACK if axis.low < 0 else FAINT
    upward.format.line.width = Pt(1)


def _marker(series: Any, style: Any, size: int, fill: Any, line: Any) -> None:  # noqa: ANN401 - python-pptx's
    series.marker.style, series.marker.size = style, size
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = fill
    series.marker.format.line.color.rgb = line
    series.format.line.fill.background()


def _row_labels(series: Any, labels: Sequence[str]) -> None:  # noqa: ANN401 - python-pptx has no types
    series.marker.style = XL_MARKER_STYLE.NONE
    for index, text in enumerate(labels):
        label = series.points[index].data_label
        label.position = XL_LABEL_POSITION.LEFT
        label.text_frame.text = text
        label.text_frame.word_wrap = False
        label.text_frame.paragraphs[0].runs[0].font.size = Pt(8)

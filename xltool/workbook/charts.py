"""Native Excel charts on a sheet of their own, drawn from the cells of other sheets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xltool.model.pages import BarChart, ChartPage, Span
from xltool.model.styles import BODY_FONT, HEAD_FONT
from xltool.workbook.sheet import PAPER_A4

WIDTH, HEIGHT = 690, 196  # pixels: as wide as A4 between its margins; five are a page high
ROWS = 10  # rows that a chart with its gap is high, of 20 pixels each
PER_PAGE = 5
COLUMN, SCALE = 98.0, 88  # the one column in characters, as wide as the charts; percent at which it fits on A4
GREY, DARK, BLACK, FAINT = "#BFBFBF", "#595959", "#000000", "#E3E3E3"
SMALL = {"name": BODY_FONT, "size": 7.5, "color": "#262626"}


def write_charts(
    book: Any,  # noqa: ANN401 - xlsxwriter has no types
    sheet: Any,  # noqa: ANN401
    page: ChartPage,
    heads: Mapping[str, int],
    title: Any,  # noqa: ANN401
    note: Any,  # noqa: ANN401
) -> None:
    """Write a sheet of charts; `heads` are the rows of the headings in the sheets that they are drawn from."""
    sheet.set_column(0, 0, COLUMN)
    sheet.write_string(0, 0, page.title, title)
    sheet.set_row(0, 30)
    for row, text in enumerate(page.notes, start=1):
        sheet.write_string(row, 0, text, note)
    first = len(page.notes) + 1
    for number, chart in enumerate(page.charts):
        place = {"object_position": 2, "description": chart.description}
        sheet.insert_chart(first + number * ROWS, 0, _chart(book, chart, heads), place)
    last = first + len(page.charts) * ROWS
    sheet.print_area(0, 0, last, 0)
    sheet.set_print_scale(SCALE)
    sheet.set_h_pagebreaks(list(range(first + PER_PAGE * ROWS, last, PER_PAGE * ROWS)))
    sheet.set_portrait()
    sheet.set_paper(PAPER_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.center_horizontally()
    sheet.hide_gridlines(2)
    sheet.set_footer("&L" + page.title.replace("&", "&&") + "&R第&P页，共&N页")


def _chart(book: Any, chart: BarChart, heads: Mapping[str, int]) -> Any:  # noqa: ANN401
    drawn = book.add_chart({"type": "column"})
    size = chart.values.last - chart.values.first + 1
    points = [_fill(BLACK if number in chart.marked else GREY) for number in range(size)]
    labels: list[object] = [
        {"value": chart.words[number], "font": SMALL} if number in chart.words else None for number in range(size)
    ]
    drawn.add_series(
        {
            "name": chart.title,
            "categories": _cells(chart.names, heads),
            "values": _cells(chart.values, heads),
            "gap": 60,
            "points": points,
            "data_labels": {"value": True, "num_format": chart.number_format, "font": SMALL, "custom": labels},
        }
    )
    drawn.set_title({"name": chart.title, "name_font": {"name": HEAD_FONT, "size": 10, "bold": False}})
    drawn.set_legend({"none": True})
    drawn.set_x_axis({"num_font": SMALL, "line": {"color": DARK}, "major_tick_mark": "none"})
    drawn.set_y_axis(
        {
            "num_font": SMALL,
            "num_format": chart.number_format,
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": FAINT, "width": 0.5}},
        }
    )
    drawn.set_chartarea({"border": {"none": True}})
    drawn.set_size({"width": WIDTH, "height": HEIGHT})
    return drawn


def _fill(colour: str) -> dict[str, object]:
    return {"fill": {"color": colour}, "border": {"color": DARK, "width": 0.5}}


def _cells(span: Span, heads: Mapping[str, int]) -> list[object]:
    row = heads[span.page] + (0 if span.row is None else span.row + 1)
    return [span.page, row, span.first, row, span.last]

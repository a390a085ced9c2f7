"""Native charts: what Word shows is what the embedded workbook holds, and nothing in it is a formula."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from lxml import etree

from xltool.reports.chart_parts import Chart
from xltool.reports.charts import dot_plot
from xltool.reports.figures import EDGE, Figure, Row
from xltool.reports.labels import chart as label

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

FIGURE = Figure(
    label=label("position_2"),
    district="丙区",
    caption="题",
    description="说明",
    rows=(
        Row(number=1, label="1 甲", others=(-1.5, 0.25, 4.0), own=1.0),
        Row(number=2, label="=cmd()|'x'!A1", others=(-2.0,), own=None),
        Row(number=4, label="http://示例", others=(), own=-EDGE),
    ),
)


@pytest.fixture(scope="module")
def chart() -> Chart:
    return dot_plot(FIGURE)


@pytest.fixture(scope="module")
def sheet(chart: Chart) -> Any:
    return openpyxl.load_workbook(io.BytesIO(chart.workbook)).active


def series(chart: Chart) -> list[Any]:
    return list(etree.fromstring(chart.xml).iter(f"{C}ser"))


def cells(sheet: Any, reference: str) -> list[Any]:
    block = sheet[reference.split("!")[1].replace("$", "")]
    return [row[0].value for row in block] if isinstance(block, tuple) else [block.value]


def test_every_cache_equals_the_embedded_workbook(chart: Chart, sheet: Any) -> None:
    references = [element for one in series(chart) for element in one.iter(f"{C}numRef", f"{C}strRef")]
    assert len(references) == 9
    for reference in references:
        shown = [point.findtext(f"{C}v") for point in reference.iter(f"{C}pt")]
        stored = cells(sheet, reference.findtext(f"{C}f"))
        if reference.tag == f"{C}numRef":
            assert [float(text) for text in shown if text] == [float(value) for value in stored]
        else:
            assert shown == stored


def test_the_points_are_those_of_the_figure_first_row_on_top(chart: Chart, sheet: Any) -> None:
    points = [
        [
            tuple(float(point.findtext(f"{C}v") or "nan") for point in axis if point.tag == f"{C}pt")
            for axis in one.iter(f"{C}numCache")
        ]
        for one in series(chart)
    ]
    assert points == [
        [(-1.5, 0.25, 4.0, -2.0), (3.0, 3.0, 3.0, 2.0)],
        [(1.0, -4.0), (3.0, 1.0)],
        [(-4.0, -4.0, -4.0), (3.0, 2.0, 1.0)],
    ]
    assert [cell.value for cell in sheet["B"] if isinstance(cell.value, str)] == ["其他各区", "丙区", "指标"]


def test_labels_are_shown_and_stored_as_text(chart: Chart, sheet: Any) -> None:
    shown = [
        "".join(text.text or "" for text in label.iter(f"{A}t"))
        for label in etree.fromstring(chart.xml).iter(f"{C}dLbl")
    ]
    stored = [cell.value for cell in sheet["C"] if cell.value is not None]
    assert shown == stored == [row.label for row in FIGURE.rows]
    assert all(cell.data_type != "f" and cell.hyperlink is None for row in sheet for cell in row)


def test_what_word_and_libreoffice_take_offence_at_is_mended(chart: Chart) -> None:
    space = etree.fromstring(chart.xml)
    ids = {element.get("val") for element in space.iter(f"{C}axId", f"{C}crossAx")}
    assert ids == {"1001", "1002"}
    properties = list(space.iter(f"{A}defRPr", f"{A}rPr"))
    assert properties
    assert all(element.find(f"{A}ea") is not None for element in properties)
    assert [child.tag for child in space][:2] == [f"{C}date1904", f"{C}roundedCorners"]
    hidden = space.find(f".//{C}legendEntry/{C}idx")
    assert hidden is not None
    assert hidden.get("val") == "2"


def test_markers_differ_in_shape_size_and_shade(chart: Chart) -> None:
    markers = [
        (one.find(f".//{C}symbol").get("val"), one.find(f".//{C}size"), one.find(f".//{C}marker//{A}srgbClr"))
        for one in series(chart)
    ]
    assert [symbol for symbol, _, _ in markers] == ["circle", "diamond", "none"]
    assert int(markers[1][1].get("val")) > 2 * int(markers[0][1].get("val"))
    assert markers[0][2].get("val") != markers[1][2].get("val") == "000000"


def test_a_chart_grows_with_its_rows() -> None:
    short = dot_plot(replace(FIGURE, rows=FIGURE.rows[:1]))
    assert dot_plot(FIGURE).height_mm - short.height_mm == pytest.approx(2 * 4.4)


def test_the_workbook_carries_a_fixed_date(chart: Chart) -> None:
    properties = openpyxl.load_workbook(io.BytesIO(chart.workbook)).properties
    assert re.match(r"2000-01-01", str(properties.created))

"""The workbook of indicators: every number is the result's, charts show the cells, it prints on A4."""

from __future__ import annotations

import io
import re
import statistics
import zipfile
from pathlib import Path
from typing import Any

import pytest
from builders import reports as build
from builders import rounds
from builders.rounds import DISTRICT, xltool
from lxml import etree
from openpyxl import load_workbook

from xltool.indicators import Annex, annex_pages
from xltool.indicators.pages import CHARTS, ITEMS, LAST, LIST, SPREAD, VALUES
from xltool.model.quantity import Quantity
from xltool.model.states import SHOWN, State
from xltool.workbook import write_pages

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
SCHEME = build.edition()
STATES = {(build.OWN, "space"): State.NOT_APPLICABLE}
HOSTILE = "=cmd()|'/c calc'!A1"


def values() -> dict[str, list[Any]]:
    spread = build.spread_values(SCHEME)
    spread["space"][2] = None
    spread[build.TEXT_INDICATOR][0] = HOSTILE
    return spread


LAST_YEAR = {(build.OWN, "rate"): Quantity(state=State.VALUE, value=2 / 3)}
RESULTS = build.results(SCHEME, values(), states=STATES)


def made() -> bytes:
    first, *others = build.DISTRICTS
    quantities = {first: {"space_top": Quantity(state=State.VALUE, value=1 / 3)}} | {name: {} for name in others}
    annex = Annex(
        edition=SCHEME,
        results=RESULTS,
        quantities=quantities,
        last_year=LAST_YEAR,
        source=f"数据快照编号{build.SNAPSHOT}。",
    )
    return write_pages("指标", annex_pages(annex))


BOOK = load_workbook(io.BytesIO(made()))


def exact(value: Any) -> Any:
    """Sixteen digits, which is one more than a spreadsheet keeps."""
    return value if isinstance(value, str) else pytest.approx(value, rel=1e-15)


def table(name: str) -> list[list[Any]]:
    rows = [[cell.value for cell in row] for row in BOOK[name].iter_rows()]
    head = next(number for number, row in enumerate(rows) if row[0] in ("序号", "区"))
    return rows[head:]


def test_every_value_stands_unrounded_at_its_district_and_indicator() -> None:
    head, *rows = table(VALUES)
    read = {(name, row[1]): value for row in rows for name, value in zip(head[3:19], row[3:19], strict=True)}
    for result in RESULTS:
        shown = "文字" if isinstance(result.value, str) else SHOWN.get(result.state, result.value)
        assert read[result.district, result.label] == exact(shown)
    medians = {row[1]: row[19] for row in rows}
    for result in RESULTS:
        assert medians[result.label] == ("—" if result.median is None else exact(result.median))


def test_the_distribution_is_over_the_districts_with_a_value() -> None:
    row = next(row for row in table(SPREAD) if row[1] == "指标space")
    numbers = [float(one.value) for one in RESULTS if one.indicator == "space" and isinstance(one.value, float)]
    assert row[3] == 15
    assert (row[4], row[6], row[8]) == exact((min(numbers), statistics.median(numbers), max(numbers)))
    assert row[12] == pytest.approx(statistics.pstdev(numbers) / statistics.fmean(numbers) * 100)


def test_items_say_missing_where_nothing_is_known() -> None:
    head, *rows = table(ITEMS)
    assert rows[2][1] == "数据space_top"
    assert rows[2][3:5] == [1 / 3, "未填"]
    assert head[3:5] == list(build.DISTRICTS[:2])


def test_last_year_stands_at_its_district_where_it_is_known() -> None:
    head, *rows = table(LAST)
    row = next(row for row in rows if row[1] == "指标rate")
    assert [(name, value) for name, value in zip(head[3:], row[3:], strict=True) if value != "未填"] == [
        (build.OWN, exact(2 / 3))
    ]
    annex = Annex(edition=SCHEME, results=RESULTS, quantities={n: {} for n in build.DISTRICTS}, last_year={}, source="")
    assert LAST not in [page.name for page in annex_pages(annex)]


def test_hostile_text_is_no_formula() -> None:
    rows = [row for row in table(LIST) if row[0] == build.DISTRICTS[0]]
    assert HOSTILE in [row[9] for row in rows]
    assert {cell.data_type for sheet in BOOK for row in sheet.iter_rows() for cell in row} <= {"n", "s"}


def test_each_chart_shows_the_districts_cells_and_its_cache_equals_them() -> None:
    with zipfile.ZipFile(io.BytesIO(made())) as package:
        charts = [etree.fromstring(package.read(name)) for name in package.namelist() if "/charts/chart" in name]
    assert len(charts) == len(SCHEME.indicators) - 1, "a text is not drawn"
    for chart in charts:
        names, numbers = (chart.find(f".//{C}{kind}") for kind in ("cat", "val"))
        assert names is not None
        assert numbers is not None
        assert cached(names) == shown_in(names)
        words = [number for number, cell in enumerate(shown_in(numbers)) if isinstance(cell, str)]
        assert cached(numbers) == [0 if isinstance(cell, str) else cell for cell in shown_in(numbers)]
        assert labels(chart) == {number: shown_in(numbers)[number] for number in words}, "a bar of 0 would be misread"
        assert shown_in(names) == [*build.DISTRICTS, "中位数"]


def shown_in(element: Any) -> list[Any]:
    sheet, _, area = element.find(f".//{C}f").text.rpartition("!")
    rows = BOOK[sheet.strip("'")][area.replace("$", "")]
    assert len(rows) == 1
    return [cell.value for cell in rows[0]]


def cached(element: Any) -> list[Any]:
    points = {int(point.get("idx")): point.find(f"{C}v").text for point in element.iter(f"{C}pt")}
    cast = float if element.tag == f"{C}val" else str
    return [cast(points[number]) for number in range(int(element.find(f".//{C}ptCount").get("val")))]


def labels(chart: Any) -> dict[int, str]:
    """Words that stand at a bar in place of its number."""
    found = {int(one.find(f"{C}idx").get("val")): "".join(one.itertext()) for one in chart.iter(f"{C}dLbl")}
    return {number: text for number, text in found.items() if text}


def test_charts_are_described_and_name_what_has_no_value() -> None:
    with zipfile.ZipFile(io.BytesIO(made())) as package:
        drawing = package.read("xl/drawings/drawing1.xml").decode()
    assert drawing.count("最后一柱是中位数") == len(SCHEME.indicators) - 1
    assert f"没有数值的：{build.OWN}不适用。" in drawing


def test_wide_tables_print_in_two_parts_with_the_labels_before_each() -> None:
    for name in (VALUES, LAST, ITEMS):
        sheet = BOOK[name]
        assert [one.id for one in sheet.col_breaks.brk] == [11]
        assert sheet.print_title_cols == "$A:$C"
        assert sheet.print_title_rows
        assert sheet.auto_filter.ref
    assert BOOK[CHARTS].page_setup.orientation == "portrait"


def test_the_same_inputs_give_the_same_bytes() -> None:
    assert made() == made()


def test_the_command_writes_the_workbook_of_a_snapshot_and_refuses_other_endings(tmp_path: Path) -> None:
    root = rounds.campaign(tmp_path)
    assert xltool("ingest", rounds.returned(tmp_path / "返回.xlsx"), folder=root).code == 0
    target = tmp_path / "指标.xlsx"
    assert xltool("indicators", "-o", target, folder=root).out == f"已保存：{target}\n"
    book = load_workbook(target)
    source = str(book[VALUES]["A2"].value)
    snapshot = re.search(r"数据快照编号([0-9a-f]{64})。", source)
    assert snapshot
    assert rounds.rows("indicators", "--snapshot", snapshot[1], folder=root) == rounds.rows("indicators", folder=root)
    head, *rows = ([cell.value for cell in row] for row in book[ITEMS].iter_rows(min_row=4))
    area = next(row for row in rows if row[1] == "文化场馆总建筑面积")
    assert area[head.index(DISTRICT)] == 41250.5
    before = target.read_bytes()
    assert xltool("indicators", "-o", target, "--snapshot", snapshot[1][:12], folder=root).code == 0
    assert target.read_bytes() == before
    refused = xltool("indicators", "-o", tmp_path / "指标.pdf", folder=root)
    assert (refused.code, ".xlsx" in refused.fault) == (2, True)

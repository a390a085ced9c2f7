from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from xltool.demo.entries import Key
from xltool.demo.mistakes import Typed
from xltool.demo.people import Cell, Filling, fill


def cell(kind: str, item: str, place: str, of_type: str, row: int | None = None, column: str | None = None) -> Cell:
    return {
        "kind": kind,
        "item": item,
        "row": row,
        "column": column,
        "sheet": "表",
        "cell": place,
        "type": of_type,
    }


CELLS = (
    cell("label", "area", "A1", "text"),
    cell("input", "area", "B1", "number"),
    cell("prefilled", "rural", "B2", "integer"),
    cell("input", "minutes", "B3", "date", 1, "date"),
    cell("input", "staff", "B4", "integer"),
)


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "表"
    sheet["A1"] = "面积"
    sheet["B2"] = "不适用"
    sheet["B3"].number_format = "yyyy-mm-dd"
    sheet["C4"] = "=B4*2"
    path = tmp_path / "blank.xlsx"
    workbook.save(path)
    return path


def filled(blank: Path, samples: dict[Key, str], mistaken: dict[Key, Typed]) -> dict[str, object]:
    target = blank.parent / "inbox" / "filled.xlsx"
    fill(Filling(source=blank, target=target, samples=samples, mistaken=mistaken), CELLS)
    sheet = load_workbook(target)["表"]
    return {c.coordinate: c.value for row in sheet.iter_rows() for c in row if c.value is not None}


def test_only_the_open_cells_that_have_an_answer_are_written(blank: Path) -> None:
    before = {"A1": "面积", "B2": "不适用", "C4": "=B4*2"}

    after = filled(blank, {("area", None, None): "12.5", ("staff", None, None): "30"}, {})

    assert after == {**before, "B1": 12.5, "B4": 30}


def test_a_locked_cell_takes_no_answer(blank: Path) -> None:
    with pytest.raises(KeyError):
        filled(blank, {("rural", None, None): "5"}, {})


def test_samples_are_typed_as_their_cell_wants_and_mistakes_as_they_stand(blank: Path) -> None:
    after = filled(
        blank, {("minutes", 1, "date"): "2022-03-01"}, {("area", None, None): "约12", ("staff", None, None): "=1+1"}
    )

    assert after["B3"] == dt.datetime(2022, 3, 1)  # noqa: DTZ001 - spreadsheets have no time zones
    assert (after["B1"], after["B4"]) == ("约12", "=1+1")


def test_a_date_keeps_the_format_of_its_cell(blank: Path) -> None:
    filled(blank, {("minutes", 1, "date"): "2022-03-01"}, {})

    assert load_workbook(blank.parent / "inbox" / "filled.xlsx")["表"]["B3"].number_format == "yyyy-mm-dd"

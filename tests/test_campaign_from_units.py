"""The second stage: the district's workbook with what its units returned, out, back, and counted once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from builders import rounds
from builders.office import resaved
from builders.rounds import DISTRICT, OTHER_UNIT, UNIT, Key, Row, rows, xltool
from openpyxl import load_workbook

Typed = Mapping[Key, Any]
ITEM, FIGURE, LIST = "library_area", "unit_special_budget", "special_funds"


@cache
def stages() -> Path:
    """A campaign in which one unit returned its workbook, and the district's was made from it; not to be changed.

    Its lists have few rows: the workbooks are the same otherwise, and quicker to write and read.
    """
    root = rounds.campaign(rounds.issued().parent / "stages")
    (rules,) = root.glob("rules/*/edition.yaml")
    rows_of_lists = re.compile(r"(?m)^(  \w*(?:table|document|funds|activities|continuation)): \d+$")
    rules.write_text(rows_of_lists.sub(r"\1: 6", rules.read_text("utf-8")), "utf-8")
    xltool("ingest", rounds.returned(root / "inbox" / "单位.xlsx"), folder=root)
    second_stage(root)
    return root


@cache
def inputs() -> Mapping[Key, Row]:
    """The open cells of the district's workbook."""
    described = rows("cells", made(stages()), folder=stages())
    return {(row["item"], row["row"], row["column"]): row for row in described if row["kind"] == "input"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return rounds.copied(stages(), tmp_path / "监测")


def made(root: Path) -> Path:
    """The district's workbook."""
    (file,) = root.glob(f"outbox/{DISTRICT}/*.xlsx")
    return file


def second_stage(root: Path) -> Path:
    row, packed = rows("generate", "--district", DISTRICT, "--from-units", folder=root)
    assert (row["kind"], row["unit"], packed["kind"]) == ("district", None, "zip")
    return root / str(row["file"])


def returned(root: Path, changes: Typed, change: Callable[[bytes], bytes] | None = None) -> list[Row]:
    """Change some cells, send back."""
    target = rounds.filled(made(root), root.parent / "区表.xlsx", changes, cells=inputs())
    if change is not None:
        target.write_bytes(change(target.read_bytes()))
    return rows_of("ingest", target, folder=root)


def rows_of(*arguments: object, folder: Path) -> list[Row]:
    """As `rows`, of a command that may end with 1."""
    found: list[Row] = json.loads(xltool(*arguments, "--json", folder=folder).out)
    return found


def counting(root: Path, item: str) -> list[tuple[str | None, object]]:
    """(owner of the workbook, value) of what counts of an item's numbers."""
    values = rows("values", "--district", DISTRICT, folder=root)
    return [
        (row["unit"], row["value"])
        for row in values
        if row["item"] == item and row["counts"] and isinstance(row["value"], int | float)
    ]


def test_the_units_answers_stand_in_open_cells_with_their_source_beside(root: Path) -> None:
    book, cells = load_workbook(made(root)), inputs()
    own: Any = cells[ITEM, None, None]
    cell = book[own["sheet"]][own["cell"]]
    beside = [str(other.value) for other in book[own["sheet"]][cell.row]]

    assert (cell.value, cell.protection.locked) == (18300, False)
    assert any(UNIT in text and "第1次，已填入" in text for text in beside)
    listed: Any = cells[LIST, 2, "fund_name"]
    row = [str(other.value) for other in book[listed["sheet"]][book[listed["sheet"]][listed["cell"]].row]]
    assert "市民艺术夜校专项" in row
    assert any(text.startswith(f"{UNIT}\n第1次报送，") for text in row)


def test_the_cover_says_how_many_units_are_behind_it_and_which_are_not(root: Path) -> None:
    book = load_workbook(made(root))
    cover = "".join(str(cell.value) for line in book.worksheets[0].iter_rows() for cell in line if cell.value)

    assert "应报送27个单位，已返回1个（截至" in cover
    assert "尚未返回26个" in cover
    assert OTHER_UNIT in cover


def test_unchanged_the_figures_are_the_units_and_count_once(root: Path) -> None:
    before = rounds.dump(root)
    (row,) = returned(root, {})
    after = rounds.dump(root)

    assert (row["outcome"], row["unit"]) == ("accepted", None)
    assert counting(root, ITEM) == [(UNIT, 18300)]
    assert counting(root, FIGURE) == [(UNIT, 500)]
    assert set(counting(root, LIST)) == {(UNIT, 120.5), (UNIT, 79.5)}
    copies = [value for value in after["values"] if value["item"] == ITEM and value["unit"] is None]
    assert [(copy["value"], copy["counts"], copy["version"]) for copy in copies] == [(18300, False, 1)]
    assert after["indicators"] == before["indicators"]
    assert [found["code"] for found in after["findings"] if found["code"].endswith("conflict")] == []


def test_what_the_district_changes_counts_and_both_cells_are_named(root: Path) -> None:
    returned(root, {(ITEM, None, None): 18500, (LIST, 2, "budget"): 80})

    assert counting(root, ITEM) == [(None, 18500)]
    assert set(counting(root, LIST)) == {(None, 120.5), (None, 80)}
    conflicts = [found for found in rows_of("findings", folder=root) if found["code"] == "unit_district_conflict"]
    assert {found["item"]: found["unit"] for found in conflicts} == {ITEM: UNIT, LIST: UNIT}
    assert "18500（3.2 学习资源!" in next(found["message"] for found in conflicts if found["item"] == ITEM)


def test_what_the_district_completes_for_a_silent_unit_is_the_districts(root: Path) -> None:
    units = {row["value"]: row["row"] for row in rows("values", folder=root) if row["item"] == "member_units"}
    returned(root, {(FIGURE, units[OTHER_UNIT], None): 40})

    assert set(counting(root, FIGURE)) == {(None, 40), (UNIT, 500)}


def test_a_unit_that_corrects_itself_afterwards_is_a_conflict(root: Path) -> None:
    returned(root, {})
    xltool("ingest", rounds.returned(root.parent / "更正.xlsx", {(ITEM, None, None): 19000}), folder=root)

    assert counting(root, ITEM) == [(None, 18300)]
    (conflict,) = (found for found in rows_of("findings", folder=root) if found["code"] == "unit_district_conflict")
    assert "19000" in conflict["message"]


def test_documents_of_the_units_are_shown_and_never_come_back_twice(root: Path) -> None:
    document: Typed = {
        ("work_document", 1, "title"): "关于推进全民阅读的通知",
        ("work_document", 1, "date"): "2022-03-01",
    }
    xltool("ingest", rounds.returned(root.parent / "文档.xlsx", document), folder=root)
    file = second_stage(root)
    (shown,) = (
        cell.row
        for line in load_workbook(file)["成员单位文档"].iter_rows()
        for cell in line
        if cell.value == "关于推进全民阅读的通知"
    )
    assert shown
    xltool("ingest", file, folder=root)
    titles = [row for row in rows("values", folder=root) if row["item"] == "work_document" and row["column"] == "title"]
    assert [(row["unit"], row["counts"]) for row in titles] == [(UNIT, True)]


def test_a_marked_workbook_keeps_the_answers_and_their_sources(root: Path) -> None:
    returned(root, {(ITEM, None, None): "约1万"})
    (marked,) = (row for row in rows("feedback", folder=root) if row["kind"] == "marked" and row["unit"] is None)
    xltool("ingest", root / str(marked["file"]), folder=root)

    assert counting(root, "culture_venue_area") == [(UNIT, 41250.5)]
    assert counting(root, ITEM) == [(UNIT, 18300)]  # the unreadable text went into the note: blank, so the unit's


def test_through_libreoffice_nothing_is_lost_or_doubled(root: Path, tmp_path: Path) -> None:
    before = rounds.dump(root)["indicators"]
    (row,) = returned(root, {}, lambda data: resaved(data, "xlsx", tmp_path))

    assert row["outcome"] == "accepted"
    assert rounds.dump(root)["indicators"] == before
    accusing = ("content", "identity")
    assert [found["message"] for found in rows_of("findings", folder=root) if found["about"] in accusing] == []


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("--district", "徐汇区", "--from-units"), "徐汇区还没有成员单位返回表格"),
        (("--from-units", "--unit", UNIT), "--from-units与--unit不能同时使用"),
        (("--from-units", "--units-only"), "--from-units与--units-only不能同时使用"),
        (("--district", "火星区", "--from-units"), "没有名为“火星区”的区"),
    ],
)
def test_what_cannot_be_made_is_said_in_one_line(root: Path, arguments: tuple[str, ...], part: str) -> None:
    outbox = sorted(root.rglob("outbox/**/*"))
    said = xltool("generate", *arguments, folder=root)

    assert said.code == 2
    assert part in said.fault
    assert sorted(root.rglob("outbox/**/*")) == outbox


def test_before_anything_is_back_there_is_nothing_to_fill_in() -> None:
    assert "没有可以填入成员单位数据的区" in xltool("generate", "--from-units", folder=rounds.issued()).fault


def test_the_first_stage_alone(root: Path) -> None:
    chosen = ("--district", DISTRICT, "--unit", UNIT, "--units-only")
    assert {row["kind"] for row in rows("generate", *chosen, folder=root)} == {"unit", "zip"}

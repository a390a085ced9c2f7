"""The loop: a return with mistakes goes back marked, is corrected, and comes in again as the next version."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from builders import rounds
from builders.office import resaved
from builders.rounds import DISTRICT, UNIT, Key, Typed, rows, xltool
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

from xltool.model.marking import PROBLEM_SHEET

MISTAKES: dict[Key, Typed] = {
    ("library_area", None, None): "约两万",
    ("staff_total", None, None): -5,
    ("special_funds", 2, "fund_name"): "{{ 7*7 }}<w:p>&",
    ("special_funds", 2, "budget"): "不详",
}

ATTENDANCE: Key = ("industry_training_attendance", None, None)  # not more than the staff: nothing is asked about it


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A campaign in which one unit returned a workbook with mistakes."""
    root = rounds.campaign(tmp_path)
    rounds.returned(root / "inbox" / "return.xlsx", MISTAKES)
    assert xltool("ingest", root / "inbox", folder=root).code in (0, 1)
    return root


def marked(root: Path) -> Path:
    said = rows("feedback", "--district", DISTRICT, folder=root)
    (own,) = [row for row in said if row["unit"] == UNIT]
    assert own["kind"] == "marked"
    return root / str(own["file"])


def cell_of(book: Workbook, root: Path, file: Path, key: Key) -> Any:
    (cell,) = [
        row
        for row in rows("cells", file, folder=root)
        if (row["item"], row["row"], row["column"]) == key and row["kind"] == "input"
    ]
    return book[cell["sheet"]][cell["cell"]]


def ids(root: Path) -> set[str]:
    return {row["id"] for row in rows("findings", folder=root) if row["status"] == "open" and row["unit"] == UNIT}


def test_answers_stand_in_their_cells_and_mistakes_are_noted(root: Path) -> None:
    file = marked(root)
    book = load_workbook(file)

    assert cell_of(book, root, file, ("library_holdings", None, None)).value == 912345
    assert cell_of(book, root, file, ("special_funds", 1, "fund_name")).value == "全民阅读专项"
    negative = cell_of(book, root, file, ("staff_total", None, None))
    assert negative.value == -5
    assert "错误" in negative.comment.text
    assert negative.border.left.style == "thick"
    unreadable = cell_of(book, root, file, ("library_area", None, None))
    assert unreadable.value is None
    assert "约两万" in unreadable.comment.text  # what was typed is not lost
    assert not unreadable.protection.locked
    hostile = cell_of(book, root, file, ("special_funds", 2, "fund_name"))
    assert hostile.value == "{{ 7*7 }}<w:p>&"


def test_symbols_stand_beside_marked_rows(root: Path) -> None:
    file = marked(root)
    book = load_workbook(file)

    cell = cell_of(book, root, file, ("staff_total", None, None))
    assert str(cell.parent.cell(cell.row, 2).value).startswith("▲")


def test_problem_sheet_leads_to_each_cell(root: Path) -> None:
    file = marked(root)
    book = load_workbook(file)
    sheet = book[PROBLEM_SHEET]

    assert book.sheetnames[1] == PROBLEM_SHEET
    found = [row for row in rows("findings", folder=root) if row["status"] == "open" and row["file"]]
    lines = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=5) if line[1].value]
    assert len(lines) == len(found)
    assert {line[4] for line in lines} == {row["message"] for row in found}
    links = {link.location for link in (cell.hyperlink for line in sheet.iter_rows(min_row=5) for cell in line) if link}
    place = cell_of(book, root, file, ("staff_total", None, None))
    assert f"'{place.parent.title}'!{place.coordinate}" in links


def test_a_marked_workbook_returned_as_it_is_has_the_same_mistakes_and_can_be_marked_again(root: Path) -> None:
    before = ids(root)
    shutil.copy(marked(root), root / "inbox" / "again.xlsx")
    (said,) = rows("ingest", root / "inbox" / "again.xlsx", folder=root)
    assert (said["outcome"], said["version"]) == ("accepted", 2)

    assert before & ids(root)
    area = [row for row in rows("findings", folder=root) if row["unit"] == UNIT and row["item"] == "library_area"]
    assert [row["code"] for row in area] == ["required"]  # what could not be read is blank now, not a value
    assert "第2次" in marked(root).name
    assert [path.name for path in marked(root).parent.glob("*.xlsx")] == [marked(root).name]  # the old one is gone
    book = load_workbook(marked(root))
    assert book.sheetnames.count(PROBLEM_SHEET) == 1


def test_corrected_it_comes_in_as_the_next_version_and_the_mistakes_are_gone(root: Path) -> None:
    file = marked(root)
    book = load_workbook(file)
    for key, right in {
        ("library_area", None, None): 20000,
        ("staff_total", None, None): 85,
        ("special_funds", 2, "fund_name"): "市民艺术夜校专项",
        ("special_funds", 2, "budget"): 79.5,
    }.items():
        cell_of(book, root, file, key).value = right
    book.save(root / "inbox" / "corrected.xlsx")
    before = ids(root)
    (said,) = rows("ingest", root / "inbox" / "corrected.xlsx", folder=root)

    assert (said["outcome"], said["version"]) == ("accepted", 2)
    assert not before & {row["id"] for row in rows("findings", folder=root) if row["severity"] == "error"}
    values = {(row["unit"], row["item"], row["row"], row["column"]): row for row in rows("values", folder=root)}
    assert values[UNIT, "library_holdings", None, None]["value"] == 912345
    assert values[UNIT, "library_area", None, None]["value"] == 20000


def test_the_same_return_gives_the_same_bytes(root: Path) -> None:
    first = marked(root).read_bytes()
    assert marked(root).read_bytes() == first


def test_hints_alone_send_nothing_back_and_what_lay_there_is_taken_away(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = marked(root).parent
    rows("ingest", rounds.returned(root / "inbox" / "2.xlsx", {ATTENDANCE: "７０"}), folder=root)
    found = {row["severity"] for row in rows("findings", folder=root) if row["unit"] == UNIT and row["file"]}
    assert found == {"hint"}
    monkeypatch.setattr("xltool.campaign.notices.Notices.document", lambda *_: None)  # of what other units owe

    said = xltool("feedback", "--district", DISTRICT, folder=root)

    assert (said.code, "没有需要退回修改的工作簿" in said.out) == (0, True)
    assert not folder.exists()


def test_a_district_that_returned_nothing_is_said_so(root: Path) -> None:
    said = xltool("feedback", "--district", "崇明区", folder=root)
    assert said.code == 2
    assert "崇明区" in said.fault
    assert "还没有返回" in said.fault


def test_the_fillers_own_comments_are_kept_once_however_often_it_is_marked(root: Path) -> None:
    file = marked(root)
    for round_trip in (2, 3):
        book = load_workbook(file)
        if round_trip == 2:
            cell_of(book, root, file, ("library_holdings", None, None)).comment = Comment("含分馆", "统计员甲")
            noted = cell_of(book, root, file, ("staff_total", None, None))
            noted.comment = Comment(f"{noted.comment.text}\n已与人事核对", "统计员甲")
            book[book.sheetnames[2]]["B1"].comment = Comment("标题上的话", "统计员甲")
        book.save(root / "inbox" / f"{round_trip}.xlsx")
        (said,) = rows("ingest", root / "inbox" / f"{round_trip}.xlsx", folder=root)
        assert (said["outcome"], said["version"]) == ("accepted", round_trip)
        file = marked(root)

    book = load_workbook(file)
    assert cell_of(book, root, file, ("library_holdings", None, None)).comment.text == "含分馆"
    text = cell_of(book, root, file, ("staff_total", None, None)).comment.text
    assert text.count("【退回意见】") == 1
    assert text.endswith("已与人事核对")
    assert book[book.sheetnames[2]]["B1"].comment.text == "标题上的话"


def test_the_whole_loop_through_libreoffice_twice_in_a_row(root: Path, tmp_path: Path) -> None:
    """First only one mistake is put right and a new one made, then all are; LibreOffice saves both times."""
    rounds_of_answers: tuple[dict[Key, Typed], ...] = (
        {("library_area", None, None): 20000, ("library_holdings", None, None): -1},
        {
            ("staff_total", None, None): 85,
            ("library_holdings", None, None): 912345,
            ("special_funds", 2, "fund_name"): "市民艺术夜校专项",
            ("special_funds", 2, "budget"): 79.5,
        },
    )
    left = [ids(root)]
    for version, answers in enumerate(rounds_of_answers, start=2):
        file = marked(root)
        book = load_workbook(file)
        for key, answer in answers.items():
            cell_of(book, root, file, key).value = answer
        book.save(tmp_path / "corrected.xlsx")
        folder = tmp_path / str(version)
        folder.mkdir()
        returned = root / "inbox" / f"{version}.xlsx"
        returned.write_bytes(resaved((tmp_path / "corrected.xlsx").read_bytes(), "xlsx", folder))
        (said,) = rows("ingest", returned, folder=root)
        assert (said["outcome"], said["version"]) == ("accepted", version)
        left.append(ids(root))

    def items(found: set[str]) -> set[str]:
        return {row["item"] for row in rows("findings", folder=root) if row["id"] in found}

    assert left[1] - left[0]  # the new mistake was found
    errors = [row for row in rows("findings", folder=root) if row["unit"] == UNIT and row["severity"] == "error"]
    assert errors == []
    assert not {"library_area", "library_holdings", "staff_total", "special_funds"} & items(left[2])

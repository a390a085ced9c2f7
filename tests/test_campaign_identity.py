"""Whose workbook it is: what was changed, forged, issued by others or to nobody any more is refused and kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from builders import rounds
from builders.rounds import DISTRICT, UNIT, rows, xltool
from openpyxl import Workbook, load_workbook

HIDDEN = "_xltool"
ROSTER = "单位名单.xlsx"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return rounds.campaign(tmp_path)


def only(root: Path, file: Path, code: int = 1) -> rounds.Row:
    """What is said of one file; refused ones are archived and store nothing."""
    said = xltool("ingest", file, "--json", folder=root)
    assert (said.code, said.err) == (code, "")
    (row,) = said.json
    if row["outcome"] == "rejected":
        assert (root / "archive" / row["sha256"][:2] / f"{row['sha256']}.bin").is_file()
        assert {status["status"] for status in rows("status", folder=root)} == {"未填报"}
    found: rounds.Row = row
    return found


def changed(target: Path, change: Callable[[Workbook], None]) -> Path:
    """The unit's return, after somebody worked on it in another program."""
    book = load_workbook(rounds.returned(target))
    change(book)
    book.save(target)
    return target


def is_input(row: rounds.Row) -> bool:
    return bool(row["kind"] == "input")


def set_hidden(field: str, content: str | None) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        (cells,) = [row for row in book[HIDDEN].iter_rows() if row[0].value == field]
        cells[1].value = content

    return change


def without_hidden(book: Workbook) -> None:
    del book[HIDDEN]


def without_any_mark(book: Workbook) -> None:
    del book[HIDDEN]
    book.properties.keywords = ""
    for sheet in book:
        for line in sheet.iter_rows():
            for cell in line:
                if isinstance(cell.value, str) and "XT1-" in cell.value:
                    cell.value = ""


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (set_hidden("district", "徐汇区"), "forged_identity"),
        (set_hidden("unit", "区体育局"), "forged_identity"),
        (set_hidden("unit", None), "forged_identity"),
        (set_hidden("kind", "district"), "forged_identity"),
        (set_hidden("plan", "0" * 64), "forged_identity"),
        (set_hidden("signature", "0" * 64), "forged_identity"),
        (set_hidden("signature", "甲"), "forged_identity"),
        (set_hidden("campaign", "00000000"), "other_campaign"),
        (set_hidden("format", "9"), "old_edition"),
        (without_any_mark, "no_identity"),
    ],
)
def test_a_changed_identity_is_refused(
    root: Path, tmp_path: Path, change: Callable[[Workbook], None], code: str
) -> None:
    row = only(root, changed(tmp_path / "返回.xlsx", change))
    assert (row["outcome"], row["code"], row["district"]) == ("rejected", code, None)


def test_a_lost_hidden_sheet_is_made_up_by_the_visible_token(root: Path, tmp_path: Path) -> None:
    row = only(root, changed(tmp_path / "返回.xlsx", without_hidden), code=0)
    assert (row["outcome"], row["district"], row["unit"]) == ("accepted", DISTRICT, UNIT)


def test_another_campaigns_workbook_is_refused(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "另一次"
    xltool("init", other)
    xltool("generate", "--district", DISTRICT, "--unit", UNIT, folder=other)
    row = only(root, rounds.issued_file(other))
    assert (row["outcome"], row["code"]) == ("rejected", "other_campaign")


def test_with_another_key_nothing_is_genuine(root: Path, tmp_path: Path) -> None:
    secret = json.loads((root / ".secret").read_text())
    (root / ".secret").write_text(json.dumps({**secret, "key": "ab" * 32}))
    assert only(root, rounds.returned(tmp_path / "返回.xlsx"))["code"] == "forged_identity"


@pytest.mark.parametrize("name", [None, "区文旅局"])
def test_a_unit_that_left_the_list_is_an_unknown_recipient(root: Path, tmp_path: Path, name: str | None) -> None:
    book = load_workbook(root / ROSTER)
    sheet = book.worksheets[0]
    header = [cell.value for cell in sheet[1]]
    district, unit = header.index("区"), header.index("成员单位")
    (line,) = [row for row in sheet.iter_rows() if (row[district].value, row[unit].value) == (DISTRICT, UNIT)]
    if name is None:
        sheet.delete_rows(line[0].row or 0)
    else:
        line[unit].value = name
    book.save(root / ROSTER)
    row = only(root, rounds.returned(tmp_path / "返回.xlsx"))
    assert (row["outcome"], row["code"]) == ("rejected", "unknown_recipient")
    assert UNIT in row["reason"]


@pytest.mark.sqlite
def test_a_genuine_workbook_whose_record_is_lost_is_refused(root: Path, tmp_path: Path) -> None:
    """A database from an earlier backup does not know what went out after it."""
    fresh = tmp_path / "备份"
    xltool("init", fresh)
    for name in (".secret", "campaign.toml"):
        (fresh / name).write_bytes((root / name).read_bytes())
    said = xltool("ingest", rounds.returned(tmp_path / "返回.xlsx"), "--json", folder=fresh)
    assert said.code == 2  # the database belongs to the other campaign
    assert "campaign.db" in said.fault or "数据库" in said.fault


def test_cells_work_on_returned_workbooks_and_on_no_others(root: Path, tmp_path: Path) -> None:
    issued = rows("cells", rounds.issued_file(root), folder=root)
    assert rows("cells", rounds.returned(tmp_path / "返回.xlsx"), folder=root) == issued
    Workbook().save(tmp_path / "自制.xlsx")
    for file in (tmp_path / "自制.xlsx", root / "campaign.toml", tmp_path / "没有.xlsx", tmp_path):
        said = xltool("cells", file, "--json", folder=root)
        assert said.code == 2
        assert str(file) in said.fault


def test_cells_follow_rows_that_people_inserted(root: Path, tmp_path: Path) -> None:
    key = ("library_area", None, None)
    place = rounds.places()[key]

    def move(book: Workbook) -> None:
        book[place["sheet"]].insert_rows(2)

    file = changed(tmp_path / "返回.xlsx", move)
    inputs = {
        (row["item"], row["row"], row["column"]): row for row in rows("cells", file, folder=root) if is_input(row)
    }
    moved = inputs[key]["cell"]
    assert [[cell.value for cell in row] for row in load_workbook(file)[place["sheet"]][f"{moved}:{moved}"]] == [
        [18300]
    ]
    assert moved != place["cell"]

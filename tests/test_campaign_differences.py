"""What a newer return says otherwise than the one before."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import rounds
from builders.rounds import DISTRICT, UNIT, Key, Typed, rows, xltool
from openpyxl import load_workbook

FIRST: dict[Key, Typed] = {("library_area", None, None): "约两万", ("activities", 2, "activity"): "多余的一行"}
SECOND: dict[Key, Typed] = {
    ("library_area", None, None): 20000,
    ("staff_total", None, None): 86,
    ("special_funds", 2, "budget"): "",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = rounds.campaign(tmp_path)
    for name, answers in (("1.xlsx", FIRST), ("2.xlsx", SECOND)):
        xltool("ingest", rounds.returned(root / "inbox" / name, answers), folder=root)
    return root


def test_every_changed_cell_is_listed_and_no_other(root: Path) -> None:
    found = {(row["item"], row["row"], row["column"]): row for row in rows("diff", DISTRICT, folder=root)}

    assert {key: (row["change"], row["before"], row["after"]) for key, row in found.items()} == {
        ("library_area", None, None): ("changed", "约两万", 20000),
        ("staff_total", None, None): ("changed", 85, 86),
        ("special_funds", 2, "budget"): ("removed", 79.5, None),
        ("activities", 2, "activity"): ("removed", "多余的一行", None),
    }
    assert {(row["unit"], row["from_version"], row["version"]) for row in found.values()} == {(UNIT, 1, 2)}
    assert found["special_funds", 2, "budget"]["label"].endswith("：预算")
    assert found["special_funds", 2, "budget"]["cell"]


def test_the_table_is_for_people(root: Path) -> None:
    said = xltool("diff", DISTRICT, folder=root)
    assert said.code == 0
    assert "约两万" in said.out
    assert "special_funds" not in said.out


def test_nothing_to_compare_is_said(root: Path) -> None:
    said = xltool("diff", "崇明区", folder=root)
    assert (said.code, said.out.strip()) == (0, "崇明区没有可比较的改动：未报送、只报送过一次，或内容未变。")


def test_an_unknown_district_is_refused(root: Path) -> None:
    said = xltool("diff", "没有区", folder=root)
    assert said.code == 2
    assert "没有区" in said.fault


def test_a_newer_return_says_how_much_it_changes_and_how_to_see_it(tmp_path: Path) -> None:
    root = rounds.campaign(tmp_path)
    first, second = (rounds.returned(root / "inbox" / name, FIRST) for name in ("1.xlsx", "2.xlsx"))
    assert "相比" not in xltool("ingest", first, folder=root).out

    book = load_workbook(second)
    book.save(second)  # other bytes, the same answers: returned uncorrected
    assert "第2版" in (said := xltool("ingest", second, folder=root).out)
    assert "与第1版相比没有改动" in said

    newer = xltool("ingest", rounds.returned(root / "inbox" / "3.xlsx", SECOND), folder=root)
    assert f"与第2版相比改动4个单元格，可用 xltool diff {DISTRICT} 查看" in newer.out
    assert len(rows("diff", DISTRICT, folder=root)) == 4

"""`ingest --as`: a return that lost its identity, assigned by the office."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import rounds
from builders.returns import copied_values
from builders.rounds import DISTRICT, OTHER_UNIT, UNIT, rows, xltool
from openpyxl import Workbook, load_workbook

WHOSE = f"{DISTRICT}/{UNIT}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return rounds.campaign(tmp_path)


def lost(target: Path) -> Path:
    """The filled workbook's values in a new one."""
    copied_values(rounds.returned(target).read_bytes()).save(target)
    return target


def values(root: Path) -> dict[object, object]:
    return {
        (row["item"], row["row"], row["column"]): row["value"] for row in rows("values", folder=root) if row["cell"]
    }


def test_copied_values_count_with_a_finding_for_review(root: Path, tmp_path: Path) -> None:
    file = lost(tmp_path / "复制.xlsx")
    refused = xltool("ingest", file, "--json", folder=root)
    assert (refused.code, refused.json[0]["code"]) == (1, "no_identity")
    assert "--as" in refused.json[0]["reason"]
    (row,) = xltool("ingest", file, "--as", WHOSE, "--json", folder=root).json
    assert (row["outcome"], row["district"], row["unit"], row["version"]) == ("accepted", DISTRICT, UNIT, 1)
    (found,) = [found for found in rows("findings", folder=root) if found["code"] == "assigned_by_hand"]
    assert (found["about"], found["severity"], found["status"]) == ("identity", "warning", "open")
    assert values(root).items() >= rounds.ANSWERS.items()
    (again,) = xltool("ingest", file, "--as", WHOSE, "--json", folder=root).json
    assert again["outcome"] == "repeated"


def test_a_forged_identity_can_be_assigned_and_a_true_one_needs_no_assigning(root: Path, tmp_path: Path) -> None:
    file = rounds.returned(tmp_path / "真.xlsx")
    book = load_workbook(file)
    book["_xltool"]["B4"] = "徐汇区"
    book.save(tmp_path / "改.xlsx")
    (row,) = xltool("ingest", tmp_path / "改.xlsx", "--as", WHOSE, "--json", folder=root).json
    assert row["outcome"] == "accepted"
    (row,) = xltool("ingest", file, "--as", WHOSE, "--json", folder=root).json
    assert (row["outcome"], row["version"]) == ("accepted", 2)
    assert "assigned_by_hand" not in {found["code"] for found in rows("findings", folder=root)}


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("月球区", "没有名为“月球区”的区"),
        (f"{DISTRICT}/没有的局", "没有“没有的局”"),
        (DISTRICT, "还没有给“黄浦区”发出过表格"),
        (f"{DISTRICT}/{OTHER_UNIT}", f"该表格带有“{DISTRICT}／{UNIT}”的有效标识"),
    ],
)
def test_wrong_use_is_one_line_and_stores_nothing(root: Path, tmp_path: Path, named: str, said: str) -> None:
    answer = xltool("ingest", rounds.returned(tmp_path / "返回.xlsx"), "--as", named, folder=root)
    assert answer.code == 2
    assert said in answer.fault
    assert {row["status"] for row in rows("status", folder=root)} == {"未填报"}


def test_only_one_file_is_assigned_at_a_time(root: Path, tmp_path: Path) -> None:
    for name in ("一", "二"):
        lost(tmp_path / "返回" / f"{name}.xlsx")
    answer = xltool("ingest", tmp_path / "返回", "--as", WHOSE, folder=root)
    assert answer.code == 2
    assert "这里有2个" in answer.fault


def test_a_file_without_anything_of_ours_stays_refused(root: Path, tmp_path: Path) -> None:
    Workbook().save(tmp_path / "空.xlsx")
    said = xltool("ingest", tmp_path / "空.xlsx", "--as", WHOSE, "--json", folder=root)
    assert (said.code, said.json[0]["code"]) == (1, "no_identity")
    assert "找不到可以读取的填报内容" in said.json[0]["reason"]

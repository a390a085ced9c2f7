"""Returns by an earlier state of the edition: read by their own plan, and said what of them counts no more."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from builders import rounds
from builders.rounds import DISTRICT, UNIT, rows, xltool

NOTES = {"no_longer_asked", "asked_otherwise", "asked_since"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return rounds.campaign(tmp_path)


def amend(root: Path, change: Callable[[str], str]) -> None:
    """Change the campaign's own edition."""
    for file in (root / "rules" / "2023").glob("*.yaml"):
        file.write_text(change(file.read_text("utf-8")), "utf-8")
    assert xltool("edition", "lint", folder=root).code == 0


def rename(text: str) -> str:
    return re.sub(r"\blibrary_area\b", "reading_area", text)


def remeasure(text: str) -> str:
    return text.replace(
        "label: 图书馆总建筑面积\n    unit_of_measure: m²", "label: 图书馆总建筑面积\n    unit_of_measure: 万m²"
    )


def reword(text: str) -> str:
    return text.replace("source: 各区统计年鉴", "source: 各区统计局")


def ingest(root: Path, file: Path) -> tuple[rounds.Row, set[str], dict[str, rounds.Row]]:
    """What is said of a return, which notes, and its values by item."""
    (row,) = xltool("ingest", file, "--json", folder=root).json
    notes = [found for found in rows("findings", folder=root) if found["code"] in NOTES]
    assert {found["about"] for found in notes} <= {"identity"}
    values = {value["item"]: value for value in rows("values", folder=root) if value["cell"] and value["row"] is None}
    return row, {f"{found['code']}: {found['message']}" for found in notes}, values


def generate(root: Path) -> None:
    assert xltool("generate", "--district", DISTRICT, "--unit", UNIT, folder=root).code == 0


def test_what_is_not_asked_any_more_is_kept_said_and_does_not_count(root: Path, tmp_path: Path) -> None:
    file = rounds.returned(tmp_path / "旧.xlsx")
    amend(root, rename)
    generate(root)
    row, notes, values = ingest(root, file)
    assert row["outcome"] == "accepted"
    assert notes == {
        "no_longer_asked: 表格是较早发出的，其中填写的1项现在已不采集，不计入：“图书馆总建筑面积”",
        "asked_since: 表格是较早发出的，缺少后来增加的1项：“图书馆总建筑面积”",
    }
    assert (values["library_area"]["value"], values["library_area"]["counts"]) == (18300, False)
    assert values["library_holdings"]["counts"]
    for command in ("indicators", "status", "values", "findings"):
        assert xltool(command, folder=root).err == ""


def test_what_is_asked_otherwise_is_not_taken_for_an_answer(root: Path, tmp_path: Path) -> None:
    file = rounds.returned(tmp_path / "旧.xlsx")
    amend(root, remeasure)
    row, notes, values = ingest(root, file)
    assert row["errors"] == 1
    assert notes == {
        "asked_otherwise: 表格是较早发出的，其中1项的填报要求已改变，没有计入：“图书馆总建筑面积（原单位m²，现为万m²）”"
    }
    area = values["library_area"]
    assert (area["value"], area["state"], area["raw"], area["counts"]) == (None, "missing", "18300", False)
    generate(root)
    (again,) = xltool("ingest", file, "--json", folder=root).json
    assert again["outcome"] == "repeated"


def test_other_words_change_nothing(root: Path, tmp_path: Path) -> None:
    file = rounds.returned(tmp_path / "旧.xlsx")
    amend(root, reword)
    generate(root)
    row, notes, values = ingest(root, file)
    assert (row["outcome"], notes, values["library_area"]["counts"]) == ("accepted", set(), True)


def test_a_return_of_which_nothing_carries_is_refused_with_the_list(root: Path, tmp_path: Path) -> None:
    only = {key: 7 if key == ("library_area", None, None) else None for key in rounds.ANSWERS}
    file = rounds.returned(tmp_path / "旧.xlsx", only)  # type: ignore[arg-type]
    amend(root, rename)
    (row,) = xltool("ingest", file, "--json", folder=root).json
    assert (row["outcome"], row["code"]) == ("rejected", "old_edition")
    assert "“图书馆总建筑面积”" in row["reason"]

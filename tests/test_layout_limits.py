"""Rules that Excel could not hold are refused by lint and by generate, never written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from xltool import campaign, edition, layout

RULES = edition.locate("2023")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(RULES, tmp_path / "2023"))


def nested(levels: int) -> str:
    """Each level is written twice into the formula, since a difference may cancel."""
    text = "resident_population"
    for _ in range(levels):
        text = f"population_60_plus - ({text})"
    return text


def add_check(folder: Path, expression: str) -> int:
    """Add a check at the end; the line of its id."""
    path = folder / "checks.yaml"
    text = path.read_text("utf-8")
    first = text.index("  - id: ")
    check = (
        "  - id: much_too_long\n    scope: district\n    severity: warning\n    label: 过长的规则\n    why: 试验\n"
        f"    expression: {expression} >= 0\n"
        "    message: 常住人口为{resident_population}，老年人口为{population_60_plus}\n    action: 请核对\n"
    )
    path.write_text(text[:first] + check + text[first:], "utf-8")
    return text[:first].count("\n") + 1


def test_the_edition_fits() -> None:
    assert [row for row in campaign.lint_edition(RULES) if row["severity"] == "error"] == []


def test_a_formula_that_grows_too_long_is_said_with_file_and_line(folder: Path) -> None:
    line = add_check(folder, nested(9))

    (found,) = (row for row in campaign.lint_edition(folder) if row["severity"] == "error")

    assert (found["file"], found["line"]) == ("checks.yaml", line)
    assert "much_too_long" in str(found["message"])
    assert "8192" in str(found["message"])


def test_a_rule_that_just_fits_is_taken(folder: Path) -> None:
    add_check(folder, nested(3))

    assert list(layout.unfit(layout.plan_for(edition.load(folder), "district", units=1))) == []


def test_a_list_named_like_a_sheet_of_the_workbook_itself_is_refused(folder: Path) -> None:
    items = folder / "items.yaml"
    items.write_text(items.read_text("utf-8").replace("sheet: 其他机构课程", "sheet: 自查"), "utf-8")

    (found,) = (row for row in campaign.lint_edition(folder) if row["severity"] == "error")

    assert "“自查”" in str(found["message"])
    assert found["file"] == "items.yaml"

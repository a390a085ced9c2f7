"""Another scheme (other items, lists, checks, districts, years) goes through everything without a change of code."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from builders.rounds import Key, Row, Typed, filled, rows, xltool

from xltool.messages import reason

FOLDER = Path(__file__).parent / "toy_edition"
DISTRICT = "东港区"
ANSWERS: dict[Key, Typed] = {
    ("households", None, None): 12.5,
    ("open_hours", None, None): "不适用",
}
LIBRARY: dict[Key, Typed] = {
    ("books", None, None): 40000,
    ("shelves", None, None): 60,
    ("corners", 1, "corner"): "大厅",
    ("corners", 1, "area"): 3,
    ("plan", 1, "title"): "阅读年计划",
    ("plan", 1, "kind"): "年度计划",
    ("plan", 1, "level1"): "1 阅读条件",
    ("plan", 1, "level2"): "1.2 藏书",
}
STATION: dict[Key, Typed] = {
    ("shelves", None, None): 5,
    ("corners", 1, "corner"): "活动室",
    ("corners", 1, "area"): 20.5,
    ("corners", 6, "corner"): "续表里的一处",
    ("corners", 6, "area"): 9.5,
}


def fill(root: Path, book: Path, answers: dict[Key, Typed]) -> Path:
    inputs = (row for row in rows("cells", book, folder=root) if row["kind"] == "input")
    cells: dict[Key, Row] = {(row["item"], row["row"], row["column"]): row for row in inputs}
    return filled(book, root / "inbox" / book.name, answers, cells=cells)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign of the toy edition with last year's values, issued and returned by one district and its units."""
    root = tmp_path_factory.mktemp("toy") / "统计"
    assert xltool("init", root, "--edition", FOLDER).code == 0
    last = root / "上年.csv"
    with last.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(
            [("区", "数据项", "数值", "年度"), (DISTRICT, "books", 10000, 2029), (DISTRICT, "户数", 12, 2029)]
        )
    assert xltool("prefill", last, folder=root).code == 0
    assert xltool("generate", folder=root).code == 0
    books = {path.stem.split("_")[1]: path for path in root.glob(f"outbox/{DISTRICT}/**/*.xlsx")}
    for name, answers in (("图书馆", LIBRARY), ("文化站", STATION)):
        fill(root, books.pop(name), answers)
    (own,) = books.values()
    fill(root, own, ANSWERS)
    said = rows("ingest", root / "inbox", folder=root)
    assert [row["outcome"] for row in said] == ["accepted"] * 3
    return root


def test_lint_says_which_rules_are_not_live() -> None:
    said = xltool("edition", "lint", FOLDER, "--json")
    assert said.code == 0
    notes = [(row["file"], row["message"].split("：")[0]) for row in said.json if row["severity"] == "note"]
    assert notes == [("checks.yaml", "阅读角面积与户数相称"), ("checks.yaml", "“书架数”与上年相差不大")]


def test_lint_tells_people_how_many_rules_are_not_live_by_reason() -> None:
    notes = [row for row in xltool("edition", "lint", FOLDER, "--json").json if row["severity"] == "note"]
    fine, head, *groups = xltool("edition", "lint", FOLDER).out.splitlines()
    assert fine == "没有发现问题。"
    assert head == reason("not_live_rules", count=2)
    assert groups == [
        "    " + reason("not_live_group", reason=row["reason"], count=1, places=f"{row['file']}:{row['line']}")
        for row in notes
    ]
    assert len({row["reason"] for row in notes}) == 2


def test_lint_of_many_rules_is_seen_at_a_glance() -> None:
    assert len(xltool("edition", "lint", "2023").out.splitlines()) < 10


def test_workbooks_have_the_schemes_own_names(root: Path) -> None:
    issued = sorted(path.relative_to(root / "outbox").as_posix() for path in root.glob("outbox/**/*.xlsx"))
    assert len(issued) == 2 + 2 + 1
    assert all(name.startswith(("东港区/", "西岭县/")) and "2031" in name for name in issued)


def test_every_typed_value_is_found_with_its_cell(root: Path) -> None:
    values = {(row["unit"], row["item"], row["row"], row["column"]): row for row in rows("values", folder=root)}
    for unit, answers in ((None, ANSWERS), ("图书馆", LIBRARY), ("文化站", STATION)):
        for (item, row, column), typed in answers.items():
            found = values[unit, item, row, column]
            assert found["value"] == (None if typed == "不适用" else typed), (unit, item)
            assert found["cell"]
    assert values[None, "open_hours", None, None]["state"] == "not_applicable"


def test_its_rules_are_applied(root: Path) -> None:
    found = {(row["unit"], row["rule"]): row["severity"] for row in rows("findings", folder=root) if row["rule"]}
    assert found["图书馆", "corner_not_tiny"] == "warning"
    assert found["图书馆", "shelves_have_corners"] == "error"
    assert found["图书馆", "change_books"] == "warning"  # the unit that answers is asked, in its own file
    assert ("文化站", "corner_not_tiny") not in found
    assert (None, "books_for_households") not in found


def test_its_indicators_are_computed(root: Path) -> None:
    results = {(row["district"], row["indicator"]): row for row in rows("indicators", folder=root)}
    assert results[DISTRICT, "books_per_household"]["value"] == pytest.approx(40000 / 125000)
    assert results[DISTRICT, "area_per_10k_households"]["value"] == pytest.approx((3 + 20.5 + 9.5) / 12.5)
    assert results["西岭县", "books_per_household"]["value"] is None


def test_limits_of_change_are_live_in_the_workbook_that_holds_the_figure(root: Path) -> None:
    def judged(name: str) -> set[str]:
        (book,) = root.glob(f"outbox/{DISTRICT}/**/*{name}*.xlsx")
        return {row["item"] for row in rows("cells", book, folder=root) if str(row["item"]).startswith("change_")}

    assert judged("图书馆") == {"change_books"}
    assert judged("文化站") == set()

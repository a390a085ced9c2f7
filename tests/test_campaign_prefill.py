"""Values from other systems on their way: into the workbook, back with the district's answer, into the values."""

from __future__ import annotations

import datetime as dt
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from builders import folders, rounds
from builders.documents import text_of
from builders.rounds import DISTRICT, Row, rows, xltool
from openpyxl import load_workbook

from xltool.model.marking import PROBLEM_SHEET

TABLE = (
    "区,数据项,数值,年度,来源,日期\n"
    f"{DISTRICT},college_floor_area,1200,2022,社区教育统计平台,2023-06-30\n"
    f"{DISTRICT},college_floor_area,1000,2021,,\n"
)
ITEM = "college_floor_area"


@cache
def campaign(*, prefilled: bool) -> Path:
    """A campaign with the workbooks of a district, made before or after the values came; not to be changed."""
    folder = folders.lasting()
    (folder / "平台.csv").write_text(TABLE, encoding="utf-8")
    rounds.new(folder / "监测")
    if prefilled:
        prefill(folder / "监测")
    rounds.generate_own(folder / "监测")
    return folder / "监测"


@cache
def cells(*, prefilled: bool) -> dict[str | None, Row]:
    """The cells of the item by column, labels and the indicators' copies aside."""
    root = campaign(prefilled=prefilled)
    found = rows("cells", file_of(root), folder=root)
    return {row["column"]: row for row in found if row["item"] == ITEM and row["kind"] != "label"}


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """The district got its workbook before any value came."""
    return copied(tmp_path, prefilled=False)


@pytest.fixture
def after(tmp_path: Path) -> Path:
    """The district got its workbook with the values."""
    return copied(tmp_path, prefilled=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Nobody got a workbook yet."""
    return rounds.campaign(tmp_path)


def copied(folder: Path, *, prefilled: bool) -> Path:
    (folder / "平台.csv").write_text(TABLE, encoding="utf-8")
    return rounds.copied(campaign(prefilled=prefilled), folder / "监测")


def prefill(root: Path) -> None:
    assert xltool("prefill", root.parent / "平台.csv", folder=root).code == 0


def file_of(root: Path) -> Path:
    (file,) = (root / "outbox" / DISTRICT).glob("*.xlsx")
    return file


def type_into(root: Path, answers: dict[str | None, Any], *, prefilled: bool) -> Path:
    places = cells(prefilled=prefilled)
    typed = {(places[column]["sheet"], places[column]["cell"]): answer for column, answer in answers.items()}
    return rounds.typed(file_of(root), root.parent / "返回.xlsx", typed)


def findings(root: Path, code: str) -> list[Row]:
    return [row for row in rows("findings", folder=root) if row["code"] == code]


def test_the_workbook_carries_them_locked_with_last_years_beside() -> None:
    places, book = cells(prefilled=True), load_workbook(file_of(campaign(prefilled=True)))
    own, last, agree = places[None], places["previous"], places["agree"]

    assert (own["kind"], last["kind"], agree["kind"]) == ("prefilled", "prefilled", "input")
    value: Any = book[own["sheet"]][own["cell"]]
    before: Any = book[last["sheet"]][last["cell"]]
    assert (value.value, value.protection.locked, before.value) == (1200, True, 1000)
    shown = [cell.value for row in book[agree["sheet"]].iter_rows() for cell in row]
    assert "社区教育统计平台，2023-06-30" in shown


def test_they_are_values_before_anything_comes_back() -> None:
    held = rows("values", folder=campaign(prefilled=True))
    (value,) = (row for row in held if row["item"] == ITEM and row["column"] is None)

    assert (value["value"], value["raw"], value["file"], value["cell"], value["version"]) == (
        1200,
        "1200",
        "平台.csv",
        None,
        None,
    )
    assert value["counts"]


def test_a_dispute_is_a_finding_with_both_values_and_the_systems_counts(after: Path) -> None:
    answers: dict[str | None, Any] = {"agree": "不同意", "right_value": 1500, "reason": "平台数据未更新"}
    xltool("ingest", type_into(after, answers, prefilled=True), folder=after)

    (found,) = findings(after, "disputed")
    assert found["severity"] == "warning"
    assert found["cell"] is not None
    assert all(part in found["message"] for part in ("1200", "1500", "平台数据未更新"))
    (value,) = (row for row in rows("values", folder=after) if row["item"] == ITEM and row["counts"])
    assert value["value"] == 1200
    assert "平台数据未更新" not in asked(after)  # the office decides, nobody else is asked to correct


def test_a_dispute_is_judged_by_the_value_that_was_taken_last(after: Path) -> None:
    answers: dict[str | None, Any] = {"agree": "不同意", "right_value": 1500, "reason": "平台数据未更新"}
    xltool("ingest", type_into(after, answers, prefilled=True), folder=after)
    (after.parent / "平台.csv").write_text(TABLE.replace("1200", "1350"), encoding="utf-8")

    prefill(after)

    (found,) = findings(after, "disputed")
    assert all(part in found["message"] for part in ("1350", "1500"))
    assert "1200" not in found["message"]


def asked(root: Path) -> str:
    """What goes back to the district: the lines of the problem sheet, and the notice."""
    sent = {row["kind"]: root / row["file"] for row in rows("feedback", "--district", DISTRICT, folder=root)}
    lines = load_workbook(sent["marked"])[PROBLEM_SHEET].iter_rows(values_only=True)
    return f"{list(lines)}{text_of(sent['notice'].read_bytes())}"


def test_a_value_that_was_typed_before_stays_and_the_systems_counts_with_a_warning(before: Path) -> None:
    xltool("ingest", type_into(before, {None: 900}, prefilled=False), folder=before)
    prefill(before)

    held = {
        row["value"]: row["counts"]
        for row in rows("values", folder=before)
        if row["item"] == ITEM and not row["column"]
    }
    assert held == {900: False, 1200: True}
    (found,) = findings(before, "typed_before_prefill")
    assert found["file"] is None
    assert all(part in found["message"] for part in ("900", "1200", "平台.csv"))


def test_what_is_filled_in_by_now_is_not_missed_in_a_workbook_that_went_out_before(before: Path) -> None:
    blank = type_into(before, {None: None}, prefilled=False)
    other = rounds.copied(before, before.parent / "另一份")
    prefill(before)

    for root in (before, other):
        xltool("ingest", blank, folder=root)

    assert [row["item"] for row in findings(other, "required") if row["item"] == ITEM] == [ITEM]
    assert [row["item"] for row in findings(before, "required") if row["item"] == ITEM] == []


def test_a_run_that_is_ended_leaves_no_value_without_its_findings(
    before: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(*_: object) -> None:
        raise KeyboardInterrupt

    xltool("ingest", type_into(before, {}, prefilled=False), folder=before)
    required = [row["item"] for row in findings(before, "required")]
    for place in ("judged_again", "check_returned"):
        with monkeypatch.context() as patch:
            patch.setattr(sys.modules["xltool.campaign.prefill"], place, ended)
            xltool("prefill", before.parent / "平台.csv", folder=before)
        stored = any(row["item"] == ITEM and row["file"] == "平台.csv" for row in rows("values", folder=before))
        left = [item for item in required if not (stored and item == ITEM)]
        assert [row["item"] for row in findings(before, "required")] == left
    assert stored


def test_a_table_without_anything_to_take_changes_nothing(root: Path) -> None:
    (root.parent / "错.csv").write_text("区,数据项,数值\n火星区,college_floor_area,5\n", encoding="utf-8")
    said = xltool("prefill", root.parent / "错.csv", folder=root)

    assert said.code == 1
    assert "第2行" in said.out
    assert [row for row in rows("values", folder=root) if row["file"] == "错.csv"] == []


ITEMS = ("college_floor_area", "fulltime_teachers", "parttime_teachers", "learners_total", "elderly_teams")


def given(root: Path, name: str, text: str) -> Path:
    (root.parent / name).write_text(text, encoding="utf-8")
    return root.parent / name


def test_a_value_without_a_date_has_the_day_that_it_was_taken(root: Path) -> None:
    xltool("prefill", given(root, "平台.csv", f"区,数据项,数值\n{DISTRICT},{ITEM},5\n"), folder=root)
    book = load_workbook(rounds.generate_own(root))
    shown = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]

    assert f"平台，{dt.datetime.now().astimezone().date()}" in shown


@pytest.mark.parametrize(
    ("name", "text", "part"),
    [
        ("平台2021.csv", f"区,数据项,数值\n{DISTRICT},{ITEM},5\n", "文件名或标题写的是2021年"),
        ("平台.csv", f"2021年统计数据\n区,数据项,数值\n{DISTRICT},{ITEM},5\n", "文件名或标题写的是2021年"),
        ("平台.csv", f"名称,数据项,数值\n{DISTRICT},{ITEM},5\n", "没有列标题“区”"),
        (
            "平台.csv",
            "区,数据项,数值,年度\n"
            + "".join(f"{DISTRICT},{item},{n},{year}\n" for year in (2021, 2022) for n, item in enumerate(ITEMS)),
            "5个本年的数与上年的数完全相同",
        ),
    ],
)
def test_last_years_file_for_this_year_is_refused_whole(root: Path, name: str, text: str, part: str) -> None:
    said = xltool("prefill", given(root, name, text), folder=root)

    assert said.code == 2
    assert part in said.fault
    assert [row for row in rows("values", folder=root) if row["file"] == name] == []


@pytest.mark.parametrize("name", ["平台2022.csv", "2023年监测平台数据.csv", "平台_20210630.csv", "2021和2022.csv"])
def test_this_years_name_is_none_of_last_year(root: Path, name: str) -> None:
    assert xltool("prefill", given(root, name, f"区,数据项,数值\n{DISTRICT},{ITEM},5\n"), folder=root).code == 0


def test_last_years_name_with_its_year_in_the_lines_is_taken(root: Path) -> None:
    text = f"区,数据项,数值,年度\n{DISTRICT},{ITEM},5,2021\n"
    assert xltool("prefill", given(root, "平台2021.csv", text), folder=root).code == 0

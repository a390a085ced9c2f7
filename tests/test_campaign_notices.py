"""Notices of a real campaign: beside the marked workbooks and in the reports folder, and what is said instead."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from builders import rounds
from builders.documents import rows_of, text_of
from builders.rounds import DISTRICT, UNIT, Key, Typed, rows, xltool

from xltool.campaign import Campaign
from xltool.messages import fault

MISTAKES: dict[Key, Typed] = {
    ("library_area", None, None): "约两万{{ 7*7 }}<w:p>",
    ("staff_total", None, None): -5,
    ("special_funds", 2, "budget"): "不详" * 15000,
}
TODAY = dt.datetime.now().astimezone().date()
AHEAD = TODAY + dt.timedelta(days=10)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign in which one unit returned a workbook with mistakes."""
    root = rounds.campaign(tmp_path_factory.mktemp("notices"))
    rounds.returned(root / "inbox" / "return.xlsx", MISTAKES)
    assert xltool("ingest", root / "inbox", folder=root).code == 1
    return root


def test_feedback_writes_the_notice_beside_the_marked_workbooks_and_report_the_same_into_reports(root: Path) -> None:
    sent = rows("feedback", "--district", DISTRICT, "--due", AHEAD, folder=root)
    (notice,) = [row for row in sent if row["kind"] == "notice"]
    assert notice["file"] == f"outbox/{DISTRICT}/退回修改/{DISTRICT}_退回修改通知_2023.docx"
    assert (notice["district"], notice["unit"], list(notice)) == (DISTRICT, None, ["kind", "district", "unit", "file"])
    (reported,) = rows("report", "notice", DISTRICT, "--due", AHEAD, folder=root)
    assert reported == notice | {"file": f"reports/{DISTRICT}_退回修改通知_2023.docx"}
    assert (root / notice["file"]).read_bytes() == (root / reported["file"]).read_bytes()


def test_the_notice_tells_the_open_findings_and_the_workbook_to_correct(root: Path) -> None:
    sent = rows("feedback", "--due", AHEAD, folder=root)
    marked = {Path(row["file"]).name for row in sent if row["kind"] == "marked" and row["unit"] == UNIT}
    (file,) = [root / row["file"] for row in sent if row["kind"] == "notice"]
    table = rows_of(file.read_bytes())
    found = rows("findings", folder=root)
    expected = [
        (row["cell"] or "—", {"error": "▲错误", "warning": "△提醒"}[row["severity"]])
        for row in found
        if row["status"] == "open" and row["severity"] != "hint"
    ]
    assert sorted((line[2], line[1]) for line in table[1:] if len(line) > 1) == sorted(expected)
    text = text_of(file.read_bytes())
    assert f"{AHEAD.year}年{AHEAD.month}月{AHEAD.day}日（含）前" in text
    assert all(name in text for name in marked)
    assert "约两万{{ 7*7 }}<w:p>" in text
    assert "（共30000字）" in text
    assert not [row["id"] for row in found if row["id"] in text]


def test_a_passed_deadline_is_said_as_passed(root: Path) -> None:
    (row,) = rows("report", "notice", folder=root)  # the edition's deadline lies years back
    assert "报送截止日期2023年9月30日已过" in text_of((root / row["file"]).read_bytes())


def test_a_day_that_has_passed_can_not_be_asked_for(root: Path) -> None:
    gone = TODAY - dt.timedelta(days=1)
    for command in (("feedback",), ("report", "notice")):
        said = xltool(*command, "--due", gone, folder=root)
        assert said.code == 2
        assert fault("due_passed", due=gone, today=TODAY)[0] in said.fault
    said = xltool("feedback", "--due", "10月", folder=root)
    assert said.code == 2
    assert "2023-09-30样式的日期" in said.fault


def test_a_named_district_that_returned_nothing_is_a_fault(root: Path) -> None:
    said = xltool("report", "notice", "崇明区", folder=root)
    assert said.code == 2
    assert fault("nothing_returned", district="崇明区")[0] in said.fault


def test_a_district_without_open_problems_gets_no_notice_which_is_said(tmp_path: Path) -> None:
    root = rounds.campaign(tmp_path)
    rounds.returned(root / "inbox" / "right.xlsx", {("industry_training_attendance", None, None): 80})
    xltool("ingest", root / "inbox", folder=root)
    store = Campaign.open(root).store  # what only the other units could answer is settled
    store.replace_district_findings(DISTRICT, (), revision=store.revision(DISTRICT))
    said = xltool("report", "notice", DISTRICT, folder=root)
    assert (said.code, said.err) == (0, "")
    assert f"{DISTRICT}：没有需要改正的问题，不生成通知" in said.out
    assert rows("report", "notice", folder=root) == []
    assert rows("feedback", folder=root) == []
    assert not list(root.rglob("*退回修改通知*"))

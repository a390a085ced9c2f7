"""Who owes what: the list, and the text that is sent to a district."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from builders import rounds
from builders.rounds import DISTRICT, OTHER_UNIT, UNIT, Key, Row, Typed, rows, xltool
from openpyxl import load_workbook

from xltool.campaign.reminder_text import Owed, reminder

DEADLINE = dt.date(2023, 9, 30)
TEXT = Path("outbox", DISTRICT, f"{DISTRICT}_催报.txt")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("xltool.campaign.reminders.today", lambda: dt.date(2023, 9, 20))
    return rounds.campaign(tmp_path)


def owed(root: Path) -> dict[str | None, Row]:
    return {row["unit"]: row for row in rows("remind", "--district", DISTRICT, folder=root)}


def test_before_anything_is_back_everything_is_owed(root: Path) -> None:
    found = owed(root)

    assert len(found) == 28
    assert {row["owes"] for row in found.values()} == {"return"}
    assert (found[UNIT]["unanswered"], found[OTHER_UNIT]["unanswered"]) == (8, 6)
    assert (found[None]["deadline"], found[None]["days_left"]) == ("2023-09-30", 10)
    assert found[UNIT]["errors"] is None


def test_what_is_back_without_a_problem_is_no_longer_owed(root: Path) -> None:
    without: dict[Key, Typed] = {("industry_training_attendance", None, None): 70}
    xltool("ingest", rounds.returned(root.parent / "a.xlsx", without), folder=root)
    assert UNIT not in owed(root)


def test_what_is_back_with_problems_is_owed_as_a_correction(root: Path) -> None:
    xltool("ingest", rounds.returned(root.parent / "a.xlsx", {("staff_total", None, None): "约90"}), folder=root)
    row = owed(root)[UNIT]

    assert (row["owes"], row["errors"], row["version"]) == ("correction", 1, 1)
    assert (row["unanswered"], row["last_return"] is not None) == (None, True)


def test_the_text_is_written_and_taken_away_when_nothing_is_owed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    owed(root)
    text = (root / TEXT).read_bytes()

    assert text.startswith("\ufeff黄浦区学习办：\r\n".encode())
    monkeypatch.setattr("xltool.campaign.reminders.owed_by", lambda *_: iter(()))
    said = xltool("remind", "--district", DISTRICT, folder=root)
    assert "合计：尚未报送0份，需要改正0份" in said.out
    assert not (root / TEXT).exists()


def test_the_list_is_saved_with_roles_and_without_contacts(root: Path) -> None:
    book = load_workbook(root / "单位名单.xlsx")
    sheet = book["单位名单"]
    line = next(row for row in sheet.iter_rows(min_row=2) if row[1].value == UNIT)
    line[5].value, line[6].value = "统计员", "内线8000"
    book.save(root / "单位名单.xlsx")
    xltool("remind", "--district", DISTRICT, "-o", root / "催报.xlsx", folder=root)

    (saved,) = load_workbook(root / "催报.xlsx").worksheets
    texts = [[cell.value for cell in row] for row in saved.iter_rows()]
    assert texts[0][:4] == ["区", "成员单位", "联系角色", "待办"]
    assert [DISTRICT, UNIT, "统计员", "尚未报送"] in [row[:4] for row in texts]
    said = (root / TEXT).read_text("utf-8") + str(texts)
    assert "内线8000" not in said
    assert "统计员" not in (root / TEXT).read_text("utf-8")


def test_an_unknown_district_is_one_line(root: Path) -> None:
    said = xltool("remind", "--district", "火星区", folder=root)
    assert said.code == 2
    assert "没有名为“火星区”的区" in said.fault


OWED = (
    Owed(unit=None, owes="return", unanswered=49),
    Owed(unit="区体育局", owes="return", unanswered=6),
    Owed(unit="区残联", owes="correction", errors=2, warnings=1, version=3),
)


def letter(day: dt.date, deadline: dt.date | None = DEADLINE, waited: tuple[Owed, ...] = OWED) -> str:
    return reminder(rounds.load_once(rounds.issued() / "rules" / "2023"), "甲区", waited, day=day, deadline=deadline)


def test_the_text_says_what_is_owed_and_by_when() -> None:
    text = letter(dt.date(2023, 9, 20))

    assert "一、尚未报送的表格（2份）\n1. 区级数据采集表：尚有49项数据未填报\n2. 区体育局：尚有6项数据未填报\n" in text
    assert "二、已返回、需要改正后重新报送的表格（1份）\n1. 区残联（第3次报送）：错误2处、提醒1处\n" in text
    assert "距截止日期还有10天" in text
    assert "由区学习办汇总后于2023年9月30日前报送。" in text
    assert text.endswith("办公室\n2023年9月20日\n")


@pytest.mark.parametrize(
    ("day", "deadline", "part"),
    [
        (DEADLINE, DEADLINE, "今天是截止日期"),
        (dt.date(2023, 10, 2), DEADLINE, "已超过截止日期2天"),
        (dt.date(2023, 10, 2), None, "请抓紧完成线上数据采集"),
    ],
)
def test_a_deadline_that_has_passed_is_never_demanded(day: dt.date, deadline: dt.date | None, part: str) -> None:
    text = letter(day, deadline)
    assert part in text
    assert ("9月30日前报送" in text) == (day == DEADLINE)


def test_only_one_kind_is_numbered_first() -> None:
    assert "一、已返回、需要改正后重新报送的表格（1份）" in letter(dt.date(2023, 9, 20), waited=OWED[2:])


def test_a_list_that_cannot_be_saved_is_refused_before_any_text_is_written(root: Path) -> None:
    said = xltool("remind", "-o", root / "催报.docx", folder=root)
    assert (said.code, "催报.docx" in said.fault) == (2, True)
    assert not (root / TEXT).exists()

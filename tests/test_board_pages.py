"""What each light on the board means, each said in words as well."""

from __future__ import annotations

import datetime as dt

from builders.boards import board, standing

from xltool.board import board_pages
from xltool.board.pages import DISTRICT_COLUMNS
from xltool.model.pages import Cell
from xltool.model.review import Status

AFTER = dt.date(2023, 10, 1)


def cells(one: object, today: dt.date = dt.date(2023, 9, 20)) -> dict[str, Cell]:
    page, _ = board_pages(board(one, today=today))  # type: ignore[arg-type]
    headings = [column.heading.replace("\n", "") for column in DISTRICT_COLUMNS]
    return dict(zip(headings, page.rows[0], strict=True))


def test_a_district_that_returned_nothing_is_quiet_until_the_deadline_and_late_after_it() -> None:
    nothing = standing("丙区", Status.NOT_STARTED, units_returned=0, documents=0)

    before, after = cells(nothing), cells(nothing, AFTER)

    assert (before["区表"].content, before["区表"].light) == ("未报", "quiet")
    assert (after["区表"].content, after["区表"].light) == ("逾期未报", "bad")
    assert (before["审核状态"].light, after["审核状态"].light) == ("quiet", "bad")
    assert before["错误"].content == "—"


def test_numbers_that_should_be_nought_are_lit_by_what_they_are() -> None:
    wrong = cells(standing("乙区", errors=12, warnings=3, files_missing=2))
    right = cells(standing("甲区"))

    assert [(wrong[name].content, wrong[name].light) for name in ("错误", "提醒", "附件未收到")] == [
        (12, "bad"),
        (3, "open"),
        (2, "bad"),
    ]
    assert {right[name].light for name in ("错误", "提醒", "附件未收到")} == {"good"}


def test_the_review_is_done_under_way_or_not_begun() -> None:
    assert cells(standing("甲区", Status.DONE), AFTER)["审核状态"].light == "good"
    assert cells(standing("甲区", Status.LETTER), AFTER)["审核状态"].light == "open"
    assert cells(standing("甲区", Status.DRAFT))["审核状态"].light == "open"


def test_the_calendar_says_what_is_over_pressing_and_to_come() -> None:
    _, calendar = board_pages(board())

    assert [(row[3].content, row[3].light) for row in calendar.rows] == [
        ("已截止82天", "quiet"),
        ("还有10天", "open"),
        ("21天后开始", "quiet"),
        ("还有193天", "good"),
    ]

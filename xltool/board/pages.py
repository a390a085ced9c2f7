"""The board as pages: a row a district, and the calendar. What each light means is decided here."""

from __future__ import annotations

import datetime as dt

from xltool.model.board import Board, Standing
from xltool.model.edition import Deadline
from xltool.model.pages import Cell, Column, Light, Page
from xltool.model.review import Status

SOON = 14  # days before a date from which it is pressing
ORDER: tuple[Light, ...] = ("bad", "open", "good", "quiet")
"""Lights as they are sorted."""

LEGEND = "●完成或无问题　◐进行中或待处理　▲逾期、有错误或缺失　○尚未开始或不适用"
DISTRICT_COLUMNS = (
    Column(heading="区", width=10, align="center"),
    Column(heading="区表", width=11, align="center"),
    Column(heading="成员单位\n已报/应报", width=12, align="center"),
    Column(heading="错误", width=8, align="center"),
    Column(heading="提醒", width=8, align="center"),
    Column(heading="暂存", width=7, align="center"),
    Column(heading="文档", width=8, align="center"),
    Column(heading="附件\n未收到", width=8, align="center"),
    Column(heading="有文档的\n三级指标", width=11, align="center"),
    Column(heading="有文档的\n监测点", width=11, align="center"),
    Column(heading="审核状态", width=15, align="center"),
    Column(heading="实地监测", width=24, align="center"),
    Column(heading="最近报送", width=12, align="center"),
)
CALENDAR_COLUMNS = (
    Column(heading="工作", width=58),
    Column(heading="开始", width=13, align="center"),
    Column(heading="截止", width=13, align="center"),
    Column(heading="情况", width=20, align="center"),
)


def board_pages(board: Board) -> tuple[Page, Page]:
    """The districts, and the calendar."""
    return _districts(board), _calendar(board)


def _districts(board: Board) -> Page:
    late = board.collection_ends is not None and board.today > board.collection_ends
    return Page(
        name="各区进度",
        title=f"{board.title}：各区进度",
        notes=(f"{board.office}　截至{day_text(board.today)}", LEGEND, *_counts(board)),
        columns=DISTRICT_COLUMNS,
        rows=tuple(_row(one, late=late) for one in board.standings),
        frozen=1,
    )


def _counts(board: Board) -> tuple[str]:
    """One line that sums up."""
    all_ = board.standings
    own = sum(one.own_return for one in all_)
    done = sum(one.status is Status.DONE for one in all_)
    wrong = sum(bool(one.errors) for one in all_)
    missing = sum(one.files_missing for one in all_)
    return (
        f"区表已报{own}个区，共{len(all_)}个区；有错误待改正的{wrong}个区；附件未收到{missing}个；审核完成{done}个区。",
    )


def _row(one: Standing, *, late: bool) -> tuple[Cell, ...]:
    return (
        Cell(content=one.district),
        own_return(one, late=late),
        units(one),
        number(one.errors, "bad", known=one.last_return is not None),
        number(one.warnings, "open", known=one.last_return is not None),
        number(one.held, "open", known=one.last_return is not None),
        Cell(content=one.documents, light=None if one.documents else "quiet"),
        number(one.files_missing, "bad", known=bool(one.documents)),
        share(one.indicators_covered, one.indicators),
        share(one.points_covered, one.points),
        status(one, late=late),
        field_work(one),
        Cell(content=one.last_return.isoformat() if one.last_return else "—"),
    )


def own_return(one: Standing, *, late: bool) -> Cell:
    """Whether the district's own workbook is back."""
    if one.own_return:
        return lit("已报", "good")
    return lit("逾期未报", "bad") if late else lit("未报", "quiet")


def units(one: Standing) -> Cell:
    """How many member units' workbooks are back; a district may fill in for all of them."""
    light: Light = "good" if one.units_returned == one.units_expected else "open" if one.units_returned else "quiet"
    done = one.units_returned / one.units_expected if one.units_expected else 1.0
    return Cell(content=f"{one.units_returned}/{one.units_expected}", light=light, sort=done)


def number(count: int, light: Light, *, known: bool) -> Cell:
    """A number that should be 0; without any return nothing is known."""
    if not known:
        return Cell(content="—", sort=-1)
    return Cell(content=count, light=light if count else "good")


def share(covered: int, of: int) -> Cell:
    """How many are covered; no light, since the notice sets no number."""
    return Cell(content=f"{covered}/{of}", sort=float(covered))


def status(one: Standing, *, late: bool) -> Cell:
    """The review's status."""
    if one.status is Status.DONE:
        light: Light = "good"
    elif one.status.submitted:
        light = "open"
    else:
        light = "bad" if late else "open" if one.status is Status.DRAFT else "quiet"
    place = tuple(Status).index(one.status)
    return Cell(content=one.status_word, light=light, sort=float(place))


def field_work(one: Standing) -> Cell:
    """The field day, the experts' workbooks and the survey of a sampled district."""
    work = one.field
    if work is None:
        return Cell(content="—", sort=9)
    day = day_text(work.day) if work.day else "日期未定"
    survey = f"问卷{work.respondents}份" if work.respondents is not None else "问卷未收"
    text = f"{day}，专家意见{work.experts_returned}/{work.experts_expected}，{survey}"
    complete = work.experts_expected > 0 and work.experts_returned == work.experts_expected
    if complete and work.respondents is not None and work.day:
        return lit(text, "good")
    started = work.experts_returned or work.respondents is not None or work.day
    return lit(text, "open" if started else "quiet")


def lit(text: str, light: Light) -> Cell:
    """A text with its light, sorted by the light."""
    return Cell(content=text, light=light, sort=float(ORDER.index(light)))


def _calendar(board: Board) -> Page:
    return Page(
        name="时间安排",
        title=f"{board.title}：时间安排",
        notes=(f"截至{day_text(board.today)}",),
        columns=CALENDAR_COLUMNS,
        rows=tuple(_deadline(one, board.today) for one in board.deadlines),
    )


def _deadline(one: Deadline, today: dt.date) -> tuple[Cell, ...]:
    left = (one.end - today).days
    if left < 0:
        standing = lit(f"已截止{-left}天", "quiet")
    elif one.start is not None and today < one.start:
        standing = lit(f"{(one.start - today).days}天后开始", "quiet")
    else:
        standing = lit("今天截止" if left == 0 else f"还有{left}天", "open" if left <= SOON else "good")
    start = one.start.isoformat() if one.start else "—"
    return (Cell(content=one.label), Cell(content=start), Cell(content=one.end.isoformat()), standing)


def day_text(day: dt.date) -> str:
    """A date as people write it."""
    return f"{day.year}年{day.month}月{day.day}日"

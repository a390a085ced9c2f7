"""The reminder (催报) that is sent to a district: a plain text, so that it goes into any mail or message."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from xltool.model.edition import Edition

Owes = Literal["return", "correction"]
OWN = "区级数据采集表"
NUMERALS = ("一", "二")


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A workbook that is waited for; `unit` is None for the district's own.

    `unanswered` counts the items that nobody has answered, in one that didn't come back; the rest is of one that did
    and must be corrected. `received_at` is ISO text.
    """

    unit: str | None
    role: str = ""
    owes: Owes
    unanswered: int = 0
    errors: int = 0
    warnings: int = 0
    version: int | None = None
    received_at: str | None = None


def reminder(edition: Edition, district: str, owed: Sequence[Owed], *, day: dt.date, deadline: dt.date | None) -> str:
    """The text: by when, what hasn't come back, what must be corrected. A deadline that has passed is called so."""
    blocks = [
        (title, list(lines))
        for title, lines in (
            ("尚未报送的表格", returns(owed)),
            ("已返回、需要改正后重新报送的表格", corrections(owed)),
        )
    ]
    filled = [(title, lines) for title, lines in blocks if lines]
    parts = [f"{district}学习办：", opening(edition, day, deadline)]
    for numeral, (title, lines) in zip(NUMERALS, filled, strict=False):
        parts.append(f"{numeral}、{title}（{len(lines)}份）\n" + "\n".join(lines))
    parts += [closing(day, deadline), f"{edition.office}\n{date_text(day)}"]
    return "\n\n".join(parts) + "\n"


def opening(edition: Edition, day: dt.date, deadline: dt.date | None) -> str:
    """On what ground, and how much time is left."""
    ground = f"根据{edition.notice}，"
    if deadline is None:
        when = f"请抓紧完成线上数据采集。截至{date_text(day)}，"
    else:
        left = (deadline - day).days
        time = f"距截止日期还有{left}天" if left > 0 else "今天是截止日期" if left == 0 else f"已超过截止日期{-left}天"
        when = f"线上数据采集应于{date_text(deadline)}前完成。截至{date_text(day)}，{time}，"
    return f"{ground}{when}你区下列表格尚未报送或需要改正："


def date_text(day: dt.date) -> str:
    """2023年9月30日."""
    return f"{day.year}年{day.month}月{day.day}日"


def returns(owed: Iterable[Owed]) -> Iterator[str]:
    """Workbooks that didn't come back."""
    waited = (one for one in owed if one.owes == "return")
    for number, one in enumerate(waited, start=1):
        whose = OWN if one.unit is None else one.unit
        yield f"{number}. {whose}" + (f"：尚有{one.unanswered}项数据未填报" if one.unanswered else "")


def corrections(owed: Iterable[Owed]) -> Iterator[str]:
    """Workbooks that came back with problems."""
    waited = (one for one in owed if one.owes == "correction")
    for number, one in enumerate(waited, start=1):
        whose = OWN if one.unit is None else one.unit
        counts = "、".join(f"{word}{n}处" for word, n in (("错误", one.errors), ("提醒", one.warnings)) if n)
        yield f"{number}. {whose}（第{one.version}次报送）：{counts}"


def closing(day: dt.date, deadline: dt.date | None) -> str:
    """What to do."""
    late = deadline is None or deadline < day
    by = "尽快报送" if late or deadline is None else f"于{date_text(deadline)}前报送"
    more = "需要改正的表格，请在退回的工作簿中改正；提醒事项确实无误的，请在“自查”表的“情况说明”中写明原因。"
    return f"请督促有关单位抓紧填报，由区学习办汇总后{by}。{more}"

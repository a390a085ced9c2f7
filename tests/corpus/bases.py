"""The undamaged workbooks: a district's and a unit's of the edition, issued and filled once a session."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from builders.returns import CAMPAIGN, KEY, Address

from corpus.book import Book, Content
from corpus.kinds import Expected, Kind
from xltool import edition as editions
from xltool import layout
from xltool.model.edition import Edition
from xltool.model.identity import Identity
from xltool.model.numbers import serial
from xltool.model.plan import Plan, Recipient, a1
from xltool.workbook import write

DISTRICT, UNIT = "黄浦区", "区文化旅游局"
DAY = dt.date(2022, 4, 23)

_OF_DISTRICT: Mapping[Address, Content] = {
    ("resident_population", None, None): 66.2,
    ("school_count", None, None): 32,
    ("library_area", None, None): 18300.5,
    ("library_holdings", None, None): 912345,
    ("college_floor_area", None, "reason"): "面积含地下室",
    ("information_literacy_rate", None, None): 87.5,
    ("learning_organisations", None, None): "有学习团队320个",
    ("rural_labour_total", None, None): "不适用",
    ("other_elderly_learners", 1, "institution"): "老年大学分校",
    ("other_elderly_learners", 1, "learners"): 1200,
    ("special_funds", 1, "unit"): UNIT,
    ("special_funds", 1, "fund_name"): "全民阅读专项",
    ("special_funds", 1, "budget"): 120.5,
    ("special_funds", 2, "unit"): "区体育局",
    ("special_funds", 2, "fund_name"): "全民健身专项",
    ("special_funds", 2, "budget"): 80,
    ("staff_total", 3, None): 85,
    ("staff_total", 4, None): 42,
    ("event", 1, "title"): "全民终身学习活动周开幕",
    ("event", 1, "date"): serial(DAY),
    ("signoff", None, "filler"): "统计员甲",
}
_OF_UNIT: Mapping[Address, Content] = {
    ("culture_venue_area", None, None): 41250.5,
    ("library_area", None, None): 18300,
    ("library_holdings", None, None): 912345,
    ("unit_special_budget", None, None): 500,
    ("staff_total", None, None): 85,
    ("special_funds", 1, "fund_name"): "全民阅读专项",
    ("special_funds", 1, "budget"): 120.5,
    ("special_funds", 2, "fund_name"): "市民艺术夜校专项",
    ("special_funds", 2, "budget"): 79.5,
    ("special_funds", 4, "fund_name"): "书香社区专项",
    ("special_funds", 4, "budget"): 30,
    ("activities", 1, "activity"): "读书节",
    ("activities", 1, "attendance"): 3200,
    ("work_document", 1, "title"): "关于推进全民阅读的意见",
    ("work_document", 1, "date"): serial(DAY),
    ("library_area", None, "remark"): "含分馆",
    ("signoff", None, "filler"): "统计员甲",
}


@dataclass(frozen=True, kw_only=True)
class Base:
    """An issued workbook, filled; `values` is what must be read of it."""

    plan: Plan
    recipient: Recipient
    identity: Identity
    parts: Mapping[str, bytes]
    values: Mapping[Address, Expected]

    def place(self, address: Address) -> tuple[str, str]:
        """Sheet and A1 address of an input."""
        sheet, cell = self.plan.inputs[address]
        return sheet, a1(cell.row, cell.col)

    def book(self) -> Book:
        return Book(self.parts)


@cache
def scheme() -> Edition:
    return editions.load(editions.locate("2023"))


def identity(plan: Plan, unit: str | None, **changes: str) -> Identity:
    fields = {"campaign": CAMPAIGN, "district": DISTRICT, "plan": plan.digest, "serial": "0123456789"} | changes
    return Identity(edition=plan.edition, kind=plan.kind, unit=unit, **fields)


@cache
def base(kind: Kind) -> Base:
    """The filled workbook of a kind."""
    edition = scheme()
    units = tuple(unit.name for unit in edition.units if unit.workbook)
    unit = UNIT if kind == "unit" else None
    answers = next(one.answers_for for one in edition.units if one.name == UNIT) if unit else ()
    plan = layout.plan_for(edition, kind, answers=answers, units=len(units))
    recipient = Recipient(kind=kind, district=DISTRICT, unit=unit, units=units)
    own = identity(plan, unit)
    blank = write(plan, recipient, own, key=KEY, password="p")  # noqa: S106 - of a sample
    with zipfile.ZipFile(BytesIO(blank)) as archive:
        book = Book({name: archive.read(name) for name in archive.namelist()})
    typed = _OF_UNIT if kind == "unit" else _OF_DISTRICT
    for address, content in typed.items():
        sheet, cell = plan.inputs[address]
        book.sheet(sheet).put((cell.row, cell.col), content)
    book.flush()
    values = {address: _as_read(address, content) for address, content in typed.items()}
    return Base(plan=plan, recipient=recipient, identity=own, parts=book.parts, values=values)


def _as_read(address: Address, content: Content) -> Expected:
    if address[2] in {"date", "end_date"}:
        return DAY.isoformat()
    if content == "不适用":
        return "not_applicable"
    assert isinstance(content, int | float | str)
    return content

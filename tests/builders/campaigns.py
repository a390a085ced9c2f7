"""A small edition, and submissions of it, for the tests of workspace and store."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from typing import Any

from xltool.model.edition import Deadline, District, Edition, Item, Level, Severity, Unit
from xltool.model.finding import Finding
from xltool.model.identity import Identity
from xltool.model.plan import Recipient
from xltool.model.states import State
from xltool.model.submission import Submission
from xltool.model.values import Scalar, Value
from xltool.store import Issued

CAMPAIGN = "0a1b2c3d"
PLAN = "p" * 64


def item(name: str, label: str, level: Level = Level.ONE_UNIT, responsible: str = "甲局") -> Item:
    return Item(id=name, label=label, unit_of_measure="个", level=level, responsible=responsible, belongs_to=None)


def edition(**changes: Any) -> Edition:
    whole = Edition(
        id="2023",
        title="监测",
        notice="通知",
        short_title="监测",
        city="某市",
        office="某办公室",
        monitoring_year=2023,
        data_year=2022,
        period_start=dt.date(2022, 1, 1),
        period_end=dt.date(2022, 12, 31),
        framework=(),
        items=(
            item("library_area", "图书馆面积"),
            item("holdings", "总藏量"),
            item("odd_label", "甲、乙两类人数"),
            item("population", "人口", Level.DISTRICT),
        ),
        indicators=(),
        checks=(),
        documents=(),
        districts=(District(name="东区"), District(name="西区", without=("丙局",))),
        units=(
            Unit(name="甲局", answers_for=("library_area", "holdings"), aliases=("甲委", "甲办")),
            Unit(name="乙局（乙办）", answers_for=("odd_label",)),
            Unit(name="丙局"),
            Unit(name="学习办", workbook=False),
        ),
        statuses=("未填报", "填报"),
        calendar=(Deadline(id="collection", label="网上采集", start=None, end=dt.date(2023, 9, 30)),),
        decisions=(),
        lists={},
        rows={},
        instructions={},
        constants={},
        name_other_districts=False,
        digest="d" * 64,
        files={"edition.yaml": "id: '2023'\n", "items.yaml": "items: [甲]\n"},
    )
    return replace(whole, **changes)


def identity(district: str = "东区", unit: str | None = None, serial: str = "") -> Identity:
    return Identity(
        campaign=CAMPAIGN,
        edition="2023",
        kind="unit" if unit else "district",
        district=district,
        unit=unit,
        plan=PLAN,
        serial=serial or hashlib.sha256(f"{district}{unit}".encode()).hexdigest()[:10],
    )


def issued(district: str = "东区", unit: str | None = None, **recipient: Any) -> Issued:
    whose = identity(district, unit)
    to = Recipient(kind=whose.kind, district=district, unit=unit, **recipient)
    return Issued(identity=whose, recipient=to, file=f"outbox/{district}/{unit or district}.xlsx")


def value(content: Scalar | None = 12, whose: Identity | None = None, **changes: Any) -> Value:
    whose = whose or identity()
    whole = Value(
        district=whose.district,
        unit=whose.unit,
        item="library_area",
        row=None,
        column=None,
        value=content,
        state=State.MISSING if content is None else State.VALUE,
        raw=None if content is None else str(content),
        unit_of_measure="m²",
        sheet="数据",
        cell="D5",
    )
    return replace(whole, **changes)


def submission(
    content: bytes, *values: Value, district: str = "东区", unit: str | None = None, file: str = "返回.xlsx"
) -> Submission:
    whose = identity(district, unit)
    sha256 = hashlib.sha256(content).hexdigest()
    read = values or (value(whose=whose),)
    return Submission(identity=whose, file=file, sha256=sha256, values=read, findings=(), places={})


def finding(code: str = "required", district: str = "东区", **changes: Any) -> Finding:
    whole = Finding(
        about="value", code=code, severity=Severity.ERROR, district=district, message="“甲”未填", action="请填写"
    )
    return replace(whole, **changes)

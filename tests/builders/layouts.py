"""A small scheme with one of everything that a workbook can hold, and recipients of its workbooks."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from xltool.layout import plan_for
from xltool.model.edition import (
    Check,
    Choices,
    Column,
    District,
    DocumentType,
    Edition,
    Framework,
    Indicator,
    Item,
    Level,
    Rules,
    Scope,
    Severity,
    Unit,
)
from xltool.model.identity import Identity
from xltool.model.numbers import serial
from xltool.model.plan import Plan, Prefilled, Recipient
from xltool.workbook import write

KEY = b"a key for tests that signs nothing"
LOCK = "lock"
UNITS = ("甲局", "乙局（乙办）", "丙委")
START, END = dt.date(2031, 1, 1), dt.date(2031, 12, 31)
COUNT = Rules(type="integer", min=0, max=5000)
NAME = Rules(type="text", maxlength=30)


def node(name: str, level: int, parent: str | None) -> Framework:
    short = f"事项{name[0]}" if level == 2 else None
    return Framework(id=name, level=level, name=f"第{name}项", parent=parent, short=short)


FRAMEWORK = (
    node("1", 1, None),
    node("1.1", 2, "1"),
    node("1.1.1", 3, "1.1"),
    node("1.2", 2, "1"),
    node("2", 1, None),
    node("2.1", 2, "2"),
    node("2.1.1", 3, "2.1"),
    node("2.1.2", 3, "2.1"),
)


def single(name: str, level: Level, rules: Rules = COUNT, **more: Any) -> Item:
    content = {"belongs_to": "1.1", "unit_of_measure": "人", "responsible": "办公室", **more}
    return Item(id=name, label=f"“{name}”数", level=level, rules=rules, **content)


def table(name: str, level: Level, sheet: str) -> Item:
    columns = (
        Column(id="name", label="名称", rules=NAME),
        Column(id="note", label="类别", rules=replace(NAME, required=False)),
        Column(id="size", label="数额", rules=Rules(type="number", min=0, max=900), unit_of_measure="元"),
    )
    return Item(
        id=name,
        label=f"{sheet}清单",
        unit_of_measure="元",
        level=level,
        responsible="各单位",
        belongs_to="2.1",
        columns=columns,
        total="size",
        entry="name",
        sheet=sheet,
    )


ITEMS = (
    single("people", Level.DISTRICT, belongs_to=None, rules=Rules(type="number", min=0, max=99.5)),
    single("visits", Level.DISTRICT, belongs_to="1.1.1"),
    single("report", Level.DISTRICT, Rules(type="text", maxlength=80), unit_of_measure=None),
    single("farmers", Level.ONE_UNIT, not_applicable=True, responsible="丙委"),
    single("staff", Level.EACH_UNIT),
    single("trained", Level.EACH_UNIT),
    table("places", Level.DISTRICT, "场所"),
    table("grants", Level.EACH_UNIT, "资助"),
)
DOCUMENT = DocumentType(
    id="paper",
    label="文件",
    sheet="文件",
    columns=(
        Column(id="title", label="标题", rules=NAME),
        Column(id="start", label="开始", rules=Rules(type="date", min=START, max=END)),
        Column(id="end", label="结束", rules=Rules(type="date", min=START, required=False)),
        Column(id="kind", label="类型", rules=Rules(type="choice"), choices=Choices(list="kinds")),
        Column(id="first", label="一级", rules=Rules(type="choice"), choices=Choices(list="framework1")),
        Column(
            id="second",
            label="二级",
            rules=Rules(type="choice"),
            choices=Choices(list="framework2", depends_on="first"),
        ),
        Column(id="tags", label="标签", rules=Rules(type="text", maxlength=40, tags=4, required=False)),
    ),
)


def indicator(name: str, formula: str, decimals: int = 2) -> Indicator:
    return Indicator(
        id=name,
        label=f"{name}率",
        unit_of_measure="%",
        belongs_to="1.1",
        formula=formula,
        direction="up",
        decimals=decimals,
    )


INDICATORS = (
    indicator("visit_rate", "visits / (people * 10)"),
    indicator("trained_share", "trained / staff * 100"),
    indicator("grant_per_head", "sum(grants.size) / staff"),
    indicator("grants_per_person", "sum(grants.size) / people"),
    indicator("place_size", "sum(places.size) / count(places)"),
    indicator("farm_share", "farmers / visits * 100"),
    indicator("quoted", "report", decimals=0),
)


def check(name: str, scope: Scope, expression: str, message: str, table: str | None = None) -> Check:
    return Check(
        id=name,
        scope=scope,
        severity=Severity.ERROR if name == "visits_cover" else Severity.WARNING,
        label=f"核对{name}",
        why="",
        expression=expression,
        message=message,
        action="请改正",
        table=table,
    )


CHECKS = (
    check("visits_cover", Scope.DISTRICT, "farmers <= visits", "农民{farmers}人，多于{visits}人"),
    check("places_small", Scope.DISTRICT, "sum(places.size) <= people * 20", "场所{places}元，人口{people}人"),
    check("grants_few", Scope.DISTRICT, "sum(grants.size) < 900", "资助{grants}元"),
    check("trained_within", Scope.UNIT, "trained <= staff", "参训{trained}人，多于{staff}人"),
    check("grants_within", Scope.UNIT, "sum(grants.size) <= staff * 10", "资助{grants}元，{staff}人"),
    check("grant_positive", Scope.ROW, "size > 0", "数额为{size}元", "grants"),
    check("paper_order", Scope.ROW, "end >= start", "结束{end}早于开始{start}", "paper"),
    check("paper_year", Scope.ROW, "start <= period_end", "开始{start}太晚", "paper"),
    check("compared", Scope.CITY, "visits > 0", "与其他区相比"),
)


def scheme(**changes: Any) -> Edition:
    """The whole scheme, with the given fields changed."""
    whole = Edition(
        id="toy",
        title="2031年试验监测",
        notice="《试验通知》",
        short_title="试验监测",
        city="某市",
        office="某办公室",
        monitoring_year=2032,
        data_year=2031,
        period_start=START,
        period_end=END,
        framework=FRAMEWORK,
        items=ITEMS,
        indicators=INDICATORS,
        checks=CHECKS,
        documents=(DOCUMENT,),
        districts=(District(name="东区"),),
        units=tuple(Unit(name=name) for name in UNITS),
        statuses=("未填报",),
        calendar=(),
        decisions=(),
        lists={"kinds": ("规划", "=总结"), "tags.1.1": ("读书", "学习")},
        rows={"table": 4, "document": 3, "unit_table": 3, "unit_document": 2, "places": 5},
        instructions={"district": ("请填写。",), "unit": ("请如实填写。",)},
        constants={"period_start": serial(START), "period_end": serial(END), "data_year": 2031.0},
        name_other_districts=False,
        digest="d" * 64,
        files={},
    )
    return replace(whole, **changes)


def district_plan(**changes: Any) -> Plan:
    return plan_for(scheme(**changes), "district", units=len(UNITS))


def unit_plan(**changes: Any) -> Plan:
    return plan_for(scheme(**changes), "unit", answers=("farmers",))


def recipient(plan: Plan, *prefilled: Prefilled) -> Recipient:
    unit = None if plan.kind == "district" else UNITS[0]
    return Recipient(kind=plan.kind, district="东区", unit=unit, units=UNITS, prefilled=prefilled)


def identity(plan: Plan) -> Identity:
    unit = None if plan.kind == "district" else UNITS[0]
    return Identity(
        campaign="T2031",
        edition=plan.edition,
        kind=plan.kind,
        district="东区",
        unit=unit,
        plan="0123456789abcdef",
        serial="0a1b2c3d4e",
    )


def written(plan: Plan, *prefilled: Prefilled) -> bytes:
    return write(plan, recipient(plan, *prefilled), identity(plan), key=KEY, password=LOCK)

"""A small edition of its own names, and values as intake would hand them over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
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
    IndicatorPart,
    Item,
    Level,
    Rules,
    Scope,
    Severity,
    ValueType,
)
from xltool.model.entries import MEMBER_UNITS, UNIT_COLUMN
from xltool.model.finding import Finding
from xltool.model.identity import Identity, Kind
from xltool.model.numbers import serial
from xltool.model.plan import Plan, Prefilled, Recipient, a1
from xltool.model.states import NOT_APPLICABLE_WORD, State
from xltool.model.submission import Place, Submission
from xltool.model.values import Scalar, Value

Key = tuple[str, int | None, str | None]
DISTRICT = "甲区"
UNITS = ("文化局", "体育局", "农委")


def item(name: str, level: Level, type_: ValueType = "number", **more: Any) -> Item:
    given: dict[str, Any] = {"responsible": "学习办", "rules": Rules(type=type_, min=0, max=1e9)} | more
    if type_ == "text":
        given["rules"] = Rules(type="text", maxlength=20)
    return Item(id=name, label=f"{name}项", unit_of_measure="个", level=level, belongs_to="1.1", **given)


def table(name: str, level: Level, columns: Sequence[Column], **more: Any) -> Item:
    return Item(
        id=name,
        label=f"{name}清单",
        unit_of_measure="个",
        level=level,
        responsible="学习办",
        belongs_to="1.1",
        columns=tuple(columns),
        total="amount",
        entry="name",
        sheet=name,
        **more,
    )


NAME = Column(id="name", label="名称", rules=Rules(type="text", maxlength=20))
KIND = Column(id="kind", label="类别", rules=Rules(type="text", required=False))
AMOUNT = Column(id="amount", label="金额", rules=Rules(type="number", min=0, max=1e9), unit_of_measure="万元")
DOCUMENT = DocumentType(
    id="paper",
    label="文件",
    sheet="文件",
    columns=(
        Column(id="title", label="标题", rules=Rules(type="text", maxlength=20)),
        Column(id="start", label="开始日期", rules=Rules(type="date")),
        Column(id="end", label="结束日期", rules=Rules(type="date", required=False, min=dt.date(2000, 1, 1))),
        Column(id="first", label="一级", rules=Rules(type="choice"), choices=Choices(list="framework1")),
        Column(
            id="second",
            label="二级",
            rules=Rules(type="choice", required=False),
            choices=Choices(list="framework2", depends_on="first"),
        ),
        Column(id="tags", label="标签", rules=Rules(type="text", required=False, maxlength=30, tags=4)),
    ),
)
FRAMEWORK = tuple(
    Framework(id=name, level=name.count(".") + 1, name=f"指标{name}", parent=name.rpartition(".")[0] or None)
    for name in ("1", "1.1", "2", "2.1")
)
ITEMS = (
    item("pop", Level.DISTRICT),
    item("schools", Level.DISTRICT, "integer"),
    item("teachers", Level.PLATFORM),
    item("note", Level.PLATFORM, "text"),
    item("library", Level.ONE_UNIT, responsible="文化局"),
    item("farmers", Level.ONE_UNIT, responsible="农委", not_applicable=True),
    item("budget", Level.EACH_UNIT),
    item("staff", Level.EACH_UNIT),
    table("funds", Level.EACH_UNIT, (NAME, KIND, AMOUNT), doubled_within=0.05),
    table("courses", Level.DISTRICT, (NAME, AMOUNT)),
)


def check(name: str, scope: Scope, expression: str, **more: Any) -> Check:
    given: dict[str, Any] = {"severity": Severity.WARNING, "message": "不对", "action": "请核对"} | more
    return Check(id=name, scope=scope, label=f"{name}规则", why="应当如此", expression=expression, **given)


def indicator(name: str, formula: str, **more: Any) -> Indicator:
    given: dict[str, Any] = {"unit_of_measure": "%", "direction": "up"} | more
    return Indicator(id=name, label=f"{name}指标", belongs_to="1.1", formula=formula, **given)


INDICATORS = (
    indicator("fund_share", "sum(funds.amount) / budget * 100"),
    indicator("budget_per_head", "budget / pop"),
    indicator(
        "library_per_head",
        "(library + teachers) / pop",
        parts=(
            IndicatorPart(label="馆", formula="library / pop"),
            IndicatorPart(label="师", formula="teachers / pop"),
        ),
    ),
    indicator("farmers_per_head", "farmers / pop"),
    indicator("library_plain", "library"),
    indicator("note_text", "note"),
)


def edition(
    *,
    checks: Iterable[Check] = (),
    indicators: Iterable[Indicator] = INDICATORS,
    districts: Sequence[str] = (DISTRICT,),
) -> Edition:
    start, end = dt.date(2022, 1, 1), dt.date(2022, 12, 31)
    return Edition(
        id="toy",
        title="玩具",
        notice="",
        short_title="玩具",
        city="市",
        office="办公室",
        monitoring_year=2023,
        data_year=2022,
        period_start=start,
        period_end=end,
        framework=FRAMEWORK,
        items=ITEMS,
        indicators=tuple(indicators),
        checks=tuple(checks),
        documents=(DOCUMENT,),
        districts=tuple(District(name=name) for name in districts),
        units=(),
        statuses=("未填报", "填报"),
        calendar=(),
        decisions=(),
        lists={},
        rows={"table": 6, "document": 4, "unit_table": 6, "unit_document": 4},
        instructions={"district": (), "unit": ()},
        constants={"period_start": serial(start), "period_end": serial(end), "data_year": 2022},
        name_other_districts=False,
        digest="",
        files={},
    )


def value(  # noqa: PLR0913 - a value has as many parts
    item_id: str,
    content: Scalar | None,
    *,
    unit: str | None = None,
    row: int | None = None,
    column: str | None = None,
    raw: str | None = None,
    prefilled: bool = False,
    district: str = DISTRICT,
) -> Value:
    """A value as it came back. 不适用 is that state; None is missing, and says what `raw` says."""
    state = State.NOT_APPLICABLE if content == NOT_APPLICABLE_WORD else State.VALUE
    state = State.MISSING if content is None else state
    owner = unit or district
    typed: dict[str, Any] = {
        "sha256": f"sha-{owner}",
        "sheet": f"{item_id}表",
        "cell": f"{'C' if column is None else column}{row or 1}",
        "version": 1,
    }
    return Value(
        district=district,
        unit=unit,
        item=item_id,
        row=row,
        column=column,
        value=content if state is State.VALUE else None,
        state=state,
        raw=raw if raw is not None or content is None else str(content),
        unit_of_measure=None,
        file="预填.csv" if prefilled else f"{owner}.xlsx",
        prefilled=prefilled,
        **({} if prefilled else typed),
    )


def listed(
    row: int,
    name: str | None,
    amount: Scalar | None,
    *,
    of: str | None = None,
    unit: str | None = None,
    item_id: str = "funds",
) -> tuple[Value, ...]:
    """A list's row; `of` is the unit that a district's row names, `unit` the owner of the workbook."""
    cells = {UNIT_COLUMN: of, "name": name, "amount": amount}
    return tuple(
        value(item_id, content, unit=unit, row=row, column=column)
        for column, content in cells.items()
        if content is not None
    )


def nothing(item_id: str = "funds", unit: str | None = None) -> Value:
    """A table's 本表无内容, chosen."""
    return replace(value(item_id, 0, unit=unit), raw="是")


def members(units: Sequence[str] = UNITS) -> tuple[Value, ...]:
    """The prefilled names of the district's member units."""
    return tuple(
        value(MEMBER_UNITS, name, row=row, column=UNIT_COLUMN, prefilled=True) for row, name in enumerate(units, 1)
    )


@cache
def plan(kind: Kind) -> Plan:
    """The toy edition's workbook of a kind; a unit's answers for the library too."""
    return plan_for(edition(), kind, units=len(UNITS), answers=() if kind == "district" else ("library",))


def recipient(unit: str | None = None, *prefilled: Prefilled) -> Recipient:
    return Recipient(
        kind="unit" if unit else "district", district=DISTRICT, unit=unit, units=UNITS, prefilled=prefilled
    )


def submission(
    *values: Value, unit: str | None = None, findings: Iterable[Finding] = (), lost: Iterable[Key] = ()
) -> Submission:
    """A file in which every planned cell, `lost` ones aside, stands where it was planned."""
    kind: Kind = "unit" if unit else "district"
    gone = set(lost)
    places = {
        key: Place(sheet=sheet, cell=a1(cell.row, cell.col))
        for key, (sheet, cell) in plan(kind).inputs.items()
        if key not in gone
    }
    owner = unit or DISTRICT
    placed = [
        replace(each, sheet=places[key].sheet, cell=places[key].cell) for each in values for key in [key_of(each)]
    ]
    return Submission(
        identity=Identity(
            campaign="c", edition="toy", kind=kind, district=DISTRICT, unit=unit, plan="", serial=f"s{owner}"
        ),
        file=f"{owner}.xlsx",
        sha256=f"sha-{owner}",
        values=tuple(placed),
        findings=tuple(findings),
        places=places,
    )


def key_of(value: Value) -> Key:
    """The planned cell of a value."""
    tables = {each.id for each in ITEMS if each.is_table} | {DOCUMENT.id}
    none = value.item in tables and value.row is None and value.column is None
    return (value.item, value.row, "none" if none else value.column)

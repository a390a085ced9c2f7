"""The tables of what came back: districts, values with their cells, and what was found wrong. Pure.

What people wrote about themselves stays out: sign-offs, who explained a finding, contacts, folders of the office.
"""

from __future__ import annotations

from collections.abc import Sequence

from xltool.exchange.fields import (
    DISTRICT,
    ITEM,
    OF_DISTRICT,
    OF_ITEM,
    PLACE,
    STATE,
    UNIT,
    UNIT_OF_MEASURE,
    Row,
    place,
    typed,
)
from xltool.exchange.tables import Field, Table
from xltool.model.edition import Scope
from xltool.model.finding import STATUS_WORDS
from xltool.model.severity import Severity

PERSONAL = frozenset({"signoff"})
"""Items that name people."""


def districts(rows: Sequence[Row]) -> Table:
    """One row a district."""
    return Table(
        name="districts",
        title="区",
        description="按通知的顺序，每区一行：审核状态和报送情况。",
        fields=(
            DISTRICT,
            Field(name="status", title="审核状态", required=True),
            Field(name="own_return", title="区表已报送", type="boolean", required=True),
            Field(name="units_returned", title="已报送的成员单位数", type="integer", required=True),
            Field(name="units_expected", title="有表格的成员单位数", type="integer", required=True),
        ),
        rows=rows,
        key=("district",),
    )


def values(rows: Sequence[Row]) -> Table:
    """One row a value that counts."""
    return Table(
        name="values",
        title="计入的数据",
        description="计入全区汇总的每个数据及其来源单元格；不含填报审核的签署。",
        fields=(
            DISTRICT,
            UNIT,
            ITEM,
            Field(name="row", title="行", type="integer"),
            Field(name="column", title="栏目编号", description="空为数据项自身的单元格"),
            Field(name="value", title="数值", type="number"),
            Field(name="text", title="文字或日期"),
            STATE,
            Field(name="raw", title="原文"),
            UNIT_OF_MEASURE,
            *PLACE,
            Field(name="version", title="版次", type="integer"),
        ),
        rows=[{**row, **typed(row["value"]), **place(row)} for row in rows if row["item"] not in PERSONAL],
        references=(OF_DISTRICT, OF_ITEM),
    )


def findings(rows: Sequence[Row]) -> Table:
    """One row a finding."""
    return Table(
        name="findings",
        title="核对中发现的问题",
        description="每个问题一行；说明人不列出。",
        fields=(
            Field(name="id", title="编号", required=True),
            DISTRICT,
            UNIT,
            Field(name="about", title="类别", required=True),
            Field(name="code", title="种类", required=True),
            Field(name="severity", title="级别", required=True, enum=tuple(Severity)),
            Field(name="rule", title="规则"),
            Field(name="scope", title="规则的范围", enum=tuple(Scope)),
            Field(name="item", title="数据项编号"),
            Field(name="row", title="行", type="integer"),
            Field(name="column", title="栏目编号"),
            *PLACE[:1],
            *PLACE[2:],
            Field(name="raw", title="原文"),
            Field(name="expected", title="应填"),
            Field(name="message", title="问题", required=True),
            Field(name="action", title="处理办法", required=True),
            Field(name="status", title="处理状态", required=True, enum=tuple(STATUS_WORDS)),
            Field(name="follows_from", title="随哪个问题"),
            Field(name="explanation", title="说明"),
            Field(name="version", title="版次", type="integer"),
        ),
        rows=[{**row, **place(row)} for row in rows if row["item"] not in PERSONAL],
        key=("id",),
        references=(OF_DISTRICT,),
    )

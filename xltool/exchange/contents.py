"""Which tables a campaign's results make, and what stands in each. Pure.

What people wrote about themselves stays out: sign-offs, who explained a finding, contacts, folders of the office.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from xltool.exchange.tables import Field, Reference, Table
from xltool.expression import formula_words
from xltool.model.edition import Edition, Level, Scope
from xltool.model.entries import MEMBER_UNITS
from xltool.model.finding import STATUS_WORDS
from xltool.model.naming import OTHER_WORDS
from xltool.model.severity import Severity
from xltool.model.states import State

Row = Mapping[str, Any]

DISTRICT = Field(name="district", title="区", required=True)
INDICATOR = Field(name="indicator", title="指标编号", required=True)
ITEM = Field(name="item", title="数据项编号", required=True)
UNIT = Field(name="unit", title="成员单位", description="空为区表")
STATE = Field(
    name="state",
    title="状态",
    required=True,
    enum=tuple(State),
    description="value有值，missing未填，not_applicable不适用，undefined无法计算；未填不等于0",
)
UNIT_OF_MEASURE = Field(name="unit_of_measure", title="计量单位")
PLACE = (
    Field(name="file", title="文件名"),
    Field(name="sha256", title="文件校验值", description="存档中的文件以此为名"),
    Field(name="sheet", title="工作表"),
    Field(name="cell", title="单元格"),
)
OF_DISTRICT = Reference(column="district", table="districts", key="district")
OF_INDICATOR = Reference(column="indicator", table="indicators", key="indicator")
OF_ITEM = Reference(column="item", table="items", key="item")
OF_NODE = Reference(column="node", table="framework", key="node")

PERSONAL = frozenset({"signoff"})
"""Items that name people."""


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What a snapshot holds, as flat rows; the last four are empty where nothing of the kind is known.

    `districts`: one row a district (`status`, `own_return`, `units_returned`, `units_expected`).
    """

    districts: Sequence[Row]
    values: Sequence[Row]
    results: Sequence[Row]
    findings: Sequence[Row]
    totals: Sequence[Row] = ()
    last_year: Sequence[Row] = ()
    coverage: Sequence[Row] = ()
    survey: Sequence[Row] = ()


def tables_of(edition: Edition, contents: Contents) -> tuple[Table, ...]:
    """The tables, those that others refer to first; without the ones that would be empty."""
    tables = (
        _districts(contents.districts),
        _framework(edition),
        _items(edition),
        _columns(edition),
        _indicators(edition),
        _results(contents.results),
        _last_year(contents.last_year),
        _totals(contents.totals),
        _values(contents.values),
        _findings(contents.findings),
        _coverage(contents.coverage),
        _survey(contents.survey),
    )
    return tuple(table for table in tables if table.rows)


def _districts(rows: Sequence[Row]) -> Table:
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


def _framework(edition: Edition) -> Table:
    rows = [
        {"node": each.id, "level": each.level, "name": each.name, "parent": each.parent, "answers": each.answers}
        for each in edition.framework
    ]
    return Table(
        name="framework",
        title="指标体系",
        description="一级、二级、三级指标和监测点（第4级）。",
        fields=(
            Field(name="node", title="编号", required=True),
            Field(name="level", title="级别", type="integer", required=True),
            Field(name="name", title="名称", required=True),
            Field(name="parent", title="上级编号"),
            Field(name="answers", title="对象"),
        ),
        rows=rows,
        key=("node",),
        references=(Reference(column="parent", table="", key="node"),),
    )


def _items(edition: Edition) -> Table:
    rows = [
        {
            "item": item.id,
            "label": item.label,
            "kind": "table" if item.is_table else "figure",
            "unit_of_measure": item.unit_of_measure,
            "level": item.level,
            "responsible": item.responsible,
        }
        for item in edition.items
    ]
    more = {"unit_of_measure": None, "level": None, "responsible": None}
    rows += [{"item": each.id, "label": each.label, "kind": "document", **more} for each in edition.documents]
    rows.append({"item": MEMBER_UNITS, "label": OTHER_WORDS[MEMBER_UNITS], "kind": "list", **more})
    return Table(
        name="items",
        title="数据项",
        description="数据项、清单、文档表和成员单位名单。",
        fields=(
            ITEM,
            Field(name="label", title="名称", required=True),
            Field(name="kind", title="种类", required=True, enum=("figure", "table", "document", "list")),
            UNIT_OF_MEASURE,
            Field(name="level", title="填报层级", enum=tuple(Level)),
            Field(name="responsible", title="采集责任"),
        ),
        rows=rows,
        key=("item",),
    )


def _columns(edition: Edition) -> Table:
    tables = [(item.id, item.columns) for item in edition.items]
    tables += [(document.id, document.columns) for document in edition.documents]
    rows = [
        {"item": item, "column": column.id, "label": column.label, "unit_of_measure": column.unit_of_measure}
        for item, columns in tables
        for column in columns
    ]
    return Table(
        name="columns",
        title="清单和文档表的栏目",
        description="每个清单、文档表的栏目。",
        fields=(
            ITEM,
            Field(name="column", title="栏目编号", required=True),
            Field(name="label", title="名称", required=True),
            UNIT_OF_MEASURE,
        ),
        rows=rows,
        key=("item", "column"),
        references=(OF_ITEM,),
    )


def _indicators(edition: Edition) -> Table:
    rows = [
        {
            "indicator": one.id,
            "label": one.label,
            "unit_of_measure": one.unit_of_measure,
            "node": one.belongs_to,
            "formula": one.formula,
            "formula_words": formula_words(edition, one.formula),
            "direction": one.direction,
            "decimals": one.decimals,
        }
        for one in edition.indicators
    ]
    return Table(
        name="indicators",
        title="指标",
        description="各项指标及其计算公式。",
        fields=(
            INDICATOR,
            Field(name="label", title="名称", required=True),
            UNIT_OF_MEASURE,
            Field(name="node", title="所属的指标体系编号", required=True),
            Field(name="formula", title="公式", required=True),
            Field(name="formula_words", title="公式（文字）", required=True),
            Field(name="direction", title="方向", required=True, enum=("up", "down", "none")),
            Field(name="decimals", title="显示的小数位数", type="integer", required=True),
        ),
        rows=rows,
        key=("indicator",),
        references=(OF_NODE,),
    )


def _results(rows: Sequence[Row]) -> Table:
    numbers = (
        ("numerator", "分子"),
        ("denominator", "分母"),
        ("city", "全市"),
        ("mean", "平均值"),
        ("median", "中位数"),
    )
    counts = (("units_answered", "计入的单位数"), ("units_expected", "应填的单位数"), ("n", "有数值的区数"))
    return Table(
        name="results",
        title="各区的指标",
        description="每区每个指标一行，数值未经舍入；比较（均值、中位数、位次）按有数值的区计算。",
        fields=(
            DISTRICT,
            INDICATOR,
            Field(name="value", title="数值", type="number"),
            Field(name="text", title="文字"),
            STATE,
            Field(name="reason", title="原因"),
            UNIT_OF_MEASURE,
            *(Field(name=name, title=title, type="number") for name, title in numbers),
            *(Field(name=name, title=title, type="integer") for name, title in counts),
            Field(name="rank", title="位次", type="integer", description="1为数值最大；数值相同的位次相同；不代表优劣"),
            Field(name="review_state", title="审核状态"),
        ),
        rows=[{**row, **_typed(row["value"])} for row in rows],
        key=("district", "indicator"),
        references=(OF_DISTRICT, OF_INDICATOR),
    )


def _last_year(rows: Sequence[Row]) -> Table:
    return Table(
        name="results_last_year",
        title="各区上年的指标",
        description="按本年的公式和市级预填的上年数据计算，数值未经舍入。",
        fields=(
            DISTRICT,
            INDICATOR,
            Field(name="value", title="数值", type="number"),
            Field(name="text", title="文字"),
            STATE,
            Field(name="reason", title="原因"),
            Field(name="city", title="全市", type="number"),
            Field(name="mean", title="平均值", type="number"),
            Field(name="median", title="中位数", type="number"),
            Field(name="n", title="有数值的区数", type="integer"),
        ),
        rows=[{**row, **_typed(row["value"])} for row in rows],
        key=("district", "indicator"),
        references=(OF_DISTRICT, OF_INDICATOR),
    )


def _totals(rows: Sequence[Row]) -> Table:
    return Table(
        name="totals",
        title="各区的数据项",
        description="每区每个数据项一行：全区汇总后的数，清单为合计，成员单位分别填报的为已填单位的合计。",
        fields=(
            DISTRICT,
            ITEM,
            Field(name="value", title="数值", type="number"),
            Field(name="text", title="文字"),
            STATE,
            Field(name="answered", title="计入的单位数", type="integer"),
            Field(name="expected", title="应填的单位数", type="integer"),
        ),
        rows=[{**row, **_typed(row["value"])} for row in rows],
        key=("district", "item"),
        references=(OF_DISTRICT, OF_ITEM),
    )


def _values(rows: Sequence[Row]) -> Table:
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
        rows=[{**row, **_typed(row["value"]), **_place(row)} for row in rows if row["item"] not in PERSONAL],
        references=(OF_DISTRICT, OF_ITEM),
    )


def _findings(rows: Sequence[Row]) -> Table:
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
        rows=[{**row, **_place(row)} for row in rows if row["item"] not in PERSONAL],
        key=("id",),
        references=(OF_DISTRICT,),
    )


def _coverage(rows: Sequence[Row]) -> Table:
    return Table(
        name="coverage",
        title="佐证材料的覆盖",
        description="每区每个二级、三级指标和监测点一行：列出的文档数，其中附件已收到的文档数。",
        fields=(
            DISTRICT,
            Field(name="node", title="指标体系编号", required=True),
            Field(name="documents", title="文档数", type="integer", required=True),
            Field(name="with_attachment", title="附件已收到的文档数", type="integer", required=True),
        ),
        rows=rows,
        key=("district", "node"),
        references=(OF_DISTRICT, OF_NODE),
    )


def _survey(rows: Sequence[Row]) -> Table:
    counts = (
        ("approached", "发放或邀请的人数"),
        ("respondents", "收回的问卷数"),
        ("n", "回答该题的人数"),
        ("favourable", "选择满意选项的人数"),
    )
    numbers = (
        ("response_rate", "回收率（%）"),
        ("answered_rate", "答题率（%）"),
        ("share", "满意的比例（%）"),
        ("share_low", "比例的95%区间下限"),
        ("share_high", "比例的95%区间上限"),
        ("mean", "平均分"),
        ("mean_low", "平均分的95%区间下限"),
        ("mean_high", "平均分的95%区间上限"),
    )
    return Table(
        name="survey",
        title="满意度问卷",
        description="每区每个样本点每题一行；样本点为空的是各点合计。比例的区间用Wilson法。",
        fields=(
            DISTRICT,
            Field(name="site", title="样本点", description="空为各点合计"),
            Field(name="question", title="题目编号", required=True),
            Field(name="label", title="题目", required=True),
            *(Field(name=name, title=title, type="integer") for name, title in counts),
            *(Field(name=name, title=title, type="number") for name, title in numbers),
        ),
        rows=rows,
        references=(OF_DISTRICT,),
    )


def _typed(value: object) -> dict[str, object]:
    is_number = isinstance(value, int | float)
    return {"value": value if is_number else None, "text": None if is_number else value}


def _place(row: Row) -> dict[str, object]:
    name = row["file"]
    return {"file": None if name is None else PurePosixPath(str(name).replace("\\", "/")).name}

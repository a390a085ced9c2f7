"""The tables of the monitoring scheme: what is asked, and what is computed of it. Pure."""

from __future__ import annotations

from xltool.exchange.fields import INDICATOR, ITEM, OF_ITEM, OF_NODE, UNIT_OF_MEASURE
from xltool.exchange.tables import Field, Reference, Table
from xltool.expression import formula_words
from xltool.model.edition import Edition, Level
from xltool.model.entries import MEMBER_UNITS
from xltool.model.naming import OTHER_WORDS


def scheme_tables(edition: Edition) -> tuple[Table, ...]:
    """Framework, items with their columns, and indicators; those that others refer to first."""
    return _framework(edition), _items(edition), _columns(edition), _indicators(edition)


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

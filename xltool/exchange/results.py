"""The tables of what was computed: indicators of this year and last year, and items over a whole district. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from xltool.exchange.fields import (
    DISTRICT,
    INDICATOR,
    ITEM,
    OF_DISTRICT,
    OF_INDICATOR,
    OF_ITEM,
    STATE,
    UNIT_OF_MEASURE,
    VALUE,
    Row,
    typed,
)
from xltool.exchange.tables import Field, Table


def results(rows: Sequence[Row]) -> Table:
    """One row a district and indicator."""
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
            *VALUE,
            STATE,
            Field(name="reason", title="原因"),
            UNIT_OF_MEASURE,
            *(Field(name=name, title=title, type="number") for name, title in numbers),
            *(Field(name=name, title=title, type="integer") for name, title in counts),
            Field(name="rank", title="位次", type="integer", description="1为数值最大；数值相同的位次相同；不代表优劣"),
            Field(name="review_state", title="审核状态"),
        ),
        rows=[{**row, **typed(row["value"])} for row in rows],
        key=("district", "indicator"),
        references=(OF_DISTRICT, OF_INDICATOR),
    )


def last_year(rows: Sequence[Row]) -> Table:
    """The same of the year before, as far as it is known."""
    return Table(
        name="results_last_year",
        title="各区上年的指标",
        description="按本年的公式和市级预填的上年数据计算，数值未经舍入。",
        fields=(
            DISTRICT,
            INDICATOR,
            *VALUE,
            STATE,
            Field(name="reason", title="原因"),
            Field(name="city", title="全市", type="number"),
            Field(name="mean", title="平均值", type="number"),
            Field(name="median", title="中位数", type="number"),
            Field(name="n", title="有数值的区数", type="integer"),
        ),
        rows=[{**row, **typed(row["value"])} for row in rows],
        key=("district", "indicator"),
        references=(OF_DISTRICT, OF_INDICATOR),
    )


def totals(rows: Sequence[Row]) -> Table:
    """One row a district and item."""
    return Table(
        name="totals",
        title="各区的数据项",
        description="每区每个数据项一行：全区汇总后的数，清单为合计，成员单位分别填报的为已填单位的合计。",
        fields=(
            DISTRICT,
            ITEM,
            *VALUE,
            STATE,
            Field(name="answered", title="计入的单位数", type="integer"),
            Field(name="expected", title="应填的单位数", type="integer"),
        ),
        rows=[{**row, **typed(row["value"])} for row in rows],
        key=("district", "item"),
        references=(OF_DISTRICT, OF_ITEM),
    )

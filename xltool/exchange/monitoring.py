"""The tables of what stands beside the figures: coverage by documents, and the survey. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from xltool.exchange.fields import DISTRICT, OF_DISTRICT, OF_NODE, Row
from xltool.exchange.tables import Field, Table


def coverage(rows: Sequence[Row]) -> Table:
    """One row a district and node of the framework."""
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


def survey(rows: Sequence[Row]) -> Table:
    """One row a district, site and question."""
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

"""The columns that several tables have, and what rows hold in them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from xltool.exchange.tables import Field, Reference
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
VALUE = (Field(name="value", title="数值", type="number"), Field(name="text", title="文字"))
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


def typed(value: object) -> dict[str, object]:
    """The fields `value` and `text` of a number or a text."""
    is_number = isinstance(value, int | float)
    return {"value": value if is_number else None, "text": None if is_number else value}


def place(row: Row) -> dict[str, object]:
    """The field `file`: its name without the office's folders."""
    name = row["file"]
    return {"file": None if name is None else PurePosixPath(str(name).replace("\\", "/")).name}

"""The four states of a quantity, in the order that decides (dictionary, "States")."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Missing is never 0; a formula is strict in its operands, in this order: n/a, missing, undefined."""

    VALUE = "value"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"
    UNDEFINED = "undefined"


SHOWN = {State.MISSING: "未填", State.NOT_APPLICABLE: "不适用", State.UNDEFINED: "无法计算"}
"""What people see in place of a number, in workbooks and reports alike."""

NOT_APPLICABLE_WORD = SHOWN[State.NOT_APPLICABLE]
NOTHING_WORD = "无"  # as an entry's name it declares a unit's list empty
AGREED, DISPUTED = "同意", "不同意"  # what a district says to a value from another system
DECLARED = "是"  # in a table's 本表无内容 cell
NOTHING_WORDS = frozenset(
    {"无", "没有", "暂无", "无数据", "暂无数据", "-", "--", "—", "——", "–", "/", "\\", "n/a", "na", "未填"}
)
"""What people write where they have nothing to write (folded); it stands for a blank cell."""

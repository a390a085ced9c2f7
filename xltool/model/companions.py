"""Columns of cells that stand beside values and checks: the names by which layout, intake and checks know them."""

from __future__ import annotations

REMARK = "remark"
PREVIOUS = "previous"  # last year's value
CHANGE = "change"  # from it to this year's
AGREE, RIGHT_VALUE, REASON = "agree", "right_value", "reason"  # of a value from another system
NONE = "none"  # 本表无内容
EXPLANATION = "explanation"  # of a warning; its item is the check
RESULT_STYLE = "result."  # begins the styles of cells that show a figure
TOTAL = "total"  # of a list, or of a figure over the units
VERDICT_STYLE = "verdict"  # of the cell that shows a whole check's verdict, which has no column
TYPED_COUNT, TYPED_SUM = "typed_count", "typed_sum"  # how many inputs are filled, and the sum of the numbers in them

UNTYPED = frozenset({REMARK, PREVIOUS, AGREE, RIGHT_VALUE, REASON, NONE, EXPLANATION})
"""Companions that don't count as typed."""

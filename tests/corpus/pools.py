"""Input cells of the district's workbook by what they take, so that many kinds of content share one workbook."""

from __future__ import annotations

from collections.abc import Mapping

from builders.returns import Address

_ROWS = range(5, 30)


def _column(item: str, column: str) -> tuple[Address, ...]:
    return tuple((item, row, column) for row in _ROWS)


POOLS: Mapping[str, tuple[Address, ...]] = {
    "人": _column("other_elderly_learners", "learners"),
    "人次": _column("activities", "attendance"),
    "万元": _column("special_funds", "budget"),
    "m²": tuple((f"{item}_area", None, None) for item in ("college_floor", "street_school_floor", "science_venue")),
    "万人": (("population_60_plus", None, None), ("registered_elderly", None, None)),
    "%": (("information_literacy_rate", None, "right_value"), ("information_literacy_rate", None, None)),
    "分": (("service_satisfaction_score", None, None),),
    "可填不适用": (("rural_labour_trained", None, None),),
    "日期": _column("event", "date"),
    "文字": _column("event", "summary"),
    "选项": _column("event", "doc_type"),
    "备注": (("school_count", None, "remark"), ("resident_population", None, "remark")),
    "清单名称": _column("special_funds", "fund_name"),
    "无内容": (("minutes", None, "none"), ("publicity", None, "none"), ("publication", None, "none")),
}

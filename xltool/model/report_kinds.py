"""The kinds of Word files that are written: what their templates, files and documents are called."""

from __future__ import annotations

TITLES = {
    "district": "监测分报告",
    "analysis": "数据分析报告",
    "city": "监测报告",
    "notice": "退回修改通知",
    "confirmation": "确认函",
}
"""Kind -> what its files are called; its template has the kind's name."""

KIND_PROPERTY, DISTRICT_PROPERTY, SNAPSHOT_PROPERTY, TEMPLATE_PROPERTY, DUE_PROPERTY = (
    "报告种类",
    "报告的区",
    "数据快照",
    "模板版本",
    "修改期限",
)
"""Properties of a document that say what it is; a template has the first."""

DUE_PASSED = "（已过）"
"""Behind the day in `DUE_PROPERTY` where it had passed already."""

"""Texts about a Word template that staff edited: what is wrong with a tag, and about a report held against its data."""

from __future__ import annotations

TEMPLATE_FAULTS: dict[str, str] = {
    "lone": "有不成对的“{mark}”",
    "syntax": "标签写法有误",
    "unknown_name": "报告中没有这个名称",
    "not_allowed": "标签中有不允许的写法",
    "not_computable": "标签无法计算",
    "unknown_statement": "不认识的语句，只可用for、if、elif、else、endif、endfor",
    "not_closed": "没有对应的结束标签（{expected}）",
    "not_opened": "没有对应的开始标签",
    "other_scope": "开始标签写作“{opened}”，结束标签也应以“{scope}”开头",
    "outside_row": "以“{scope}”开头的标签只能用在表格中",
    "style": "缺少样式“{style}”",
    "caption_missing": "正文引用了一个{kind}，而模板中没有它的题注",
    "caption_doubled": "同一个{kind}的题注出现了两次",
    "layout": "填入内容后不再是有效的Word文档，请核对循环和条件标签的位置",
}
REPORT_DIFFERENCES: dict[str, str] = {
    "changed": "{place}：应为{expected}，文中是{found}",
    "added": "{place}：文中的{found}在原报告中没有",
    "removed": "{place}：原报告中的{expected}在文中没有",
    "indicator": "{district}“{label}”：快照中为{was}，现在为{now}",
    "template": "生成该文件的模板与现在的模板不同，文字和表格可能有出入",
}


def template_fault(code: str, **context: object) -> str:
    """What is wrong with a tag, or with a template as a whole."""
    return TEMPLATE_FAULTS[code].format_map(context)


def report_difference(code: str, **context: object) -> str:
    """How a report differs from what it was made of."""
    return REPORT_DIFFERENCES[code].format_map(context)

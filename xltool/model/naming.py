"""What people call cells, and the operands of formulas and checks."""

from __future__ import annotations

from xltool.model.changes import live_checks
from xltool.model.companions import AGREE, EXPLANATION, NONE, PREVIOUS, REASON, REMARK, RIGHT_VALUE
from xltool.model.edition import Edition
from xltool.model.entries import MEMBER_UNITS
from xltool.model.field import ANSWERS, COUNTS, OPINIONS, SITES, TEXTS, VISIT

COMPANION_WORDS = {
    REMARK: "备注",
    PREVIOUS: "上年值",
    AGREE: "核对",
    RIGHT_VALUE: "正确值",
    REASON: "理由",
    NONE: "本表无内容",
    EXPLANATION: "情况说明",
}
FIELD_WORDS = {
    OPINIONS: "专家意见",
    TEXTS: "总体意见",
    VISIT: "实地监测",
    SITES: "样本情况",
    ANSWERS: "逐份答卷",
    COUNTS: "汇总计数",
}
OTHER_WORDS = {MEMBER_UNITS: "成员单位", "signoff": "填报审核", **FIELD_WORDS}


def cell_label(edition: Edition, item: str, column: str | None) -> str:
    """What a cell holds: an item, a document, a check or the sign-off, and which column or companion of it."""
    named = edition.item_by_id.get(item) or edition.document_by_id.get(item)
    if named is None:
        check = next((check for check in live_checks(edition) if check.id == item), None)
        label = check.label if check is not None else OTHER_WORDS.get(item, item)
    else:
        label = named.label
    columns = {each.id: each.label for each in edition.columns_of(item)} if named is not None else {}
    words = columns.get(column or "") or COMPANION_WORDS.get(column or "")
    return f"{label}：{words}" if words else label


def operand_label(edition: Edition, kind: str, name: str, column: str | None = None) -> str:
    """The label of an item, a total, a number of entries, or last year's value; a constant's name is its own.

    `kind` is the operand's: `item`, `total`, `count`, `previous`.
    """
    item = edition.item_by_id.get(name)
    document = edition.document_by_id.get(name)
    label = item.label if item is not None else document.label if document is not None else name
    if kind == "total" and item is not None and column != item.total:
        label = f"{label}：{next(each.label for each in item.columns if each.id == column)}"
    return {"total": f"{label}合计", "count": f"{label}项数", "previous": f"上年{label}"}.get(kind, label)

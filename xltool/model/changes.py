"""Limits of change from last year as checks, so that the workbook and the returned file judge one rule."""

from __future__ import annotations

from xltool import messages
from xltool.model.comparison import ChangeLimit
from xltool.model.edition import Check, Edition, Item, Level, Scope
from xltool.model.numbers import shown
from xltool.model.quantity import count_key

CODE = "large_change"


def change_check(limit: ChangeLimit, edition: Edition) -> Check:
    """The limit as a check of a district, its message with the places where the two values go."""
    item = edition.item_by_id[limit.item]
    value = f"count_{item.id}" if limit.operand == count_key(item.id) else item.id
    measure = item.unit_of_measure or ""
    _, message, action = messages.finding(
        CODE,
        label=item.label,
        value=f"{{{value}}}",
        previous=f"{{previous_{item.id}}}",
        unit_of_measure=measure,
        place="",
        change=messages.reason(
            "change_beyond", share=shown(limit.relative * 100), least=f"{shown(limit.absolute)}{measure}"
        ),
    )
    return Check(
        id=limit.id,
        scope=Scope.DISTRICT,
        severity=limit.severity,
        label=messages.reason("change_rule", label=item.label),
        why=messages.reason("change_why"),
        expression=limit.expression,
        message=message,
        action=action,
        trial=limit.trial,
    )


def in_one_file(item: Item) -> bool:
    """Whether a workbook that asks for the item holds the whole figure; others are the sum of several."""
    return item.level is not Level.EACH_UNIT


def live_checks(edition: Edition) -> tuple[Check, ...]:
    """What a workbook judges by itself: checks, then limits of change; trial rules are the office's alone."""
    limits = (limit for limit in edition.comparisons.changes if in_one_file(edition.item_by_id[limit.item]))
    rules = (*edition.checks, *(change_check(limit, edition) for limit in limits))
    return tuple(check for check in rules if not check.trial)

"""What inputs take: slots from items and columns, and the formula that says whether a cell's content is right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from xltool.layout.sheet import text_literal
from xltool.model.companions import EXPLANATION, NONE, REMARK
from xltool.model.edition import Column, Item, Rules
from xltool.model.numbers import serial, shown
from xltool.model.plan import ListRef, PlanList, Slot
from xltool.model.states import DECLARED, NOT_APPLICABLE_WORD
from xltool.model.wording import expected

CELL = "{cell}"  # in a slot's condition
DECLARED_LIST = "declared"
PAIR = "|"  # between a parent and its value
REMARK_SLOT = Slot(
    id=REMARK,
    label="备注",
    type="text",
    rules=Rules(type="text", required=False, maxlength=500),
    prompt="可不填。需要说明的情况写在这里，不超过500个字。",
)
EXPLANATION_SLOT = Slot(
    id=EXPLANATION,
    label="情况说明",
    type="text",
    rules=Rules(type="text", required=False, maxlength=500),
    prompt="本项提醒确实无误的，写明原因，不超过500个字；已改正的，不需要填写。",
)
NONE_SLOT = Slot(
    id=NONE,
    label="本表无内容",
    type="choice",
    rules=Rules(type="choice", required=False, allowed=(DECLARED,)),
    choices=ListRef(name=DECLARED_LIST),
    prompt="确实没有内容可填时选“是”；填写了内容的，请留空。",
)


def item_slot(item: Item) -> Slot:
    """The slot of a single value."""
    if item.rules is None:
        raise ValueError(item.id)
    text = _sentence("请填", expected(item.rules, item.unit_of_measure, not_applicable=item.not_applicable))
    return with_condition(
        Slot(
            id=item.id,
            label=item.label,
            type=item.rules.type,
            rules=item.rules,
            unit_of_measure=item.unit_of_measure,
            not_applicable=item.not_applicable,
            prompt=text + _sentence("", item.guidance),
        )
    )


def column_slot(table: str, column: Column) -> Slot:
    """The slot of a table's column."""
    choices = None
    if column.choices is not None:
        choices = ListRef(name=column.choices.list, depends_on=column.choices.depends_on)
    verb = "请填" if column.rules.required else "可不填；填写时请填"
    return with_condition(
        Slot(
            id=f"{table}.{column.id}",
            label=column.label,
            type=column.rules.type,
            rules=column.rules,
            unit_of_measure=column.unit_of_measure,
            choices=choices,
            prompt=_sentence(verb, expected(column.rules, column.unit_of_measure)) + _sentence("", column.guidance),
        )
    )


def with_condition(slot: Slot) -> Slot:
    """The slot with a custom validation, where numbers may be a word, or tags must be looked at one by one."""
    if not slot.not_applicable and slot.rules.tags is None:
        return slot
    return replace(slot, condition=valid(slot, CELL, {}))


def valid(slot: Slot, cell: str, lists: Mapping[str, PlanList], parent: str | None = None) -> str:
    """A condition (no `=`) that holds where a filled cell's content is admissible; never an error value."""
    if slot.type in ("integer", "number", "date"):
        condition = f"IF(ISNUMBER({cell}),{_in_range(slot, cell)},FALSE)"
        return f"OR({cell}={text_literal(NOT_APPLICABLE_WORD)},{condition})" if slot.not_applicable else condition
    if slot.choices is not None:
        return _in_list(lists[slot.choices.name], cell, parent)
    if slot.rules.tags is not None:
        return tags_fit(cell, slot.rules.tags)
    return "TRUE" if slot.rules.maxlength is None else f"LEN({cell})<={slot.rules.maxlength}"


def tags_fit(cell: str, limit: int) -> str:
    """No `limit`+1 letters stand together without a space, ordinary or full-width, between them."""
    window = f'SUBSTITUTE(SUBSTITUTE(MID({cell},ROW($1:$255),{limit + 1})," ",""),"　","")'
    return f"SUMPRODUCT(--(LEN({window})>{limit}))=0"


def number_literal(value: float | dt.date) -> str:
    """A number or date inside a formula."""
    return shown(serial(value) if isinstance(value, dt.date) else value)


def wanted(slot: Slot) -> str:
    """What the cell should hold, in words."""
    return expected(slot.rules, slot.unit_of_measure, not_applicable=slot.not_applicable)


def _in_range(slot: Slot, cell: str) -> str:
    conditions = []
    if slot.rules.min is not None:
        conditions.append(f"{cell}>={number_literal(slot.rules.min)}")
    if slot.rules.max is not None:
        conditions.append(f"{cell}<={number_literal(slot.rules.max)}")
    if slot.type != "number":
        conditions.append(f"{cell}=INT({cell})")
    return f"AND({','.join(conditions)})" if conditions else "TRUE"


def _in_list(choices: PlanList, cell: str, parent: str | None) -> str:
    if parent is not None:
        belongs = f'MATCH({parent}&"{PAIR}"&{cell},{choices.pairs},0)'
        return f'ISNUMBER(IF({parent}="",MATCH({cell},{choices.any_parent},0),{belongs}))'
    return f"ISNUMBER(MATCH({cell},{choices.formula.removeprefix('=')},0))"


def _sentence(verb: str, text: str) -> str:
    return f"{verb}{text.rstrip('。')}。" if text else ""

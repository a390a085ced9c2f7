"""Sheets of single values: the base table, one sheet a second-level indicator, a member unit's own figures."""

from __future__ import annotations

from collections.abc import Sequence

from xltool.layout.draft import LEFT_TO_UNITS, MISSING, WRONG, Draft, Summary, heading
from xltool.layout.sentences import first_of
from xltool.layout.sheet import Sheet, absolute_a1, quoted, span, text_literal
from xltool.layout.slots import REMARK, REMARK_SLOT, item_slot, valid, wanted
from xltool.model.edition import Item
from xltool.model.plan import Slot, a1

HEADER_ROW = 3
FIRST_ROW = 4
NUMBER, LABEL, UNIT, VALUE, CHECK, REMARK_COL, RESPONSIBLE, SOURCE = range(1, 9)
HEADS = ("序号", "数据项", "计量单位", "填报值", "自查", "备注", "责任单位", "数据来源和填报说明")
CHECK_COLUMN = "check"
WIDTHS = (6, 34, 10, 16, 24, 18, 15, 40)


def scalar_sheet(draft: Draft, name: str, title: str, block: str, items: Sequence[Item]) -> None:
    """One row an item: label, unit, value, what is wrong with it, remark, who answers, source and guidance."""
    sheet = Sheet(name=name, widths=WIDTHS, freeze=(FIRST_ROW, VALUE), repeat_rows=(HEADER_ROW, HEADER_ROW))
    heading(sheet, title)
    sheet.key_row(HEADER_ROW - 1, block, ((VALUE, "value"), (REMARK_COL, REMARK)))
    for col, text in enumerate(HEADS, start=1):
        sheet.label(HEADER_ROW, col, text, "head")
    for number, item in enumerate(items, start=1):
        _item_row(draft, sheet, number, item)
    last = FIRST_ROW + len(items) - 1
    area = span((FIRST_ROW, CHECK), (last, CHECK))
    checks = f"{quoted(name)}!{area}"
    top = a1(FIRST_ROW, CHECK)
    sheet.formats.append((area, f'{top}="{MISSING}"', "open"))
    sheet.formats.append((area, f'LEFT({top},1)="{WRONG}"', "bad"))
    sheet.formats.append((area, f'LEFT({top},2)="{LEFT_TO_UNITS}"', "quiet"))
    own = [item for item in items if item.rules is not None and item.rules.required and not draft.left_to_units(item)]
    summary = Summary(
        sheet=name,
        what=title,
        required=len(own),
        missing=f'COUNTIF({checks},"{MISSING}")',
        wrong=f'COUNTIF({checks},"{WRONG}*")',
        left=f'COUNTIF({checks},"{LEFT_TO_UNITS}*")',
    )
    draft.summaries.append(summary)
    draft.sheets.append(sheet)


def _item_row(draft: Draft, sheet: Sheet, number: int, item: Item) -> None:
    row = FIRST_ROW + number - 1
    slot = item_slot(item)
    sheet.key(row, item.id)
    sheet.label(row, NUMBER, str(number), "label.center", item=item.id)
    required = "" if slot.rules.required else "（可不填）"
    sheet.label(row, LABEL, item.label + required, item=item.id)
    sheet.label(row, UNIT, item.unit_of_measure or "", "label.center", item=item.id)
    draft.place_input(sheet, (row, VALUE), slot, (item.id, None, None))
    blank, wrong = blank_text(draft, item), f"{WRONG}填{wanted(slot)}"
    shown = state(slot, absolute_a1(row, VALUE), (blank, wrong), draft)
    sheet.formula(row, CHECK, f"={shown}", "check", item=item.id, column=CHECK_COLUMN)
    sheet.grow(row, wrong, sheet.width(CHECK), "check")
    draft.place_input(sheet, (row, REMARK_COL), REMARK_SLOT, (item.id, None, REMARK))
    sheet.label(row, RESPONSIBLE, item.responsible, "small", item=item.id)
    source = "\n".join(text for text in (item.source and f"来源：{item.source}", item.guidance) if text)
    sheet.label(row, SOURCE, source, "small", item=item.id)
    draft.addresses[item.id] = sheet.address(row, VALUE)


def blank_text(draft: Draft, item: Item) -> str:
    """What a single value's own check says while the cell is blank."""
    if draft.left_to_units(item):
        return f"{LEFT_TO_UNITS}{item.responsible}填报"
    return MISSING if item.rules is not None and item.rules.required else ""


def state(slot: Slot, cell: str, texts: tuple[str, str], draft: Draft) -> str:
    """A formula (no `=`): the first of `texts` where the cell is blank, the second where it is wrong, else nothing."""
    blank, wrong = (text_literal(text) for text in texts)
    cases = ((f"ISERROR({cell})", wrong), (f'{cell}=""', blank), (valid(slot, cell, draft.lists), '""'))
    return first_of(cases, wrong)

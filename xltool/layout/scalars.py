"""Sheets of single values: the base table, one sheet a second-level indicator, a member unit's own figures."""

from __future__ import annotations

from collections.abc import Sequence

from xltool.expression.excel import VIOLATED
from xltool.layout.draft import (
    DOUBTFUL,
    FAULTY,
    LEFT_TO_UNITS,
    MISSING,
    WRONG,
    Draft,
    Single,
    Summary,
    heading,
)
from xltool.layout.sentences import first_of
from xltool.layout.sheet import Sheet, quoted, span, text_literal
from xltool.layout.slots import REMARK_SLOT, item_slot, valid, wanted
from xltool.model.companions import PREVIOUS, REMARK
from xltool.model.edition import Item, Severity
from xltool.model.entries import NUMERIC
from xltool.model.plan import Slot, a1, absolute_a1
from xltool.model.quantity import previous_key

HEADER_ROW = 3
FIRST_ROW = 4
NUMBER, LABEL, UNIT, VALUE, LAST_YEAR, CHANGED, CHECK, REMARK_COL, RESPONSIBLE, SOURCE, STATE = range(1, 12)
HEADS = ("序号", "数据项", "计量单位", "填报值", "上年值", "增减", "自查", "备注", "责任单位", "数据来源和填报说明")
CHECK_COLUMN, STATE_COLUMN = "check", "state"
WIDTHS = (6, 32, 10, 15, 12, 9, 24, 16, 14, 34)
PERCENT = "%"
FRACTION = f"{DOUBTFUL}：应按百分数填写，如百分之八十五填85"


def scalar_sheet(draft: Draft, name: str, title: str, block: str, items: Sequence[Item]) -> None:
    """One row an item: label, unit, value, last year's, what is wrong with it, remark, who answers, guidance."""
    sheet = Sheet(name=name, widths=WIDTHS, freeze=(FIRST_ROW, VALUE), repeat_rows=(HEADER_ROW, HEADER_ROW))
    heading(sheet, title)
    sheet.key_row(HEADER_ROW - 1, block, ((VALUE, "value"), (LAST_YEAR, PREVIOUS), (REMARK_COL, REMARK)))
    for col, text in enumerate(HEADS, start=1):
        whose = col == RESPONSIBLE and draft.from_units is not None
        sheet.label(HEADER_ROW, col, f"{text}\n和填报情况" if whose else text, "head")
    for number, item in enumerate(items, start=1):
        _item_row(draft, sheet, number, item)
    sheet.hidden_cols.append(STATE)
    last = FIRST_ROW + len(items) - 1
    sheet.filtered = (HEADER_ROW, NUMBER, last, SOURCE)
    _formats(sheet, last)
    states = f"{quoted(name)}!{span((FIRST_ROW, STATE), (last, STATE))}"
    own = [item for item in items if item.rules is not None and item.rules.required and not draft.left_to_units(item)]
    summary = Summary(
        sheet=name,
        what=title,
        required=len(own),
        missing=f'COUNTIF({states},"{MISSING}")',
        wrong=f'COUNTIF({states},"{WRONG}*")',
        left=f'COUNTIF({states},"{LEFT_TO_UNITS}*")',
    )
    draft.typed.append(f"{quoted(name)}!{span((FIRST_ROW, VALUE), (last, VALUE))}")
    draft.summaries.append(summary)
    draft.sheets.append(sheet)


def _formats(sheet: Sheet, last: int) -> None:
    """Marks on the values and on what is said of them; the texts of `mark_single` begin in the same ways."""
    said = a1(FIRST_ROW, CHECK)
    beginnings = ((MISSING, "open"), (DOUBTFUL, "open"), (WRONG, "bad"), (FAULTY, "bad"))
    for col in (VALUE, CHECK):
        area = span((FIRST_ROW, col), (last, col))
        at = said if col == CHECK else f"${said}"
        sheet.formats += [(area, f'LEFT({at},{len(text)})="{text}"', style) for text, style in beginnings]
    area = span((FIRST_ROW, CHECK), (last, CHECK))
    sheet.formats.append((area, f'LEFT({said},{len(LEFT_TO_UNITS)})="{LEFT_TO_UNITS}"', "quiet"))


def _item_row(draft: Draft, sheet: Sheet, number: int, item: Item) -> None:
    row = FIRST_ROW + number - 1
    slot = item_slot(item)
    sheet.key(row, item.id)
    sheet.label(row, NUMBER, str(number), "label.center", item=item.id)
    required = "" if slot.rules.required else "（可不填）"
    sheet.label(row, LABEL, item.label + required, item=item.id)
    sheet.label(row, UNIT, item.unit_of_measure or "", "label.center", item=item.id)
    draft.place_input(sheet, (row, VALUE), slot, (item.id, None, None))
    _last_year(draft, sheet, row, item)
    blank, wrong = blank_text(draft, item), f"{WRONG}填{wanted(slot)}"
    shown = state(slot, absolute_a1(row, VALUE), (blank, wrong), draft)
    sheet.formula(row, STATE, f"={shown}", "key", item=item.id, column=STATE_COLUMN)
    sheet.grow(row, wrong, sheet.width(CHECK), "check")
    draft.place_input(sheet, (row, REMARK_COL), REMARK_SLOT, (item.id, None, REMARK))
    sheet.label(row, RESPONSIBLE, responsible_text(draft, item), "small", item=item.id)
    source = "\n".join(text for text in (item.source and f"来源：{item.source}", item.guidance) if text)
    sheet.label(row, SOURCE, source, "small", item=item.id)
    draft.addresses[item.id] = sheet.address(row, VALUE)
    draft.singles[item.id] = Single(sheet=sheet, row=row, state=a1(row, STATE))


def _last_year(draft: Draft, sheet: Sheet, row: int, item: Item) -> None:
    """Last year's value and the change from it; texts have neither."""
    slot = item_slot(item)
    if slot.type not in NUMERIC:
        for col in (LAST_YEAR, CHANGED):
            sheet.label(row, col, "—", "label.center")
        return
    draft.place_previous(sheet, (row, LAST_YEAR), slot, item.id)
    draft.place_change(sheet, (row, CHANGED), (a1(row, VALUE), a1(row, LAST_YEAR)), item.id)
    draft.addresses[previous_key(item.id)] = sheet.address(row, LAST_YEAR)


def mark_single(single: Single, verdicts: Sequence[tuple[str, Severity, int]], item: str) -> None:
    """Say beside a value what is wrong with it: by itself, else the checks that it fails.

    `verdicts`: (cell of the verdict, severity, number of the line) on the self-check sheet, errors first.
    """
    ways = {Severity.ERROR: f"{FAULTY}，见“自查”第", Severity.WARNING: f"{DOUBTFUL}，见“自查”第"}
    cases = [(f'{single.state}<>""', single.state)]
    for cell, severity, number in verdicts:
        text = ways.get(severity, ways[Severity.WARNING]) + f"{number}项"
        cases.append((f'{cell}="{VIOLATED}"', text_literal(text)))
    live = f"={first_of(cases, text_literal(''))}"
    single.sheet.formula(single.row, CHECK, live, "check", item=item, column=CHECK_COLUMN)


def responsible_text(draft: Draft, item: Item) -> str:
    """Who answers; where the workbook is made from the units' returns, also whether and when the unit did."""
    said = draft.from_units.said_of(item.id) if draft.from_units is not None and draft.left_to_units(item) else None
    return said or item.responsible


def blank_text(draft: Draft, item: Item) -> str:
    """What a single value's own check says while the cell is blank."""
    if draft.left_to_units(item):
        return f"{LEFT_TO_UNITS}{item.responsible}填报"
    return MISSING if item.rules is not None and item.rules.required else ""


def state(slot: Slot, cell: str, texts: tuple[str, str], draft: Draft) -> str:
    """A formula (no `=`): the first of `texts` where the cell is blank, the second where it is wrong, else nothing.

    Where the item may be not applicable, the words for nothing mean that; else they are nothing.
    """
    blank, wrong = (text_literal(text) for text in texts)
    nothing = f"SUMPRODUCT(--({draft.nothing}={cell}))>0"
    right = [(valid(slot, cell, draft.lists), '""')]
    if slot.unit_of_measure == PERCENT and slot.type in NUMERIC:
        fraction = f"AND({cell}>0,{cell}<=1)"
        right.insert(0, (f"IF(ISNUMBER({cell}),{fraction},FALSE)", text_literal(FRACTION)))
    cases = (
        (f"ISERROR({cell})", wrong),
        (f'{cell}=""', blank),
        (nothing, '""' if slot.not_applicable else blank),
        *right,
    )
    return first_of(cases, wrong)

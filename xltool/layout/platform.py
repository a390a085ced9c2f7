"""Values of other systems (平台数据核对): the district agrees, or says the right value and why."""

from __future__ import annotations

from dataclasses import replace

from xltool.layout.draft import AGREE_LIST, WRONG, Draft, Summary, heading
from xltool.layout.sentences import first_of
from xltool.layout.sheet import Sheet, quoted, span, text_literal
from xltool.layout.slots import item_slot, valid, wanted
from xltool.model.companions import AGREE, REASON, RIGHT_VALUE
from xltool.model.edition import Item, Level, Rules
from xltool.model.plan import CellKind, ListRef, Slot, a1
from xltool.model.states import AGREED, DISPUTED

SHEET = "平台数据核对"
NOTE = (
    "由市级从其他系统取得的数据已填入各表并锁定。没有异议的，本表不用填写；有异议的，请选“不同意”，"
    "并填写正确值和理由，由市级核定后采用。没有预填的数据，请在所在工作表中填写。"
)
NOTE_ROW, KEYS, HEADER_ROW, FIRST_ROW = range(2, 6)
NUMBER, LABEL, UNIT, VALUE, SOURCE, AGREES, RIGHT, WHY, CHECK = range(1, 10)
HEADS = ("序号", "数据项", "计量单位", "预填或填报值", "数据来源", "核对", "正确值", "理由", "自查")
WIDTHS = (6, 36, 10, 16, 26, 10, 16, 30, 28)
AGREE_SLOT = Slot(
    id=AGREE,
    label="核对",
    type="choice",
    rules=Rules(type="choice", required=False, allowed=(AGREED, DISPUTED)),
    choices=ListRef(name=AGREE_LIST),
    prompt=f"对预填的数据有异议时选“{DISPUTED}”，并填写正确值和理由。",
)
REASON_SLOT = Slot(
    id=REASON,
    label="理由",
    type="text",
    rules=Rules(type="text", required=False, maxlength=500),
    prompt="写明数据来源和不同意的理由，不超过500个字。",
)


def platform_sheet(draft: Draft) -> None:
    """One row an item of other systems; no sheet where the edition has none."""
    items = [item for item in draft.items if item.level is Level.PLATFORM and item.id in draft.singles]
    if not items:
        return
    sheet = Sheet(name=SHEET, widths=WIDTHS, freeze=(FIRST_ROW, UNIT), repeat_rows=(HEADER_ROW, HEADER_ROW))
    heading(sheet, SHEET)
    sheet.wide_label(NOTE_ROW, (1, sheet.last_col), NOTE, "note")
    sheet.key_row(KEYS, "platform", ((AGREES, AGREE), (RIGHT, RIGHT_VALUE), (WHY, REASON)))
    for col, text in enumerate(HEADS, start=1):
        sheet.label(HEADER_ROW, col, text, "head")
    for number, item in enumerate(items, start=1):
        _row(draft, sheet, number, item)
    last = FIRST_ROW + len(items) - 1
    area = span((FIRST_ROW, CHECK), (last, CHECK))
    sheet.formats.append((area, f'{a1(FIRST_ROW, CHECK)}<>""', "bad"))
    wrong = f'COUNTIF({quoted(SHEET)}!{area},"{WRONG}*")'
    draft.summaries.append(Summary(sheet=SHEET, what=SHEET, required=0, wrong=wrong))
    draft.sheets.append(sheet)


def _row(draft: Draft, sheet: Sheet, number: int, item: Item) -> None:
    row = FIRST_ROW + number - 1
    slot = item_slot(item)
    right = replace(slot, id=f"{slot.id}.{RIGHT_VALUE}", label="正确值", rules=replace(slot.rules, required=False))
    sheet.key(row, f"platform#{item.id}")
    sheet.label(row, NUMBER, str(number), "label.center")
    sheet.label(row, LABEL, item.label, item=item.id)
    sheet.label(row, UNIT, item.unit_of_measure or "", "label.center", item=item.id)
    own = draft.addresses[item.id]
    sheet.formula(row, VALUE, f'=IF({own}="","",{own})', f"result.{_shown_as(slot)}")
    sheet.put(row, SOURCE, CellKind.LABEL, "small", bound=f"source.{item.id}")
    draft.place_input(sheet, (row, AGREES), AGREE_SLOT, (item.id, None, AGREE))
    draft.place_input(sheet, (row, RIGHT), right, (item.id, None, RIGHT_VALUE))
    draft.place_input(sheet, (row, WHY), REASON_SLOT, (item.id, None, REASON))
    agrees, value, why, source = (a1(row, col) for col in (AGREES, RIGHT, WHY, SOURCE))
    disputed = f"{agrees}={text_literal(DISPUTED)}"
    cases = (
        (
            f'AND({source}="",{agrees}&{value}&{why}<>"")',
            text_literal(f"{WRONG}留空：本项没有预填，请在所在工作表中填写"),
        ),
        (f'AND({disputed},OR({value}="",{why}=""))', text_literal(f"{WRONG}填写正确值和理由")),
        (f'AND(NOT({disputed}),{value}&{why}<>"")', text_literal(f"{WRONG}选“{DISPUTED}”，或删去正确值和理由")),
        (
            f'IF({value}="",FALSE,NOT({valid(right, value, draft.lists)}))',
            text_literal(f"{WRONG}填{wanted(right)}"),
        ),
    )
    judged = first_of(cases, text_literal(""))
    text = f'=IFERROR({judged},"{WRONG}删去显示错误的内容")'
    sheet.formula(row, CHECK, text, "check", item=item.id, column=AGREE + ".check")


def _shown_as(slot: Slot) -> str:
    return {"integer": "integer", "number": "number"}.get(slot.type, "text")

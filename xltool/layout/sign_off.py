"""The sign-off sheet (填报审核): who filled the workbook in, who reviewed it with which opinion, and the seal."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xltool.layout.draft import Draft, owner_row
from xltool.layout.sheet import Sheet
from xltool.model.edition import Rules
from xltool.model.plan import Slot
from xltool.model.wording import expected

SHEET = "填报审核"
SIGN_OFF = "signoff"
KEYS, FIRST_ROW = 3, 4
STEP, LABEL, VALUE, HINT = range(1, 5)
WIDTHS = (16, 16, 46, 30)
OPINION_HEIGHT, SEAL_HEIGHT, LINE_HEIGHT = 96.0, 130.0, 30.0
DATES = (dt.date(2020, 1, 1), dt.date(2099, 12, 31))
DATE_HINT = "按年-月-日填写"
NAME_LENGTH, OPINION_LENGTH = 50, 500
NOTE = "填写完成后由填报人签署，再依次初审、复审；审核不通过的，退回填报人修改。本表打印后盖章，与电子表格一并报送。"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the form; `kind` is name, date or opinion."""

    column: str
    step: str
    label: str
    kind: str
    hint: str


LINES = (
    Line("filler", "填报", "填报人", "name", "统计员姓名"),
    Line("filled_on", "填报", "填报日期", "date", DATE_HINT),
    Line("first_opinion", "初审", "初审意见", "opinion", "写明“同意”或需要修改之处"),
    Line("first_reviewer", "初审", "初审人", "name", "联络员姓名"),
    Line("first_date", "初审", "初审日期", "date", DATE_HINT),
    Line("second_opinion", "复审", "复审意见", "opinion", "写明“同意”或需要修改之处"),
    Line("second_reviewer", "复审", "复审人", "name", "复审人姓名"),
    Line("second_date", "复审", "复审日期", "date", DATE_HINT),
    Line("head", "签发", "负责人", "name", "单位负责人姓名"),
)


def sign_off_sheet(draft: Draft) -> None:
    """A form, one input a line."""
    sheet = Sheet(name=SHEET, widths=WIDTHS, landscape=False)
    sheet.wide_label(0, (1, sheet.last_col), "填报审核表", "title")
    owner_row(sheet)
    sheet.wide_label(2, (1, sheet.last_col), NOTE, "note")
    sheet.key_row(KEYS, SIGN_OFF, ((VALUE, "value"),))
    for row, line in enumerate(LINES, start=FIRST_ROW):
        sheet.key(row, f"{SIGN_OFF}#{line.column}")
        sheet.label(row, LABEL, line.label, "head", item=SIGN_OFF, column=line.column)
        draft.place_input(sheet, (row, VALUE), slot(line), (SIGN_OFF, None, line.column))
        sheet.label(row, HINT, line.hint, "small")
        sheet.heights[row] = OPINION_HEIGHT if line.kind == "opinion" else LINE_HEIGHT
    _steps(sheet)
    last = FIRST_ROW + len(LINES)
    sheet.label(last, STEP, "盖章", "head")
    sheet.wide_label(last, (LABEL, HINT), "（单位公章）", "sign")
    sheet.heights[last] = SEAL_HEIGHT
    draft.sheets.append(sheet)


def slot(line: Line) -> Slot:
    """What a line of the form takes; nothing of it is required while figures are being collected."""
    if line.kind == "date":
        rules = Rules(type="date", required=False, min=DATES[0], max=DATES[1])
        prompt = f"请填{expected(rules)}。"
    else:
        length = OPINION_LENGTH if line.kind == "opinion" else NAME_LENGTH
        rules = Rules(type="text", required=False, maxlength=length)
        prompt = f"请填{line.hint}。" if line.kind == "name" else f"请{line.hint}，不超过{length}个字。"
    return Slot(id=f"{SIGN_OFF}.{line.column}", label=line.label, type=rules.type, rules=rules, prompt=prompt)


def _steps(sheet: Sheet) -> None:
    """The step's name beside its lines."""
    steps: dict[str, list[int]] = {}
    for row, line in enumerate(LINES, start=FIRST_ROW):
        steps.setdefault(line.step, []).append(row)
    for step, rows in steps.items():
        sheet.label(rows[0], STEP, step, "head")
        sheet.merge(rows[0], STEP, rows[-1], STEP)

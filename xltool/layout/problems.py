"""The sheet of a marked workbook that lists what must be put right, each line with a way to its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from xltool.layout.draft import COVER
from xltool.layout.sheet import Sheet
from xltool.model.marking import PROBLEM_SHEET, SYMBOLS, Anchor, Problem
from xltool.model.plan import Plan, PlanCell, a1
from xltool.model.severity import SEVERITY_WORDS, Severity

NUMBER, KIND, PLACE, WHAT, FOUND, EXPECTED, ACTION = range(1, 8)
HEADS = ("序号", "性质", "位置", "问题", "填写内容", "应填", "处理办法")
WIDTHS = (6, 9, 20, 44, 18, 32, 36)
NOTE_ROW, HEADER_ROW, FIRST_ROW = 2, 3, 4
NOTE = (
    f"{SYMBOLS[Severity.ERROR]}错误必须改正；{SYMBOLS[Severity.WARNING]}提醒请改正，确实无误的请在“自查”表的“情况说明”中写明原因；"
    f"{SYMBOLS[Severity.HINT]}提示请核对。点击位置可直接打开；有问题的单元格加有粗框和批注。"
    "请在本工作簿中改正后重新报送，其他内容不必重填。本表只列读取时的问题，改正后不会自动消失。"
)


def with_problems(plan: Plan, problems: Sequence[Problem], whose: str) -> Plan:
    """The plan with the problem sheet behind the cover; `whose` names the return.

    The digest stays that of the issued plan: it is still that workbook that is filled in and comes back.
    """
    sheet = Sheet(name=PROBLEM_SHEET, widths=WIDTHS, freeze=(FIRST_ROW, WHAT), repeat_rows=(HEADER_ROW, HEADER_ROW))
    sheet.wide_label(0, (1, sheet.last_col), f"退回修改的问题（{whose}）", "title")
    sheet.wide_label(1, (1, sheet.last_col - 1), f"共{len(problems)}个问题", "plain")
    sheet.label(1, sheet.last_col, "返回封面", "link", link=COVER)
    sheet.wide_label(NOTE_ROW, (1, sheet.last_col), NOTE, "note")
    for col, text in enumerate(HEADS, start=1):
        sheet.label(HEADER_ROW, col, text, "head")
    for number, problem in enumerate(problems, start=1):
        _line(sheet, number, problem, plan.inputs)
    sheet.filtered = (HEADER_ROW, NUMBER, HEADER_ROW + max(len(problems), 1), ACTION)
    first, *others = plan.sheets
    return replace(plan, sheets=(first, sheet.plan(), *others))


def _line(sheet: Sheet, number: int, problem: Problem, inputs: Mapping[Anchor, tuple[str, PlanCell]]) -> None:
    row = HEADER_ROW + number
    sheet.label(row, NUMBER, str(number), "label.center")
    sheet.label(row, KIND, f"{SYMBOLS[problem.severity]}{SEVERITY_WORDS[problem.severity]}", "label.center")
    place = inputs.get(problem.anchor) if problem.anchor is not None else None
    if place is None:
        sheet.label(row, PLACE, "涉及多处", "label")
    else:
        name, at = place[0], a1(place[1].row, place[1].col)
        sheet.label(row, PLACE, f"{name}!{at}", "link.cell", link=name, target=at)
    for col, text in ((WHAT, problem.message), (FOUND, problem.raw), (EXPECTED, problem.expected)):
        sheet.label(row, col, text or "", "label")
    sheet.label(row, ACTION, problem.action, "label")

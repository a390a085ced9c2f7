"""The self-check sheet: what is missing on each sheet, and every check that this workbook can judge, live."""

from __future__ import annotations

from xltool.expression import operands, parse
from xltool.expression.excel import HOLDS, OPEN, VIOLATED, check_formula
from xltool.layout.draft import FAULTY, READY, SELF_CHECK, UNFINISHED, Draft, Summary, owner_row
from xltool.layout.members import SHEET as MEMBER_SHEET
from xltool.layout.sentences import first_of, literals, live_text
from xltool.layout.sheet import Sheet, absolute_a1, span, text_literal
from xltool.model.edition import Check, Item, Level, Scope, Severity
from xltool.model.plan import a1
from xltool.model.quantity import count_key, total_key
from xltool.model.states import NOT_APPLICABLE_WORD

STATUS_ROW, STATUS_COL = 2, 3
FIRST_SUMMARY = 5
NUMBER, WHAT, REQUIRED, FILLED, MISSING_COL, WRONG_COL, LEFT_COL, TEXT = range(1, 9)
KIND, RESULT, PLACE = REQUIRED, FILLED, MISSING_COL
WIDTHS = (6, 50, 12, 12, 11, 11, 13, 62)
SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.HINT: "提示"}
SUMMARY_HEADS = ("序号", "工作表", "应填项", "已填项", "未填项", "有误处", "可由成员\n单位填报", "情况")
NOTE = "“错误”必须改正；“提醒”请改正，确实无误的请在相应的备注中说明；“提示”请核对。"
Rows = tuple[int, int]


def self_check_sheet(draft: Draft) -> None:
    """Status on top, then a line a sheet, then a line a check."""
    sheet = Sheet(name=SELF_CHECK, widths=WIDTHS)
    sheet.wide_label(0, (1, sheet.last_col), "填报自查", "title")
    owner_row(sheet)
    last = FIRST_SUMMARY + len(draft.summaries) - 1
    sheet.wide_label(FIRST_SUMMARY - 2, (1, sheet.last_col), "一、各工作表填报情况", "section")
    for col, text in enumerate(SUMMARY_HEADS, start=1):
        sheet.label(FIRST_SUMMARY - 1, col, text, "head")
    for number, summary in enumerate(draft.summaries, start=1):
        _summary_row(sheet, number, summary)
    checks = [check for check in draft.edition.checks if _judged(draft, check)]
    header = last + 4
    sheet.wide_label(last + 2, (1, sheet.last_col), "二、核对结果", "section")
    sheet.wide_label(last + 3, (1, sheet.last_col), NOTE, "note")
    _check_heads(sheet, header)
    for number, check in enumerate(checks, start=1):
        _check_row(draft, sheet, (header + number, number), check)
    verdicts = (header + 1, header + max(len(checks), 1))
    _status(sheet, (FIRST_SUMMARY, last), verdicts)
    _formats(sheet, (FIRST_SUMMARY, last), verdicts)
    draft.sheets.append(sheet)


def _summary_row(sheet: Sheet, number: int, summary: Summary) -> None:
    row = FIRST_SUMMARY + number - 1
    sheet.label(row, NUMBER, str(number), "label.center")
    sheet.label(row, WHAT, summary.sheet, "link.cell", link=summary.sheet)
    missing, wrong, left = (a1(row, col) for col in (MISSING_COL, WRONG_COL, LEFT_COL))
    for col, text in (
        (REQUIRED, f"={summary.required}"),
        (FILLED, f"={a1(row, REQUIRED)}-{missing}"),
        (MISSING_COL, f"={summary.missing}"),
        (WRONG_COL, f"={summary.wrong}"),
        (LEFT_COL, f"={summary.left}"),
    ):
        sheet.formula(row, col, text, "count")
    cases = (
        (f"{wrong}>0", f'"有"&{wrong}&"处需要改正，见该表“自查”列"'),
        (f"{missing}>0", f'"尚有"&{missing}&"项未填"'),
        (f"{left}>0", '"其余可由成员单位填报"'),
        (f"{summary.entries}>0", f'"已列"&{summary.entries}&"条"'),
        (f"{a1(row, REQUIRED)}>0", '"已填齐"'),
    )
    sheet.formula(row, TEXT, f"={first_of(cases, text_literal(''))}", "result.text")


def _check_heads(sheet: Sheet, row: int) -> None:
    for col, text in ((NUMBER, "序号"), (WHAT, "核对内容"), (KIND, "性质"), (RESULT, "结果"), (TEXT, "说明和处理办法")):
        sheet.label(row, col, text, "head")
    sheet.wide_label(row, (PLACE, LEFT_COL), "所在工作表", "head")


def _check_row(draft: Draft, sheet: Sheet, place: tuple[int, int], check: Check) -> None:
    row, number = place
    sheet.label(row, NUMBER, str(number), "label.center", item=check.id)
    sheet.label(row, WHAT, check.label, item=check.id)
    sheet.label(row, KIND, SEVERITIES[check.severity], "label.center", item=check.id)
    sheet.formula(row, RESULT, verdict(draft, check), "verdict", item=check.id)
    where = _sheet_of(draft, check)
    sheet.wide_label(row, (PLACE, LEFT_COL), where, "link.cell", link=where)
    result = a1(row, RESULT)
    cases = ((f'{result}="{VIOLATED}"', _problem(draft, check)), (f'{result}="{OPEN}"', '"所需数据尚未填齐"'))
    sheet.formula(row, TEXT, f"={first_of(cases, text_literal(''))}", "result.small")
    sheet.grow(row, f"{check.message}。{check.action}。", sheet.width(TEXT), "result.small")


def verdict(draft: Draft, check: Check) -> str:
    """A check's verdict in the whole workbook (with `=`): over rows and units, violated where one is."""
    results = draft.verdicts.get(check.id)
    if results is None:
        return check_formula(parse(check.expression), draft.address)
    cases = [(f'COUNTIF({results},"{word}")>0', text_literal(word)) for word in (VIOLATED, HOLDS, NOT_APPLICABLE_WORD)]
    return f"={first_of(cases, text_literal(OPEN))}"


def _judged(draft: Draft, check: Check) -> bool:
    """Whether this workbook holds everything that the check needs."""
    if check.scope in (Scope.ROW, Scope.CITY) or check.id in draft.verdicts:
        return check.id in draft.verdicts
    keys = [operand.key for operand in operands(parse(check.expression))]
    if check.scope is Scope.DISTRICT and not draft.for_district and any(key in _over_units(draft) for key in keys):
        return False
    return all(key in draft.addresses or draft.constant(key) is not None for key in keys)


def _over_units(draft: Draft) -> set[str]:
    """Operands of each_unit items: in a unit's workbook they are the unit's own, not the district's."""
    items = [item for item in draft.items if item.level is Level.EACH_UNIT]
    return {key for item in items for key in (item.id, total_key(item.id, item.total or ""), count_key(item.id))}


def _problem(draft: Draft, check: Check) -> str:
    """What is wrong and what to do, with the values as they stand."""
    results = draft.verdicts.get(check.id)
    if results is not None:
        counted = "行" if check.scope is Scope.ROW else "个单位"
        text = "&".join(literals(f"{counted}不通过，见该表“自查”列。{check.action}。"))
        return f'COUNTIF({results},"{VIOLATED}")&{text}'
    return live_text(f"{check.message}。{check.action}。", lambda name: draft.address(draft.named(name)))


def _sheet_of(draft: Draft, check: Check) -> str:
    """The sheet where a violated check is put right."""
    if check.table is not None:
        documents = {document.id: document.sheet for document in draft.edition.documents}
        tables: dict[str, Item] = {item.id: item for item in draft.items}
        return documents.get(check.table) or tables[check.table].sheet or ""
    if check.scope is Scope.UNIT and draft.for_district:
        return MEMBER_SHEET
    keys = [operand.key for operand in operands(parse(check.expression))]
    address = next(draft.addresses[key] for key in keys if key in draft.addresses)
    return address.rsplit("!", 1)[0].strip("'").replace("''", "'")


def _status(sheet: Sheet, summaries: Rows, checks: Rows) -> None:
    """The one word that all sheets show on top, and the counts behind it."""

    def column(rows: Rows, col: int) -> str:
        return span((rows[0], col), (rows[1], col))

    missing, wrong = (f"SUM({column(summaries, col)})" for col in (MISSING_COL, WRONG_COL))
    kinds, results = column(checks, KIND), column(checks, RESULT)
    errors = f'COUNTIFS({kinds},"{SEVERITIES[Severity.ERROR]}",{results},"{VIOLATED}")'
    warnings = f'COUNTIFS({kinds},"{SEVERITIES[Severity.WARNING]}",{results},"{VIOLATED}")'
    cases = ((f"{wrong}+{errors}>0", text_literal(FAULTY)), (f"{missing}>0", text_literal(UNFINISHED)))
    sheet.label(STATUS_ROW, NUMBER, "")
    sheet.label(STATUS_ROW, WHAT, "本表填报状态", "head")
    text = f"={first_of(cases, text_literal(READY))}"
    sheet.formula(STATUS_ROW, STATUS_COL, text, "status", column="status")
    sheet.merge(STATUS_ROW, STATUS_COL, STATUS_ROW, STATUS_COL + 1)
    counts = f'="未填"&{missing}&"项，有误"&{wrong}&"处；核对发现错误"&{errors}&"条、提醒"&{warnings}&"条"'
    sheet.formula(STATUS_ROW, STATUS_COL + 2, counts, "result.text")
    sheet.merge(STATUS_ROW, STATUS_COL + 2, STATUS_ROW, sheet.last_col)


def _formats(sheet: Sheet, summaries: Rows, checks: Rows) -> None:
    top = a1(checks[0], RESULT)
    area = span((checks[0], RESULT), (checks[1], RESULT))
    for word, style in ((VIOLATED, "bad"), (HOLDS, "good"), (OPEN, "open")):
        sheet.formats.append((area, f'{top}="{word}"', style))
    for col, style in ((MISSING_COL, "open"), (WRONG_COL, "bad")):
        area = span((summaries[0], col), (summaries[1], col))
        sheet.formats.append((area, f"{a1(summaries[0], col)}>0", style))
    status = absolute_a1(STATUS_ROW, STATUS_COL)
    for word, style in ((FAULTY, "bad"), (UNFINISHED, "open"), (READY, "good")):
        sheet.formats.append((status, f'{status}="{word}"', style))

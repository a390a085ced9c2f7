"""The self-check sheet: what is missing on each sheet, and every check that this workbook can judge, live."""

from __future__ import annotations

from collections.abc import Sequence

from xltool.expression import operands, parse
from xltool.expression.excel import HOLDS, OPEN, VIOLATED, check_formula
from xltool.layout.draft import ANY_NUMBER, FAULTY, READY, SELF_CHECK, UNFINISHED, Draft, Summary, owner_row
from xltool.layout.scalars import mark_single
from xltool.layout.sentences import first_of, literals, live_text
from xltool.layout.sheet import Sheet, span, text_literal
from xltool.layout.slots import EXPLANATION_SLOT
from xltool.model.changes import live_checks
from xltool.model.companions import EXPLANATION, TYPED_COUNT, TYPED_SUM, VERDICT_STYLE
from xltool.model.edition import Check, Level, Scope, Severity
from xltool.model.plan import a1, absolute_a1
from xltool.model.quantity import count_key, total_key
from xltool.model.severity import SEVERITY_WORDS
from xltool.model.states import NOT_APPLICABLE_WORD

STATUS_ROW, STATUS_COL = 2, 3
FIRST_SUMMARY = 5
NUMBER, WHAT, REQUIRED, FILLED, MISSING_COL, WRONG_COL, LEFT_COL, TEXT, ANSWER = range(1, 10)
KIND, RESULT, PLACE, LAST_PLACE = REQUIRED, FILLED, MISSING_COL, LEFT_COL
WIDTHS = (6, 38, 8, 9, 13, 13, 14, 46, 28)
COUNT_COL, SUM_COL = 10, 11
CHECKS = "checks"  # the block of explanations
SUMMARY_HEADS = ("序号", "工作表", "应填项", "已填项", "未填项", "有误处", "可由成员\n单位填报", "情况")
NOTE = "“错误”必须改正；“提醒”请改正，确实无误的请在本行“情况说明”中写明原因；“提示”请核对。点击有关单元格可直接打开。"
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
    sheet.merge(FIRST_SUMMARY - 1, TEXT, FIRST_SUMMARY - 1, ANSWER)
    for number, summary in enumerate(draft.summaries, start=1):
        _summary_row(sheet, number, summary)
    checks = [check for check in live_checks(draft.edition) if _judged(draft, check)]
    header = last + 5
    sheet.wide_label(last + 2, (1, sheet.last_col), "二、核对结果", "section")
    sheet.wide_label(last + 3, (1, sheet.last_col), NOTE, "note")
    sheet.key_row(last + 4, CHECKS, ((ANSWER, EXPLANATION),))
    _check_heads(sheet, header)
    for number, check in enumerate(checks, start=1):
        _check_row(draft, sheet, (header + number, number), check)
    verdicts = (header + 1, header + max(len(checks), 1))
    _status(sheet, (FIRST_SUMMARY, last), verdicts)
    _formats(sheet, (FIRST_SUMMARY, last), verdicts)
    sheet.filtered = (header, NUMBER, verdicts[1], ANSWER)
    _fingerprint(draft, sheet)
    draft.sheets.append(sheet)
    _mark_singles(draft, sheet, header, checks)


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
    sheet.merge(row, TEXT, row, ANSWER)


def _check_heads(sheet: Sheet, row: int) -> None:
    for col, text in ((NUMBER, "序号"), (WHAT, "核对内容"), (KIND, "性质"), (RESULT, "结果"), (TEXT, "问题和处理办法")):
        sheet.label(row, col, text, "head")
    sheet.wide_label(row, (PLACE, LAST_PLACE), "有关单元格", "head")
    sheet.label(row, ANSWER, "情况说明", "head")


def _check_row(draft: Draft, sheet: Sheet, place: tuple[int, int], check: Check) -> None:
    row, number = place
    sheet.label(row, NUMBER, str(number), "label.center", item=check.id)
    sheet.label(row, WHAT, check.label, item=check.id)
    sheet.label(row, KIND, SEVERITY_WORDS[check.severity], "label.center", item=check.id)
    sheet.formula(row, RESULT, verdict(draft, check), VERDICT_STYLE, item=check.id)
    _links(sheet, row, places_of(draft, check))
    result, answer = a1(row, RESULT), a1(row, ANSWER)
    problem = _problem(draft, check)
    if check.severity is Severity.WARNING:
        sheet.key(row, check.id)
        draft.place_input(sheet, (row, ANSWER), EXPLANATION_SLOT, (check.id, None, EXPLANATION))
        problem = f'IF({answer}="",{problem},"已作说明")'
    else:
        sheet.label(row, ANSWER, "—", "label.center")
    cases = ((f'{result}="{VIOLATED}"', problem), (f'{result}="{OPEN}"', '"所需数据尚未填齐"'))
    sheet.formula(row, TEXT, f"={first_of(cases, text_literal(''))}", "result.small")
    sheet.grow(row, f"{check.message}。{check.action}。", sheet.width(TEXT), "result.small")


def verdict(draft: Draft, check: Check) -> str:
    """A check's verdict in the whole workbook (with `=`): over rows and units, violated where one is."""
    results = draft.verdicts.get(check.id)
    if results is None:
        return check_formula(parse(check.expression), draft.address, draft.refusable)
    order = (VIOLATED, HOLDS, NOT_APPLICABLE_WORD)
    cases = [(f"{_counted(results, word)}>0", text_literal(word)) for word in order]
    return f"={first_of(cases, text_literal(OPEN))}"


def _counted(ranges: tuple[str, ...], word: str) -> str:
    return "(" + "+".join(f'COUNTIF({area},"{word}")' for area in ranges) + ")"


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
        return f"{_counted(results, VIOLATED)}&{text}"
    return live_text(f"{check.message}。{check.action}。", lambda name: draft.address(draft.named(name)))


def _links(sheet: Sheet, row: int, places: Sequence[tuple[str, str]]) -> None:
    """The cells concerned, each a way there; what doesn't fit is named in the message."""
    shown = places[: LAST_PLACE - PLACE + 1]
    for col, (where, cell) in enumerate(shown, start=PLACE):
        sheet.label(row, col, f"{where}!{cell}", "link.small", link=where, target=cell)
    for col in range(PLACE + len(shown), LAST_PLACE + 1):
        sheet.label(row, col, "")


def places_of(draft: Draft, check: Check) -> list[tuple[str, str]]:
    """(sheet, cell) where a violated check is put right: its operands, or the self-check beside the first row."""
    if check.id in draft.verdict_places:
        return [draft.verdict_places[check.id]]
    keys = [operand.key for operand in operands(parse(check.expression))]
    addresses = dict.fromkeys(draft.addresses[key] for key in keys if key in draft.addresses)
    split = (address.rsplit("!", 1) for address in addresses)
    return [(sheet[1:-1].replace("''", "'"), cell.replace("$", "")) for sheet, cell in split]


def _mark_singles(draft: Draft, sheet: Sheet, header: int, checks: Sequence[Check]) -> None:
    """Beside each value: the checks that it fails, errors first."""
    verdicts: dict[str, list[tuple[str, Severity, int]]] = {item: [] for item in draft.singles}
    for number, check in sorted(enumerate(checks, start=1), key=lambda one: list(Severity).index(one[1].severity)):
        cell = sheet.address(header + number, RESULT)
        for operand in operands(parse(check.expression)):
            if check.id not in draft.verdicts and operand.key in verdicts:
                verdicts[operand.key].append((cell, check.severity, number))
    for item, single in draft.singles.items():
        mark_single(single, verdicts[item], item)


def _fingerprint(draft: Draft, sheet: Sheet) -> None:
    """How much was typed, and its sum: says at ingest whether the results in a file are those of its values."""
    for place, column, parts in (
        (COUNT_COL, TYPED_COUNT, [f"COUNTA({area})" for area in draft.typed]),
        (SUM_COL, TYPED_SUM, [f"SUMIF({area},{ANY_NUMBER})" for area in draft.typed]),
    ):
        sheet.formula(STATUS_ROW, place, f"={'+'.join(parts)}", "key", column=column)
    sheet.hidden_cols += (COUNT_COL, SUM_COL)


def _status(sheet: Sheet, summaries: Rows, checks: Rows) -> None:
    """The one word that all sheets show on top, and the counts behind it."""

    def column(rows: Rows, col: int) -> str:
        return span((rows[0], col), (rows[1], col))

    missing, wrong = (f"SUM({column(summaries, col)})" for col in (MISSING_COL, WRONG_COL))
    kinds, results = column(checks, KIND), column(checks, RESULT)
    errors = f'COUNTIFS({kinds},"{SEVERITY_WORDS[Severity.ERROR]}",{results},"{VIOLATED}")'
    warned = f'{kinds},"{SEVERITY_WORDS[Severity.WARNING]}",{results},"{VIOLATED}"'
    warnings, unanswered = f"COUNTIFS({warned})", f'COUNTIFS({warned},{column(checks, ANSWER)},"=")'
    cases = (
        (f"{wrong}+{errors}>0", text_literal(FAULTY)),
        (f"{missing}+{unanswered}>0", text_literal(UNFINISHED)),
    )
    sheet.label(STATUS_ROW, NUMBER, "")
    sheet.label(STATUS_ROW, WHAT, "本表填报状态", "head")
    text = f"={first_of(cases, text_literal(READY))}"
    sheet.formula(STATUS_ROW, STATUS_COL, text, "status", column="status")
    sheet.merge(STATUS_ROW, STATUS_COL, STATUS_ROW, STATUS_COL + 1)
    found = f'"未填"&{missing}&"项，有误"&{wrong}&"处；核对发现错误"&{errors}&"条、提醒"&{warnings}&"条"'
    counts = f'={found}&IF({unanswered}>0,"，其中"&{unanswered}&"条未作说明","")'
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

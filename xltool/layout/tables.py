"""Sheets of lists: one row an entry, with what is wrong in each row said beside it."""

from __future__ import annotations

from collections.abc import Sequence

from xltool.layout.draft import LEFT_TO_UNITS, MISSING, WRONG, Draft, Summary, heading
from xltool.layout.entries import Line, entry_problems, row_filled, row_marks, row_verdict
from xltool.layout.sentences import first_of
from xltool.layout.sheet import Sheet, quoted, text_literal
from xltool.layout.slots import NONE_SLOT, REMARK_SLOT, column_slot
from xltool.layout.table import (
    FIRST_COL,
    FIRST_ROW,
    HEAD_ROW,
    HEADER_ROW,
    KEYS,
    NONE_KEYS,
    NONE_ROW,
    NOTE_ROW,
    NUMBER_COL,
    PREVIOUS_ROW,
    TOTAL_ROW,
    Part,
    Table,
    widths,
)
from xltool.model.changes import live_checks
from xltool.model.companions import NONE, PREVIOUS, REMARK
from xltool.model.edition import Check, Rules, Scope
from xltool.model.entries import NUMERIC, UNIT_COLUMN
from xltool.model.plan import ListRef, Slot, a1, absolute_a1
from xltool.model.quantity import count_key, previous_key, total_key
from xltool.model.states import DECLARED

ENTRY_HEIGHT, DOCUMENT_HEIGHT = 28.0, 32.0  # room for what the self-check says, and for a long title
PORTRAIT_WIDTH = 110  # characters that an upright page shows without becoming small
UNIT_LABEL = "成员单位"
SOURCE_HEAD = "来源\n（单位所报，可改动）"
ERRORS = f"{WRONG}删去显示错误的内容"
CONTRADICTION = f"{WRONG}删去其中之一：既填了内容，又声明无内容"


def table_sheet(draft: Draft, table: Table) -> Sheet:
    """The list's own sheet and its continuation; the totals over units are added by `members`, which knows them."""
    checks = [check for check in live_checks(draft.edition) if check.scope is Scope.ROW and check.table == table.id]
    slots = _slots(table)
    own, *more = (_part_sheet(draft, table, part, slots, checks) for part in table.parts)
    for offset, check in enumerate(checks):
        draft.verdicts[check.id] = tuple(part.range(table.verdict_col + offset) for part in table.parts)
        draft.verdict_places[check.id] = (table.name, a1(FIRST_ROW, table.check_col))
    draft.typed += [part.block(FIRST_COL, table.check_col - 1) for part in table.parts]
    heading(own, table.title)
    _declaration(draft, own, table)
    _totals(draft, own, table)
    _previous(draft, own, table)
    _summary(draft, own, table)
    draft.sheets.append(own)
    for sheet in more:
        heading(sheet, f"{table.title}（续表）")
        _continued(sheet, table)
        draft.continuations.append(sheet)
    return own


def declared_empty(table: Table) -> str:
    """A condition (no `=`) that holds where the whole list is declared empty."""
    return f"{quoted(table.name)}!{absolute_a1(NONE_ROW, FIRST_COL)}={text_literal(DECLARED)}"


def _part_sheet(
    draft: Draft, table: Table, part: Part, slots: Sequence[tuple[int, str, Slot]], checks: Sequence[Check]
) -> Sheet:
    """The rows of one sheet, their headers and what marks them."""
    columns = widths(table)
    sheet = Sheet(
        name=part.sheet,
        widths=columns,
        landscape=sum(columns) > PORTRAIT_WIDTH,
        freeze=(FIRST_ROW, FIRST_COL + 1),
        repeat_rows=(HEADER_ROW, HEADER_ROW),
    )
    _header(sheet, table, part)
    sheet.filtered = (HEADER_ROW, NUMBER_COL, part.last_row, table.last_col)
    for row in range(FIRST_ROW, part.last_row + 1):
        _entry_row(draft, sheet, table, (row, part.first + row - FIRST_ROW), slots, checks)
    sheet.hidden_cols += range(table.filled_col, table.verdict_col + len(checks))
    sheet.formats.append((part.area(table.check_col), f'{a1(FIRST_ROW, table.check_col)}<>""', "wrong"))
    line = _line(table, FIRST_ROW, slots)
    for col, column, _ in slots:
        sheet.formats += [(part.area(col), *mark) for mark in row_marks(line, column)]
    return sheet


def _declaration(draft: Draft, sheet: Sheet, table: Table) -> None:
    """Guidance, 本表无内容, and a remark on the whole list."""
    last = table.check_col
    sheet.wide_label(NOTE_ROW, (NUMBER_COL, last), table.guidance, "note", item=table.id)
    sheet.label(HEAD_ROW, NUMBER_COL, "", "head")
    sheet.label(HEAD_ROW, FIRST_COL, "本表无内容", "head")
    sheet.wide_label(HEAD_ROW, (FIRST_COL + 1, last - 1), "说明", "head")
    sheet.label(HEAD_ROW, last, "本表备注（可不填）", "head")
    sheet.key_row(NONE_KEYS, f"{table.id}.{NONE}", ((FIRST_COL, NONE), (last, REMARK)))
    sheet.key(NONE_ROW, table.id)
    sheet.label(NONE_ROW, NUMBER_COL, "声明", "label.center")
    draft.place_input(sheet, (NONE_ROW, FIRST_COL), NONE_SLOT, (table.id, None, NONE))
    more = "；写满后在续表中继续填写" if len(table.parts) > 1 else ""
    sheet.wide_label(NONE_ROW, (FIRST_COL + 1, last - 1), f"没有内容可填的选“是”{more}", "small")
    draft.place_input(sheet, (NONE_ROW, last), REMARK_SLOT, (table.id, None, REMARK))


def _continued(sheet: Sheet, table: Table) -> None:
    """What the continuation is for; the rows of the totals stay hidden, so that all stands as on the list's sheet."""
    text = f"“{table.name}”表写满后，在本表继续填写，合计和核对一并计算；不需要的，本表留空。"
    sheet.wide_label(NOTE_ROW, (NUMBER_COL, table.check_col - 1), text, "note")
    sheet.label(NOTE_ROW, table.check_col, f"到“{table.name}”", "link", link=table.name)
    sheet.hidden_rows += [HEAD_ROW, NONE_KEYS, NONE_ROW, TOTAL_ROW, PREVIOUS_ROW]


def _header(sheet: Sheet, table: Table, part: Part) -> None:
    keys = [(FIRST_COL, UNIT_COLUMN)] if table.by_unit else []
    keys += [(col, column.id) for col, column in enumerate(table.columns, start=table.first_col)]
    block = table.id if part.first == 1 else f"{table.id}.more"
    sheet.key_row(KEYS, block, keys)
    sheet.label(HEADER_ROW, NUMBER_COL, "序号", "head")
    if table.by_unit:
        sheet.label(HEADER_ROW, FIRST_COL, UNIT_LABEL, "head", item=table.id, column=UNIT_COLUMN)
    for col, column in enumerate(table.columns, start=table.first_col):
        unit = f"\n（{column.unit_of_measure}）" if column.unit_of_measure else ""
        optional = "" if column.rules.required else "\n（可不填）"
        sheet.label(HEADER_ROW, col, column.label + unit + optional, "head", item=table.id, column=column.id)
    sheet.label(HEADER_ROW, table.check_col, "自查", "head")
    if table.sources is not None:
        sheet.label(HEADER_ROW, table.last_col, SOURCE_HEAD, "head")


def _slots(table: Table) -> list[tuple[int, str, Slot]]:
    """(column, column id, slot) of the inputs of a row."""
    slots = [(col, c.id, column_slot(table.id, c)) for col, c in enumerate(table.columns, start=table.first_col)]
    if not table.by_unit:
        return slots
    unit = Slot(
        id=f"{table.id}.{UNIT_COLUMN}",
        label=UNIT_LABEL,
        type="choice",
        rules=Rules(type="choice"),
        choices=ListRef(name="units"),
        prompt=f"请从下拉选项中选择成员单位。该单位没有内容的，在“{_entry_label(table)}”处填“无”，其他栏不填。",
    )
    return [(FIRST_COL, UNIT_COLUMN, unit), *slots]


def _line(table: Table, row: int, slots: Sequence[tuple[int, str, Slot]]) -> Line:
    return Line(
        table=table,
        cells={column: (a1(row, col), slot) for col, column, slot in slots},
        area=f"{a1(row, FIRST_COL)}:{a1(row, table.check_col - 1)}",
        flag=a1(row, table.filled_col),
        problem=a1(row, table.check_col),
    )


def _entry_row(
    draft: Draft,
    sheet: Sheet,
    table: Table,
    place: tuple[int, int],
    slots: Sequence[tuple[int, str, Slot]],
    checks: Sequence[Check],
) -> None:
    row, entry = place
    sheet.key(row, f"{table.id}#{entry}")
    sheet.heights[row] = DOCUMENT_HEIGHT if table.is_crowded else ENTRY_HEIGHT
    sheet.label(row, NUMBER_COL, str(entry), "label.center")
    for col, column, slot in slots:
        draft.place_input(sheet, (row, col), slot, (table.id, entry, column))
    if table.sources is not None:
        source = table.sources[entry - 1] if entry <= len(table.sources) else ""
        sheet.label(row, table.last_col, source, "small")
    line = _line(table, row, slots)
    sheet.formula(row, table.filled_col, row_filled(line, draft), "key")
    verdict_cells: list[tuple[Check, str]] = []
    for offset, check in enumerate(checks):
        col = table.verdict_col + offset
        sheet.formula(row, col, row_verdict(check, line, draft), "key", item=check.id, entry=entry)
        verdict_cells.append((check, a1(row, col)))
    text = entry_problems(line, verdict_cells, draft)
    sheet.formula(row, table.check_col, text, "problem", item=table.id, entry=entry, column="check")


def _totals(draft: Draft, sheet: Sheet, table: Table) -> None:
    """The number of entries, the total of each number column, and what is wrong with the list as a whole."""
    none, rows = declared_empty(table), table.filled
    sheet.label(TOTAL_ROW, FIRST_COL, "合计", "label.center")
    for col in range(table.first_col, table.check_col):
        column = table.columns[col - table.first_col]
        if column.rules.type in NUMERIC and column.unit_of_measure is not None and not table.by_unit:
            ranges = ",".join(part.range(col) for part in table.parts)
            figure = f'IF({rows}=0,"{MISSING}",IF(COUNT({ranges})={rows},SUM({ranges}),"{MISSING}"))'
            text = f'=IFERROR(IF({none},IF({rows}=0,0,"{MISSING}"),{figure}),"{MISSING}")'
            style = "result.integer" if column.rules.type == "integer" else "result.number"
            name = "total" if column.id == table.total else f"total.{column.id}"
            sheet.formula(TOTAL_ROW, col, text, style, item=table.id, column=name)
            draft.addresses[total_key(table.id, column.id)] = sheet.address(TOTAL_ROW, col)
        elif col != FIRST_COL and not table.by_unit:
            sheet.label(TOTAL_ROW, col, "", "label")
    if not table.by_unit:
        whole = _complete(table)
        declared = f'IF({none},IF({rows}=0,0,"{MISSING}"),IF({whole},{rows},"{MISSING}"))'
        if not table.required:  # documents are counted wherever they are listed
            declared = f'IF({rows}>0,{rows},IF({none},0,"{MISSING}"))'
        count = f'=IFERROR({declared},"{MISSING}")'
        sheet.formula(TOTAL_ROW, NUMBER_COL, count, "entries", item=table.id, column="count")
        draft.addresses[count_key(table.id)] = sheet.address(TOTAL_ROW, NUMBER_COL)
    blank = f"{LEFT_TO_UNITS}{table.left_to}填报" if table.left_to else MISSING if table.required else ""
    cases = ((f"{none}", f'IF({rows}=0,"",{text_literal(CONTRADICTION)})'), (f"{rows}=0", text_literal(blank)))
    whole_state = f'IFERROR({first_of(cases, text_literal(""))},"{ERRORS}")'
    sheet.formula(TOTAL_ROW, table.check_col, f"={whole_state}", "check", item=table.id, column="check")


def _previous(draft: Draft, sheet: Sheet, table: Table) -> None:
    """Last year's total, where the office knows it, and how far this year's is from it."""
    if table.total is None:
        sheet.hidden_rows.append(PREVIOUS_ROW)
        return
    total = table.col(table.total)
    sheet.key(PREVIOUS_ROW, f"{table.id}#{PREVIOUS}")
    sheet.label(PREVIOUS_ROW, NUMBER_COL, "", "label")
    for col in range(FIRST_COL, table.check_col):
        if col != total:
            sheet.label(PREVIOUS_ROW, col, "上年合计" if col == FIRST_COL else "", "label.center")
    slot = column_slot(table.id, table.columns[total - table.first_col])
    draft.place_previous(sheet, (PREVIOUS_ROW, total), slot, table.id)
    this, last = a1(TOTAL_ROW, total), a1(PREVIOUS_ROW, total)
    draft.place_change(sheet, (PREVIOUS_ROW, table.check_col), (this, last), table.id)
    draft.addresses[previous_key(table.id)] = sheet.address(PREVIOUS_ROW, total)


def _complete(table: Table) -> str:
    """A condition (no `=`): there are entries, and each has its number."""
    rows = table.filled
    if table.total is None:
        return f"{rows}>0"
    ranges = ",".join(part.range(table.col(table.total)) for part in table.parts)
    return f"AND({rows}>0,COUNT({ranges})={rows})"


def _summary(draft: Draft, sheet: Sheet, table: Table) -> None:
    whole = sheet.address(TOTAL_ROW, table.check_col)
    rows = "+".join(f'COUNTIF({part.range(table.check_col)},"?*")' for part in table.parts)
    required = table.required and not table.left_to
    summary = Summary(
        sheet=table.name,
        what=table.title,
        required=int(required),
        missing=f'COUNTIF({whole},"{MISSING}")',
        wrong=f'COUNTIF({whole},"{WRONG}*")+{rows}',
        left=f'COUNTIF({whole},"{LEFT_TO_UNITS}*")',
        entries=f"N({sheet.address(TOTAL_ROW, NUMBER_COL)})",
    )
    draft.summaries.append(summary)
    top = a1(TOTAL_ROW, table.check_col)
    sheet.formats.append((top, f'LEFT({top},1)="{WRONG}"', "bad"))
    sheet.formats.append((top, f'{top}="{MISSING}"', "open"))
    sheet.formats.append((top, f'LEFT({top},2)="{LEFT_TO_UNITS}"', "quiet"))


def _entry_label(table: Table) -> str:
    return next((column.label for column in table.columns if column.id == table.entry), "")

"""Sheets of lists: one row an entry, with what is wrong in each row said beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xltool.layout.draft import LEFT_TO_UNITS, MISSING, WRONG, Draft, Summary, heading
from xltool.layout.entries import Line, entry_problems, row_verdict
from xltool.layout.sentences import first_of
from xltool.layout.sheet import Sheet, absolute_a1, quoted, span, text_literal
from xltool.layout.slots import NONE, NONE_SLOT, REMARK, REMARK_SLOT, column_slot
from xltool.model.edition import Check, Column, DocumentType, Item, Level, Rules, Scope
from xltool.model.entries import NUMERIC, UNIT_COLUMN
from xltool.model.plan import ListRef, Slot, a1
from xltool.model.quantity import count_key, total_key
from xltool.model.states import DECLARED

NOTE_ROW, HEAD_ROW, NONE_KEYS, NONE_ROW, KEYS, HEADER_ROW, TOTAL_ROW, FIRST_ROW = range(2, 10)
NUMBER_COL, FIRST_COL = 1, 2
CHECK_WIDTH = 38
DOCUMENT_CHECK_WIDTH = 28
ENTRY_HEIGHT, DOCUMENT_HEIGHT = 28.0, 32.0  # room for what the self-check says, and for a long title
CROWDED = 6  # more columns than these must be narrow to fit on A4
PORTRAIT_WIDTH = 110  # characters that an upright page shows without becoming small
UNIT_LABEL = "成员单位"
ERRORS = f"{WRONG}删去显示错误的内容"
CONTRADICTION = f"{WRONG}删去其中之一：既填了内容，又声明无内容"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a list sheet is made from: a table item or a document type."""

    id: str
    name: str
    title: str
    columns: tuple[Column, ...]
    rows: int
    guidance: str
    total: str | None = None
    entry: str | None = None
    by_unit: bool = False  # a district's list of an each_unit item, with the unit in the first column
    required: bool = True
    left_to: str = ""  # who may answer instead, in a district's workbook

    @property
    def first_col(self) -> int:
        """The column of the first of `columns`."""
        return FIRST_COL + 1 if self.by_unit else FIRST_COL

    @property
    def is_crowded(self) -> bool:
        """Whether its columns must be narrow."""
        return len(self.columns) > CROWDED

    @property
    def check_col(self) -> int:
        """The column that says what is wrong."""
        return self.first_col + len(self.columns)

    @property
    def last_row(self) -> int:
        """The row of the last entry."""
        return FIRST_ROW + self.rows - 1

    def col(self, column: str) -> int:
        """Where a column stands."""
        if column == UNIT_COLUMN and self.by_unit:
            return FIRST_COL
        return self.first_col + [c.id for c in self.columns].index(column)

    def range(self, col: int) -> str:
        """All entries of a column, on the sheet itself."""
        return span((FIRST_ROW, col), (self.last_row, col))


def item_table(draft: Draft, item: Item) -> Table:
    """The list of a table item."""
    rows = draft.rows or _reserved(draft, item.id, "table")
    texts = (f"责任单位：{item.responsible}", item.source and f"来源：{item.source}", item.guidance)
    return Table(
        id=item.id,
        name=item.sheet or item.label,
        title=item.label,
        columns=item.columns,
        rows=rows,
        guidance="；".join(text for text in texts if text) + "。",
        total=item.total,
        entry=item.entry,
        by_unit=draft.for_district and item.level is Level.EACH_UNIT,
        left_to=item.responsible if draft.left_to_units(item) else "",
    )


def document_table(draft: Draft, document: DocumentType) -> Table:
    """The list of a document type."""
    return Table(
        id=document.id,
        name=document.sheet,
        title=f"文档采集：{document.label}",
        columns=document.columns,
        rows=_reserved(draft, document.id, "document"),
        guidance="每份文档填一行；附件与本表放在同一文件夹内一并报送，“附件”栏只填文件名。",
        required=False,
    )


def table_sheet(draft: Draft, table: Table) -> Sheet:
    """The whole sheet; the totals over units are added by `units`, which knows the units' rows."""
    widths = _widths(table)
    sheet = Sheet(
        name=table.name,
        widths=widths,
        landscape=sum(widths) > PORTRAIT_WIDTH,
        freeze=(FIRST_ROW, FIRST_COL + 1),
        repeat_rows=(HEADER_ROW, HEADER_ROW),
    )
    heading(sheet, table.title)
    _declaration(draft, sheet, table)
    _header(sheet, table)
    slots = _slots(table)
    checks = [check for check in draft.edition.checks if check.scope is Scope.ROW and check.table == table.id]
    for entry in range(1, table.rows + 1):
        _entry_row(draft, sheet, table, entry, slots, checks)
    for offset, check in enumerate(checks, start=1):
        col = table.check_col + offset
        sheet.hidden_cols.append(col)
        draft.verdicts[check.id] = f"{quoted(table.name)}!{table.range(col)}"
    _totals(draft, sheet, table)
    _summary(draft, sheet, table)
    draft.sheets.append(sheet)
    return sheet


def filled(table: Table) -> str:
    """A formula (no `=`) for the number of rows in which anything stands."""
    joined = "&".join(table.range(col) for col in range(FIRST_COL, table.check_col))
    return f'SUMPRODUCT(--({joined}<>""))'


DECLARED_EMPTY = f"{absolute_a1(NONE_ROW, FIRST_COL)}={text_literal(DECLARED)}"
"""A condition (no `=`), on the sheet itself, that holds where the whole list is declared empty."""


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
    sheet.wide_label(NONE_ROW, (FIRST_COL + 1, last - 1), "没有内容可填的选“是”", "small")
    draft.place_input(sheet, (NONE_ROW, last), REMARK_SLOT, (table.id, None, REMARK))


def _header(sheet: Sheet, table: Table) -> None:
    keys = [(FIRST_COL, UNIT_COLUMN)] if table.by_unit else []
    keys += [(col, column.id) for col, column in enumerate(table.columns, start=table.first_col)]
    sheet.key_row(KEYS, table.id, keys)
    sheet.label(HEADER_ROW, NUMBER_COL, "序号", "head")
    if table.by_unit:
        sheet.label(HEADER_ROW, FIRST_COL, UNIT_LABEL, "head", item=table.id, column=UNIT_COLUMN)
    for col, column in enumerate(table.columns, start=table.first_col):
        unit = f"\n（{column.unit_of_measure}）" if column.unit_of_measure else ""
        optional = "" if column.rules.required else "\n（可不填）"
        sheet.label(HEADER_ROW, col, column.label + unit + optional, "head", item=table.id, column=column.id)
    sheet.label(HEADER_ROW, table.check_col, "自查", "head")


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


def _entry_row(
    draft: Draft,
    sheet: Sheet,
    table: Table,
    entry: int,
    slots: Sequence[tuple[int, str, Slot]],
    checks: Sequence[Check],
) -> None:
    row = FIRST_ROW + entry - 1
    sheet.key(row, f"{table.id}#{entry}")
    sheet.heights[row] = DOCUMENT_HEIGHT if table.is_crowded else ENTRY_HEIGHT
    sheet.label(row, NUMBER_COL, str(entry), "label.center")
    for col, column, slot in slots:
        draft.place_input(sheet, (row, col), slot, (table.id, entry, column))
    line = Line(
        cells={column: (a1(row, col), slot) for col, column, slot in slots},
        entry=table.entry if table.by_unit else None,
        others={column: table.range(col) for col, column, _ in slots},
    )
    verdict_cells: list[tuple[Check, str]] = []
    for offset, check in enumerate(checks, start=1):
        col = table.check_col + offset
        sheet.formula(row, col, row_verdict(check, line, draft), "key", item=check.id, entry=entry)
        verdict_cells.append((check, a1(row, col)))
    text = entry_problems(line, verdict_cells, draft)
    sheet.formula(row, table.check_col, text, "problem", item=table.id, entry=entry, column="check")


def _totals(draft: Draft, sheet: Sheet, table: Table) -> None:
    """The number of entries, the total of each number column, and what is wrong with the list as a whole."""
    none, rows = DECLARED_EMPTY, filled(table)
    sheet.label(TOTAL_ROW, FIRST_COL, "合计", "label.center")
    for col in range(table.first_col, table.check_col):
        column = table.columns[col - table.first_col]
        if column.rules.type in NUMERIC and column.unit_of_measure is not None and not table.by_unit:
            numbers = table.range(col)
            figure = f'IF({rows}=0,"{MISSING}",IF(COUNT({numbers})={rows},SUM({numbers}),"{MISSING}"))'
            text = f'=IFERROR(IF({none},IF({rows}=0,0,"{MISSING}"),{figure}),"{MISSING}")'
            style = "result.integer" if column.rules.type == "integer" else "result.number"
            name = "total" if column.id == table.total else f"total.{column.id}"
            sheet.formula(TOTAL_ROW, col, text, style, item=table.id, column=name)
            draft.addresses[total_key(table.id, column.id)] = sheet.address(TOTAL_ROW, col)
        elif col != FIRST_COL and not table.by_unit:
            sheet.label(TOTAL_ROW, col, "", "label")
    if not table.by_unit:
        whole = _complete(table)
        count = f'=IFERROR(IF({none},IF({rows}=0,0,"{MISSING}"),IF({whole},{rows},"{MISSING}")),"{MISSING}")'
        sheet.formula(TOTAL_ROW, NUMBER_COL, count, "entries", item=table.id, column="count")
        draft.addresses[count_key(table.id)] = sheet.address(TOTAL_ROW, NUMBER_COL)
    blank = f"{LEFT_TO_UNITS}{table.left_to}填报" if table.left_to else MISSING if table.required else ""
    cases = ((f"{none}", f'IF({rows}=0,"",{text_literal(CONTRADICTION)})'), (f"{rows}=0", text_literal(blank)))
    whole_state = f'IFERROR({first_of(cases, text_literal(""))},"{ERRORS}")'
    sheet.formula(TOTAL_ROW, table.check_col, f"={whole_state}", "check", item=table.id, column="check")


def _complete(table: Table) -> str:
    """A condition (no `=`): there are entries, and each has its number."""
    rows = filled(table)
    if table.total is None:
        return f"{rows}>0"
    return f"AND({rows}>0,COUNT({table.range(table.col(table.total))})={rows})"


def _summary(draft: Draft, sheet: Sheet, table: Table) -> None:
    whole = sheet.address(TOTAL_ROW, table.check_col)
    rows = f"{quoted(table.name)}!{table.range(table.check_col)}"
    required = table.required and not table.left_to
    summary = Summary(
        sheet=table.name,
        what=table.title,
        required=int(required),
        missing=f'COUNTIF({whole},"{MISSING}")',
        wrong=f'COUNTIF({whole},"{WRONG}*")+COUNTIF({rows},"?*")',
        left=f'COUNTIF({whole},"{LEFT_TO_UNITS}*")',
        entries=f"N({sheet.address(TOTAL_ROW, NUMBER_COL)})",
    )
    draft.summaries.append(summary)
    area = table.range(table.check_col)
    sheet.formats.append((area, f'{a1(FIRST_ROW, table.check_col)}<>""', "wrong"))
    top = a1(TOTAL_ROW, table.check_col)
    sheet.formats.append((top, f'LEFT({top},1)="{WRONG}"', "bad"))
    sheet.formats.append((top, f'{top}="{MISSING}"', "open"))
    sheet.formats.append((top, f'LEFT({top},2)="{LEFT_TO_UNITS}"', "quiet"))


def _reserved(draft: Draft, table: str, kind: str) -> int:
    rows = draft.edition.rows
    if draft.for_district:
        return rows.get(table, rows[kind])
    return rows[f"unit_{kind}"]


def _entry_label(table: Table) -> str:
    return next((column.label for column in table.columns if column.id == table.entry), "")


def _widths(table: Table) -> tuple[float, ...]:
    crowded = table.is_crowded
    units = (24.0,) if table.by_unit else ()
    columns = (_width(column, crowded=crowded) for column in table.columns)
    return (9.0, *units, *columns, DOCUMENT_CHECK_WIDTH if crowded else CHECK_WIDTH)


def _width(column: Column, *, crowded: bool) -> float:
    if column.rules.type in ("integer", "number", "date"):
        return (9.0 if column.rules.type == "integer" else 11.0) if crowded else 16.0
    if column.choices is not None and column.choices.list.startswith("framework"):
        return 16.0
    if column.rules.type == "choice":
        return 11.0
    if column.rules.tags is not None:
        return 14.0
    long = (column.rules.maxlength or 0) > 200  # noqa: PLR2004
    if crowded:
        return 22.0 if long else 17.0
    return 40.0 if long else 30.0

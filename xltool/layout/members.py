"""A district's member units: one row a unit with its figures, and what the district's lists say of it.

Totals over units skip the units that are missing; where none answered they are missing (未填).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xltool.expression import parse
from xltool.expression.excel import VIOLATED, check_formula
from xltool.layout.draft import ANY_NUMBER, MISSING, WRONG, Draft, Summary, heading
from xltool.layout.entries import ERRORS
from xltool.layout.sentences import live_text, sentences
from xltool.layout.sheet import Sheet, quoted, span, text_literal
from xltool.layout.slots import REMARK_SLOT, item_slot, valid, wanted
from xltool.layout.table import TOTAL_ROW, Table
from xltool.layout.tables import ENTRY_HEIGHT, UNIT_LABEL
from xltool.layout.unit_lists import unit_count, unit_total
from xltool.model.changes import live_checks
from xltool.model.companions import PREVIOUS, REMARK
from xltool.model.edition import Check, Combine, Item, Rules, Scope
from xltool.model.entries import MEMBER_UNITS, UNIT_COLUMN
from xltool.model.plan import CellKind, Slot, a1
from xltool.model.quantity import count_key, previous_key, total_key

SHEET = "成员单位"
TITLE = "区学促委成员单位数据"
NOTE = (
    "各成员单位的数据可由单位在本单位的表格中填报，也可由区学习办在此填写；由单位自行填报的，此处请留空。"
    "各清单的合计按本表格中的清单自动计算，不需要填写。"
)
NOTE_ROW, KEYS, SUM_ROW, PREVIOUS_ROW, HEADER_ROW, FIRST_ROW = range(2, 8)
NUMBER, NAME, RETURN = range(1, 4)
NAME_SLOT = Slot(id=f"{MEMBER_UNITS}.{UNIT_COLUMN}", label=UNIT_LABEL, type="text", rules=Rules(type="text"))
WIDTHS = {"number": 9.0, "name": 24.0, "return": 20.0, "figure": 18.0, "check": 44.0, "remark": 24.0}
FROM_UNITS_NOTE = "浅蓝色单元格中的数由单位填报，请核对，可以改动；尚未返回的单位，可由区学习办填写。"


@dataclass(frozen=True, kw_only=True)
class Members:
    """The sheet in the making and where its columns stand; operand keys and check ids -> columns."""

    draft: Draft
    sheet: Sheet
    figures: Sequence[Item]
    lists: Sequence[tuple[Table, Sheet]]
    checks: Sequence[Check]

    @property
    def first_figure(self) -> int:
        """The column of the first figure: behind the names, and behind the returns where they are shown."""
        return RETURN if self.draft.from_units is None else RETURN + 1

    @property
    def totals(self) -> Mapping[str, int]:
        """Columns of the lists' totals."""
        first = self.first_figure + len(self.figures)
        return {total_key(table.id, table.total or ""): first + n for n, (table, _) in enumerate(self.lists)}

    @property
    def check_col(self) -> int:
        """The column that says what is wrong; the remark stands behind it."""
        return self.first_figure + len(self.figures) + len(self.lists)

    @property
    def counts(self) -> Mapping[str, int]:
        """Hidden columns of the lists' numbers of entries."""
        return {count_key(table.id): self.check_col + 2 + n for n, (table, _) in enumerate(self.lists)}

    @property
    def verdicts(self) -> Mapping[str, int]:
        """Hidden columns of the checks on one unit."""
        first = self.check_col + 2 + len(self.lists)
        return {check.id: first + n for n, check in enumerate(self.checks)}

    @property
    def operands(self) -> Mapping[str, int]:
        """All columns that formulas may name."""
        figures = {item.id: self.first_figure + n for n, item in enumerate(self.figures)}
        return {**figures, **self.totals, **self.counts}

    @property
    def last_row(self) -> int:
        """The row of the last unit."""
        return FIRST_ROW + self.draft.units - 1

    def column(self, col: int) -> str:
        """All units' cells of a column, on the sheet itself."""
        return span((FIRST_ROW, col), (self.last_row, col))


def member_sheet(draft: Draft, figures: Sequence[Item], lists: Sequence[tuple[Table, Sheet]]) -> None:
    """The sheet of member units, and the totals on the sheets of their lists."""
    names = [WIDTHS["number"], WIDTHS["name"], *([] if draft.from_units is None else [WIDTHS["return"]])]
    widths = [*names, *(WIDTHS["figure"] for _ in (*figures, *lists))]
    sheet = Sheet(
        name=SHEET,
        widths=[*widths, WIDTHS["check"], WIDTHS["remark"]],
        freeze=(FIRST_ROW, len(names) + 1),
        repeat_rows=(HEADER_ROW, HEADER_ROW),
    )
    checks = [check for check in live_checks(draft.edition) if check.scope is Scope.UNIT]
    members = Members(draft=draft, sheet=sheet, figures=figures, lists=lists, checks=checks)
    heading(sheet, TITLE)
    note = NOTE if draft.from_units is None else NOTE + FROM_UNITS_NOTE
    sheet.wide_label(NOTE_ROW, (1, sheet.last_col), note, "note")
    _header(members)
    sheet.filtered = (HEADER_ROW, NUMBER, members.last_row, sheet.last_col)
    for number in range(1, draft.units + 1):
        _unit_row(members, number)
    _sums(members)
    _previous(members)
    for check, col in members.verdicts.items():
        draft.verdicts[check] = (f"{quoted(SHEET)}!{members.column(col)}",)
        draft.verdict_places[check] = (SHEET, a1(FIRST_ROW, members.check_col))
    first = members.first_figure
    typed = span((FIRST_ROW, first), (members.last_row, first + len(figures) - 1))
    draft.typed.append(f"{quoted(SHEET)}!{typed}")
    for key, col in members.operands.items():
        draft.unit_columns[key] = f"{quoted(SHEET)}!{members.column(col)}"
    sheet.hidden_cols += [*members.counts.values(), *members.verdicts.values()]
    area = members.column(members.check_col)
    sheet.formats.append((area, f'{a1(FIRST_ROW, members.check_col)}<>""', "wrong"))
    wrong = f'COUNTIF({quoted(SHEET)}!{area},"?*")'
    draft.summaries.append(Summary(sheet=SHEET, what=TITLE, required=0, wrong=wrong))
    draft.sheets.append(sheet)


def _header(members: Members) -> None:
    sheet, remark = members.sheet, members.check_col + 1
    keys = [(NAME, UNIT_COLUMN), *((col, key) for key, col in members.operands.items() if col < members.check_col)]
    sheet.key_row(KEYS, MEMBER_UNITS, [*keys, (remark, REMARK)])
    heads: list[tuple[int, str, str | None]] = [(NUMBER, "序号", None), (NAME, UNIT_LABEL, MEMBER_UNITS)]
    if members.draft.from_units is not None:
        heads.append((RETURN, "报送情况", None))
    for col, item in enumerate(members.figures, start=members.first_figure):
        heads.append((col, f"{item.label}\n（{item.unit_of_measure}）", item.id))
    for col, (table, _) in zip(members.totals.values(), members.lists, strict=True):
        heads.append((col, f"“{table.name}”清单合计\n（自动计算）", table.id))
    heads += [(members.check_col, "自查", None), (remark, "备注（可不填）", None)]
    for col, text, owner in heads:
        sheet.label(HEADER_ROW, col, text, "head", item=owner)


def _unit_row(members: Members, number: int) -> None:
    row, sheet, draft = FIRST_ROW + number - 1, members.sheet, members.draft
    sheet.key(row, f"{MEMBER_UNITS}#{number}")
    sheet.heights[row] = ENTRY_HEIGHT
    sheet.label(row, NUMBER, str(number), "label.center")
    draft.slots[NAME_SLOT.id] = NAME_SLOT
    sheet.put(
        row,
        NAME,
        CellKind.PREFILLED,
        "prefilled.text",
        item=MEMBER_UNITS,
        entry=number,
        column=UNIT_COLUMN,
        slot=NAME_SLOT.id,
        bound="units",
    )
    if draft.from_units is not None:
        returns = draft.from_units.returns
        sheet.label(row, RETURN, returns[number - 1].when if number <= len(returns) else "", "small")
    name = a1(row, NAME)
    for col, item in enumerate(members.figures, start=members.first_figure):
        draft.place_input(sheet, (row, col), item_slot(item), (item.id, number, None))
    for (table, _), total, count in zip(members.lists, members.totals.values(), members.counts.values(), strict=True):
        text = f'=IF({name}="","",{unit_total(table, name)})'
        style = "result.number"
        sheet.formula(row, total, text, style, item=table.id, entry=number, column="total")
        text = f'=IF({name}="","",{unit_count(table, name, a1(row, total))})'
        sheet.formula(row, count, text, "key", item=table.id, entry=number, column="count")
    _judge(members, number)
    draft.place_input(sheet, (row, members.check_col + 1), REMARK_SLOT, (MEMBER_UNITS, number, REMARK))


def _judge(members: Members, number: int) -> None:
    """The checks on one unit, and what is wrong with its row in words."""
    row, sheet, draft = FIRST_ROW + number - 1, members.sheet, members.draft

    def address(key: str) -> str:
        col = members.operands.get(key)
        return draft.address(key) if col is None else a1(row, col)

    cases = []
    for col, item in enumerate(members.figures, start=members.first_figure):
        slot, cell = item_slot(item), a1(row, col)
        wrong = text_literal(f"{item.label}{WRONG}填{wanted(slot)}。")
        cases.append((f"IF({draft.blank(cell)},FALSE,NOT({valid(slot, cell, draft.lists)}))", wrong))
    for check in members.checks:
        col = members.verdicts[check.id]
        judged = check_formula(parse(check.expression), address, draft.refusable).removeprefix("=")
        text = f'=IF({a1(row, NAME)}="","",{judged})'
        sheet.formula(row, col, text, "key", item=check.id, entry=number)
        message = live_text(f"{check.message}。", lambda name: address(draft.named(name)))
        cases.append((f"{a1(row, col)}={text_literal(VIOLATED)}", message))
    problem = f"=IFERROR({sentences(cases)},{text_literal(ERRORS)})"
    sheet.formula(row, members.check_col, problem, "problem", item=MEMBER_UNITS, entry=number, column="check")


def _sums(members: Members) -> None:
    """The district's totals: over the units that answered, missing where none did."""
    sheet, draft = members.sheet, members.draft
    named = f'{members.column(NAME)},"?*"'
    sheet.formula(SUM_ROW, NUMBER, f"=COUNTIF({named})", "units", item=MEMBER_UNITS, column="count")
    sheet.label(SUM_ROW, NAME, "合计", "label.center")
    listed = {total_key(table.id, table.total or ""): table.id for table, _ in members.lists}
    counts = {count_key(table.id): table.id for table, _ in members.lists}
    for key, col in members.operands.items():
        area = members.column(col)
        answering = f"{named},{area},{ANY_NUMBER}"
        text = f'=IF(COUNTIFS({answering})=0,"{MISSING}",SUMIFS({area},{answering}))'
        counted = counts.get(key)
        if draft.edition.item_by_id[counted or listed.get(key, key)].combined is Combine.NONE:
            sheet.label(SUM_ROW, col, "—", "label.center")
            continue
        style, column = ("result.number", "total") if counted is None else ("key", "count")
        sheet.formula(SUM_ROW, col, text, style, item=counted or listed.get(key, key), column=column)
        draft.addresses[key] = sheet.address(SUM_ROW, col)
    for col in (*range(RETURN, members.first_figure), members.check_col, members.check_col + 1):
        sheet.label(SUM_ROW, col, "")
    for table, target in members.lists:
        total = draft.addresses.get(total_key(table.id, table.total or ""))
        if total is None:  # each unit's list stands by itself
            continue
        where = table.col(table.total or "")
        target.formula(TOTAL_ROW, where, f"={total}", "result.number", item=table.id, column="total")
        count = draft.addresses[count_key(table.id)]
        target.formula(TOTAL_ROW, 1, f"={count}", "entries", item=table.id, column="count")


def _previous(members: Members) -> None:
    """Last year's totals of the units' figures, where the office knows them."""
    sheet, draft = members.sheet, members.draft
    sheet.key(PREVIOUS_ROW, f"{MEMBER_UNITS}#{PREVIOUS}")
    sheet.label(PREVIOUS_ROW, NUMBER, "")
    sheet.label(PREVIOUS_ROW, NAME, "上年合计", "label.center")
    figures = dict(enumerate(members.figures, start=members.first_figure))
    for col in range(RETURN, members.check_col + 2):
        item = figures.get(col)
        if item is None:
            sheet.label(PREVIOUS_ROW, col, "")
            continue
        draft.place_previous(sheet, (PREVIOUS_ROW, col), item_slot(item), item.id)
        draft.addresses[previous_key(item.id)] = sheet.address(PREVIOUS_ROW, col)

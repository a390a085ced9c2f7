"""The indicators as they stand, live, with their formulas in words."""

from __future__ import annotations

from collections.abc import Mapping

from xltool.expression import Node, Operand, divides_unit_totals, formula_words, operands, parse
from xltool.expression.excel import guarded
from xltool.layout.draft import ANY_NUMBER, MISSING, Draft, heading
from xltool.layout.members import FIRST_ROW as FIRST_UNIT
from xltool.layout.members import NAME as UNIT_NAME
from xltool.layout.members import SHEET as MEMBER_SHEET
from xltool.layout.sheet import Sheet, quoted, span
from xltool.model.edition import Edition, Indicator
from xltool.model.plan import absolute_a1

SHEET = "指标测算"
NOTE = (
    "本表按已填数据自动计算，供填报时核对；“未填”表示所需数据尚未填齐，“无法计算”表示分母为零。"
    "正式结果以市级汇总测算为准。"
)
NOTE_ROW, HEADER_ROW, FIRST_ROW = 2, 3, 4
NUMBER, BELONGS, LABEL, RESULT, UNIT, UNITS, FORMULA = range(1, 8)
FIRST_HELPER = 8
HEADS = ("序号", "对应指标", "监测指标", "测算结果", "计量单位", "已填单位", "计算公式")
WIDTHS = (6, 9, 46, 18, 11, 10, 62)


def result_sheet(draft: Draft) -> None:
    """One row an indicator; hidden beside it the totals over the units that answered all of its unit items."""
    sheet = Sheet(name=SHEET, widths=WIDTHS, freeze=(FIRST_ROW, LABEL), repeat_rows=(HEADER_ROW, HEADER_ROW))
    heading(sheet, "监测指标测算结果")
    sheet.wide_label(NOTE_ROW, (1, sheet.last_col), NOTE, "note")
    for col, text in enumerate(HEADS, start=1):
        sheet.label(HEADER_ROW, col, text, "head")
    helpers = 0
    for number, indicator in enumerate(draft.edition.indicators, start=1):
        helpers = max(helpers, _row(draft, sheet, number, indicator))
    sheet.hidden_cols += range(FIRST_HELPER, FIRST_HELPER + helpers)
    area = span((FIRST_ROW, RESULT), (FIRST_ROW + len(draft.edition.indicators) - 1, RESULT))
    cell = absolute_a1(FIRST_ROW, RESULT).replace("$", "")
    sheet.formats.append((area, f'OR({cell}="{MISSING}",{cell}="无法计算")', "open"))
    sheet.formats.append((area, f'{cell}="不适用"', "quiet"))
    draft.sheets.append(sheet)


def _row(draft: Draft, sheet: Sheet, number: int, indicator: Indicator) -> int:
    """Add an indicator; the number of helper cells beside it."""
    row = FIRST_ROW + number - 1
    node = parse(indicator.formula)
    over_units = [op.key for op in operands(node) if op.key in draft.unit_columns]
    matched = divides_unit_totals(node, lambda key: key in draft.unit_columns)
    cells = _matched(draft, sheet, row, over_units) if matched else {}

    def address(key: str) -> str:
        return cells.get(key) or draft.address(key)

    text = _quotes_text(draft.edition, node)
    style = "result.text" if text else f"result.{min(indicator.decimals, 6)}"
    sheet.label(row, NUMBER, str(number), "label.center")
    sheet.label(row, BELONGS, indicator.belongs_to, "label.center", item=indicator.id)
    sheet.label(row, LABEL, indicator.label, item=indicator.id)
    live = _quoted(draft, address(indicator.formula)) if text else guarded(node, address, draft.refusable)
    sheet.formula(row, RESULT, live, style, item=indicator.id)
    sheet.label(row, UNIT, indicator.unit_of_measure, "label.center", item=indicator.id)
    answered = _answered(draft, over_units)
    if answered:
        sheet.formula(row, UNITS, answered, "verdict", item=indicator.id, column="units")
    else:
        sheet.label(row, UNITS, "—", "label.center")
    sheet.label(row, FORMULA, formula_words(draft.edition, indicator.formula), "small", item=indicator.id)
    return len(cells)


def _quoted(draft: Draft, cell: str) -> str:
    """An item's text as it stands (with `=`)."""
    return f'=IFERROR(IF({draft.blank(cell)},"{MISSING}",{cell}),"{MISSING}")'


def _quotes_text(edition: Edition, node: Node) -> bool:
    """Whether the indicator is an item's text, which is quoted and not computed."""
    item = edition.item_by_id.get(node.key) if isinstance(node, Operand) else None
    return item is not None and item.rules is not None and item.rules.type == "text"


def _matched(draft: Draft, sheet: Sheet, row: int, keys: list[str]) -> Mapping[str, str]:
    """Helper cells with the totals over the units that answered every one of `keys`."""
    answering = _answering(draft, keys)
    cells: dict[str, str] = {}
    for col, key in enumerate(keys, start=FIRST_HELPER):
        total = f"SUMIFS({draft.unit_columns[key]},{answering})"
        sheet.formula(row, col, f'=IF(COUNTIFS({answering})=0,"{MISSING}",{total})', "key")
        cells[key] = absolute_a1(row, col)
    return cells


def _answered(draft: Draft, keys: list[str]) -> str:
    """How many of the district's units entered; blank for indicators without units' items."""
    if not keys:
        return ""
    return f'=COUNTIFS({_answering(draft, keys)})&"/"&COUNTIF({_names(draft)},"?*")'


def _answering(draft: Draft, keys: list[str]) -> str:
    """Criteria of the units that answered every one of `keys`."""
    answers = ",".join(f"{draft.unit_columns[key]},{ANY_NUMBER}" for key in keys)
    return f'{_names(draft)},"?*",{answers}'


def _names(draft: Draft) -> str:
    return f"{quoted(MEMBER_SHEET)}!{span((FIRST_UNIT, UNIT_NAME), (FIRST_UNIT + draft.units - 1, UNIT_NAME))}"

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest
from builders.layouts import DOCUMENT, ITEMS, UNITS, district_plan, scheme, unit_plan

from xltool.edition import load, locate
from xltool.expression import formula_fault
from xltool.layout import plan_for
from xltool.layout.sign_off import LINES
from xltool.model.plan import CellKind, Plan, PlanCell, SheetPlan, a1

EXCEL_2010 = {
    "COUNTA",
    "SUMIF",
    "COUNTBLANK",
    "SUMIFS",
    *("ABS", "AND", "COUNT", "COUNTIF", "COUNTIFS", "FALSE", "IF", "IFERROR", "INDEX", "INT", "ISERROR", "ISNUMBER"),
    *("LEFT", "LEN", "MATCH", "MAX", "MID", "MIN", "N", "NOT", "OR", "ROUND", "ROW", "SUBSTITUTE", "SUM"),
    *("SUMPRODUCT", "TEXT", "TRIM"),
}


def real_plan(kind: str) -> Plan:
    edition = load(locate("2023"))
    if kind == "district":
        return plan_for(edition, "district", units=28)
    return plan_for(edition, "unit", answers=("rural_labour_total", "rural_labour_trained"))


@pytest.fixture(scope="module", params=["district", "unit", "toy district", "toy unit"])
def plan(request: pytest.FixtureRequest) -> Plan:
    toys = {"toy district": district_plan, "toy unit": unit_plan}
    return toys[request.param]() if request.param in toys else real_plan(request.param)


def inputs(sheet: SheetPlan) -> list[PlanCell]:
    return [cell for cell in sheet.cells if cell.kind in (CellKind.INPUT, CellKind.PREFILLED)]


def keys(sheet: SheetPlan) -> dict[tuple[int, int], str]:
    return {(cell.row, cell.col): cell.text for cell in sheet.cells if cell.kind is CellKind.KEY}


def test_no_cell_is_planned_twice_or_under_a_merge(plan: Plan) -> None:
    for sheet in plan.sheets:
        places = Counter((cell.row, cell.col) for cell in sheet.cells)
        covered = Counter(
            (row, col)
            for top, left, bottom, right in sheet.merges
            for row in range(top, bottom + 1)
            for col in range(left, right + 1)
        )
        corners = {(top, left) for top, left, _, _ in sheet.merges}
        assert max(places.values()) == 1
        assert max(covered.values(), default=1) == 1
        assert not (places.keys() & covered.keys()) - corners
        assert corners <= places.keys()


def test_every_input_has_its_own_anchor_and_slot(plan: Plan) -> None:
    cells = [cell for sheet in plan.sheets for cell in inputs(sheet)]
    anchors = Counter((cell.item, cell.entry, cell.column) for cell in cells)
    assert max(anchors.values()) == 1
    assert all(cell.slot in plan.slots for cell in cells)
    assert {cell.slot for cell in cells} == set(plan.slots)


def test_every_item_that_the_workbook_holds_has_an_input(plan: Plan) -> None:
    held = {item for item, _, _ in plan.inputs}
    assert set(plan.answers) <= held
    assert "signoff" in held


def test_inputs_are_found_by_block_column_and_row_keys(plan: Plan) -> None:
    found: Counter[tuple[str, str, str]] = Counter()
    for sheet in plan.sheets:
        texts = keys(sheet)
        blocks = [row for (row, col), text in sorted(texts.items()) if col == 0 and text.startswith("@")]
        for cell in inputs(sheet):
            block = max(row for row in blocks if row < cell.row)
            found[texts[block, 0], texts[block, cell.col], texts[cell.row, 0]] += 1
    assert max(found.values()) == 1
    assert sum(found.values()) == len(plan.inputs)


def test_block_and_row_keys_are_unique_in_the_workbook(plan: Plan) -> None:
    visible = [sheet for sheet in plan.sheets if sheet.visibility == "visible"]
    firsts = Counter(text for sheet in visible for (_, col), text in keys(sheet).items() if col == 0)
    assert max(firsts.values()) == 1


def test_keys_are_hidden(plan: Plan) -> None:
    for sheet in plan.sheets:
        if sheet.visibility == "visible":
            rows = {row for (row, col), text in keys(sheet).items() if col == 0 and text.startswith("@")}
            assert rows <= set(sheet.hidden_rows)
            assert 0 in sheet.hidden_cols


def test_formulas_stay_within_what_excel_2010_knows(plan: Plan) -> None:
    for sheet in plan.sheets:
        for cell in sheet.cells:
            if cell.kind is CellKind.FORMULA:
                assert cell.formula.startswith("=")
                assert formula_fault(cell.formula) is None, (sheet.name, a1(cell.row, cell.col))
                bare = re.sub(r'"[^"]*"|\'[^\']*\'', "", cell.formula)
                assert set(re.findall(r"([A-Z][A-Z0-9.]*)\(", bare)) <= EXCEL_2010
                assert all(len(text) <= 255 for text in re.findall(r'"((?:[^"]|"")*)"', cell.formula))


def test_formulas_name_sheets_that_exist(plan: Plan) -> None:
    names = {sheet.name for sheet in plan.sheets}
    for sheet in plan.sheets:
        for cell in sheet.cells:
            if cell.kind is CellKind.FORMULA:
                assert set(re.findall(r"'([^']+)'!", cell.formula)) <= names
            if cell.link is not None:
                assert cell.link in names


def test_rows_are_high_enough_for_their_labels(plan: Plan) -> None:
    for sheet in plan.sheets:
        assert all(15 < height < 409 for _, height in sheet.heights)


def test_a_district_gets_every_sheet_in_reading_order() -> None:
    assert [sheet.name for sheet in district_plan().sheets] == [
        *("封面", "基础信息表", "1.1 事项1", "场所", "成员单位", "资助", "文件", "固定标签", "指标测算", "自查"),
        *("填报审核", "_lists", "_xltool"),
    ]


def test_a_unit_gets_what_it_answers_for() -> None:
    plan = unit_plan()
    assert [sheet.name for sheet in plan.sheets] == [
        *("封面", "本单位数据", "资助", "文件", "固定标签", "自查", "填报审核", "_lists", "_xltool")
    ]
    assert plan.answers == ("farmers", "staff", "trained", "grants")
    assert ("grants", 1, "unit") not in plan.inputs


def test_a_districts_lists_of_units_have_a_unit_column() -> None:
    plan = district_plan()
    assert plan.slots["grants.unit"].choices is not None
    assert plan.lists["units"].size == len(UNITS)
    assert ("grants", 1, "unit") in plan.inputs
    assert ("places", 1, "unit") not in plan.inputs


def test_member_units_have_a_row_each() -> None:
    plan = district_plan()
    assert [("member_units", n, "unit") in plan.inputs for n in (1, 3, 4)] == [True, True, False]
    assert {("staff", 3, None), ("trained", 3, None), ("member_units", 3, "remark")} <= plan.inputs.keys()
    assert plan.inputs["member_units", 1, "unit"][1].kind is CellKind.PREFILLED


def test_lists_have_the_editions_rows_unless_told_otherwise() -> None:
    def rows(plan: Plan, table: str) -> int:
        return max(row or 0 for item, row, _ in plan.inputs if item == table)

    assert [rows(district_plan(), name) for name in ("places", "grants", "paper")] == [5, 4, 3]
    assert [rows(unit_plan(), name) for name in ("grants", "paper")] == [3, 2]
    longer = plan_for(scheme(), "district", units=3, rows=9)
    assert [rows(longer, name) for name in ("places", "grants", "paper")] == [9, 9, 3]


def test_a_district_without_units_still_has_a_plan() -> None:
    plan = plan_for(scheme(), "district", units=0)
    assert plan.lists["units"].size == 1


def test_every_single_value_and_list_has_a_remark_and_every_list_a_declaration() -> None:
    plan = district_plan()
    own = [item for item in ITEMS if item.is_table or item.level != "each_unit"]
    assert all((item.id, None, "remark") in plan.inputs for item in own)
    assert all((item.id, None, "none") in plan.inputs for item in own if item.is_table)
    assert (DOCUMENT.id, None, "none") in plan.inputs


def test_the_sign_off_has_every_line() -> None:
    columns = {column for item, _, column in unit_plan().inputs if item == "signoff"}
    assert columns == {line.column for line in LINES}


def test_only_checks_that_the_workbook_can_judge_stand_on_the_self_check_sheet() -> None:
    def judged(plan: Plan) -> set[str | None]:
        sheet = next(sheet for sheet in plan.sheets if sheet.name == "自查")
        return {cell.item for cell in sheet.cells if cell.style == "verdict"}

    everything = {check.id for check in scheme().checks}
    assert judged(district_plan()) == everything - {"compared"}
    assert judged(unit_plan()) == {"trained_within", "grants_within", "grant_positive", "paper_order", "paper_year"}


def test_indicators_show_their_result_formula_and_units() -> None:
    sheet = next(sheet for sheet in district_plan().sheets if sheet.name == "指标测算")
    formulas = {(cell.item, cell.column): cell.formula for cell in sheet.cells if cell.kind is CellKind.FORMULA}
    assert {indicator.id for indicator in scheme().indicators} <= {item for item, _ in formulas}
    assert "未填" in formulas["visit_rate", None]
    assert formulas["trained_share", "units"].endswith(',"?*")')
    assert ("visit_rate", "units") not in formulas


def test_matched_units_are_added_up_beside_the_indicator() -> None:
    sheet = next(sheet for sheet in district_plan().sheets if sheet.name == "指标测算")
    result = next(
        cell for cell in sheet.cells if cell.item == "grant_per_head" and cell.column is None and cell.col == 4
    )
    helpers = [cell for cell in sheet.cells if cell.row == result.row and cell.col in sheet.hidden_cols[1:]]
    assert len(helpers) == 2
    assert all(cell.text.count("COUNTIFS(") == cell.text.count("SUMIFS(") == 1 for cell in helpers)


def test_the_digest_follows_the_content() -> None:
    same, other = district_plan(), district_plan(short_title="另一次监测")
    assert same.digest == district_plan().digest
    assert len({same.digest, other.digest, unit_plan().digest}) == 3


def test_cells_stand_in_reading_order(plan: Plan) -> None:
    for sheet in plan.sheets:
        places = [(cell.row, cell.col) for cell in sheet.cells]
        assert all(one < other for one, other in pairwise(places))


def test_lists_and_checks_can_be_filtered_from_their_heads() -> None:
    """Protection lets people use arrows that are there, not add any."""
    sheets = {sheet.name: sheet for sheet in district_plan().sheets}
    listed = [s for s in sheets.values() if any(cell.entry and cell.kind is CellKind.INPUT for cell in s.cells)]
    assert listed
    for sheet in (*listed, sheets["自查"]):
        assert sheet.filtered is not None, sheet.name
        top, first, bottom, last = sheet.filtered
        heads = {cell.col for cell in sheet.cells if cell.row == top and cell.style == "head"}
        entries = {cell.row for cell in sheet.cells if cell.entry and cell.kind is CellKind.INPUT}
        assert first in heads
        assert last in heads
        assert not entries or (top + 1, bottom) == (min(entries), max(entries))

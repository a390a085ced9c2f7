from __future__ import annotations

from typing import Any

import pytest
from builders.layouts import UNITS, district_plan, recipient, unit_plan

from xltool.layout import describe
from xltool.model.plan import Prefilled, a1
from xltool.model.submission import Place

FIELDS = ["kind", "item", "row", "column", "sheet", "cell", "type", "unit_of_measure", "choices", "depends_on"]


def rows(*prefilled: Prefilled, **more: Any) -> list[dict[str, object]]:
    plan = district_plan()
    return describe(plan, recipient(plan, *prefilled), **more)


def only(found: list[dict[str, object]], item: str, row: int | None, column: str | None) -> dict[str, object]:
    kinds = ("input", "prefilled")
    (match,) = (r for r in found if (r["item"], r["row"], r["column"]) == (item, row, column) and r["kind"] in kinds)
    return match


def test_every_row_has_exactly_the_fields_of_the_contract() -> None:
    assert all(list(row) == FIELDS for row in rows())


def test_every_cell_of_the_plan_is_listed_once() -> None:
    plan = district_plan()
    places = [(row["sheet"], row["cell"]) for row in rows()]
    assert len(places) == len(set(places)) == sum(len(sheet.cells) for sheet in plan.sheets)


def test_kinds_are_those_of_the_contract() -> None:
    assert {row["kind"] for row in rows()} == {"input", "prefilled", "formula", "label", "key"}


def test_a_single_value_has_type_and_unit() -> None:
    found = only(rows(), "people", None, None)
    assert (found["type"], found["unit_of_measure"], found["choices"]) == ("number", "人", None)
    assert only(rows(), "people", None, "remark")["type"] == "text"


def test_figures_of_member_units_go_by_their_own_item() -> None:
    found = rows()
    assert only(found, "staff", 2, None)["kind"] == "input"
    assert only(found, "member_units", 2, "unit")["kind"] == "prefilled"


def test_a_plain_dropdown_lists_its_texts() -> None:
    found = rows()
    assert only(found, "paper", 1, "kind")["choices"] == ["规划", "=总结"]
    assert only(found, "grants", 1, "unit")["choices"] == list(UNITS)
    assert only(found, "places", None, "none")["choices"] == ["是"]


def test_a_dependent_dropdown_lists_texts_by_its_parents_value() -> None:
    found = only(rows(), "paper", 1, "second")
    assert found["depends_on"] == "first"
    assert found["choices"] == {"1 第1项": ["1.1 第1.1项", "1.2 第1.2项"], "2 第2项": ["2.1 第2.1项"]}


def test_what_the_office_filled_in_is_prefilled() -> None:
    given = Prefilled(item="visits", value=12, source="平台.csv", raw="12")
    assert only(rows(given), "visits", None, None)["kind"] == "prefilled"
    assert only(rows(), "visits", None, None)["kind"] == "input"


def test_results_and_totals_name_what_they_are_of() -> None:
    found = {(row["item"], row["column"]) for row in rows() if row["kind"] == "formula"}
    assert {("places", "total"), ("grants", "total"), ("visit_rate", None), ("visits_cover", None)} <= found


def test_a_returned_file_says_where_inputs_were_found() -> None:
    moved = {("visits", None, None): Place(sheet="数据", cell="F9")}
    found = rows(places=moved)
    place = only(found, "visits", None, None)
    assert (place["sheet"], place["cell"]) == ("数据", "F9")
    lost = only(found, "people", None, None)
    assert (lost["sheet"], lost["cell"]) == (None, None)


def test_an_issued_file_says_where_inputs_stand() -> None:
    plan = unit_plan()
    sheet, cell = plan.inputs["staff", None, None]
    found = only(describe(plan, recipient(plan)), "staff", None, None)
    assert (found["sheet"], found["cell"]) == (sheet, a1(cell.row, cell.col))


@pytest.mark.parametrize("column", ["filler", "filled_on", "first_opinion", "second_date", "head"])
def test_the_sign_off_is_listed(column: str) -> None:
    kind = "date" if column in {"filled_on", "second_date"} else "text"
    assert only(rows(), "signoff", None, column)["type"] == kind

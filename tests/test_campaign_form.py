"""A district's figures in the order of the form that they are retyped into."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import rounds
from builders.rounds import DISTRICT, UNIT, Row, rows, xltool
from openpyxl import load_workbook

from xltool import edition as editions

EDITION = editions.load(editions.locate("2023"))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = rounds.campaign(tmp_path_factory.mktemp("form"))
    changes: dict[rounds.Key, rounds.Typed] = {
        ("special_funds", 1, "category"): "公益培训",
        ("library_area", None, None): 18300.123456,
    }
    xltool("ingest", rounds.returned(root.parent / "a.xlsx", changes), folder=root)
    (root.parent / "平台.csv").write_text(f"区,数据项,数值\n{DISTRICT},college_floor_area,1200.5\n", "utf-8")
    xltool("prefill", root.parent / "平台.csv", folder=root)
    return root


@pytest.fixture(scope="module")
def form(root: Path) -> list[Row]:
    return rows("values", "--platform-order", "--district", DISTRICT, folder=root)


def of(form: list[Row], item: str) -> list[Row]:
    return [row for row in form if row["item"] == item]


def test_the_order_is_the_base_table_then_attachment_two() -> None:
    order = [item.id for item in EDITION.in_form_order]

    assert sorted(order) == sorted(item.id for item in EDITION.items)
    assert order[:6] == [
        "resident_population",
        "population_60_plus",
        "school_count",
        "large_enterprise_count",
        "special_funds",
        "unit_special_budget",
    ]
    assert order.index("other_volunteers") < order.index("teachers_with_degree") < order.index("teachers_total")
    assert order.index("other_elderly_learners") < order.index("registered_elderly") < order.index("elderly_teams")


def test_every_item_is_there_in_order_whether_answered_or_not(form: list[Row]) -> None:
    order = list(dict.fromkeys(row["item"] for row in form))

    assert order == [item.id for item in EDITION.in_form_order]
    (first,) = of(form, "resident_population")
    assert (first["number"], first["section"], first["shown"], first["state"]) == (1, "基础信息表", "未填", "missing")


def test_a_figure_is_rounded_for_display_and_says_where_it_stands(form: list[Row]) -> None:
    (row,) = of(form, "library_area")

    assert (row["value"], row["shown"], row["unit_of_measure"]) == (18300.123456, "18300.1235", "m²")
    assert row["source"] == f"{UNIT}“本单位数据”{row['cell']}"
    assert str(row["file"]).endswith("a.xlsx")


def test_a_prefilled_figure_names_its_file(form: list[Row]) -> None:
    (row,) = of(form, "college_floor_area")
    assert (row["shown"], row["source"], row["cell"]) == ("1200.5", "市级预填（平台.csv）", None)


def test_lists_come_entry_by_entry_with_their_other_columns_and_the_total_behind(form: list[Row]) -> None:
    listed = [(row["unit"], row["entry"], row["shown"], row["note"]) for row in of(form, "special_funds")]

    assert listed == [
        (UNIT, "全民阅读专项", "120.5", "项目类别：公益培训"),
        (UNIT, "市民艺术夜校专项", "79.5", None),
        (None, "合计", "200", None),
    ]


def test_units_figures_come_unit_by_unit_with_the_total_behind(form: list[Row]) -> None:
    found = of(form, "unit_special_budget")

    assert len(found) == 28
    assert {row["unit"]: row["shown"] for row in found if row["state"] == "value"} == {UNIT: "500", None: "500"}
    assert found[-1]["entry"] == "合计"


def test_it_is_saved_for_people(root: Path) -> None:
    xltool("values", "--platform-order", "--district", DISTRICT, "-o", root / "转录.xlsx", folder=root)
    (sheet,) = load_workbook(root / "转录.xlsx").worksheets

    heads = [cell.value for cell in sheet[1]]
    assert heads == ["区", "序号", "对应指标", "数据项", "成员单位", "名称", "填写内容", "计量单位", "其他栏", "来源"]


def test_an_unknown_district_is_one_line(root: Path) -> None:
    said = xltool("values", "--platform-order", "--district", "火星区", folder=root)
    assert (said.code, "没有名为“火星区”的区" in said.fault) == (2, True)

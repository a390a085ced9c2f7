"""`edition show --json`: exactly the contract's fields, elements are objects, the whole is JSON."""

from __future__ import annotations

import json

import pytest

from xltool import edition

FIELDS = {
    "framework": {"id", "level", "name", "answers"},
    "items": {"id", "label", "unit_of_measure", "level", "responsible", "source", "columns"},
    "indicators": {"id", "label", "unit_of_measure", "belongs_to", "formula", "direction"},
    "checks": {"id", "scope", "severity", "expression", "message"},
    "documents": {"id", "label", "columns"},
    "districts": {"name"},
    "units": {"name", "answers_for"},
}
COLUMN_FIELDS = {"id", "label", "type", "unit_of_measure", "required"}

Exported = dict[str, list[dict[str, object]]]


@pytest.fixture(scope="module")
def exported() -> Exported:
    text = json.dumps(edition.export(edition.load(edition.locate("2023"))), ensure_ascii=False)
    loaded: Exported = json.loads(text)
    return loaded


def test_parts_and_their_fields_are_the_contracts(exported: Exported) -> None:
    assert {part: {frozenset(record) for record in records} for part, records in exported.items()} == {
        part: {frozenset(fields)} for part, fields in FIELDS.items()
    }


def test_columns_are_objects_with_their_rules(exported: Exported) -> None:
    funds = next(record for record in exported["items"] if record["id"] == "special_funds")
    assert funds["columns"] == [
        {"id": "fund_name", "label": "专项名称", "type": "text", "unit_of_measure": None, "required": True},
        {"id": "category", "label": "项目类别", "type": "text", "unit_of_measure": None, "required": False},
        {"id": "budget", "label": "预算", "type": "number", "unit_of_measure": "万元", "required": True},
    ]
    for record in exported["documents"]:
        columns = record["columns"]
        assert isinstance(columns, list)
        assert all(set(column) == COLUMN_FIELDS for column in columns)


def test_single_figures_have_no_columns(exported: Exported) -> None:
    area = next(record for record in exported["items"] if record["id"] == "library_area")
    assert area == {
        "id": "library_area",
        "label": "图书馆总建筑面积",
        "unit_of_measure": "m²",
        "level": "one_unit",
        "responsible": "区文化旅游局",
        "source": "各区统计年鉴",
        "columns": [],
    }


def test_levels_of_the_framework_are_numbers(exported: Exported) -> None:
    assert {record["level"] for record in exported["framework"]} == {1, 2, 3, 4}
    assert sum(record["answers"] is not None for record in exported["framework"]) == 15

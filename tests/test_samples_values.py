from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import cache

import pytest

from xltool import data
from xltool import edition as editions
from xltool.demo import entries, synthesise
from xltool.demo import profile as profiles
from xltool.demo.answers import district_answers
from xltool.demo.entries import Entry
from xltool.model.edition import Column, Edition, Item, Level, Rules

SAMPLES = data.folder("samples") / "2023"


@cache
def edition() -> Edition:
    return editions.load(data.folder("rules") / "2023")


@cache
def values() -> tuple[Entry, ...]:
    return entries.loads((SAMPLES / entries.VALUES_FILE).read_text("utf-8"))


def test_committed_values_equal_their_regeneration() -> None:
    profile = profiles.load(SAMPLES)

    again = entries.dumps(synthesise.synthesise(edition(), profile))

    assert again == (SAMPLES / entries.VALUES_FILE).read_text("utf-8")


def test_sizes_stay_moderate() -> None:
    assert (SAMPLES / entries.VALUES_FILE).stat().st_size < 2_000_000


def test_residents_are_the_census_of_the_city() -> None:
    residents = [float(entry.value) for entry in values() if entry.item == "resident_population"]

    assert len(residents) == 16
    assert sum(residents) == pytest.approx(2487.09)


@pytest.mark.parametrize("district", [district.name for district in edition().districts])
def test_every_item_is_answered_by_whom_it_is_asked(district: str) -> None:
    without = next(entry.without for entry in edition().districts if entry.name == district)
    answered = {(entry.unit, entry.item) for entry in values() if entry.district == district}
    members = [unit for unit in edition().units if unit.workbook and unit.name not in without]
    documents = {document.id for document in edition().documents}
    own = {(None, item.id) for item in edition().items if item.level in (Level.DISTRICT, Level.PLATFORM)}
    each = {(unit.name, item.id) for unit in members for item in edition().items if item.level == Level.EACH_UNIT}
    one = {(unit.name, item) for unit in members for item in unit.answers_for}

    assert {key for key in answered if key[1] not in documents} == own | each | one
    assert {item for unit, item in answered if unit is None and item in documents} == documents
    assert {unit for unit, item in answered if item in documents} == {None, *(unit.name for unit in members)}


def test_every_value_is_what_its_cell_takes() -> None:
    wrong = [entry for entry in values() if not fits(entry)]

    assert wrong == []


def fits(entry: Entry) -> bool:
    if entry.column == synthesise.NONE_COLUMN:
        return entry.value == "是"
    rules = rules_of(entry)
    if rules.type in ("integer", "number"):
        number = int(entry.value) if rules.type == "integer" else float(entry.value)
        return float(rules.min or 0) <= number <= float(str(rules.max))  # type: ignore[arg-type]
    if rules.type == "date":
        return edition().period_start <= dt.date.fromisoformat(entry.value) <= edition().period_end
    tags = entry.value.split() if rules.tags else []
    return len(entry.value) <= (rules.maxlength or 10_000) and all(len(tag) <= (rules.tags or 0) for tag in tags)


def rules_of(entry: Entry) -> Rules:
    if entry.column is None:
        rules = edition().item_by_id[entry.item].rules
        assert rules is not None
        return rules
    return column_of(entry).rules


def column_of(entry: Entry) -> Column:
    return next(column for column in edition().columns_of(entry.item) if column.id == entry.column)


def test_document_choices_are_on_their_lists() -> None:
    nodes = {node.choice: node for node in edition().framework}
    rows: dict[tuple[str, str | None, str, int | None], dict[str | None, str]] = {}
    for entry in values():
        if entry.item in edition().document_by_id:
            rows.setdefault((entry.district, entry.unit, entry.item, entry.row), {})[entry.column] = entry.value
            choices = column_of(entry).choices
            if entry.column == "doc_type" and choices:
                assert entry.value in edition().lists[choices.list]
    for row in rows.values():
        chain = [nodes[row[column]] for column in ("point", "level3", "level2", "level1")]
        assert [node.parent for node in chain[:-1]] == [node.id for node in chain[1:]]


def test_the_units_lists_fit_into_the_districts_workbook() -> None:
    for district in edition().districts:
        own = [entry for entry in values() if entry.district == district.name]
        units = list(dict.fromkeys(entry.unit for entry in own if entry.unit))
        typed = district_answers(own, edition(), units).typed
        used = Counter({table: row or 0 for table, row, _ in sorted(typed, key=lambda key: key[1] or 0)})
        tables: list[Item] = [item for item in edition().items if item.is_table]
        rows = edition().rows
        assert all(used[item.id] <= rows.get(item.id, rows["table"]) + rows["continuation"] for item in tables)

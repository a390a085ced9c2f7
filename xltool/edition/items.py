"""Do the data items and the units that answer for them fit together?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from xltool.edition.faults import Fault
from xltool.edition.identifiers import Sources, framework_levels, tables
from xltool.edition.yamlfile import Source, Step

EACH_UNIT = "各成员单位"
"""`responsible` of the items that every member unit answers for itself."""

_TABLE_FIELDS = ("total", "entry", "sheet")
_COMBINABLE = {
    "district": ("district",),
    "platform": ("district",),
    "one_unit": ("one_unit", "latest", "district"),
    "each_unit": ("sum", "none"),
}
"""By level, how the units' answers may become the district's; the first is what is done where nothing is said."""

_NUMBERS = ("integer", "number")
_BELONGS = (2, 3)  # items and indicators stand at the second or the third level

Path = tuple[Step, ...]


def check_items(sources: Sources) -> Iterator[Fault]:
    """Kinds of items, tables, ranges, responsible units, and the framework that items and indicators belong to."""
    source = sources["items.yaml"]
    units = {unit["name"] for _, unit in sources["units.yaml"].records("units")}
    for path, item in source.records("items"):
        yield from _kind(source, path, item)
        yield from _responsible(source, path, item, units)
        yield from _combined(source, path, item)
        yield from _range(source, (*path, "rules"), item.get("rules", {}))
    for path, table in tables(sources):
        yield from _table(source, path, table)
        for place, column in source.records(*path, "columns"):
            yield from _range(source, (*place, "rules"), column["rules"])
    for place, column in sources["documents.yaml"].records("columns"):
        yield from _range(sources["documents.yaml"], (*place, "rules"), column["rules"])
    yield from _belongs(sources)
    yield from _form(source)


def _form(source: Source) -> Iterator[Fault]:
    """Whether the form's order names every item once."""
    order = source.data.get("form", ())
    ids = [item["id"] for _, item in source.records("items")]
    for number, name in enumerate(order):
        if name not in ids:
            yield source.fault(("form", number), "form_unknown", name=name)
        elif name in order[:number]:
            yield source.fault(("form", number), "form_doubled", name=name)
    missing = [name for name in ids if order and name not in order]
    if missing:
        yield source.fault(("form",), "form_incomplete", names="、".join(missing))


def check_answers(sources: Sources) -> Iterator[Fault]:
    """Items of one unit are answered for by exactly their responsible one, those that take the latest by any.

    Units that districts lack exist.
    """
    source = sources["units.yaml"]
    wanted = {
        item["id"]: None if item.get("combine") == "latest" else item["responsible"]
        for _, item in sources["items.yaml"].records("items")
        if item["level"] == "one_unit"
    }
    answered: set[str] = set()
    for path, unit in source.records("units"):
        answered.update(unit.get("answers_for", ()))
        yield from _answers(source, path, unit, wanted)
    for path, item in sources["items.yaml"].records("items"):
        if item["id"] in wanted and item["id"] not in answered:
            yield sources["items.yaml"].fault((*path, "id"), "answers_nobody", id=item["id"])
    names = {unit["name"] for _, unit in source.records("units")}
    for path, district in source.records("districts"):
        for number, name in enumerate(district.get("without", ())):
            if name not in names:
                yield source.fault((*path, "without", number), "unit_unknown", name=name)


def _answers(source: Source, path: Path, unit: dict[str, Any], wanted: dict[str, str | None]) -> Iterator[Fault]:
    names = unit.get("answers_for", ())
    for number, name in enumerate(names):
        place = (*path, "answers_for", number)
        if name not in wanted:
            yield source.fault(place, "answers_unknown", unit=unit["name"], id=name)
        elif wanted[name] not in (None, unit["name"]):
            yield source.fault(place, "answers_responsible", unit=unit["name"], id=name, responsible=wanted[name])
    if names and not unit.get("workbook", True):
        yield source.fault((*path, "answers_for"), "answers_workbook", unit=unit["name"])


def _kind(source: Source, path: Path, item: dict[str, Any]) -> Iterator[Fault]:
    if ("rules" in item) == ("columns" in item):
        yield source.fault((*path, "id"), "item_kind", id=item["id"])
    elif "rules" in item:
        for field in _TABLE_FIELDS:
            if field in item:
                yield source.fault((*path, field), "item_scalar_fields", id=item["id"], field=field)


def _table(source: Source, path: Path, item: dict[str, Any]) -> Iterator[Fault]:
    if any(field not in item for field in _TABLE_FIELDS):
        yield source.fault((*path, "id"), "item_table_fields", id=item["id"])
        return
    columns = {column["id"]: column["rules"] for column in item["columns"]}
    for field, types, code in (("total", _NUMBERS, "table_total"), ("entry", ("text",), "table_entry")):
        rules = columns.get(item[field])
        if rules is None or rules["type"] not in types or not rules.get("required", True):
            yield source.fault((*path, field), code, id=item["id"], column=item[field])


def _responsible(source: Source, path: Path, item: dict[str, Any], units: set[str]) -> Iterator[Fault]:
    name = item["responsible"]
    place = (*path, "responsible")
    if item["level"] == "each_unit":
        if name != EACH_UNIT:
            yield source.fault(place, "responsible_each", each=EACH_UNIT)
    elif name not in units:
        yield source.fault(place, "responsible_unknown", name=name, each=EACH_UNIT)


def _combined(source: Source, path: Path, item: dict[str, Any]) -> Iterator[Fault]:
    """Whether the units' answers can be put together as the item says."""
    allowed = _COMBINABLE[item["level"]]
    combine = item.get("combine", allowed[0])
    if combine not in allowed:
        known = "、".join(allowed)
        yield source.fault((*path, "combine"), "combine_level", level=item["level"], combine=combine, known=known)
    elif combine == "sum" and "rules" in item and item["rules"]["type"] not in _NUMBERS:
        yield source.fault((*path, "level"), "combine_text", id=item["id"])
    if "doubled_within" in item and not ("columns" in item and item["level"] == "each_unit"):
        yield source.fault((*path, "doubled_within"), "doubled_no_list", id=item["id"])


def _range(source: Source, path: Path, rules: dict[str, Any]) -> Iterator[Fault]:
    low, high = rules.get("min"), rules.get("max")
    for field, bound in (("min", low), ("max", high)):
        if bound is not None and not _fits(rules["type"], bound):
            yield source.fault((*path, field), "rules_bounds", type=rules["type"])
            return
    if low is not None and high is not None and low > high:
        yield source.fault((*path, "min"), "rules_range", min=low, max=high)


def _fits(kind: str, bound: object) -> bool:
    if kind == "date":
        return isinstance(bound, dt.date)
    return kind in _NUMBERS and not isinstance(bound, dt.date)


def _belongs(sources: Sources) -> Iterator[Fault]:
    levels = framework_levels(sources["framework.yaml"])
    for file, key in (("items.yaml", "items"), ("indicators.yaml", "indicators")):
        for path, record in sources[file].records(key):
            node = record["belongs_to"]
            if node is not None and levels.get(node) not in _BELONGS:
                yield sources[file].fault((*path, "belongs_to"), "framework_unknown", id=node)

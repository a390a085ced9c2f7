"""Do formulas, checks and messages use what exists, where it may be used?"""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from xltool.edition.faults import Fault
from xltool.edition.identifiers import CONSTANTS, Sources
from xltool.edition.yamlfile import Source, Step
from xltool.errors import ExpressionError
from xltool.expression import Node, Operand, is_condition, operands, parse
from xltool.messages import fault as fault_text

Path = tuple[Step, ...]
Problem = tuple[str, dict[str, object]]
"""A code of `messages.LINT` and its context."""

_NUMBERS = ("integer", "number")
_ITEMS_WORD = "数据项"
_COLUMNS_WORD = "本清单的列"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What expressions may name: `items` by id, `tables` (items and document types) with their columns' rules."""

    items: Mapping[str, Mapping[str, Any]]
    tables: Mapping[str, Mapping[str, Mapping[str, Any]]]

    @classmethod
    def of(cls, sources: Sources) -> Vocabulary:
        """The edition's vocabulary."""
        items = {item["id"]: item for _, item in sources["items.yaml"].records("items")}
        documents = sources["documents.yaml"]
        shared = {column["id"]: column["rules"] for _, column in documents.records("columns")}
        tables = {
            name: {column["id"]: column["rules"] for column in item["columns"]}
            for name, item in items.items()
            if "columns" in item
        }
        for _, document in documents.records("documents"):
            tables[document["id"]] = {name: shared[name] for name in document["columns"] if name in shared}
        return cls(items=items, tables=tables)


def check_formulas(sources: Sources) -> Iterator[Fault]:
    """Faults of the indicators' formulas and the checks' expressions and messages, and items that nothing uses."""
    vocabulary = Vocabulary.of(sources)
    used: set[str] = set()
    indicators, checks = sources["indicators.yaml"], sources["checks.yaml"]
    for path, indicator in indicators.records("indicators"):
        places = (
            [(path, indicator), *indicators.records(*path, "parts")] if "parts" in indicator else [(path, indicator)]
        )
        for place, record in places:
            yield from _formula(indicators, (*place, "formula"), record["formula"], vocabulary, used)
    for path, check in checks.records("checks"):
        yield from _check(checks, path, check, vocabulary, used)
    yield from _unused(sources["items.yaml"], used)


def placeholder(operand: Operand) -> str:
    """How a message names an operand: its item or column, a total by its table, else `count_…` and `previous_…`."""
    return f"{operand.kind}_{operand.name}" if operand.kind in ("count", "previous") else operand.name


def _parsed(source: Source, path: Path, text: str) -> Node | Fault:
    try:
        return parse(text)
    except ExpressionError as error:
        reason, _ = fault_text(error.code, **{"place": error.place, **error.context})
        return source.fault(path, "expression", expression=text, reason=reason)


def _formula(source: Source, path: Path, text: str, vocabulary: Vocabulary, used: set[str]) -> Iterator[Fault]:
    node = _parsed(source, path, text)
    if isinstance(node, Fault):
        yield node
        return
    if is_condition(node):
        yield source.fault(path, "formula_verdict", expression=text)
    for operand in operands(node):
        used.add(operand.name)
        quoted = node == operand  # a text may be quoted, not computed with
        problems = (*_district_operand(operand, vocabulary, quoted=quoted), *_uncombined(operand, vocabulary))
        for code, context in problems:
            yield source.fault(path, code, **context)


def _check(
    source: Source, path: Path, check: Mapping[str, Any], vocabulary: Vocabulary, used: set[str]
) -> Iterator[Fault]:
    wrong_table = _wrong_table(check, vocabulary)
    if wrong_table is not None:
        field, code, context = wrong_table
        yield source.fault((*path, field), code, **context)
        return
    place = (*path, "expression")
    node = _parsed(source, place, check["expression"])
    if isinstance(node, Fault):
        yield node
        return
    if not is_condition(node):
        yield source.fault(place, "check_verdict", expression=check["expression"])
    for operand in operands(node):
        if "table" in check:
            problems = _row_operand(operand, vocabulary.tables[check["table"]])
        else:
            used.add(operand.name)
            problems = _scoped_operand(operand, vocabulary, check["scope"])
        for code, context in problems:
            yield source.fault(place, code, **context)
    yield from _message(source, (*path, "message"), check["message"], node)


def _wrong_table(check: Mapping[str, Any], vocabulary: Vocabulary) -> tuple[str, str, dict[str, object]] | None:
    """The faulty field of a check whose table is missing, unknown or out of place, with the fault's code."""
    by_row, table = check["scope"] == "row", check.get("table")
    if by_row and table is None:
        return "scope", "check_table", {}
    if not by_row and table is not None:
        return "table", "check_no_table", {}
    if by_row and table not in vocabulary.tables:
        return "table", "table_unknown", {"name": table}
    return None


def _row_operand(operand: Operand, columns: Mapping[str, Mapping[str, Any]]) -> Iterator[Problem]:
    if operand.kind != "item":
        yield "operand_row", {"name": operand.key}
    elif operand.name in CONSTANTS:
        return
    elif operand.name not in columns:
        yield "operand_unknown", {"name": operand.name, "known": _COLUMNS_WORD}
    elif columns[operand.name]["type"] in ("text", "choice"):
        yield "operand_text", {"name": operand.name}


def _scoped_operand(operand: Operand, vocabulary: Vocabulary, scope: str) -> Iterator[Problem]:
    yield from _district_operand(operand, vocabulary, quoted=False)
    item = vocabulary.items.get(operand.name)
    if scope != "unit":
        yield from _uncombined(operand, vocabulary)
    if scope == "unit" and item is not None and item["level"] != "each_unit":
        yield "operand_scope", {"name": operand.name}


def _uncombined(operand: Operand, vocabulary: Vocabulary) -> Iterator[Problem]:
    """An item whose units stand by themselves has no figure of the district."""
    if vocabulary.items.get(operand.name, {}).get("combine") == "none":
        yield "operand_uncombined", {"name": operand.name}


def _district_operand(operand: Operand, vocabulary: Vocabulary, *, quoted: bool) -> Iterator[Problem]:
    name = operand.name
    if operand.kind in ("total", "count"):
        yield from _table_operand(operand, vocabulary)
    elif operand.kind == "item" and name in CONSTANTS:
        return
    elif name not in vocabulary.items:
        yield "operand_unknown", {"name": name, "known": _ITEMS_WORD}
    elif name in vocabulary.tables:
        yield "operand_table", {"name": name}
    elif vocabulary.items[name]["rules"]["type"] not in (*_NUMBERS, "date") and not quoted:
        yield "operand_text", {"name": name}


def _table_operand(operand: Operand, vocabulary: Vocabulary) -> Iterator[Problem]:
    columns = vocabulary.tables.get(operand.name)
    if columns is None:
        yield "table_unknown", {"name": operand.name}
    elif operand.kind == "total":
        rules = columns.get(operand.column or "")
        if rules is None:
            yield "operand_unknown", {"name": operand.key, "known": _COLUMNS_WORD}
        elif rules["type"] not in _NUMBERS:
            yield "operand_date" if rules["type"] == "date" else "operand_text", {"name": operand.key}


def _message(source: Source, path: Path, message: str, node: Node) -> Iterator[Fault]:
    known = [placeholder(operand) for operand in operands(node)]
    try:
        fields = [field for field in string.Formatter().parse(message) if field[1] is not None]
    except ValueError:
        yield source.fault(path, "placeholder_syntax")
        return
    for _, name, specification, conversion in fields:
        if specification or conversion:
            yield source.fault(path, "placeholder_syntax")
        elif name not in known:
            yield source.fault(path, "placeholder", name=name, known="、".join(f"{{{each}}}" for each in known))


def _unused(source: Source, used: set[str]) -> Iterator[Fault]:
    for path, item in source.records("items"):
        if item["id"] not in used and not item.get("informational", False):
            yield source.fault((*path, "id"), "item_unused", id=item["id"])
        elif item["id"] in used and item.get("informational", False):
            yield source.fault((*path, "informational"), "item_used", id=item["id"])

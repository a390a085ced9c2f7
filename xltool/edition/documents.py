"""Do document types, columns, dropdown lists and tags fit together?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from xltool.edition.faults import Fault
from xltool.edition.identifiers import Sources, framework_levels, said, tables
from xltool.edition.yamlfile import Source, Step

BUILT_IN = frozenset({"units", "framework1", "framework2", "framework3", "framework4"})
"""Lists that the program makes: the district's member units, and each level of the framework."""

_TAGS_LEVEL = 2

Path = tuple[Step, ...]


def check_documents(sources: Sources) -> Iterator[Fault]:
    """Columns that don't exist or aren't used, choices without a list, lists that don't exist or aren't used, tags."""
    source = sources["documents.yaml"]
    shared = {column["id"]: column for _, column in source.records("columns")}
    used: set[str] = set()
    for path, document in source.records("documents"):
        yield from _unknown_columns(source, path, document, shared)
        columns = [_own(shared[name], document) for name in document["columns"] if name in shared]
        yield from _choices(source, path, columns)
        used.update(document["columns"])
    for place, table in tables(sources):
        yield from _choices(sources["items.yaml"], place, table["columns"])  # type: ignore[arg-type]
    for place, column in source.records("columns"):
        if column["id"] not in used:
            yield source.fault(place, "column_unused", column=column["id"])
    yield from _lists(sources)
    yield from _tags(sources)


def _own(column: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    name = document.get("lists", {}).get(column["id"])
    return column if name is None else {**column, "choices": {"list": name}}


def _unknown_columns(
    source: Source, path: Path, document: Mapping[str, Any], shared: Mapping[str, Any]
) -> Iterator[Fault]:
    for number, name in enumerate(document["columns"]):
        if name not in shared:
            yield source.fault((*path, "columns", number), "column_unknown", column=name)
    for field in ("labels", "lists"):
        for name in document.get(field, {}):
            if name not in document["columns"]:
                yield source.fault((*path, field, name), "column_unknown", column=name)


def _choices(source: Source, path: Path, columns: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    before: set[str] = set()
    for column in columns:
        choices = column.get("choices")
        place = (*path, "columns")
        if column["rules"]["type"] == "choice" and choices is None:
            yield source.fault(place, "choice_without_list", column=column["id"])
        parent = (choices or {}).get("depends_on")
        if parent is not None and parent not in before:
            yield source.fault(place, "parent_column", column=column["id"], parent=parent)
        before.add(column["id"])


def _uses(sources: Sources) -> Iterator[tuple[Source, Path, str]]:
    """Where a list is named."""
    source = sources["documents.yaml"]
    for path, column in source.records("columns"):
        if "choices" in column:
            yield source, (*path, "choices", "list"), column["choices"]["list"]
    for path, document in source.records("documents"):
        for column, name in document.get("lists", {}).items():
            yield source, (*path, "lists", column), name
    items = sources["items.yaml"]
    for path, _ in tables(sources):
        for place, column in items.records(*path, "columns"):
            if "choices" in column:
                yield items, (*place, "choices", "list"), column["choices"]["list"]


def _lists(sources: Sources) -> Iterator[Fault]:
    documents = sources["documents.yaml"]
    lists = documents.data["lists"]
    uses = list(_uses(sources))
    for source, path, name in uses:
        if name not in lists and name not in BUILT_IN:
            yield source.fault(path, "list_unknown", name=name)
    used = {name for _, _, name in uses}
    for name, values in lists.items():
        if name in BUILT_IN:
            yield documents.fault(("lists", name), "id_reserved", id=name)
        elif name not in used:
            yield documents.fault(("lists", name), "list_unused", name=name)
        for number, value in enumerate(values):
            if value in values[:number]:
                place = ("lists", name, number)
                first = said(documents, ("lists", name, values.index(value)))
                yield documents.fault(place, "id_doubled", id=value, place=first)


def _tags(sources: Sources) -> Iterator[Fault]:
    source = sources["documents.yaml"]
    levels = framework_levels(sources["framework.yaml"])
    limits = [column["rules"]["tags"] for _, column in source.records("columns") if "tags" in column["rules"]]
    for node, tags in source.data["tags"].items():
        if levels.get(node) != _TAGS_LEVEL:
            yield source.fault(("tags", node), "tags_node", id=node)
        for number, tag in enumerate(tags):
            if any(len(tag) > limit for limit in limits):
                yield source.fault(("tags", node, number), "tag_too_long", tag=tag, limit=min(limits))

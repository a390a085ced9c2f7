"""Are all ids and names different where they must be, and free of the program's own words?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from xltool.edition.faults import Fault
from xltool.edition.yamlfile import Source, Step

Sources = Mapping[str, Source]
Place = tuple[Source, tuple[Step, ...], str]
"""Where an id or a name stands, and what it is."""

_WORDS = {"and", "or", "not", "sum", "count", "previous", "abs", "min", "max", "round", "true", "false"}
CONSTANTS = frozenset({"period_start", "period_end", "data_year"})
"""Names that every expression may use; `build` gives them their values."""
_PLANNED = {"member_units", "signoff", "unit", "none", "value", "remark", "document", "table"}
RESERVED = frozenset(_WORDS | CONSTANTS | _PLANNED)
"""Words of the expression language, its constants, and names that plans and exports give themselves."""


def check_identifiers(sources: Sources) -> Iterator[Fault]:
    """Doubled ids and names, reserved ids, framework ids that don't continue their parent's."""
    ids = [
        *_ids(sources["items.yaml"], "items"),
        *_ids(sources["indicators.yaml"], "indicators"),
        *_ids(sources["checks.yaml"], "checks"),
        *_ids(sources["documents.yaml"], "documents"),
    ]
    columns = [
        *_ids(sources["documents.yaml"], "columns"),
        *(place for path, _ in tables(sources) for place in _ids(sources["items.yaml"], *path, "columns")),
    ]
    yield from doubled(ids)
    yield from (
        source.fault((*path, "id"), "id_reserved", id=name)
        for source, path, name in [*ids, *columns]
        if name in RESERVED
    )
    yield from _doubled_columns(sources)
    yield from doubled(_ids(sources["edition.yaml"], "calendar"))
    yield from doubled(_names(sources["units.yaml"], "districts"))
    yield from doubled(_unit_names(sources["units.yaml"]))
    yield from _framework(sources["framework.yaml"])


def doubled(places: Iterable[Place], code: str = "id_doubled") -> Iterator[Fault]:
    """A fault for each name that stood in an earlier place already, upper and lower case alike."""
    seen: dict[str, Place] = {}
    for place in places:
        source, path, name = place
        first = seen.setdefault(name.casefold(), place)
        if first is not place:
            yield source.fault(path, code, id=name, name=name, place=said(first[0], first[1]))


def said(source: Source, path: Sequence[Step]) -> str:
    """A place in words."""
    return f"{source.name}第{source.line(path)}行"


def tables(sources: Sources) -> Iterator[tuple[tuple[Step, ...], dict[str, object]]]:
    """The items that are lists, with their paths."""
    return ((path, item) for path, item in sources["items.yaml"].records("items") if "columns" in item)


def framework_levels(source: Source) -> dict[str, int]:
    """Ids of the framework's indicators and their levels (1-3)."""
    return {str(name): len(path) // 2 for _, path, name in _nodes(source, ("framework",))}


def _ids(source: Source, *path: Step) -> Iterator[Place]:
    return ((source, place, record["id"]) for place, record in source.records(*path))


def _names(source: Source, *path: Step) -> Iterator[Place]:
    return ((source, place, record["name"]) for place, record in source.records(*path))


def _unit_names(source: Source) -> Iterator[Place]:
    yield from _names(source, "units")
    for path, unit in source.records("units"):
        for number, alias in enumerate(unit.get("aliases", ())):
            yield source, (*path, "aliases", number), alias


def _doubled_columns(sources: Sources) -> Iterator[Fault]:
    yield from doubled(_ids(sources["documents.yaml"], "columns"))
    for path, _ in tables(sources):
        yield from doubled(_ids(sources["items.yaml"], *path, "columns"))
    documents = sources["documents.yaml"]
    for path, record in documents.records("documents"):
        yield from doubled(
            (documents, (*path, "columns", number), name) for number, name in enumerate(record["columns"])
        )


def _nodes(source: Source, path: tuple[Step, ...]) -> Iterator[Place]:
    for place, node in source.records(*path):
        yield source, place, node["id"]
        if "children" in node:
            yield from _nodes(source, (*place, "children"))


def _framework(source: Source) -> Iterator[Fault]:
    nodes = list(_nodes(source, ("framework",)))
    yield from doubled(nodes)
    by_path = {path: name for _, path, name in nodes}
    for _, path, name in nodes:
        parent = by_path.get(path[:-2])
        if parent is not None and not name.startswith(f"{parent}."):
            yield source.fault((*path, "id"), "framework_parent", id=name, parent=parent)

"""Names and texts that Excel would refuse: sheet tabs, prompts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xltool.edition.faults import Fault
from xltool.edition.identifiers import Place, Sources, doubled, tables

TAB_LIMIT = 31
TABLE_TAB_LIMIT = TAB_LIMIT - len("（续）")
"""A list's continuation has the same name and a mark."""

PROMPT_LIMIT = 180
"""A prompt holds 255 characters; the rest is for range and unit."""

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]|^'|'$")


def check_excel(sources: Sources) -> Iterator[Fault]:
    """Tabs too long, with forbidden characters or doubled; guidance that no prompt holds."""
    tabs = list(_tabs(sources))
    for source, path, name in tabs:
        limit = TAB_LIMIT if source.name == "framework.yaml" else TABLE_TAB_LIMIT
        if len(name) > limit:
            yield source.fault(path, "sheet_long", name=name, limit=limit)
        if _FORBIDDEN.search(name):
            yield source.fault(path, "sheet_characters", name=name)
    yield from doubled(tabs, "sheet_doubled")
    for source, path, text in _prompts(sources):
        if len(text) > PROMPT_LIMIT:
            yield source.fault(path, "prompt_long", length=len(text), limit=PROMPT_LIMIT)


def _tabs(sources: Sources) -> Iterator[Place]:
    framework = sources["framework.yaml"]
    for path, _ in framework.records("framework"):
        for place, node in framework.records(*path, "children"):
            yield framework, (*place, "short"), node["short"]
    for path, table in tables(sources):
        if "sheet" in table:
            yield sources["items.yaml"], (*path, "sheet"), str(table["sheet"])
    for path, document in sources["documents.yaml"].records("documents"):
        yield sources["documents.yaml"], (*path, "sheet"), document["sheet"]


def _prompts(sources: Sources) -> Iterator[Place]:
    items, documents = sources["items.yaml"], sources["documents.yaml"]
    places = [(items, path, record) for path, record in items.records("items")]
    places += [
        (items, place, column) for path, _ in tables(sources) for place, column in items.records(*path, "columns")
    ]
    places += [(documents, path, record) for path, record in documents.records("columns")]
    for source, path, record in places:
        if "guidance" in record:
            yield source, (*path, "guidance"), record["guidance"]

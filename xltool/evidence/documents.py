"""Stored values -> the documents that a district and its units list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from xltool.model.edition import Edition, Framework
from xltool.model.entries import listing
from xltool.model.evidence import LEVEL_COLUMNS, Document
from xltool.model.values import Value


def documents_of(edition: Edition, values: Iterable[Value]) -> tuple[Document, ...]:
    """The filled rows of all document tables, by district, owner (the district itself first), type and row."""
    order = {document.id: number for number, document in enumerate(edition.documents)}
    own = [value for value in values if value.item in order and not value.prefilled]

    def table(value: Value) -> tuple[str, str, int]:
        return (value.district, value.unit or "", order[value.item])

    own.sort(key=table)
    choices = {node.choice: node for node in edition.framework}
    return tuple(one for _, group in groupby(own, table) for one in _rows(edition, choices, list(group)))


def _rows(edition: Edition, choices: Mapping[str, Framework], values: Sequence[Value]) -> Iterator[Document]:
    for entry in listing(values).entries:
        chosen = [choices.get(str(cell.value)) for name in LEVEL_COLUMNS if (cell := entry.cells.get(name))]
        yield Document(
            district=values[0].district,
            unit=values[0].unit,
            type=values[0].item,
            row=entry.row,
            cells=entry.cells,
            nodes=nodes_of(edition, [node for node in chosen if node is not None]),
        )


def nodes_of(edition: Edition, chosen: Sequence[Framework]) -> tuple[str, ...]:
    """What a document counts for: the deepest node that was chosen and all above it.

    Where a choice is not below the one before it, it and all after it are left out; that it doesn't fit is a finding
    of its cell.
    """
    path: tuple[str, ...] = ()
    for node in chosen:
        above = _path(edition, node)
        if above[: len(path)] != path:
            break
        path = above
    return path


def _path(edition: Edition, node: Framework) -> tuple[str, ...]:
    """A node's id and those above it, from the top."""
    above = edition.framework_by_id.get(node.parent or "")
    return (node.id,) if above is None else (*_path(edition, above), node.id)

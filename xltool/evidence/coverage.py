"""Which documents of which units stand behind each indicator and monitoring point."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from xltool.model.edition import Edition
from xltool.model.evidence import ATTACHMENT, Covered, Document, Evidence, Received

FIRST_LEVEL = 2  # coverage is counted from the second level down


def coverage(edition: Edition, evidence: Evidence) -> tuple[Covered, ...]:
    """One entry a node of levels 2 to 4, in the framework's order.

    A document counts at the deepest node that it names and at all above it, never below. `with_attachment` counts
    those whose (main) attachment was received.
    """
    received = {
        mention.document.key
        for mention in evidence.mentions
        if mention.column == ATTACHMENT and mention.state is Received.RECEIVED
    }
    behind: dict[str, list[Document]] = defaultdict(list)
    for document in evidence.documents:
        for node in document.nodes:
            behind[node].append(document)
    return tuple(
        Covered(
            district=evidence.district,
            indicator=node.id,
            level=node.level,
            label=node.name,
            documents=len(behind[node.id]),
            with_attachment=sum(document.key in received for document in behind[node.id]),
            units=tuple(dict.fromkeys(document.unit or document.district for document in behind[node.id])),
        )
        for node in edition.framework
        if node.level >= FIRST_LEVEL
    )


def covered(rows: Iterable[Covered], level: int) -> tuple[int, int]:
    """How many nodes of a level have a document, and how many there are."""
    found = [row.documents > 0 for row in rows if row.level == level]
    return sum(found), len(found)

"""Documents behind the indicators: the files they name, what is wrong with them, and what they cover."""

from __future__ import annotations

from xltool.evidence.belonging import Nearby
from xltool.evidence.coverage import coverage, covered
from xltool.evidence.documents import documents_of
from xltool.evidence.findings import findings_of
from xltool.evidence.index import index_pages, link_key
from xltool.evidence.matching import groups_of, match, unclaimed
from xltool.evidence.names import comparable, names_in

__all__ = [
    "Nearby",
    "comparable",
    "coverage",
    "covered",
    "documents_of",
    "findings_of",
    "groups_of",
    "index_pages",
    "link_key",
    "match",
    "names_in",
    "unclaimed",
]

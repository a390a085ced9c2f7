"""Text evidence: documents as they are listed, the files that came with them, and how the two fit together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from xltool.model.values import Value

Owner = tuple[str, str | None]
"""District and unit (None: the district itself) of a return."""

TITLE, YEAR, DATE, END_DATE, DOC_TYPE, TAGS = "title", "year", "date", "end_date", "doc_type", "tags"
ATTACHMENT, SECONDARY, RELATED = "attachment", "secondary_attachments", "related"
ATTACHMENT_COLUMNS = (ATTACHMENT, SECONDARY)
LEVEL_COLUMNS = ("level1", "level2", "level3", "point")
"""Columns of the framework's levels, from the top."""


def path_parts(name: str) -> tuple[str, ...]:
    """A file's folders and name; what lies inside a zip (`archive.zip!member`) lies below it."""
    return tuple(part for part in name.replace("\\", "/").replace("!", "/").split("/") if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that came beside returns.

    `file` is its name as it was given, `archive.zip!member` inside a zip. `problem` is the refusal's code of a file
    that was not taken (then it has no `sha256`). `owners` are the returns that lay nearest to it. `received_at` is
    the same for all files of one ingest.
    """

    file: str
    sha256: str | None
    size: int | None  # bytes
    problem: str | None = None
    owners: frozenset[Owner]
    received_at: str = ""

    @property
    def name(self) -> str:
        """The file's own name."""
        parts = path_parts(self.file)
        return parts[-1] if parts else self.file

    @property
    def districts(self) -> frozenset[str]:
        """Whose returns lay nearest to it."""
        return frozenset(district for district, _ in self.owners)

    @property
    def identity(self) -> str:
        """What tells contents apart; of a file that was not taken its name does."""
        return self.sha256 or self.file


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One filled row of a document table; `nodes` are the framework ids it counts for, from the top."""

    district: str
    unit: str | None
    type: str
    row: int
    cells: Mapping[str, Value]
    nodes: tuple[str, ...] = ()

    def text(self, column: str) -> str:
        """What stands in a column, as text; blank where nothing could be read."""
        value = self.cells.get(column)
        return "" if value is None or value.value is None else str(value.value)

    @property
    def owner(self) -> Owner:
        """Whose return lists it."""
        return (self.district, self.unit)

    @property
    def key(self) -> tuple[str, str | None, str, int]:
        """What tells it from all other documents."""
        return (self.district, self.unit, self.type, self.row)


class Received(StrEnum):
    """What became of a file that a document names."""

    RECEIVED = "received"
    MISSING = "missing"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    AMBIGUOUS = "ambiguous"  # several contents under that name
    SHARED = "shared"  # lies where several districts' returns lie, and more than one names it


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A file name in a document's row; `attachment` is the file, wherever one could be told."""

    document: Document
    column: str
    name: str
    state: Received
    attachment: Attachment | None = None
    exact: bool = True  # the name differs at most in case, width and spaces
    candidates: tuple[Attachment, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Everything of one district. `related` are (document, title as written, the document meant or None)."""

    district: str
    documents: tuple[Document, ...]
    mentions: tuple[Mention, ...]
    surplus: tuple[Attachment, ...]
    related: tuple[tuple[Document, str, Document | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """One node of the framework in one district: the documents behind it, those with their file, and whose they are."""

    district: str
    indicator: str
    level: int
    label: str
    documents: int
    with_attachment: int
    units: tuple[str, ...]

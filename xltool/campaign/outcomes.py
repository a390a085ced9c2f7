"""What to call a file that is no return: rejected, an attachment of a return beside it, or ignored (pure)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import PurePosixPath
from typing import Literal

from xltool.evidence import comparable, names_in
from xltool.intake import Incoming
from xltool.model.edition import Edition
from xltool.model.evidence import ATTACHMENT_COLUMNS
from xltool.model.values import Value

Aside = Literal["rejected", "attachment", "ignored"]
SPREADSHEETS = {".xlsx", ".xlsm", ".xls", ".ods", ".et"}


def group_of(incoming: Incoming) -> str | None:
    """The zip or folder that a file came in; None for a file given by itself."""
    if incoming.given:
        return None
    return incoming.archive or incoming.root


def is_beside(incoming: Incoming, groups: Collection[str | None]) -> bool:
    """Whether a file came in a group that holds a return; a zip of attachments may lie in a folder that does."""
    return not incoming.given and bool({incoming.archive, incoming.root} & {*groups} - {None})


def named_attachments(edition: Edition, values: Iterable[Value]) -> set[str]:
    """The file names that a return's document rows mention, as they are compared."""
    texts = (
        str(value.value)
        for value in values
        if value.item in edition.document_by_id and value.column in ATTACHMENT_COLUMNS
    )
    return {comparable(name) for text in texts for name in (text, *names_in(text))}


def outcome_of(incoming: Incoming, code: str, *, beside_return: bool, named: set[str]) -> Aside:
    """`rejected`, `attachment` or `ignored`, as the design's table of outcomes says."""
    if incoming.system:
        return "ignored"
    if group_of(incoming) is None or incoming.refused is not None:
        return "rejected"
    name = incoming.name.rpartition("!")[2]
    spreadsheet = code != "not_a_workbook" and PurePosixPath(name).suffix.casefold() in SPREADSHEETS
    if beside_return:
        is_attachment = not spreadsheet or comparable(name) in named
        return "attachment" if is_attachment else "rejected"
    if incoming.archive is not None and not spreadsheet and code != "damaged":
        return "ignored"
    return "rejected"

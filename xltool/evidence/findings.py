"""What is wrong with a district's documents and files, each said at its cell, or of the file that nobody names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from xltool import messages
from xltool.evidence.names import comparable
from xltool.model.catalogued import catalogued
from xltool.model.edition import Edition
from xltool.model.evidence import RELATED, TITLE, Attachment, Document, Evidence, Mention, Received
from xltool.model.finding import Finding
from xltool.model.numbers import shown

CODES = {
    Received.MISSING: "attachment_missing",
    Received.TOO_LARGE: "attachment_too_large",
    Received.UNREADABLE: "attachment_unreadable",
    Received.EMPTY: "attachment_empty",
    Received.AMBIGUOUS: "attachment_ambiguous",
    Received.SHARED: "attachment_shared",
}
NAMED = 3  # places or files that a message names
UNITS = ("字节", "KB", "MB", "GB")
STEP = 1024


def findings_of(edition: Edition, evidence: Evidence) -> tuple[Finding, ...]:
    """Everything, in the order of the documents; files that nobody names last."""
    places = Places(edition)
    found = [
        *(places.of_mention(mention) for mention in evidence.mentions if mention.state in CODES),
        *(places.renamed(mention) for mention in evidence.mentions if mention.attachment and not mention.exact),
        *places.twice(evidence.mentions),
        *places.doubled(evidence.mentions),
        *(places.unrelated(document, title) for document, title, meant in evidence.related if meant is None),
    ]
    order = {document.key: number for number, document in enumerate(evidence.documents)}
    found.sort(key=lambda one: order[one.district, one.unit, one.item or "", one.row or 0])
    return (*found, *(surplus(evidence.district, file) for file in evidence.surplus))


class Places:
    """Findings at cells of document rows."""

    def __init__(self, edition: Edition) -> None:
        """Labels and sheets come from the edition."""
        self._types = edition.document_by_id
        self._labels = {
            (document.id, column.id): column.label for document in edition.documents for column in document.columns
        }

    def of_mention(self, mention: Mention) -> Finding:
        """A file that is named and can't count."""
        file = mention.attachment
        files = "、".join(one.file for one in mention.candidates[:NAMED])
        return self._at(
            CODES[mention.state],
            mention.document,
            mention.column,
            name=mention.name,
            files=files,
            size=size_text(file.size) if file is not None else "",
            reason=reason_of(file),
        )

    def renamed(self, mention: Mention) -> Finding:
        """A file that was told by a name that differs from its own."""
        found = mention.attachment.name if mention.attachment is not None else ""
        return self._at("attachment_renamed", mention.document, mention.column, name=mention.name, found=found)

    def twice(self, mentions: Iterable[Mention]) -> Iterator[Finding]:
        """One name in several cells of one return: said at all but the first."""
        by_name: dict[tuple[object, str], list[Mention]] = defaultdict(list)
        for mention in mentions:
            by_name[mention.document.owner, comparable(mention.name)].append(mention)
        for same in by_name.values():
            for mention in same[1:]:
                others = [one for one in same if one is not mention]
                yield self._at(
                    "attachment_named_twice",
                    mention.document,
                    mention.column,
                    name=mention.name,
                    places=self._places(others),
                )

    def doubled(self, mentions: Iterable[Mention]) -> Iterator[Finding]:
        """Files of one content under several names or in several returns: said at all but the first."""
        by_content: dict[str, dict[tuple[object, str], Mention]] = defaultdict(dict)
        for mention in mentions:
            if mention.state is Received.RECEIVED and mention.attachment is not None:
                name = (mention.document.owner, comparable(mention.name))
                by_content[mention.attachment.identity].setdefault(name, mention)
        for same in by_content.values():
            first, *others = same.values()
            for mention in others:
                yield self._at(
                    "attachment_doubled",
                    mention.document,
                    mention.column,
                    name=mention.name,
                    other=first.name,
                    places=self._places([first]),
                )

    def unrelated(self, document: Document, title: str) -> Finding:
        """A related document that the return doesn't list, or the document itself."""
        itself = comparable(title) == comparable(document.text(TITLE))
        return self._at("related_itself" if itself else "related_unknown", document, RELATED, name=title)

    def _places(self, mentions: Sequence[Mention]) -> str:
        named = "、".join(self._place(mention.document) for mention in mentions[:NAMED])
        return named if len(mentions) <= NAMED else f"{named}等{len(mentions)}处"

    def _place(self, document: Document) -> str:
        owner = f"{document.unit}的" if document.unit else ""
        return f"{owner}“{self._types[document.type].label}”第{document.row}条"

    def _at(self, code: str, document: Document, column: str, **context: object) -> Finding:
        cell = document.cells[column]
        label = self._labels[document.type, column]
        return catalogued(
            code,
            {"label": label, **context},
            district=document.district,
            unit=document.unit,
            item=document.type,
            row=document.row,
            column=column,
            file=cell.file,
            sheet=cell.sheet,
            cell=cell.cell,
            raw=cell.raw,
            version=cell.version,
        )


def reason_of(file: Attachment | None) -> str:
    """Why a file could not be taken, as it is said of workbooks."""
    known = file is not None and file.problem in messages.REFUSALS
    return messages.fault(str(file.problem), found=size_text(file.size))[0] if file is not None and known else ""


def surplus(district: str, file: Attachment) -> Finding:
    """A file that came and that no document names."""
    units = {unit for owner, unit in file.owners if owner == district}
    return catalogued(
        "attachment_surplus",
        {"name": file.name},
        district=district,
        unit=units.pop() if len(units) == 1 else None,
        file=file.file,
        raw=file.name,
    )


def size_text(size: int | None) -> str:
    """A file's size as people say it: 2.0GB."""
    if size is None:
        return ""
    number, unit = float(size), UNITS[0]
    for larger in UNITS[1:]:
        if round(number, 1) < STEP:  # as it would be shown
            break
        number, unit = number / STEP, larger
    return f"{shown(number, 0 if unit == UNITS[0] else 1)}{unit}"

"""An event's related documents (关联文件): other rows of the same return, named by their titles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xltool.evidence.names import comparable, names_in
from xltool.model.evidence import RELATED, TITLE, Document


def related_of(documents: Sequence[Document]) -> Iterator[tuple[Document, str, Document | None]]:
    """(document, title as written, the document that is meant); None where the same return has no such title.

    A document that names itself is not meant.
    """
    titles: dict[tuple[object, str], list[Document]] = {}
    for document in documents:
        title = _title(document.text(TITLE))
        if title:
            titles.setdefault((document.owner, title), []).append(document)
    for document in documents:
        text = document.text(RELATED)
        if not text:
            continue
        whole = (document.owner, _title(text)) in titles
        for written in [text] if whole else names_in(text):
            others = [one for one in titles.get((document.owner, _title(written)), []) if one is not document]
            yield document, written, others[0] if others else None


def _title(text: str) -> str:
    """A title for comparing; its quotation marks aside, slashes are part of it."""
    return comparable(text.replace("/", "／").replace("\\", "＼").replace("!", "！").strip("《》“”\"' "))

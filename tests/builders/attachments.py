"""Documents, files beside them, and what is said of both, in the 2023 edition's words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from xltool import data, evidence
from xltool import edition as editions
from xltool.model.edition import Edition
from xltool.model.evidence import Attachment, Document, Evidence, Owner
from xltool.model.finding import Finding
from xltool.model.states import State
from xltool.model.values import Value

EAST: Owner = ("东区", None)
UNIT: Owner = ("东区", "甲局")
WEST: Owner = ("西区", None)


@cache
def edition() -> Edition:
    return editions.load(data.folder("rules") / "2023")


def document(owner: Owner = EAST, row: int = 1, kind: str = "event", **texts: str) -> Document:
    texts = {"title": f"文档{row}", **texts}
    cells = {
        column: Value(
            district=owner[0],
            unit=owner[1],
            item=kind,
            row=row,
            column=column,
            value=text,
            state=State.VALUE,
            raw=text,
            unit_of_measure=None,
            file="表.xlsx",
            sheet="大事记",
            cell=f"{column}{row}",
            version=1,
        )
        for column, text in texts.items()
    }
    return Document(district=owner[0], unit=owner[1], type=kind, row=row, cells=cells)


def file(name: str, content: str = "", owners: Iterable[Owner] = (EAST,), day: int = 1, **more: object) -> Attachment:
    whole = {"sha256": content or name, "size": 100, **more}
    return Attachment(file=name, owners=frozenset(owners), received_at=f"2023-09-{day:02}", **whole)  # type: ignore[arg-type]


def matched(documents: Sequence[Document], files: Sequence[Attachment], district: str = "东区") -> Evidence:
    return evidence.match([district], documents, files)[district]


def said(documents: Sequence[Document], files: Sequence[Attachment]) -> list[tuple[str, int | None, str | None]]:
    return [(one.code, one.row, one.column) for one in found(documents, files)]


def found(documents: Sequence[Document], files: Sequence[Attachment]) -> tuple[Finding, ...]:
    return evidence.findings_of(edition(), matched(documents, files))

"""Findings about planned cells of a returned file, in the catalogue's words."""

from __future__ import annotations

from collections.abc import Iterable

from xltool.model.catalogued import catalogued
from xltool.model.edition import Severity
from xltool.model.finding import Finding
from xltool.model.plan import Plan
from xltool.model.submission import Submission
from xltool.model.wording import quoted, words_of

Key = tuple[str, int | None, str | None]
"""(item, entry, column), as plans name cells."""


def faulty_cells(findings: Iterable[Finding]) -> frozenset[Key]:
    """The cells that an error is already said of."""
    return frozenset(
        (finding.item, finding.row, finding.column)
        for finding in findings
        if finding.item is not None and finding.severity is Severity.ERROR
    )


def note(submission: Submission, plan: Plan, code: str, key: Key, raw: str | None = None, **context: object) -> Finding:
    """A finding at a planned cell, wherever it stands in the file now; `context` are further names of its text."""
    _, cell = plan.inputs[key]
    words: dict[str, object] = {**words_of(plan.slots[cell.slot or ""]), "raw": quoted(raw), **context}
    place = submission.places.get(key)
    item, row, column = key
    return catalogued(
        code,
        words,
        district=submission.identity.district,
        unit=submission.identity.unit,
        item=item,
        row=row,
        column=column,
        file=submission.file,
        sheet=place.sheet if place is not None else None,
        cell=place.cell if place is not None else None,
        raw=raw,
        expected=str(words["expected"]),
    )

"""What follows from another finding is folded under it: it goes away with its cause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from xltool.model.edition import Severity
from xltool.model.finding import Finding
from xltool.model.values import Value


def folded(finding: Finding, sources: Iterable[Value], causes: Iterable[Finding]) -> Finding:
    """The finding, folded under the first error at one of the cells that it was judged on."""
    errors = {
        (cause.unit, cause.item, cause.row, cause.column): cause
        for cause in causes
        if cause.about != "check" and cause.severity is Severity.ERROR
    }
    cause = next((errors[source.key] for source in sources if source.key in errors), None)
    return finding if cause is None else under(finding, cause)


def under(finding: Finding, cause: Finding) -> Finding:
    """The finding as a consequence of another one; a trial rule's stays with the office."""
    return replace(finding, status="trial" if finding.status == "trial" else "folded", follows_from=cause.id)


def under_errors(found: Iterable[Finding], sole: Mapping[str, Value | None]) -> tuple[Finding, ...]:
    """Findings of broken rules, folded under an error that the same single cell causes; errors stay.

    `sole`: by finding, the one cell that the rules determine to be wrong.
    """
    given = tuple(found)
    errors = {
        cell.key: finding
        for finding in reversed(given)
        if finding.severity is Severity.ERROR and finding.status == "open" and (cell := sole.get(finding.id))
    }
    return tuple(
        under(finding, errors[cell.key])
        if finding.severity is not Severity.ERROR
        and finding.status in ("open", "trial")
        and (cell := sole.get(finding.id)) is not None
        and cell.key in errors
        else finding
        for finding in given
    )

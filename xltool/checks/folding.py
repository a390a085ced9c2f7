"""What follows from another finding is folded under it: it goes away with its cause."""

from __future__ import annotations

from collections.abc import Iterable
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

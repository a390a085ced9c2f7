"""What answers a warning: the values that an answer depends on, and what the filler wrote in the workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from xltool.model.companions import EXPLANATION
from xltool.model.edition import Severity
from xltool.model.finding import Finding
from xltool.model.grounds import grounds_of
from xltool.model.values import Value

SIGN_OFF, FILLER = "signoff", "filler"
UNSIGNED = "填报人未署名"


def grounded(findings: Iterable[Finding], values: Iterable[Value]) -> Iterator[Finding]:
    """The findings of one return; those about a single value with what its cell says, for which an answer is valid."""
    held = {value.key: value for value in values if not value.prefilled}
    for finding in findings:
        if finding.about == "value" and finding.basis is None and finding.item is not None:
            value = held.get((finding.unit, finding.item, finding.row, finding.column))
            yield replace(finding, basis=grounds_of(() if value is None else (value,)))
        else:
            yield finding


def explained(findings: Iterable[Finding], values: Iterable[Value]) -> Iterator[Finding]:
    """The findings of checks, those explained that the same workbook explains; errors can't be.

    Args:
        findings: Of one return, or of a district as a whole: then the district's own workbook explains.
        values: The current values of the district's returns, or of the one.
    """
    answers: dict[tuple[str | None, str], str] = {}
    fillers: dict[str | None, str] = {}
    for value in values:
        if value.column == EXPLANATION and value.value is not None:
            answers[value.unit, value.item] = str(value.value)
        elif value.item == SIGN_OFF and value.column == FILLER and value.value is not None:
            fillers[value.unit] = str(value.value)
    for finding in findings:
        yield _answered(finding, answers, fillers)


def _answered(
    finding: Finding, answers: Mapping[tuple[str | None, str], str], fillers: Mapping[str | None, str]
) -> Finding:
    owner = finding.unit if finding.file is not None else None
    text = answers.get((owner, finding.rule or ""))
    if text is None or finding.status != "open" or finding.severity is not Severity.WARNING:
        return finding
    return replace(finding, status="explained", explanation=text, by=fillers.get(owner, UNSIGNED))

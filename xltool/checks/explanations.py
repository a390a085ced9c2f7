"""Explanations that the filler wrote beside a warning in the workbook: they answer it while its values stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from xltool.model.companions import EXPLANATION
from xltool.model.edition import Severity
from xltool.model.finding import Finding
from xltool.model.values import Value

SIGN_OFF, FILLER = "signoff", "filler"
UNSIGNED = "填报人未署名"


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

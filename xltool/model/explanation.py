"""The office's answer to a finding: an explanation, a waiver, or the acceptance of a district's own value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from xltool.model.finding import DISPUTE, SETTLED, Finding
from xltool.model.severity import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What the office said of a finding as it stood then; `at` is ISO 8601 in UTC, set by the store.

    A withdrawn one takes the earlier ones back. None is ever changed: the latest of a finding holds.
    """

    finding: Finding
    note: str
    by: str
    withdrawn: bool = False
    at: str = ""

    def holds(self, finding: Finding) -> bool:
        """Whether it answers the finding as it stands: the same one, on the same values."""
        same = self.finding.id == finding.id and self.finding.grounds == finding.grounds
        answerable = finding.status in ("open", *SETTLED) and finding.severity is not Severity.HINT
        return same and answerable and not self.withdrawn


def applied(findings: Iterable[Finding], latest: Mapping[str, Explanation]) -> Iterator[Finding]:
    """The findings, those settled that the office answered; its word goes before the filler's own.

    Args:
        findings: With the ids under which they are known.
        latest: The office's last answer by finding id.
    """
    for finding in findings:
        said = latest.get(finding.id)
        if said is None or not said.holds(finding):
            yield finding
        else:
            waived = finding.severity is Severity.ERROR
            yield replace(finding, status="waived" if waived else "explained", explanation=said.note, by=said.by)


def accepted_items(findings: Iterable[Finding]) -> frozenset[str]:
    """The items for which the office took the district's own value."""
    return frozenset(
        finding.item
        for finding in findings
        if finding.code == DISPUTE and finding.status == "explained" and finding.item is not None
    )

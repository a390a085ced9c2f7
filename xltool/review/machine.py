"""Which steps are allowed in which status, who takes them, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xltool.model.edition import Scope
from xltool.model.finding import Finding
from xltool.model.review import Event, Status, Step
from xltool.model.severity import Severity

CLERK, LIAISON, HEAD, CITY = "统计员", "联络员", "负责人", "市级"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Where a step leads, and in which role it is taken."""

    to: Status
    role: str


MOVES: Mapping[tuple[Status, Step], Move] = {
    (Status.DRAFT, Step.SUBMIT): Move(to=Status.FIRST_REVIEW, role=CLERK),
    (Status.FIRST_REVIEW, Step.PASS): Move(to=Status.SECOND_REVIEW, role=LIAISON),
    (Status.FIRST_REVIEW, Step.RETURN): Move(to=Status.DRAFT, role=CITY),
    (Status.SECOND_REVIEW, Step.PASS): Move(to=Status.LETTER, role=HEAD),
    (Status.SECOND_REVIEW, Step.RETURN): Move(to=Status.DRAFT, role=CITY),
    (Status.LETTER, Step.CONFIRM): Move(to=Status.DONE, role=CITY),
    (Status.LETTER, Step.RETURN): Move(to=Status.DRAFT, role=CITY),
    (Status.DONE, Step.REOPEN): Move(to=Status.DRAFT, role=CITY),
}
"""The whole table; what isn't in it isn't allowed."""


def status_of(last: Event | None, *, returned: bool) -> Status:
    """A district's status, by its last step; before any, by whether a return of it counts."""
    if last is not None:
        return last.after
    return Status.DRAFT if returned else Status.NOT_STARTED


def steps_in(status: Status) -> tuple[Step, ...]:
    """The steps that are allowed in a status."""
    return tuple(step for known, step in MOVES if known is status)


def blocking(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that must be settled first: open errors and warnings, comparisons among districts aside."""
    return tuple(
        finding
        for finding in findings
        if finding.status == "open" and finding.severity is not Severity.HINT and finding.scope is not Scope.CITY
    )


def submitted(log: Sequence[Event]) -> Event | None:
    """The step by which the district submitted last."""
    return next((event for event in reversed(log) if event.step is Step.SUBMIT), None)

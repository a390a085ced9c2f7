"""The review of a district's data: its statuses, the steps between them, and the entries of its log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

SNAPSHOT_MARK, DIGEST_MARK = "数据快照编号", "审核记录校验码"
"""What a confirmation letter says before its snapshot's id and before the digest of the log's last entry."""


class Status(StrEnum):
    """How far a district is, in the order of the edition's `statuses`, which say it in words."""

    NOT_STARTED = "not_started"
    DRAFT = "draft"
    FIRST_REVIEW = "first_review"
    SECOND_REVIEW = "second_review"
    LETTER = "letter"
    DONE = "done"

    @property
    def submitted(self) -> bool:
        """Whether the data are under review or approved: what comes back now is held."""
        return self not in (Status.NOT_STARTED, Status.DRAFT)

    def word(self, statuses: Sequence[str]) -> str:
        """The status as the edition calls it."""
        return statuses[tuple(Status).index(self)]


class Step(StrEnum):
    """What moves a district from one status to another."""

    SUBMIT = "submit"
    PASS = "pass"  # noqa: S105 - a step's name
    CONFIRM = "confirm"
    RETURN = "return"
    REOPEN = "reopen"


STEP_WORDS = {
    Step.SUBMIT: "提交",
    Step.PASS: "审核通过",
    Step.CONFIRM: "收存确认函",
    Step.RETURN: "退回",
    Step.REOPEN: "重新打开",
}


class LetterCheck(StrEnum):
    """How the scan of a confirmation letter was tied to the snapshot under review."""

    TEXT = "text"  # the id stands in the scan's own text
    TYPED = "typed"  # the clerk typed the id that is printed on it
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One step of a district's review, as its log keeps it.

    `by` acted in `role`, `recorded_by` entered it. `snapshot` is the state that was submitted, reviewed or
    approved; `letter` the scan's SHA-256. `number` counts from 1 in each district, `at` is ISO 8601 in UTC. `previous`
    is the digest of the entry before (the empty text in the first), `digest` an HMAC over all the rest.
    """

    district: str
    number: int
    at: str
    step: Step
    before: Status
    after: Status
    by: str
    role: str
    recorded_by: str
    note: str | None
    snapshot: str | None
    letter: str | None
    letter_check: LetterCheck | None
    previous: str
    digest: str = ""

"""The workbook's own verdicts against those of the file checks: one rule, so a difference wants an explanation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xltool import messages
from xltool.checks.judging import Judged, Verdict, constants_of
from xltool.checks.within import judged_in
from xltool.expression import HOLDS, OPEN, VIOLATED
from xltool.model.changes import live_checks
from xltool.model.edition import Edition, Severity
from xltool.model.finding import Finding
from xltool.model.plan import Plan
from xltool.model.quantity import Rolled
from xltool.model.states import NOT_APPLICABLE_WORD, State
from xltool.model.submission import Submission

WORDS = {Verdict.HOLDS: HOLDS, Verdict.VIOLATED: VIOLATED, Verdict.OPEN: OPEN}
ORDER = (VIOLATED, HOLDS, NOT_APPLICABLE_WORD)


def compare_verdicts(
    rolled: Rolled, submission: Submission, plan: Plan, edition: Edition, findings: Iterable[Finding]
) -> Iterator[Finding]:
    """Findings of the checks that the workbook shows otherwise than the file's values say.

    `findings` are those of the file's cells. A check on a cell that they name is passed over: what stands there was
    read by rules for people's habits that a formula doesn't know.
    """
    named = {(found.unit, found.item, found.row, found.column) for found in findings}
    for check in live_checks(edition):
        if check.id not in submission.verdicts:
            continue
        shown, place = submission.verdicts[check.id]
        judged = [one for one, _ in judged_in(check, rolled, submission, plan, edition, constants_of(edition))]
        if any(source.key in named for one in judged for source in one.sources):
            continue
        expected = in_words(judged)
        if shown != expected:
            text, message, action = messages.finding("verdict_differs", label=check.label, raw=shown, expected=expected)
            yield Finding(
                about="content",
                code="verdict_differs",
                severity=Severity(text.severity),
                district=submission.identity.district,
                unit=submission.identity.unit,
                rule=check.id,
                scope=check.scope,
                file=submission.file,
                sheet=place.sheet,
                cell=place.cell,
                raw=shown,
                expected=expected,
                message=message,
                action=action,
            )


def in_words(judged: Iterable[Judged]) -> str:
    """A check's verdicts wherever it applies in a file as the workbook's one word."""
    words = [_word(one) for one in judged]
    return next((word for word in ORDER if word in words), OPEN)


def _word(judged: Judged) -> str:
    refused = any(quantity.state is State.NOT_APPLICABLE for _, quantity in judged.inputs)
    return NOT_APPLICABLE_WORD if refused else WORDS[judged.verdict]

"""The workbook's own verdicts and figures against those of its values; a difference wants an explanation."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from xltool.checks.judging import Judged, Verdict, constants_of
from xltool.checks.within import judged_in
from xltool.expression import HOLDS, OPEN, VIOLATED
from xltool.model.catalogued import catalogued
from xltool.model.changes import live_checks
from xltool.model.edition import Check, Edition
from xltool.model.finding import Finding
from xltool.model.numbers import shown
from xltool.model.plan import Plan
from xltool.model.quantity import MISSING, Quantity, Rolled
from xltool.model.states import NOT_APPLICABLE_WORD, State
from xltool.model.submission import Place, Submission

WORDS = {Verdict.HOLDS: HOLDS, Verdict.VIOLATED: VIOLATED, Verdict.OPEN: OPEN}
ORDER = (VIOLATED, HOLDS, NOT_APPLICABLE_WORD)


def compare_verdicts(
    rolled: Rolled, submission: Submission, plan: Plan, edition: Edition, findings: Iterable[Finding]
) -> Iterator[Finding]:
    """Findings of the checks that the workbook shows otherwise than the file's values say.

    `findings` are those of the file's cells. A check on a cell that they name is passed over: what stands there was
    read by rules for people's habits that a formula doesn't know.
    """
    if not submission.verdicts:
        return
    named = {(found.unit, found.item, found.row, found.column) for found in findings}
    for check in live_checks(edition):
        if check.id not in submission.verdicts:
            continue
        said, place = submission.verdicts[check.id]
        judged = [one for one, _ in judged_in(check, rolled, submission, plan, edition, constants_of(edition))]
        if any(source.key in named for one in judged for source in one.sources):
            continue
        expected = in_words(judged)
        if said != expected:
            words = (check.label, said, expected)
            yield _finding("verdict_differs", submission, place, words, check)


def compare_figures(
    submission: Submission, expected: Mapping[str, tuple[str, Quantity]], findings: Iterable[Finding]
) -> Iterator[Finding]:
    """Findings of the totals and indicators that the workbook shows otherwise than the file's values say.

    `expected` are label and quantity of each. Only numbers are compared; a figure with a value that `findings` name
    is passed over, as in `compare_verdicts`.
    """
    named = {(found.unit, found.item, found.row, found.column) for found in findings}
    for key, (raw, place) in submission.figures.items():
        label, quantity = expected.get(key, ("", MISSING))
        if not isinstance(quantity.value, int | float) or any(source.key in named for source in quantity.sources):
            continue
        try:
            differs = not math.isclose(float(raw), quantity.value, rel_tol=1e-9, abs_tol=1e-9)
        except ValueError:
            continue  # words: what is open or not applicable stands on the self-check
        if differs:
            yield _finding("figure_differs", submission, place, (label, raw, shown(quantity.value)))


def _finding(
    code: str, submission: Submission, place: Place, words: tuple[str, str, str], check: Check | None = None
) -> Finding:
    """A finding at a cell of the workbook; `words` are the label, what is shown and what was expected."""
    label, raw, expected = words
    return catalogued(
        code,
        {"label": label, "raw": raw, "expected": expected},
        district=submission.identity.district,
        unit=submission.identity.unit,
        file=submission.file,
        sheet=place.sheet,
        cell=place.cell,
        raw=raw,
        expected=expected,
        rule=check.id if check is not None else None,
        scope=check.scope if check is not None else None,
    )


def in_words(judged: Iterable[Judged]) -> str:
    """A check's verdicts wherever it applies in a file as the workbook's one word."""
    words = [_word(one) for one in judged]
    return next((word for word in ORDER if word in words), OPEN)


def _word(judged: Judged) -> str:
    refused = any(quantity.state is State.NOT_APPLICABLE for _, quantity in judged.inputs)
    return NOT_APPLICABLE_WORD if refused else WORDS[judged.verdict]

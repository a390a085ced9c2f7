"""All that can be said of one file cell by cell and list by list."""

from __future__ import annotations

from xltool.checks.completeness import Completeness
from xltool.model.edition import Edition
from xltool.model.finding import Finding
from xltool.model.plan import Plan, Recipient
from xltool.model.submission import Submission


def check_inputs(submission: Submission, plan: Plan, recipient: Recipient) -> tuple[Finding, ...]:
    """Findings of values that break their cells' rules, in a workbook that asks for nothing of the edition's items."""
    from xltool.checks.cells import cell_faults  # noqa: PLC0415 - cerberus loads only where files are checked

    return tuple(cell_faults(submission, plan, recipient))


def check_cells(submission: Submission, plan: Plan, edition: Edition, recipient: Recipient) -> tuple[Finding, ...]:
    """Findings of values that break their cells' rules, and of what should be there and isn't.

    What a district leaves to its units is no finding of the district's file, and sign-offs are not asked for yet.
    """
    from xltool.checks.cells import cell_faults  # noqa: PLC0415 - cerberus loads only where files are checked

    missing = Completeness(submission=submission, plan=plan, edition=edition, recipient=recipient)
    return (*cell_faults(submission, plan, recipient), *missing.findings())

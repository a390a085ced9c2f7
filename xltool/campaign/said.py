"""Findings about a returned file as a whole, in the catalogue's words."""

from __future__ import annotations

from pathlib import PurePosixPath

from xltool.model.catalogued import catalogued
from xltool.model.finding import Finding
from xltool.model.submission import Submission
from xltool.store import Return


def said_of(submission: Submission, code: str, **context: object) -> Finding:
    """A finding without a cell; `context` are the names of its text."""
    identity = submission.identity
    return catalogued(code, context, district=identity.district, unit=identity.unit, file=submission.file)


def several_in_run(later: Return, earlier: Return) -> Finding:
    """The warning that two different returns of one workbook came in one run."""
    context = {"earlier": earlier.file, "later": later.file}
    return catalogued("several_in_run", context, district=later.district or "", unit=later.unit, file=later.file)


def among_others(submission: Submission, districts: tuple[str, ...]) -> tuple[Finding, ...]:
    """The hint that a workbook lay in a folder or zip that is named after another district, and not after its own."""
    own = submission.identity.district
    *folders, _ = PurePosixPath(submission.file.replace("\\", "/").replace("!", "/")).parts
    others = [folder for folder in folders if any(name in folder for name in districts if name != own)]
    if not others or any(own in folder for folder in folders):
        return ()
    return (said_of(submission, "among_others", whose=submission.identity.whose, folder=others[-1]),)

"""The review of a district's data: the steps, their log, and what proves it. Pure: nothing here stores anything.

machine    which steps are allowed, in which role, and what stands in the way
chain      the digest of each entry of the log
verifying  log, stored status and snapshots held together
proposing  the step that a sign-off sheet asks for
letters    what a confirmation letter says of itself
scans      its file: PDF or Word; loads the PDF library, so it is imported where a letter is opened
"""

from __future__ import annotations

from xltool.review.chain import is_sealed, sealed
from xltool.review.letters import Printed, check_letter, printed
from xltool.review.machine import MOVES, Move, blocking, status_of, steps_in, submitted
from xltool.review.proposing import Proposal, propose, signed
from xltool.review.verifying import Problem, verify_chain, verify_end, verify_named

__all__ = [
    "MOVES",
    "Move",
    "Printed",
    "Problem",
    "Proposal",
    "blocking",
    "check_letter",
    "is_sealed",
    "printed",
    "propose",
    "sealed",
    "signed",
    "status_of",
    "steps_in",
    "submitted",
    "verify_chain",
    "verify_end",
    "verify_named",
]

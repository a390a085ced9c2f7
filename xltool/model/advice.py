"""What a finding that follows from another adds to what is to be done about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from xltool.model.finding import WRONG_MAGNITUDE, Finding


def advised(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings; to an error that a mistake of unit stands behind, the value that it probably should be is added.

    The mistake is folded under the error, which blocks submitting, and would else be told to nobody who corrects it.
    """
    found = tuple(findings)
    behind = {one.follows_from: one for one in found if one.code == WRONG_MAGNITUDE and one.status == "folded"}
    return tuple(
        replace(one, action=f"{one.action}；{behind[one.id].message}") if one.id in behind else one for one in found
    )

"""What a cell was read as: value and state, and the code of the finding that says how."""

from __future__ import annotations

from dataclasses import dataclass

from xltool.intake.characters import folded
from xltool.model.states import NOT_APPLICABLE_WORD, NOTHING_WORDS, State
from xltool.model.values import Scalar


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """`code` is a key of `messages.FINDINGS` or None; `raw` is what a person saw where the file stores it otherwise."""

    value: Scalar | None
    state: State
    code: str | None = None
    raw: str | None = None


def refused(code: str, raw: str | None = None) -> Reading:
    """A cell that holds something, but nothing that can be read with certainty."""
    return Reading(value=None, state=State.MISSING, code=code, raw=raw)


def read_as(value: Scalar, code: str | None = None, raw: str | None = None) -> Reading:
    """A cell that was read; `code` says how, if not plainly."""
    return Reading(value=value, state=State.VALUE, code=code, raw=raw)


def read_word(text: str, *, not_applicable: bool) -> Reading | None:
    """The words that stand for no value: 不适用, and 无, a dash and the like.

    Where the item may be not applicable, the words for nothing mean that too, with a hint; else missing.
    """
    if text == NOT_APPLICABLE_WORD:
        if not_applicable:
            return Reading(value=None, state=State.NOT_APPLICABLE)
        return refused("not_applicable_refused")
    if folded(text) not in NOTHING_WORDS:
        return None
    if not_applicable:
        return Reading(value=None, state=State.NOT_APPLICABLE, code="nothing_not_applicable")
    return refused("nothing_word")

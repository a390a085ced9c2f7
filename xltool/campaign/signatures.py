"""Who takes a step of the review, and with which words: tidied, and refused where they are missing."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from xltool.errors import UsageError
from xltool.model.review import Step

NAME_LENGTH, NOTE_LENGTH = 50, 1000
UNSEEN = ("Cc", "Cf", "Cs", "Cn")
NOTES = {Step.PASS: "审核意见", Step.RETURN: "退回的原因", Step.REOPEN: "重新打开的原因"}
"""What the note of a step is, where it must have one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who acted (`by`), who recorded it, and the opinion or reason."""

    by: str
    recorded_by: str
    note: str | None = None


def cleaned(signature: Signature, step: Step) -> Signature:
    """The texts without blanks around and invisible characters, which a log could not show; empty ones are refused."""
    note = tidy(signature.note or "")
    if step in NOTES:
        require(note, "--note", NOTES[step], NOTE_LENGTH)
    elif note:
        require(note, "--note", "意见", NOTE_LENGTH)
    by, recorder = (" ".join(tidy(name).split()) for name in (signature.by, signature.recorded_by))
    require(by, "--by", "办理人的姓名或职务", NAME_LENGTH)
    require(recorder, "--recorded-by", "记录人", NAME_LENGTH)
    return Signature(by=by, recorded_by=recorder, note=note or None)


def tidy(text: str) -> str:
    """Text without control, format and half characters; lines stay, other white space becomes a blank."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    kept = (letter for letter in "\n".join(lines) if letter == "\n" or unicodedata.category(letter) not in UNSEEN)
    return "".join(kept).strip()


def require(text: str, option: str, what: str, limit: int) -> None:
    """Refuse what is empty or too long to be shown."""
    if not text:
        raise UsageError("review_blank", option=option, what=what)
    if len(text) > limit:
        raise UsageError("review_long", option=option, length=len(text), limit=limit)

"""What a confirmation letter says of itself, found in the text of its file (pure)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xltool.errors import UsageError
from xltool.model.review import DIGEST_MARK, SNAPSHOT_MARK, Event, LetterCheck

FEWEST_DIGITS = 8  # of an id that a clerk types
MARKED = "{mark}:?([0-9a-f]{{12,64}})"
WHOLE_ID = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What a letter's text names; all empty in a mere picture.

    `snapshots` and `digests` stand behind their marks, whole or in short; `ids` are all whole ids, whatever they are.
    """

    snapshots: tuple[str, ...] = ()
    digests: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()


def printed(text: str, districts: Iterable[str]) -> Printed:
    """Look for ids and districts; blanks and line ends within them don't matter."""
    whole = folded(text)
    return Printed(
        snapshots=tuple(re.findall(MARKED.format(mark=SNAPSHOT_MARK), whole)),
        digests=tuple(re.findall(MARKED.format(mark=DIGEST_MARK), whole)),
        ids=tuple(WHOLE_ID.findall(whole)),
        districts=tuple(name for name in districts if name in whole),
    )


def folded(text: str) -> str:
    """A text without blanks, line ends, full-width letters and capitals."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def check_letter(found: Printed, log: Sequence[Event], snapshot: str, typed: str | None) -> LetterCheck:
    """How the letter is tied to what is under review; one of something else is a `UsageError`.

    `snapshot` is the one under review, `typed` what the clerk read from the paper. Every letter prints its snapshot's
    whole id, so one with ids that are all others is another snapshot's.
    """
    district, last = log[-1].district, log[-1].digest
    if typed is not None and not is_beginning(typed, snapshot):
        raise UsageError("snapshot_typed", district=district, found=typed.strip(), expected=snapshot[:12])
    if found.districts and district not in found.districts:
        raise UsageError("letter_district", district=district, found="、".join(found.districts))
    own = [snapshot.startswith(name) for name in found.snapshots]
    if not all(own) or (found.ids and not own and snapshot not in found.ids):
        named = (*found.snapshots, *found.ids)[0]
        raise UsageError("letter_snapshot", district=district, found=named[:12], expected=snapshot[:12])
    if not all(last.startswith(digest) for digest in found.digests):
        raise UsageError("letter_digest", district=district, found=found.digests[0][:12], expected=last[:12])
    if own or found.ids:
        return LetterCheck.TEXT
    return LetterCheck.NONE if typed is None else LetterCheck.TYPED


def is_beginning(typed: str, snapshot: str) -> bool:
    """Whether a clerk typed an id, or enough of its beginning."""
    digits = folded(typed)
    return len(digits) >= FEWEST_DIGITS and snapshot.startswith(digits)

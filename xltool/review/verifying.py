"""Holds a district's log against itself and against what is stored beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from xltool.model.review import Event, Status
from xltool.review.chain import is_sealed
from xltool.review.machine import MOVES


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What doesn't agree: a code of `messages.VERIFICATION` with its context, and the entry that it is about."""

    code: str
    number: int | None = None
    context: dict[str, object] = field(default_factory=dict)


def verify_chain(log: Sequence[Event], key: bytes) -> Iterator[Problem]:
    """Entries that were changed, taken out, put in, put in another order, or that the table doesn't allow.

    `log` is as stored, by number.
    """
    if log and not any(is_sealed(event, key) for event in log):
        yield Problem(code="other_key", context={"count": len(log)})
        return
    previous: Event | None = None
    for expected, event in enumerate(log, start=1):
        if not is_sealed(event, key):
            yield Problem(code="changed", number=event.number)
        if event.number != expected or event.previous != (previous.digest if previous else ""):
            yield Problem(code="unlinked", number=event.number)
        elif not _is_allowed(event, previous):
            yield Problem(code="not_allowed", number=event.number)
        previous = event


def verify_end(log: Sequence[Event], status: Status | None, digest: str | None) -> Iterator[Problem]:
    """Whether the log ends where the stored status says; both None: no step was ever taken."""
    last = log[-1] if log else None
    if last is None and digest is not None:
        yield Problem(code="emptied")
    elif last is not None and last.digest != digest:
        yield Problem(code="cut", context={"number": last.number})
    elif last is not None and last.after is not status:
        yield Problem(code="status_differs", number=last.number)


def verify_named(log: Sequence[Event], named: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """Whether every entry that a snapshot names is in the log; `named` are (snapshot id, digest)."""
    known = {event.digest for event in log}
    for snapshot, digest in named:
        if digest not in known:
            yield Problem(code="named_missing", context={"snapshot": snapshot[:12]})


def _is_allowed(event: Event, previous: Event | None) -> bool:
    """Whether an entry goes on from the one before by a step of the table."""
    move = MOVES.get((event.before, event.step))
    before = previous.after if previous is not None else Status.DRAFT
    return move is not None and (event.before, event.after, event.role) == (before, move.to, move.role)

"""Entries of a review's log, recorded in a store."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from xltool import review
from xltool.model.review import Event, Status, Step
from xltool.store import Return, Store, named

KEY = b"k" * 32
WALK = (
    (Step.SUBMIT, Status.DRAFT, Status.FIRST_REVIEW, "统计员"),
    (Step.PASS, Status.FIRST_REVIEW, Status.SECOND_REVIEW, "联络员"),
    (Step.PASS, Status.SECOND_REVIEW, Status.LETTER, "负责人"),
    (Step.CONFIRM, Status.LETTER, Status.DONE, "市级"),
    (Step.REOPEN, Status.DONE, Status.DRAFT, "市级"),
)
RETURN = (Step.RETURN, Status.FIRST_REVIEW, Status.DRAFT, "市级")
SNAPSHOT = named({"values": []}, "2023-07-01", "2023-07-01")


def event(log: tuple[Event, ...], kind: tuple[Step, Status, Status, str], key: bytes = KEY, **changes: Any) -> Event:
    """The entry that goes on from a log, sealed."""
    step, before, after, role = kind
    whole = Event(
        district="东区",
        number=len(log) + 1,
        at=f"2023-07-01T00:00:{len(log):02}.000000+00:00",
        step=step,
        before=before,
        after=after,
        by=f"{role}甲",
        role=role,
        recorded_by="记录人乙",
        note="同意",
        snapshot=SNAPSHOT.id,
        letter=None,
        letter_check=None,
        previous=log[-1].digest if log else "",
    )
    return review.sealed(replace(whole, **changes), key)


def walked(length: int) -> tuple[Event, ...]:
    """The log of a district that went through the first steps without a return."""
    log: tuple[Event, ...] = ()
    for kind in WALK[:length]:
        log = (*log, event(log, kind))
    return log


def recorded(store: Store, kind: tuple[Step, Status, Status, str], district: str = "东区") -> tuple[Return, ...] | None:
    """Record the next step of a district in a store; what it lets in."""
    entry = event(store.events(district), kind, district=district)
    return store.record_event(entry, revision=store.revision(district), snapshot=SNAPSHOT)

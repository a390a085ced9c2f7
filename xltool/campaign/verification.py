"""`xltool review verify`: log, stored status, snapshots, archived scans and a letter held together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from xltool import review
from xltool.campaign.approved import changed_items
from xltool.campaign.letters import read_file, read_printed
from xltool.campaign.opened import Campaign, Row
from xltool.errors import CampaignError
from xltool.messages import verification
from xltool.model.review import Event
from xltool.review import Problem

SHORT = 12  # digits of an id in a text
Log = tuple[Event, ...]
Damaged = frozenset[str]
"""Snapshots whose content is not what their id was made of."""
Named = tuple[tuple[str, str], ...]
"""(snapshot, digest of the log's last entry that it holds) of one district."""


def verify(campaign: Campaign, district: str | None = None, *, letter: Path | None = None) -> list[Row]:
    """What agrees and what doesn't, one row each: `district`, `number` (of the entry), `ok`, `code`, `message`.

    A district whose log is whole has one row. At the end, without a district, stand other snapshots that were changed,
    and, with `letter`, what that file says against the logs.
    """
    names = [campaign.require_district(district)] if district else list(campaign.district_names)
    data = read_file(letter) if letter else b""
    damaged, named = named_digests(campaign)
    logs: dict[str, Log] = {}
    rows: list[Row] = []
    for name in names:
        try:
            logs[name] = campaign.store.events(name)
        except CampaignError as error:
            logs[name] = ()
            rows.append(row(name, Problem(code="unreadable", number=number_in(error)), ok=False))
            continue
        problems = tuple(problems_of(campaign, name, logs[name], named.get(name, ()), damaged))
        rows += [row(name, problem, ok=False) for problem in problems] or [whole(name, logs[name])]
    named_ones = {event.snapshot for log in logs.values() for event in log}
    rows += [row(None, damaged_snapshot(name), ok=False) for name in sorted(damaged - named_ones)]
    return [*rows, held_against(campaign, letter, data, logs)] if letter else rows


def problems_of(campaign: Campaign, district: str, log: Log, named: Named, damaged: Damaged) -> Iterator[Problem]:
    """Everything about one district that doesn't agree."""
    yield from review.verify_chain(log, campaign.secret.key)
    head = campaign.store.heads().get(district)
    yield from review.verify_end(log, head.status if head else None, head.digest if head else None)
    yield from review.verify_named(log, named)
    known = frozenset(campaign.store.snapshot_ids())
    for event in log:
        yield from attached(campaign, event, known, damaged)
    last = review.submitted(log)
    if log and log[-1].after.submitted and last and last.snapshot in known - damaged:
        items = changed_items(campaign, district, last.snapshot)
        if items:
            yield Problem(code="values_differ", number=last.number, context={"items": items})


def attached(campaign: Campaign, event: Event, known: frozenset[str], damaged: Damaged) -> Iterator[Problem]:
    """Whether the snapshot and the scan of an entry are there and are what it names."""
    if event.snapshot is not None and event.snapshot not in known - damaged:
        code = "snapshot_damaged" if event.snapshot in damaged else "snapshot_missing"
        yield Problem(code=code, number=event.number, context={"snapshot": event.snapshot[:SHORT]})
    if event.letter is not None:
        try:
            campaign.store.archive.get(event.letter)
        except CampaignError as error:
            if error.code == "archive_unreachable":  # nothing can be said of the letter
                raise
            code = "letter_missing" if error.code == "archive_missing" else "letter_damaged"
            yield Problem(code=code, number=event.number)


def damaged_snapshot(name: str) -> Problem:
    """A snapshot that no log names, taken for a report, and changed since."""
    return Problem(code="snapshot_damaged", context={"snapshot": name[:SHORT]})


def named_digests(campaign: Campaign) -> tuple[Damaged, dict[str, Named]]:
    """The snapshots whose content was changed; and by district what the others say of the logs' ends."""
    damaged: set[str] = set()
    named: dict[str, Named] = {}
    for name in campaign.store.snapshot_ids():
        try:
            content = campaign.store.load_snapshot(name).content
        except CampaignError:
            damaged.add(name)
            continue
        for district, said in content.get("reviews", {}).items():
            if said["digest"] is not None:
                named[district] = (*named.get(district, ()), (name, said["digest"]))
    return frozenset(damaged), named


def held_against(campaign: Campaign, letter: Path, data: bytes, logs: dict[str, Log]) -> Row:
    """Whether a letter's file is one of the archived scans, or prints what the log of its district says."""
    events = [event for log in logs.values() for event in log]
    sha256 = hashlib.sha256(data).hexdigest()
    for event in events:
        if event.letter == sha256:
            return row(event.district, Problem(code="letter_same", number=event.number), ok=True)
    found = read_printed(campaign, letter, data)
    if not found.digests:
        return row(None, Problem(code="letter_silent"), ok=False)
    for event in events:
        if all(event.digest.startswith(digest) for digest in found.digests):
            return row(event.district, printed_snapshot(event, found.snapshots), ok=None)
    if found.districts and logs.keys().isdisjoint(found.districts):
        other: dict[str, object] = {"found": "、".join(found.districts), "district": "、".join(logs)}
        return row(None, Problem(code="letter_district", context=other), ok=False)
    return row(None, Problem(code="letter_differs", context={"digest": found.digests[0][:SHORT]}), ok=False)


def printed_snapshot(event: Event, snapshots: Sequence[str]) -> Problem:
    """What a letter says of the snapshot, whose digest is the entry's."""
    reviewed = event.snapshot or ""
    for name in snapshots:
        if not reviewed.startswith(name):
            context: dict[str, object] = {"found": name[:SHORT], "expected": reviewed[:SHORT]}
            return Problem(code="letter_snapshot", number=event.number, context=context)
    return Problem(code="letter_agrees", number=event.number)


def whole(district: str, log: Log) -> Row:
    """The row of a district where everything agrees."""
    return row(district, Problem(code="whole" if log else "none", context={"count": len(log)}), ok=True)


def row(district: str | None, found: Problem, *, ok: bool | None) -> Row:
    """One row; `ok` None is decided by the code."""
    message = verification(found.code, **found.context)
    agrees = found.code == "letter_agrees" if ok is None else ok
    return {"district": district, "number": found.number, "ok": agrees, "code": found.code, "message": message}


def number_in(error: CampaignError) -> int | None:
    """The entry that a fault of the log names."""
    number = error.context.get("number")
    return number if isinstance(number, int) else None

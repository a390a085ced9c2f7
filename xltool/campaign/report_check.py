"""`xltool report verify`: a Word file held against the snapshot that it was made from, and that against the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from xltool.campaign.kinds import KINDS
from xltool.campaign.opened import Campaign, Row
from xltool.campaign.results import results
from xltool.campaign.rows import result_of
from xltool.errors import CampaignError, UsageError
from xltool.messages import report_difference
from xltool.model.indicator import Result
from xltool.model.numbers import shown
from xltool.model.report_kinds import (
    DISTRICT_PROPERTY,
    KIND_PROPERTY,
    SNAPSHOT_PROPERTY,
    TEMPLATE_PROPERTY,
    TITLES,
)
from xltool.model.states import SHOWN, State
from xltool.store import Snapshot

SHORT = 12
FIELDS = ("kind", "about", "place", "expected", "found", "message")


def verify_report(campaign: Campaign, file: Path) -> tuple[dict[str, str], list[Row]]:
    """What a report says of itself, and how it differs; rows with `about` `number` are numbers that aren't right.

    `about`: `number` (kind `changed`, `added`, or `removed`, which is no fault), `indicator` (differs in the data as
    they stand now), `template` (it was made with another template).

    Raises:
        UsageError: it is no report of this program's, or not of this campaign.
        CampaignError: it is no Word file.
    """
    from xltool import reports  # noqa: PLC0415 - loads the Word libraries

    content = read(file)
    own = reports.read_own(content)
    kind = next((kind for kind, title in TITLES.items() if title == own.get(KIND_PROPERTY)), None)
    if kind is None or SNAPSHOT_PROPERTY not in own:
        raise UsageError("report_kind", path=file)
    found = reports.blocks_of(str(file), content)
    snapshot = loaded(campaign, file, own[SNAPSHOT_PROPERTY])
    district = own.get(DISTRICT_PROPERTY, "")
    if district:
        campaign.require_district(district)
    made = KINDS[kind](campaign, snapshot, district, own)
    if made is None:
        raise UsageError("report_kind", path=file)
    expected = reports.blocks_of(str(file), made)
    rows = [
        number_row(one.kind, one.place, one.expected, one.found) for one in reports.compare_numbers(expected, found)
    ]
    if reports.read_own(made).get(TEMPLATE_PROPERTY) != own.get(TEMPLATE_PROPERTY):
        rows.append(row("template", "template"))
    rows += [indicator_row(was, now) for was, now in changed(campaign, snapshot, district)]
    return own, rows


def read(file: Path) -> bytes:
    """The bytes of a file that was named on the command line."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise CampaignError("report_unreadable", path=file) from error


def loaded(campaign: Campaign, file: Path, snapshot: str) -> Snapshot:
    """The snapshot that a report names."""
    try:
        return campaign.store.load_snapshot(snapshot)
    except UsageError as error:
        raise UsageError("report_other_campaign", path=file, snapshot=snapshot[:SHORT]) from error


def changed(campaign: Campaign, snapshot: Snapshot, district: str) -> Iterator[tuple[Result, Result]]:
    """The indicators, of one district or (empty) of all, that are no longer those of the snapshot."""
    now: Mapping[tuple[str, str], Result] = {(one.district, one.indicator): one for one in results(campaign)}
    for content in snapshot.content["indicators"]:
        was = result_of(content)
        standing = now.get((was.district, was.indicator))
        wanted = district in ("", was.district) and standing is not None
        if wanted and standing is not None and (was.value, was.state) != (standing.value, standing.state):
            yield was, standing


def number_row(kind: str, place: str, expected: str, found: str) -> Row:
    """A number that differs."""
    message = report_difference(kind, place=place, expected=expected, found=found)
    return row(kind, "number") | {"place": place, "expected": expected, "found": found, "message": message}


def indicator_row(was: Result, now: Result) -> Row:
    """An indicator that changed since."""
    told: dict[str, Any] = {"was": in_words(was), "now": in_words(now)}
    message = report_difference("indicator", district=was.district, label=was.label, **told)
    return row("changed", "indicator") | {
        "place": was.district,
        "expected": told["was"],
        "found": told["now"],
        "message": message,
    }


def row(kind: str, about: str) -> Row:
    """A row with every field."""
    message = report_difference("template") if about == "template" else None
    return dict.fromkeys(FIELDS) | {"kind": kind, "about": about, "message": message}


def in_words(result: Result) -> str:
    """An indicator's value as people read it, or its state."""
    if result.state != State.VALUE or result.value is None:
        return SHOWN.get(result.state, "")
    return shown(result.value) if isinstance(result.value, int | float) else str(result.value)

"""`xltool report confirmation`: the letters by which districts approve what they submitted, from that snapshot."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from xltool import review
from xltool.campaign.opened import Advance, Campaign, Row, quietly
from xltool.campaign.reports import day_of, local_date, write_each
from xltool.campaign.results import statuses
from xltool.campaign.review import require_whole, under_review
from xltool.campaign.rows import result_of
from xltool.campaign.templates import template_of
from xltool.campaign.workforce import CORES, Workforce
from xltool.errors import UsageError
from xltool.model.review import STEP_WORDS, Event, Status, Step
from xltool.model.states import State
from xltool.store import canonical

if TYPE_CHECKING:
    from xltool import reports

CONFIRMATION = "confirmation"
PASSED = (Status.LETTER, Status.DONE)
"""The statuses in which a district has a letter: to be signed, or signed."""


def report_confirmations(
    campaign: Campaign, districts: Sequence[str], *, force: Workforce = CORES, advance: Advance = quietly
) -> list[Row]:
    """Write the letters of the named districts, else of all whose review has passed."""
    states = statuses(campaign)
    words = campaign.edition.statuses
    allowed = "”或“".join(status.word(words) for status in PASSED) if len(words) == len(Status) else "—"
    names = [campaign.require_district(name) for name in districts]
    for name in names:
        if states[name] not in PASSED:
            status = states[name].word(words)
            raise UsageError("confirmation_early", district=name, status=status, allowed=allowed)
    passed = [name for name in campaign.district_names if states[name] in PASSED and (name in names or not names)]
    if not passed:
        raise UsageError("nothing_to_confirm", allowed=allowed)
    return write_each(campaign, CONFIRMATION, passed, partial(letter, campaign), force=force, advance=advance)


def letter(campaign: Campaign, district: str) -> bytes:
    """A district's letter: the snapshot that it submitted, and its review up to the last approval.

    Written again after it was signed, it is the same letter.

    Raises:
        UsageError: The district submitted by an earlier version of the program, which kept less.
    """
    from xltool import reports  # noqa: PLC0415 - loads the Word libraries

    log = campaign.store.events(district)
    require_whole(campaign, district, log)
    snapshot = campaign.store.load_snapshot(under_review(log))
    content = snapshot.content
    if "figures" not in content:  # taken before snapshots held what letters show
        raise UsageError("confirmation_old_snapshot", district=district)
    steps = approval(log)
    own = next((row for row in content["returns"][district] if row["unit"] is None), None)
    counting = [row for row in content["values"] if row["district"] == district]
    sources = reports.LetterSources(
        district=district,
        results=tuple(result_of(row) for row in content["indicators"] if row["district"] == district),
        figures=tuple(reports.Figure(**{**row, "state": State(row["state"])}) for row in content["figures"][district]),
        opinions=tuple(opinion(campaign, event) for event in steps),
        coverage=reports.Coverage(**content["coverage"][district]),
        version=own and own["version"],
        values=len(counting),
        values_digest=values_digest(counting),
        log_digest=steps[-1].digest,
        snapshot_id=snapshot.id,
        cut_off=day_of(snapshot),
    )
    return reports.confirmation_letter(campaign.edition, sources, template_of(campaign, CONFIRMATION))


def approval(log: Sequence[Event]) -> tuple[Event, ...]:
    """The steps from the last submission to the approval that the letter is about."""
    first = review.submitted(log)
    if first is None:
        raise ValueError(log)
    return tuple(event for event in log if event.number >= first.number and event.step in (Step.SUBMIT, Step.PASS))


def opinion(campaign: Campaign, event: Event) -> reports.Opinion:
    """A step as the letter prints it; a review is called after the status that it ends."""
    from xltool import reports  # noqa: PLC0415 - loads the Word libraries

    passed = event.step is Step.PASS
    return reports.Opinion(
        step=event.before.word(campaign.edition.statuses) if passed else STEP_WORDS[event.step],
        role=event.role,
        by=event.by,
        opinion=event.note,
        day=local_date(event.at),
    )


def values_digest(rows: Sequence[Mapping[str, Any]]) -> str:
    """SHA-256 of counting values, as a snapshot holds them: canonical JSON, with all their fields."""
    return hashlib.sha256(canonical(list(rows)).encode()).hexdigest()

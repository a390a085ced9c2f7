"""`xltool review log`: the steps of a district's review, as they were recorded."""

from __future__ import annotations

from xltool.campaign.opened import Campaign, Row
from xltool.model.review import Event


def log(campaign: Campaign, district: str) -> list[Row]:
    """One row a step, the first one first; `from` and `to` as the edition calls the statuses."""
    campaign.require_district(district)
    return [event_row(campaign, event) for event in campaign.store.events(district)]


def event_row(campaign: Campaign, event: Event) -> Row:
    """A step as `--json` prints it. `letter_check` says how a scan was tied to the snapshot: text, typed, none."""
    words = campaign.edition.statuses
    return {
        "district": event.district,
        "number": event.number,
        "at": event.at,
        "step": str(event.step),
        "from": event.before.word(words),
        "to": event.after.word(words),
        "by": event.by,
        "role": event.role,
        "recorded_by": event.recorded_by,
        "note": event.note,
        "snapshot": event.snapshot,
        "letter": event.letter,
        "letter_check": event.letter_check and str(event.letter_check),
        "digest": event.digest,
    }

"""`xltool review`: one step of a district's review, recorded whole or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from xltool import review
from xltool.campaign.approved import changed_items
from xltool.campaign.district_checks import check_returned, recheck
from xltool.campaign.letters import Letter, archived
from xltool.campaign.opened import Campaign
from xltool.campaign.results import statuses
from xltool.campaign.signatures import Signature, cleaned
from xltool.campaign.snapshots import present
from xltool.errors import CampaignError, UsageError
from xltool.model.review import STEP_WORDS, Event, Status, Step
from xltool.model.severity import SEVERITY_WORDS
from xltool.review import Move
from xltool.store import Return


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A step that was recorded, and the held returns that count because of it."""

    event: Event
    released: tuple[Return, ...]


def take(campaign: Campaign, district: str, step: Step, signature: Signature, letter: Letter | None = None) -> Taken:
    """Take one step; `confirm` needs the letter. What isn't allowed is a `UsageError`, and nothing is recorded.

    The checks run again before a step onwards, and after a step back, when held returns count again.
    """
    campaign.require_district(district)
    given = cleaned(signature, step)
    log, revision = campaign.store.events(district), campaign.store.revision(district)
    states = statuses(campaign)
    move = require_move(campaign, district, states[district], step)
    require_whole(campaign, district, log)
    if move.to.submitted:
        require_settled(campaign, district, step)
    snapshot = present(campaign, {**states, district: move.to}) if step is Step.SUBMIT else None
    about = snapshot.id if snapshot else under_review(log)
    if step in (Step.PASS, Step.CONFIRM):
        require_unchanged(campaign, district, step, about)
    scan = archived(campaign, letter, log, about) if letter else None
    event = Event(
        district=district,
        number=len(log) + 1,
        at=campaign.store.now(),
        step=step,
        before=states[district],
        after=move.to,
        by=given.by,
        role=move.role,
        recorded_by=given.recorded_by,
        note=given.note,
        snapshot=about,
        letter=scan.sha256 if scan else None,
        letter_check=scan.check if scan else None,
        previous=log[-1].digest if log else "",
    )
    sealed = review.sealed(event, campaign.secret.key)
    released = campaign.store.record_event(sealed, revision=revision, snapshot=snapshot)
    if released is None:
        raise UsageError("review_moved", district=district)
    check_returned(campaign)
    return Taken(event=sealed, released=released)


def require_move(campaign: Campaign, district: str, status: Status, step: Step) -> Move:
    """Where the step leads, if the status allows it."""
    words = campaign.edition.statuses
    if len(words) < len(Status):
        raise UsageError("review_none")
    move = review.MOVES.get((status, step))
    if move is not None:
        return move
    allowed = "、".join(f"{STEP_WORDS[one]}（review {one}）" for one in review.steps_in(status))
    code = "review_step" if allowed else "review_early"
    raise UsageError(code, district=district, status=status.word(words), step=STEP_WORDS[step], allowed=allowed)


def require_whole(campaign: Campaign, district: str, log: Sequence[Event]) -> None:
    """Refuse to go on from a log that was changed."""
    if any(review.verify_chain(log, campaign.secret.key)):
        raise CampaignError("review_log_faulty", district=district)


def require_settled(campaign: Campaign, district: str, step: Step) -> None:
    """Run the checks again, and refuse while an error or a warning is open."""
    recheck(campaign)
    found = Counter(finding.severity for finding in review.blocking(campaign.store.findings(district)))
    if found:
        counts = "、".join(f"{word}{found[severity]}个" for severity, word in SEVERITY_WORDS.items() if found[severity])
        raise UsageError("review_blocked", district=district, counts=counts, step=STEP_WORDS[step])


def require_unchanged(campaign: Campaign, district: str, step: Step, snapshot: str) -> None:
    """Refuse to approve anything but the values that were submitted."""
    items = changed_items(campaign, district, snapshot)
    if items:
        raise UsageError("review_changed", district=district, items=items, step=STEP_WORDS[step])


def under_review(log: Sequence[Event]) -> str:
    """The snapshot that was submitted last."""
    last = review.submitted(log)
    if last is None or last.snapshot is None:
        raise ValueError(log)
    return last.snapshot

"""`xltool explain`: the office answers a finding: explains a warning, waives an error, takes a disputed value."""

from __future__ import annotations

from dataclasses import dataclass, replace

from xltool.campaign.again import judged_again
from xltool.campaign.district_checks import check_returned
from xltool.campaign.ingest import context_of
from xltool.campaign.opened import Campaign
from xltool.campaign.results import standing
from xltool.campaign.signatures import NAME_LENGTH, require, tidy
from xltool.errors import UsageError
from xltool.model.companions import RIGHT_VALUE
from xltool.model.explanation import Explanation
from xltool.model.finding import DISPUTE, Finding
from xltool.model.severity import Severity
from xltool.model.states import State

CANDIDATES = 5  # of an ambiguous id that are named
NOTE_LIMIT = 500  # letters; the workbook's own explanations take as many


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What became of a finding: as it stood, as it stands, and whether anything new was recorded."""

    before: Finding
    after: Finding
    changed: bool


def explain(campaign: Campaign, finding: str, *, note: str, by: str, withdraw: bool = False) -> Answered:
    """Answer the finding whose id begins with `finding`.

    A warning is explained, an error waived; of a disputed value the district's own counts from now on, and the
    district is checked again. The answer holds while the values that the finding is about stay the same, in whatever
    version they come. A later answer replaces an earlier one, which stays on record; `withdraw` takes it back. The
    same answer again changes nothing.

    Raises:
        UsageError: No such finding, or none that can be answered; no text, or nobody who says it.
    """
    text, who = said(note, "--note", "理由", NOTE_LIMIT), said(by, "--by", "说明人", NAME_LENGTH)
    found = the_one(campaign, finding)
    require_answerable(campaign, found)
    held = campaign.store.explanations().get(found.id)
    held = held if held is not None and held.holds(found) else None
    if withdraw and held is None:
        raise UsageError("nothing_to_withdraw", message=found.message)
    if held is not None and not withdraw and (held.note, held.by) == (text, who):
        return Answered(before=found, after=found, changed=False)
    if found.code == DISPUTE and not withdraw:
        require_right_value(campaign, found)
    answer = Explanation(finding=found, note=text, by=who, withdrawn=withdraw)
    record(campaign, answer)
    stands = (one for one in standing(campaign, district=found.district) if one.id == found.id)
    return Answered(before=found, after=next(stands, found), changed=True)


def record(campaign: Campaign, answer: Explanation) -> None:
    """Store an answer, and check again where that changes what counts or what is open."""
    found = answer.finding
    rejudged = None
    if found.code == DISPUTE:
        context = context_of(campaign)
        context = replace(context, explanations={**context.explanations, found.id: answer})
        rejudged = judged_again(campaign, context, found.district, campaign.store.prefilled(found.district))
    in_field = {one.id for returned in campaign.store.field_returns() for one in returned.findings}
    if not campaign.store.explain(answer, reviewed=found.id not in in_field, rejudged=rejudged):
        raise UsageError("explain_submitted", district=found.district)
    check_returned(campaign)


def said(text: str, option: str, what: str, limit: int) -> str:
    """A text of one line, without what can't be seen."""
    line = " ".join(tidy(text).split())
    require(line, option, what, limit)
    return line


def the_one(campaign: Campaign, prefix: str) -> Finding:
    """The finding that stands under an id, or the beginning of one."""
    wanted = prefix.strip().lower()
    found = [finding for finding in standing(campaign) if wanted and finding.id.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        known = "、".join(one.id for one in found[:CANDIDATES]) + ("等" if len(found) > CANDIDATES else "")
        raise UsageError("ambiguous_finding", name=prefix, count=len(found), known=known)
    past = campaign.store.past_finding_ids() | campaign.store.explanations().keys()
    gone = bool(wanted) and any(name.startswith(wanted) for name in past)
    raise UsageError("finding_gone" if gone else "unknown_finding", name=prefix)


def require_answerable(campaign: Campaign, finding: Finding) -> None:
    """Refuse what needs no answer."""
    if finding.status == "folded":
        known = {one.id: one for one in standing(campaign, district=finding.district)}
        cause = known.get(finding.follows_from or "")
        raise UsageError(
            "finding_folded",
            message=finding.message,
            cause=finding.follows_from,
            cause_message=cause.message if cause is not None else "",
        )
    if finding.status == "trial":
        raise UsageError("finding_trial", message=finding.message)
    if finding.severity is Severity.HINT:
        raise UsageError("finding_hint", message=finding.message)


def require_right_value(campaign: Campaign, dispute: Finding) -> None:
    """Refuse to take a value that the district did not write, or that has a fault itself."""
    key = (None, dispute.item, None, RIGHT_VALUE)
    right = next((value for value in campaign.store.current_values(dispute.district) if value.key == key), None)
    if right is None or right.state is not State.VALUE:
        raise UsageError("dispute_without_value", message=dispute.message)
    for finding in campaign.store.findings(dispute.district):
        at = (finding.unit, finding.item, finding.row, finding.column)
        if at == key and finding.about == "value" and finding.severity is Severity.ERROR and finding.status == "open":
            raise UsageError("dispute_faulty", message=finding.message)

"""Judge a district's own return again, where what the office holds beside it has changed."""

from __future__ import annotations

from collections.abc import Collection

from xltool import checks
from xltool.campaign.opened import Campaign
from xltool.campaign.plans import stored_plan
from xltool.campaign.reading import Context, judge
from xltool.campaign.recipients import up_to_date
from xltool.model.finding import DISPUTE, Finding
from xltool.model.plan import Prefilled
from xltool.model.submission import Submission
from xltool.store import Return


def judged_again(
    campaign: Campaign, context: Context, district: str, prefilled: Collection[Prefilled]
) -> tuple[Return, tuple[Finding, ...]] | None:
    """The district's own return that counts, with its findings as they are by now; None where there is none.

    What reading found stays, but that a value is missing which has been prefilled since. The checks are made again on
    the stored values, with the prefilled ones that are given and the office's answers that `context` has.
    """
    own = next((one for one in campaign.store.current_returns(district) if one.unit is None), None)
    if own is None:
        return None
    issued = campaign.store.current_issues(district)[None]
    submission = Submission(
        identity=issued.identity,
        file=own.file,
        sha256=own.sha256,
        values=campaign.store.values_of(own),
        findings=(),
        places={},
    )
    filled = {entry.item for entry in prefilled if entry.column is None}
    found = tuple(
        finding
        for finding in campaign.store.findings_of(own)
        if finding.about != "check"
        and finding.code != DISPUTE
        and not (finding.code == "required" and finding.column is None and finding.item in filled)
    )
    plan = stored_plan(context.store, issued.identity.plan)
    judged = judge(submission, found, plan, up_to_date(issued.recipient, prefilled), context)
    return own, tuple(checks.grounded((*found, *judged), submission.values))

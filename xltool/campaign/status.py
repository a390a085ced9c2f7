"""`xltool status`: who has returned what, what is open, and what could be done next."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from xltool import review
from xltool.campaign.opened import Campaign, Row
from xltool.campaign.results import in_words, statuses
from xltool.model.edition import Severity
from xltool.model.review import Status
from xltool.review import Proposal
from xltool.store import Return

COLLECTION_DEADLINE = "collection"  # the calendar's id of the online collection


def status(campaign: Campaign) -> list[Row]:
    """Who has returned what, and what is open, one row a district."""
    states = in_words(campaign, statuses(campaign))
    proposed = {name: str(proposal.step) for name, proposal in proposals(campaign).items()}
    deadline = campaign.config.deadlines.get(COLLECTION_DEADLINE)
    returns = campaign.store.current_returns()
    rows: list[Row] = []
    for name in campaign.district_names:
        own = [returned for returned in returns if returned.district == name]
        units = set(campaign.units_of(name))
        still_open = Counter(finding.severity for finding in campaign.store.findings(name) if finding.status == "open")
        rows.append(
            {
                "district": name,
                "status": states[name],
                "proposed_step": proposed.get(name),
                "units_returned": sum(returned.unit in units for returned in own),
                "units_expected": len(units),
                "errors": still_open[Severity.ERROR],
                "warnings": still_open[Severity.WARNING],
                "held": campaign.store.count_held(name),
                "last_return": max((returned.received_at for returned in own), default=None),
                "deadline": deadline.isoformat() if deadline else None,
                "days_left": (deadline - today()).days if deadline else None,
            }
        )
    return rows


def proposals(campaign: Campaign) -> dict[str, Proposal]:
    """The steps that the districts' own returns ask for on their sign-off sheets, for the clerk to record."""
    return dict(_proposals(campaign))


def _proposals(campaign: Campaign) -> Iterator[tuple[str, Proposal]]:
    returns = {one.district: one for one in campaign.store.current_returns() if one.unit is None}
    for name, status in statuses(campaign).items():
        if name in returns and _may_ask(campaign, name, status, returns[name]):
            proposal = review.propose(status, review.signed(campaign.store.values_of(returns[name])))
            if proposal is not None:
                yield name, proposal


def _may_ask(campaign: Campaign, district: str, status: Status, returned: Return) -> bool:
    """Whether a return's sheet is about this status: one that was sent back doesn't ask to be submitted again."""
    last = review.submitted(campaign.store.events(district))
    if status.submitted or last is None or last.snapshot is None:
        return True
    seen = campaign.store.load_snapshot(last.snapshot).content["returns"][district]
    return returned.version not in [row["version"] for row in seen if row["unit"] is None]


def today() -> dt.date:
    """The office's date."""
    return dt.datetime.now().astimezone().date()

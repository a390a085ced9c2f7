"""Immutable states of a campaign's data, which letters and reports are written from."""

from __future__ import annotations

from xltool.campaign.opened import Campaign, Row
from xltool.campaign.results import coverage, parts, results, roll_up_all
from xltool.campaign.rows import finding_row, result_row, return_row, value_row
from xltool.store import Snapshot


def take_snapshot(campaign: Campaign) -> Snapshot:
    """The snapshot of the data as they stand; where nothing changed since the last one, that one.

    Content: `edition` (digest), `values` (the counting ones), `indicators`, `findings`; `parts`,
    `returns` and `coverage` by district. The cut-off is the time of the last return that was stored.
    """
    rolled = roll_up_all(campaign)
    values: list[Row] = [
        value_row(value, one.counting)
        for one in rolled.values()
        for value in sorted(one.counting, key=lambda value: tuple(map(str, (*value.key, value.sheet, value.cell))))
    ]
    content = {
        "edition": campaign.edition.digest,
        "values": values,
        "indicators": [result_row(result) for result in results(campaign)],
        "parts": {name: parts(campaign, one) for name, one in rolled.items()},
        "findings": [finding_row(f) for name in campaign.district_names for f in campaign.store.findings(name)],
        "returns": {name: [return_row(one) for one in campaign.store.current_returns(name)] for name in rolled},
        "coverage": {name: coverage(campaign, name) for name in campaign.district_names},
    }
    return campaign.store.save_snapshot(content, cut_off=campaign.store.last_return_at())

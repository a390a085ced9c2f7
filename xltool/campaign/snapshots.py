"""Immutable states of a campaign's data, which letters and reports are written from."""

from __future__ import annotations

from collections.abc import Mapping

from xltool import indicators as computing
from xltool.campaign.background import contents
from xltool.campaign.opened import Campaign, Row
from xltool.campaign.results import coverage, figures, in_words, parts, roll_up_all, statuses
from xltool.campaign.rows import finding_row, result_row, return_row, value_row
from xltool.model.quantity import Rolled
from xltool.model.review import Status
from xltool.store import Snapshot, named


def take_snapshot(campaign: Campaign) -> Snapshot:
    """The snapshot of the data as they stand; where nothing changed since the last one, that one."""
    taken = present(campaign, statuses(campaign))
    return campaign.store.save_snapshot(taken.content, cut_off=taken.cut_off)


def present(campaign: Campaign, states: Mapping[str, Status]) -> Snapshot:
    """The data as they stand, with the districts in these statuses; not stored.

    Content: `edition` (digest), `values` (the counting ones), `indicators`, `findings`; `parts`, `figures` (the main
    ones), `items`, `returns`, `coverage` and `reviews` (status, and digest of the log's last entry) by district; what
    `background.contents` adds.
    The cut-off is the time of the last return that was stored.
    """
    rolled = roll_up_all(campaign)
    values = [row for one in rolled.values() for row in counting_rows(one)]
    words = in_words(campaign, states)
    heads = campaign.store.heads()
    content = {
        "edition": campaign.edition.digest,
        "values": values,
        "indicators": [result_row(result) for result in computing.compute(campaign.edition, rolled, words)],
        "parts": {name: parts(campaign, one) for name, one in rolled.items()},
        "figures": {name: figures(campaign, one, campaign.edition.main_figures) for name, one in rolled.items()},
        "items": {name: figures(campaign, one, campaign.edition.item_by_id) for name, one in rolled.items()},
        "findings": [finding_row(f) for name in campaign.district_names for f in campaign.store.findings(name)],
        "returns": {name: [return_row(one) for one in campaign.store.current_returns(name)] for name in rolled},
        "coverage": {name: coverage(campaign, name) for name in campaign.district_names},
        "reviews": {
            name: {"status": words[name], "digest": heads[name].digest if name in heads else None}
            for name in campaign.district_names
        },
        **contents(campaign, rolled),
    }
    return named(content, campaign.store.last_return_at(), campaign.store.now())


def counting_rows(rolled: Rolled) -> list[Row]:
    """A district's counting values as a snapshot holds them."""
    order = sorted(rolled.counting, key=lambda value: tuple(map(str, (*value.key, value.sheet, value.cell))))
    return [value_row(value, rolled.counting) for value in order]

"""Which rules of an edition no workbook judges by itself, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from xltool import messages
from xltool.model.changes import change_check, in_one_file
from xltool.model.companions import VERDICT_STYLE
from xltool.model.edition import Check, Edition
from xltool.model.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class NotLive:
    """A rule that only the program judges: the id of its record, in `section` of checks.yaml where it has none."""

    id: str
    section: str
    label: str
    reason: str


def not_live(edition: Edition, plans: Iterable[Plan]) -> Iterator[NotLive]:
    """The checks and limits of change without a verdict in any of the plans, and comparisons among districts."""
    judged = {
        cell.item for plan in plans for sheet in plan.sheets for cell in sheet.cells if cell.style == VERDICT_STYLE
    }
    for check in edition.checks:
        if check.id not in judged:
            yield _of(check, check.id, "checks", "not_live_files")
    for limit in edition.comparisons.changes:
        if limit.id not in judged:
            whole = in_one_file(edition.item_by_id[limit.item])
            yield _of(
                change_check(limit, edition), limit.item, "history", "not_live_files" if whole else "not_live_sum"
            )
    peers = edition.comparisons.peers
    for rule in peers.rules if peers is not None else ():
        name = rule.item or rule.indicator or ""
        record = edition.item_by_id[name] if rule.item is not None else edition.indicator_by_id[name]
        yield NotLive(id=name, section="peers", label=record.label, reason=messages.reason("not_live_peers"))


def _of(check: Check, name: str, section: str, why: str) -> NotLive:
    reason = messages.reason("not_live_trial" if check.trial else why)
    return NotLive(id=name, section=section, label=check.label, reason=reason)

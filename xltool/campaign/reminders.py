"""`xltool remind`: who owes what, as a list for the clerk, and as a text to send to each district."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from xltool.campaign.files import remove, safe_name, write_atomically
from xltool.campaign.opened import Campaign, Row
from xltool.campaign.reminder_text import Owed, reminder
from xltool.campaign.results import roll_up, statuses
from xltool.campaign.status import COLLECTION_DEADLINE, today
from xltool.model.edition import Level, Severity
from xltool.model.quantity import Rolled, main_key
from xltool.model.states import State
from xltool.store import Return

FIELDS = (
    "district",
    "unit",
    "role",
    "owes",
    "unanswered",
    "errors",
    "warnings",
    "version",
    "last_return",
    "deadline",
    "days_left",
    "file",
)
HEADINGS = {
    "district": "区",
    "unit": "成员单位",
    "role": "联系角色",
    "owes": "待办",
    "unanswered": "未填数据项",
    "errors": "错误",
    "warnings": "提醒",
    "version": "报送次数",
    "last_return": "最近报送",
    "deadline": "截止日期",
    "days_left": "剩余天数",
}
"""What a table for people shows."""

BYTE_ORDER_MARK = "\ufeff"  # so that every Windows editor knows the encoding


def remind(campaign: Campaign, *, district: str | None = None) -> list[Row]:
    """Who owes what, one row a workbook, and a text to send in the outbox of each district that owes anything.

    A workbook is owed as `return` where it didn't come back though something in it is still unanswered: a district may
    answer for its units. It is owed as `correction` where it came back with open errors or warnings. A district that
    has submitted owes nothing. The text of a district that owes nothing any more is taken away.
    """
    names = [campaign.require_district(district)] if district else campaign.district_names
    deadline = campaign.config.deadlines.get(COLLECTION_DEADLINE)
    day = today()
    submitted = {name for name, status in statuses(campaign).items() if status.submitted}
    rows: list[Row] = []
    for name in names:
        owed = () if name in submitted else tuple(owed_by(campaign, name))
        path = text_path(campaign, name)
        if owed:
            text = reminder(campaign.edition, name, owed, day=day, deadline=deadline)
            write_atomically(path, (BYTE_ORDER_MARK + text.replace("\n", "\r\n")).encode())
        else:
            remove(path)
        rows += [row_of(campaign, name, one, path, (day, deadline)) for one in owed]
    return rows


def text_path(campaign: Campaign, district: str) -> Path:
    """Where a district's text lies: with what is sent to it."""
    name = safe_name(district)
    return campaign.workspace.outbox / name / f"{name}_催报.txt"


def owed_by(campaign: Campaign, district: str) -> Iterator[Owed]:
    """A district's own workbook first, then its units' in the list's order."""
    returns = {returned.unit: returned for returned in campaign.store.current_returns(district)}
    roles = {unit.name: unit.role for unit in campaign.roster.units(district)}
    rolled = roll_up(campaign, district)
    for unit in (None, *campaign.units_of(district)):
        returned = returns.get(unit)
        role = roles.get(unit, "") if unit is not None else ""
        if returned is None:
            unanswered = unanswered_by(campaign, district, unit, rolled)
            if unit is None or unanswered:
                yield Owed(unit=unit, role=role, owes="return", unanswered=unanswered)
            continue
        counts = open_in(campaign, returned)
        if counts[Severity.ERROR] or counts[Severity.WARNING]:
            yield Owed(
                unit=unit,
                role=role,
                owes="correction",
                errors=counts[Severity.ERROR],
                warnings=counts[Severity.WARNING],
                version=returned.version,
                received_at=returned.received_at,
            )


def unanswered_by(campaign: Campaign, district: str, unit: str | None, rolled: Rolled) -> int:
    """How many items of a workbook nobody has answered yet; what was answered but can't be read isn't one of them."""
    alone = campaign.answers_of(district, unit) if unit is not None else ()
    quantities = [
        rolled.by_unit[main_key(item)][unit]
        if unit is not None and item.level is Level.EACH_UNIT
        else rolled.quantities[main_key(item)]
        for item in campaign.edition.items
        if (item.level is Level.EACH_UNIT or item.id in alone if unit is not None else not item.left_to_units)
    ]
    missing = (quantity for quantity in quantities if quantity.state is State.MISSING)
    return sum(all(source.is_blank for source in quantity.sources) for quantity in missing)


def open_in(campaign: Campaign, returned: Return) -> Mapping[Severity, int]:
    """The open findings that go back with a return."""
    return Counter(
        finding.severity
        for finding in campaign.store.findings(returned.district)
        if finding.status == "open" and not finding.for_office and finding.owner == returned.unit
    )


def row_of(campaign: Campaign, district: str, owed: Owed, path: Path, days: tuple[dt.date, dt.date | None]) -> Row:
    """What `--json` says of one workbook."""
    day, deadline = days
    return {
        "district": district,
        "unit": owed.unit,
        "role": owed.role or None,
        "owes": owed.owes,
        "unanswered": owed.unanswered if owed.owes == "return" else None,
        "errors": owed.errors if owed.owes == "correction" else None,
        "warnings": owed.warnings if owed.owes == "correction" else None,
        "version": owed.version,
        "last_return": owed.received_at,
        "deadline": deadline.isoformat() if deadline else None,
        "days_left": (deadline - day).days if deadline else None,
        "file": campaign.relative(path),
    }

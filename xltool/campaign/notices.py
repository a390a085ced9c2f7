"""Correction notices (退回修改通知): what a district must correct by when, from a snapshot and what was issued."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from xltool.campaign.files import safe_name
from xltool.campaign.opened import Advance, Campaign, Row, quietly
from xltool.campaign.plans import stored_plan
from xltool.campaign.reports import day_of, local_date, write_each
from xltool.campaign.rows import finding_of
from xltool.campaign.snapshots import take_snapshot
from xltool.campaign.status import COLLECTION_DEADLINE, today
from xltool.campaign.templates import template_of
from xltool.campaign.workforce import CORES, Workforce
from xltool.errors import UsageError
from xltool.model.companions import EXPLANATION
from xltool.store import Snapshot

if TYPE_CHECKING:
    from xltool import reports

NOTICE = "notice"
FOLDER = "退回修改"


def report_notices(
    campaign: Campaign,
    districts: Sequence[str],
    *,
    due: dt.date | None = None,
    force: Workforce = CORES,
    advance: Advance = quietly,
) -> list[Row]:
    """Write the notices of the named districts, else of all, into the reports folder; none where all is right."""
    chosen = returning(campaign, districts)
    return write_each(campaign, NOTICE, chosen, notices_of(campaign, due).document, force=force, advance=advance)


def returning(campaign: Campaign, districts: Sequence[str]) -> list[str]:
    """The named districts, else all; a named one that returned nothing has nothing to correct, which is a fault."""
    names = [campaign.require_district(name) for name in districts]
    for name in names:
        if not campaign.store.current_returns(name):
            raise UsageError("nothing_returned", district=name)
    return [name for name in campaign.district_names if name in names or not names]


def notices_of(campaign: Campaign, due: dt.date | None) -> Notices:
    """The notices as the data stand; `due` is the day by which to correct, None the collection's deadline.

    Raises:
        UsageError: the named day has passed.
    """
    day = today()
    if due is not None and due < day:
        raise UsageError("due_passed", due=due, today=day)
    last = due or campaign.config.deadlines.get(COLLECTION_DEADLINE)
    return Notices(campaign, take_snapshot(campaign), day=last, passed=last is not None and last < day)


class Notices:
    """Makes the notices of one run from one snapshot."""

    def __init__(self, campaign: Campaign, snapshot: Snapshot, *, day: dt.date | None, passed: bool) -> None:
        """`day` is the day by which to correct, None where there is none; `passed` whether it lay behind."""
        self.campaign = campaign
        self.day, self.passed = day, passed
        self.snapshot = snapshot
        self.findings = tuple(finding_of(row) for row in self.snapshot.content["findings"])

    def document(self, district: str) -> bytes | None:
        """The Word file; None where the district has nothing to correct."""
        from xltool import reports  # noqa: PLC0415 - loads the Word libraries

        sources = reports.NoticeSources(
            district=district,
            findings=tuple(finding for finding in self.findings if finding.district == district),
            workbooks=self.workbooks(district),
            coverage=reports.Coverage(**self.snapshot.content["coverage"][district]),
            due=None if self.day is None else reports.Due(day=self.day, passed=self.passed),
            snapshot_id=self.snapshot.id,
            cut_off=day_of(self.snapshot),
        )
        return reports.correction_notice(self.campaign.edition, sources, template_of(self.campaign, NOTICE))

    def workbooks(self, district: str) -> tuple[reports.Workbook, ...]:
        """The district's returns as its people know them."""
        from xltool import reports  # noqa: PLC0415 - loads the Word libraries

        issued = self.campaign.store.current_issues(district)
        found = []
        for row in self.snapshot.content["returns"][district]:
            own = issued[row["unit"]]
            plan = stored_plan(self.campaign.store, own.identity.plan)
            found.append(
                reports.Workbook(
                    unit=row["unit"],
                    version=row["version"],
                    received=local_date(row["received_at"]),
                    marked=marked_name(own.file, row["version"]),
                    sheets=tuple(sheet.name for sheet in plan.sheets),
                    explains=frozenset(item for item, _, column in plan.inputs if column == EXPLANATION),
                )
            )
        return tuple(found)


def marked_folder(campaign: Campaign, district: str) -> Path:
    """Where what goes back lies: beside the district's issued workbooks."""
    return campaign.workspace.outbox / safe_name(district) / FOLDER


def marked_name(issued: str, version: int | str | None) -> str:
    """What a marked workbook is called: after the file that was issued, and the version that is sent back."""
    return f"{Path(issued).stem}_第{version}次退回.xlsx"

"""Word files for readers, each from a snapshot: one way to choose districts, name files and write them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

from xltool import data
from xltool.campaign.files import safe_name, write_atomically
from xltool.campaign.opened import Advance, Campaign, Row, quietly
from xltool.campaign.rows import finding_of, result_of
from xltool.campaign.snapshots import take_snapshot
from xltool.errors import UsageError

TITLES = {"district": "监测分报告", "notice": "退回修改通知", "confirmation": "确认函"}
"""Kind of report -> what its files are called; its template has the kind's name."""


def report_districts(campaign: Campaign, districts: Sequence[str], *, advance: Advance = quietly) -> list[Row]:
    """Write the sub-reports of the named districts, else of the sampled ones, from one snapshot."""
    names = [campaign.require_district(name) for name in districts] or list(campaign.config.sampled)
    if not names:
        raise UsageError("nothing_to_report")
    from xltool import reports  # noqa: PLC0415 - loads the Word libraries

    snapshot = take_snapshot(campaign)
    content = snapshot.content
    results = tuple(result_of(row) for row in content["indicators"])
    findings = tuple(finding_of(row) for row in content["findings"])

    def made(name: str) -> bytes:
        return reports.district_report(
            campaign.edition,
            results,
            name,
            findings=tuple(finding for finding in findings if finding.district == name),
            coverage=reports.Coverage(**content["coverage"][name]),
            parts=tuple(reports.PartValue(**row) for row in content["parts"][name]),
            snapshot_id=snapshot.id,
            cut_off=local_date(snapshot.cut_off),
            template=template_of("district"),
        )

    return write_each(campaign, "district", names, made, advance=advance)


def write_each(
    campaign: Campaign, kind: str, names: Sequence[str], made: Callable[[str], bytes | None], *, advance: Advance
) -> list[Row]:
    """Write one file a district into the reports folder; none where there is nothing to write."""
    rows: list[Row] = []
    for done, name in enumerate(names, start=1):
        document = made(name)
        if document is not None:
            path = campaign.workspace.reports / file_name(campaign, kind, name)
            write_atomically(path, document)
            rows.append({"kind": kind, "district": name, "unit": None, "file": campaign.relative(path)})
        advance(done, len(names))
    return rows


def file_name(campaign: Campaign, kind: str, district: str) -> str:
    """What a report's file is called."""
    return f"{safe_name(district)}_{TITLES[kind]}_{campaign.config.monitoring_year}.docx"


def template_of(kind: str) -> Path:
    """The Word template of a kind of report."""
    return data.folder("templates") / f"{kind}.docx"


def local_date(moment: str | None) -> dt.date:
    """The office's date of a stored time; today's where nothing came back yet."""
    parsed = dt.datetime.fromisoformat(moment) if moment else dt.datetime.now(dt.UTC)
    return parsed.astimezone().date()

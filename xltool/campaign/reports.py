"""Word files for readers, each from a snapshot: one way to choose districts, name files and write them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial

from xltool.campaign.background import background_of, last_year_of
from xltool.campaign.files import safe_name, write_atomically
from xltool.campaign.opened import Advance, Campaign, Row, quietly
from xltool.campaign.rows import finding_of, result_of
from xltool.campaign.snapshots import take_snapshot
from xltool.campaign.templates import template_of
from xltool.campaign.workforce import CORES, Workforce, make
from xltool.errors import UsageError
from xltool.model.report_kinds import TITLES
from xltool.store import Snapshot

DISTRICT = "district"


def report_districts(
    campaign: Campaign, districts: Sequence[str], *, force: Workforce = CORES, advance: Advance = quietly
) -> list[Row]:
    """Write the sub-reports of the named districts, else of the sampled ones, from one snapshot."""
    names = [campaign.require_district(name) for name in districts] or list(campaign.config.sampled)
    if not names:
        raise UsageError("nothing_to_report")
    made = partial(district_document, campaign, take_snapshot(campaign))
    return write_each(campaign, DISTRICT, names, made, force=force, advance=advance)


def district_document(campaign: Campaign, snapshot: Snapshot, name: str) -> bytes:
    """The sub-report of one district, from a snapshot."""
    from xltool import reports  # noqa: PLC0415 - loads the Word libraries

    content = snapshot.content
    sources = reports.DistrictSources(
        district=name,
        findings=tuple(finding_of(row) for row in content["findings"] if row["district"] == name),
        coverage=reports.Coverage(**content["coverage"][name]),
        parts=tuple(reports.PartValue(**row) for row in content["parts"][name]),
        snapshot_id=snapshot.id,
        cut_off=day_of(snapshot),
        background=background_of(content, name),
        last_year=last_year_of(content),
    )
    results = tuple(result_of(row) for row in content["indicators"])
    return reports.district_report(campaign.edition, results, sources, template_of(campaign, DISTRICT))


def write_each(
    campaign: Campaign,
    kind: str,
    names: Sequence[str],
    document: Callable[[str], bytes | None],
    *,
    force: Workforce,
    advance: Advance,
) -> list[Row]:
    """Write one file a district into the reports folder; none where there is nothing to write.

    `document` runs in worker processes: what it is bound to must be picklable.
    """
    rows: list[Row] = []

    def keep(name: str, content: bytes | None) -> None:
        if content is not None:
            path = campaign.workspace.reports / file_name(campaign, kind, name)
            write_atomically(path, content)
            rows.append({"kind": kind, "district": name, "unit": None, "file": campaign.relative(path)})

    make(document, names, keep, named=str, force=force, advance=advance)
    return rows


def file_name(campaign: Campaign, kind: str, district: str) -> str:
    """What a report's file is called."""
    return f"{safe_name(district)}_{TITLES[kind]}_{campaign.config.monitoring_year}.docx"


def day_of(snapshot: Snapshot) -> dt.date:
    """Until when a report of a snapshot tells what came in: the last return, or the first look where none came back."""
    return local_date(snapshot.cut_off or snapshot.taken_at)


def local_date(moment: str) -> dt.date:
    """The office's date of a stored time."""
    return dt.datetime.fromisoformat(moment).astimezone().date()

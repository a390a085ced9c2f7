"""Reports on all districts, each from a snapshot: the data analysis report and the city's report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from xltool.campaign.background import background_of, last_year_of
from xltool.campaign.files import safe_name, write_atomically
from xltool.campaign.opened import Campaign, Row
from xltool.campaign.reports import day_of
from xltool.campaign.rows import finding_of, result_of
from xltool.campaign.snapshots import take_snapshot
from xltool.campaign.templates import template_of
from xltool.model.report_kinds import TITLES
from xltool.store import Snapshot

if TYPE_CHECKING:
    from xltool import reports

CityKind = Literal["analysis", "city"]


def report_city(campaign: Campaign, kinds: Sequence[CityKind]) -> list[Row]:
    """Write reports on all districts into the reports folder, from one snapshot."""
    snapshot = take_snapshot(campaign)
    rows: list[Row] = []
    for kind in kinds:
        document = city_document(campaign, snapshot, kind)
        name = f"{safe_name(campaign.edition.city)}_{TITLES[kind]}_{campaign.config.monitoring_year}.docx"
        path = campaign.workspace.reports / name
        write_atomically(path, document)
        rows.append({"kind": kind, "district": None, "unit": None, "file": campaign.relative(path)})
    return rows


def city_document(campaign: Campaign, snapshot: Snapshot, kind: CityKind) -> bytes:
    """A report on all districts, from a snapshot."""
    from xltool import reports  # noqa: PLC0415 - loads the Word libraries

    sources = sources_of(campaign, snapshot)
    return reports.whole_report(campaign.edition, sources, kind, template_of(campaign, kind))


def sources_of(campaign: Campaign, snapshot: Snapshot) -> reports.CitySources:
    """What a snapshot holds of all districts, in the notice's order."""
    from xltool import reports  # noqa: PLC0415 - loads the Word libraries

    content, names = snapshot.content, campaign.district_names
    return reports.CitySources(
        results=tuple(result_of(row) for row in content["indicators"]),
        findings=tuple(finding_of(row) for row in content["findings"]),
        coverage={name: reports.Coverage(**content["coverage"][name]) for name in names},
        statuses={name: content["reviews"][name]["status"] for name in names},
        again={name: sum(one["version"] > 1 for one in content["returns"][name]) for name in names},
        backgrounds={name: background_of(content, name) for name in names},
        last_year=last_year_of(content),
        sampled=tuple(name for name in names if name in content.get("field", {})),
        snapshot_id=snapshot.id,
        cut_off=day_of(snapshot),
    )

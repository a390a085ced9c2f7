"""`report package`: a campaign's results for whoever analyses further, from a snapshot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from xltool import exchange
from xltool.campaign.files import write_atomically
from xltool.campaign.opened import Campaign, Row
from xltool.campaign.snapshots import take_snapshot
from xltool.store import Snapshot

KIND = "package"
COVERAGE_FIELDS = ("status", "own_return", "units_returned", "units_expected")
INTERVALS = ("share", "mean")


def report_package(campaign: Campaign) -> list[Row]:
    """Write the data package into the reports folder."""
    snapshot = take_snapshot(campaign)
    tables = exchange.tables_of(campaign.edition, contents_of(snapshot.content, campaign.district_names))
    path = campaign.workspace.reports / f"监测数据包_{campaign.config.monitoring_year}.zip"
    write_atomically(path, exchange.data_package(about(campaign, snapshot), tables))
    return [{"kind": KIND, "district": None, "unit": None, "file": campaign.relative(path)}]


def about(campaign: Campaign, snapshot: Snapshot) -> dict[str, object]:
    """What the package says of itself; it is dated by the data's cut-off, so that the same data give the same bytes."""
    edition = campaign.edition
    dated = {"created": snapshot.cut_off} if snapshot.cut_off else {}
    return {
        "name": f"monitoring-{edition.monitoring_year}-{snapshot.id[:12]}",
        "title": f"{edition.title}：数据包",
        "description": (
            f"{edition.title}的数据、指标和核对情况，统计时段{edition.period_start}至{edition.period_end}。"
            "各表都是csv文件，字段的含义和类型见本文件。"
        ),
        "version": f"{edition.monitoring_year}.0.0",
        **dated,
        "snapshot": snapshot.id,
        "cutOff": snapshot.cut_off,
        "edition": edition.id,
        "editionDigest": edition.digest,
    }


def contents_of(content: Mapping[str, Any], districts: Sequence[str]) -> exchange.Contents:
    """A snapshot's content as flat rows, districts in their order; earlier snapshots may lack what was kept later."""
    return exchange.Contents(
        districts=[district_row(content, name) for name in districts],
        values=content["values"],
        results=content["indicators"],
        findings=content["findings"],
        totals=[{"district": name, **row} for name in districts for row in content.get("items", {}).get(name, ())],
        last_year=content.get("last_year", ()),
        coverage=list(node_rows(content.get("evidence", {}))),
        survey=list(survey_rows(content.get("survey", {}))),
    )


def district_row(content: Mapping[str, Any], name: str) -> Row:
    """How far a district is and what came back."""
    whole = {**content["coverage"][name], "status": content["reviews"][name]["status"]}
    return {"district": name} | {field: whole[field] for field in COVERAGE_FIELDS}


def node_rows(evidence: Mapping[str, Any]) -> Iterator[Row]:
    """The documents behind each node of the framework."""
    for district, found in evidence.items():
        for node in found["nodes"]:
            counts = {name: node[name] for name in ("documents", "with_attachment")}
            yield {"district": district, "node": node["indicator"], **counts}


def survey_rows(survey: Mapping[str, Any]) -> Iterator[Row]:
    """Each question at each site; estimates with the ends of their intervals."""
    for district, answers in survey.items():
        for answer in answers:
            row: Row = {"district": district, **answer}
            for name in INTERVALS:
                estimate = answer[name] or {}
                row |= {name: estimate.get("value"), f"{name}_low": estimate.get("low")}
                row[f"{name}_high"] = estimate.get("high")
            yield row

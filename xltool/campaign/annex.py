"""`xltool indicators -o`: the indicators as a workbook for people, or as rows for programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from xltool import indicators as computing
from xltool import workbook
from xltool.campaign.files import write_atomically
from xltool.campaign.opened import Campaign
from xltool.campaign.publish import save_table
from xltool.campaign.rows import result_of, result_row
from xltool.campaign.snapshots import take_snapshot
from xltool.model.quantity import Quantity
from xltool.model.states import State
from xltool.store import Snapshot


def save_indicators(campaign: Campaign, path: Path, *, snapshot: str | None = None) -> None:
    """Write the indicators of a snapshot (by default of the data as they stand) as .xlsx or .csv."""
    taken = campaign.store.load_snapshot(snapshot) if snapshot else take_snapshot(campaign)
    results = tuple(result_of(row) for row in taken.content["indicators"])
    if path.suffix.casefold() != ".xlsx":
        save_table(path, "indicators", [result_row(result) for result in results])
        return
    annex = computing.Annex(
        edition=campaign.edition,
        results=results,
        quantities={name: quantities_of(taken.content, name) for name in campaign.district_names},
        last_year={
            (row["district"], row["indicator"]): Quantity(state=State(row["state"]), value=row["value"])
            for row in taken.content.get("last_year", ())
        },
        source=source_of(taken),
    )
    pages = computing.annex_pages(annex)
    write_atomically(path, workbook.write_pages(f"{campaign.edition.short_title}指标", pages))


def quantities_of(content: Mapping[str, Any], district: str) -> dict[str, Quantity]:
    """The figures of a district's items; empty in snapshots that were taken before these were kept."""
    rows = content.get("items", {}).get(district, ())
    return {row["item"]: Quantity(state=State(row["state"]), value=row["value"]) for row in rows}


def source_of(snapshot: Snapshot) -> str:
    """Which data these are, as it stands above each table."""
    moment = snapshot.cut_off and dt.datetime.fromisoformat(snapshot.cut_off).astimezone()
    cut_off = f"数据截至{moment:%Y年%m月%d日%H:%M}" if moment else "尚未收到表格"
    return f"{cut_off}；数据快照编号{snapshot.id}。"

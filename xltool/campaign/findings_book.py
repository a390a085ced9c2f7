"""`xltool findings -o`: the findings as a workbook with links to the returned files."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

from xltool import workbook
from xltool.campaign.files import table_format, write_atomically
from xltool.campaign.findings_pages import Listing, findings_pages
from xltool.campaign.opened import Campaign
from xltool.campaign.publish import save_table
from xltool.campaign.results import standing
from xltool.campaign.rows import finding_row


def save_findings(campaign: Campaign, path: Path, *, district: str | None = None) -> None:
    """Write the findings of a district, else of all, as .xlsx for people or as .csv for programs."""
    names = [campaign.require_district(district)] if district else list(campaign.district_names)
    findings = standing(campaign, district=district)
    if table_format(path) == ".csv":
        save_table(path, "findings", [finding_row(finding) for finding in findings])
        return
    last = campaign.store.last_return_at()
    listing = Listing(
        edition=campaign.edition,
        districts=names,
        findings=findings,
        record=campaign.store.explanations_on_record(district),
        cut_off=f"数据截至{dt.datetime.fromisoformat(last).astimezone():%Y年%m月%d日%H:%M}" if last else "尚未收到表格",
        links=links_from(path, campaign),
    )
    pages = findings_pages(listing)
    write_atomically(path, workbook.write_pages(f"{campaign.edition.short_title}问题清单", pages))


def links_from(path: Path, campaign: Campaign) -> dict[tuple[str, str], str]:
    """By district and name as ingested, the returned files in the inbox, relative to a workbook in the campaign.

    They are known by their content, so that a link never opens another file than the one that was read, and however
    the file was named to `ingest`. From outside of the folder no link would outlive a move of it.
    """
    start, root = path.absolute().parent.resolve(), campaign.workspace.root.resolve()
    if not start.is_relative_to(root):
        return {}
    up = "../" * len(start.relative_to(root).parts)
    found: dict[str, str] = {}
    for file in sorted(campaign.workspace.inbox.rglob("*")):
        inside = file.relative_to(campaign.workspace.root).as_posix()
        if file.is_file() and not set(inside) & set("#%"):  # these letters mean something else in a link
            found.setdefault(hashlib.sha256(file.read_bytes()).hexdigest(), f"{up}{inside}")
    returned = [(one.district or "", one.file, one.sha256) for one in campaign.store.current_returns()]
    returned += [(one.district, one.file, one.sha256) for one in campaign.store.field_returns()]
    return {(district, file): found[sha256] for district, file, sha256 in returned if sha256 in found}

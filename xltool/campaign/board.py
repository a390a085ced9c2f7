"""`xltool board`: where all districts stand, as a workbook and as one HTML page."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from xltool import board as boards
from xltool import workbook
from xltool.campaign.evidence import evidence_of, total_of
from xltool.campaign.field import plan_row, returns_of, summaries_of
from xltool.campaign.field_issue import NOTHING
from xltool.campaign.files import write_atomically
from xltool.campaign.opened import Campaign, Row
from xltool.campaign.results import coverage, statuses
from xltool.campaign.status import COLLECTION_DEADLINE, today
from xltool.campaign.status import status as status_rows
from xltool.model.board import Board, FieldWork, Standing

NAME = "监测进度总览"


def board(campaign: Campaign, folder: Path | None = None) -> list[Row]:
    """Write the board into a folder, else into the campaign's reports; one row a file."""
    seen = look(campaign, today())
    pages = boards.board_pages(seen)
    stem = f"{NAME}_{campaign.config.monitoring_year}"
    target = folder or campaign.workspace.reports
    written = {
        target / f"{stem}.xlsx": workbook.write_pages(seen.title, pages),
        target / f"{stem}.html": boards.render(pages[0].title, pages),
    }
    for path, content in written.items():
        write_atomically(path, content)
    return [{"kind": "board", "district": None, "unit": None, "file": name_of(campaign, path)} for path in written]


def look(campaign: Campaign, day: dt.date) -> Board:
    """Where everything stands."""
    everything = evidence_of(campaign)
    states = statuses(campaign)
    standings = []
    for row in status_rows(campaign):
        name = str(row["district"])
        documents, returned = total_of(campaign, everything[name]), coverage(campaign, name)
        last = row["last_return"]
        standings.append(
            Standing(
                district=name,
                status=states[name],
                status_word=str(row["status"]),
                own_return=bool(returned["own_return"]),
                units_returned=count(row["units_returned"]),
                units_expected=count(row["units_expected"]),
                errors=count(row["errors"]),
                warnings=count(row["warnings"]),
                held=count(row["held"]),
                documents=documents.documents,
                files_missing=documents.missing,
                indicators_covered=documents.third,
                indicators=documents.of_third,
                points_covered=documents.points,
                points=documents.of_points,
                field=field_work(campaign, name),
                last_return=dt.datetime.fromisoformat(last).astimezone().date() if isinstance(last, str) else None,
            )
        )
    own = campaign.config.deadlines
    return Board(
        title=campaign.edition.short_title,
        office=campaign.edition.office,
        today=day,
        collection_ends=own.get(COLLECTION_DEADLINE),
        standings=tuple(standings),
        deadlines=tuple(replace(one, end=own[one.id]) for one in campaign.edition.calendar if one.id in own),
    )


def field_work(campaign: Campaign, district: str) -> FieldWork | None:
    """Where a sampled district's field monitoring stands."""
    if district not in campaign.config.sampled or campaign.edition.field_scheme is None:
        return None
    plan = plan_row(campaign, district)
    summaries = [one for one, _ in summaries_of(campaign, returns_of(campaign, district)) if one.site is None]
    return FieldWork(
        day=campaign.config.field_plans.get(district, NOTHING).day,
        experts_returned=count(plan["returned"]),
        experts_expected=count(plan["expected"]),
        respondents=max((one.respondents or one.n for one in summaries), default=None),
    )


def count(number: object) -> int:
    """A count of a status row."""
    if not isinstance(number, int):
        raise TypeError(number)
    return number


def name_of(campaign: Campaign, path: Path) -> str:
    """A file of the campaign relative to its folder, another one as it is."""
    inside = path.absolute().is_relative_to(campaign.workspace.root)
    return campaign.relative(path) if inside else str(path)

"""Take values from other systems and last year's values, for the workbooks that are generated from now on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from xltool.campaign.again import judged_again
from xltool.campaign.district_checks import check_returned
from xltool.campaign.ingest import context_of
from xltool.campaign.opened import Campaign, Row
from xltool.messages import reason
from xltool.model.finding import Finding
from xltool.model.plan import Prefilled
from xltool.prefill import Given, Refused, Table, Years, faulty, read_rows, read_table, roles
from xltool.store import Return

YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
ENOUGH = 5  # so many figures that equal last year's are no coincidence


def prefill(campaign: Campaign, paths: Sequence[Path]) -> list[Row]:
    """Store what the files give; one row an entry, with why it was not taken.

    All files are read before anything is stored. A later file's value takes the place of an earlier one's. A district
    that has submitted keeps what it submitted with.
    """
    years = Years(data=campaign.config.data_year, previous=campaign.config.data_year - 1)
    rows: list[Row] = []
    taken: list[tuple[str, Prefilled]] = []
    for path, table in [(path, read_table(path)) for path in paths]:
        require_this_year(path, table, years, campaign.config.monitoring_year)
        entries = tuple(read_rows(table, campaign.edition, years))
        rows += [_row(path, entry) for entry in entries]
        given = [(entry.district, _prefilled(path, entry)) for entry in entries if isinstance(entry, Given)]
        taken += given
        require_new(campaign, path, given, taken)
    closed = campaign.store.save_prefilled(taken, rejudged(campaign, taken))
    for row in rows:
        if row["outcome"] == "taken" and row["district"] in closed:
            row |= {"outcome": "refused", "reason": reason("submitted", district=row["district"])}
    check_returned(campaign)  # what districts typed before counts no longer
    return rows


def rejudged(
    campaign: Campaign, taken: Iterable[tuple[str, Prefilled]]
) -> dict[str, tuple[Return, tuple[Finding, ...]]]:
    """By district that hasn't submitted, its own return and what is wrong with it once these values are prefilled."""
    context = context_of(campaign)
    submitted = {name for name, head in campaign.store.heads().items() if head.status.submitted}
    given: defaultdict[str, list[Prefilled]] = defaultdict(list)
    for district, entry in taken:
        if district not in submitted:
            given[district].append(entry)
    found = {}
    for district, entries in given.items():
        by_now = {(one.item, one.column): one for one in (*campaign.store.prefilled(district), *entries)}
        found[district] = judged_again(campaign, context, district, tuple(by_now.values()))
    return {name: again for name, again in found.items() if again is not None}


def require_this_year(path: Path, table: Table, years: Years, monitoring_year: int) -> None:
    """Refuse a file whose name or title names other years only, and whose lines don't say of which year they are."""
    named = {int(year) for text in (path.stem, *table.titles) for year in YEAR.findall(text)}
    silent = all("year" not in roles(line.cells) for line in table.lines)
    if silent and named and not named & {years.data, monitoring_year}:
        found = "、".join(str(year) for year in sorted(named))
        raise faulty(path, "prefill_other_year", found=found, data=years.data, previous=years.previous)


def require_new(
    campaign: Campaign,
    path: Path,
    given: Sequence[tuple[str, Prefilled]],
    taken: Iterable[tuple[str, Prefilled]],
) -> None:
    """Refuse a file whose figures of this year are all those of last year, as known or taken in this run."""
    last = {
        (district, known.item): known.value
        for district in {district for district, _ in given}
        for known in campaign.store.prefilled(district)
        if known.column is not None
    }
    last |= {(district, entry.item): entry.value for district, entry in taken if entry.column is not None}
    this = {(district, entry.item): entry.value for district, entry in given if entry.column is None}
    compared = [key for key in this if key in last]
    if len(compared) >= ENOUGH and all(this[key] == last[key] for key in compared):
        previous = campaign.config.data_year - 1
        raise faulty(path, "prefill_last_year", count=len(compared), previous=previous)


def _prefilled(path: Path, entry: Given) -> Prefilled:
    return Prefilled(
        item=entry.item,
        column=entry.column,
        value=entry.value,
        word=entry.word,
        source=path.name,
        raw=entry.raw,
        origin=entry.origin or path.stem,
        date=entry.date,
    )


def _row(path: Path, entry: Given | Refused) -> Row:
    refused = isinstance(entry, Refused)
    return {
        "file": path.name,
        "sheet": entry.sheet,
        "line": entry.line,
        "district": entry.district,
        "item": entry.item,
        "column": None if isinstance(entry, Refused) else entry.column,
        "value": None if isinstance(entry, Refused) else entry.value,
        "raw": entry.raw,
        "outcome": "refused" if refused else "taken",
        "reason": entry.reason if isinstance(entry, Refused) else None,
    }

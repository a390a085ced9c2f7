"""Take values from other systems and last year's values, for the workbooks that are generated from now on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xltool.campaign.again import judged_again
from xltool.campaign.ingest import check_returned, context_of
from xltool.campaign.opened import Campaign, Row
from xltool.messages import reason
from xltool.model.plan import Prefilled
from xltool.prefill import Given, Refused, Years, read_rows, read_table


def prefill(campaign: Campaign, paths: Sequence[Path]) -> list[Row]:
    """Store what the files give; one row an entry, with why it was not taken.

    All files are read before anything is stored. A later file's value takes the place of an earlier one's. A district
    that has submitted keeps what it submitted with.
    """
    data = campaign.config.data_year
    years = Years(data=data, previous=data - 1)
    rows: list[Row] = []
    taken: list[tuple[str, Prefilled]] = []
    for path, lines in [(path, read_table(path)) for path in paths]:
        for entry in read_rows(lines, campaign.edition, years):
            rows.append(_row(path, entry))
            if isinstance(entry, Given):
                taken.append((entry.district, _prefilled(path, entry)))
    closed = campaign.store.save_prefilled(taken)
    for row in rows:
        if row["outcome"] == "taken" and row["district"] in closed:
            row |= {"outcome": "refused", "reason": reason("submitted", district=row["district"])}
    context = context_of(campaign)
    for district in dict.fromkeys(district for district, _ in taken if district not in closed):
        again = judged_again(campaign, context, district)
        if again is not None:
            campaign.store.replace_findings(*again)
    check_returned(campaign)  # what districts typed before counts no longer
    return rows


def _prefilled(path: Path, entry: Given) -> Prefilled:
    return Prefilled(
        item=entry.item,
        column=entry.column,
        value=entry.value,
        word=entry.word,
        source=path.name,
        raw=entry.raw,
        origin=entry.origin or path.stem,
    )


def _row(path: Path, entry: Given | Refused) -> Row:
    refused = isinstance(entry, Refused)
    return {
        "file": path.name,
        "line": entry.line,
        "district": entry.district,
        "item": entry.item,
        "column": None if isinstance(entry, Refused) else entry.column,
        "value": None if isinstance(entry, Refused) else entry.value,
        "raw": entry.raw,
        "outcome": "refused" if refused else "taken",
        "reason": entry.reason if isinstance(entry, Refused) else None,
    }

"""The office's own answers in the demo: a warning that it explains, an error that it waives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import click

from xltool import campaign as office
from xltool.campaign import Campaign

BY = "市级经办人"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeAnswer:
    """What the office says to a finding of a district, known by its code and item."""

    district: str
    finding: str
    item: str
    note: str


def answer(campaign: Campaign, answers: Iterable[OfficeAnswer]) -> None:
    """Answer them, and say in a line each what became of the finding and why."""
    for one in answers:
        asked = (one.finding, one.item)
        found = office.findings(campaign, district=one.district)
        name = next(row["id"] for row in found if (row["code"], row["item"]) == asked and row["status"] == "open")
        after = office.explain(campaign, str(name), note=one.note, by=BY).after
        click.echo(f"    {one.district}：{after.status_word}（{after.message}；理由：{one.note}）")

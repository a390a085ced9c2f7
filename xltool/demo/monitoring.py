"""The demo's field days and evidence: workbooks out and back, and what the office makes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from xltool import campaign as office
from xltool.campaign import Campaign
from xltool.demo import Progress, people
from xltool.demo.fieldwork import FieldStory, expert_answers, survey_answers
from xltool.demo.people import Filling

Row = dict[str, object]
FIELD_RESULTS = "实地监测.xlsx"
KINDS = ("experts", "survey")


def field_days(
    campaign: Campaign, story: FieldStory, topics: Mapping[str, str], inbox: Path, progress: Progress
) -> None:
    """Send workbooks to experts and surveys, let them be filled, take them back, and save what they say."""
    workspace = campaign.workspace
    issued = office.generate_field(campaign, KINDS)
    with progress("模拟专家和问卷") as advance:
        people.fill_all(workspace.root, fillings(campaign, story, topics, issued), advance)
    returned = office.ingest(campaign, [inbox / "实地监测"])
    taken = sum(row["outcome"] == "accepted" for row in returned)
    seen = sum(is_found(one, office.findings(campaign, district=one.district)) for one in story.faults)
    office.save_field(campaign, workspace.reports / FIELD_RESULTS)
    click.echo(f"八、实地监测：专家意见表和问卷表收下{taken}个，故意出错的{len(story.faults)}处，查出{seen}处")


def fillings(campaign: Campaign, story: FieldStory, topics: Mapping[str, str], issued: Sequence[Row]) -> list[Filling]:
    """What is typed into each workbook of the field days."""
    workspace = campaign.workspace
    found = []
    for row in issued:
        kind, district = str(row["kind"]), str(row["district"])
        expert = None if row["unit"] is None else str(row["unit"])
        if expert is None:
            typed = survey_answers(campaign.edition, story, district)
        else:
            typed = expert_answers(campaign.edition, story, topics, district, expert)
        mistaken = story.faults_in(kind, district, expert)
        samples = {key: text for key, text in typed.items() if key not in mistaken}
        source = workspace.root / str(row["file"])
        target = workspace.inbox / source.relative_to(workspace.outbox)
        found.append(Filling(source=source, target=target, samples=samples, mistaken=mistaken))
    return found


def is_found(fault: object, findings: Sequence[Row]) -> bool:
    """Whether the findings name a fault: its code at its cell."""
    wanted = tuple(getattr(fault, name) for name in ("finding", "item", "row"))
    return any((row["code"], row["item"], row["row"]) == wanted for row in findings)


def overviews(campaign: Campaign, districts: Sequence[str]) -> None:
    """Write the indexes of documents of some districts, and the board."""
    reports = campaign.workspace.reports
    for name in districts:
        office.save_evidence(campaign, reports / f"{name}_文档目录.xlsx", district=name)
    office.board(campaign)
    click.echo(f"九、佐证材料：文档目录{len(districts)}份；进度总览：工作簿和网页各1份")

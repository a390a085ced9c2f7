"""A campaign of the small edition on a real store, into which a district's values come without workbooks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from builders import campaigns
from builders.reviews import KEY
from builders.stores import opened, stored
from xltool.campaign import Campaign
from xltool.model.edition import Edition, Rules
from xltool.store import Return
from xltool.store.store import utc_now
from xltool.workspace import Config, Roster, RosterUnit, Secret, Workspace

STATUSES = ("未填报", "填报", "初审", "复审", "复审-确认函", "审核完成")
DISTRICT, OTHER = "东区", "西区"
ITEMS = ("library_area", "holdings", "odd_label", "population")


def edition() -> Edition:
    scheme = campaigns.edition(statuses=STATUSES)
    return replace(scheme, items=tuple(replace(item, rules=Rules(type="number")) for item in scheme.items))


def campaign(folder: Path, *, create: bool = True) -> Campaign:
    """A new campaign whose database and archive lie in a folder; with `create` False the one that lies there."""
    scheme = edition()
    config = Config(id=campaigns.CAMPAIGN, edition=scheme.id, monitoring_year=2023, data_year=2022)
    units = tuple(
        RosterUnit(name=unit.name, answers_for=unit.answers_for, workbook=unit.workbook) for unit in scheme.units
    )
    return Campaign(
        workspace=Workspace(root=folder, config=config),
        edition=scheme,
        roster=Roster(districts={district.name: units for district in scheme.districts}),
        secret=Secret(key=KEY, sheet_password="-"),  # noqa: S106 - protects nothing
        store=stored(folder, clock=utc_now) if create else opened(folder, clock=utc_now),
    )


def ingested(campaign: Campaign, number: float, *, lacks: str | None = None, **signed: str) -> Return:
    """A workbook comes in: every item but `lacks` holds the number; `signed` is what its sign-off sheet says."""
    content = f"{number} {lacks} {signed}".encode()
    whole = campaigns.submission(content)
    values = tuple(
        replace(campaigns.value(None if item == lacks else number), item=item, sha256=whole.sha256, cell=f"D{row}")
        for row, item in enumerate(ITEMS, start=1)
    )
    signature = tuple(replace(campaigns.value(text), item="signoff", column=column) for column, text in signed.items())
    found = (campaigns.finding(item=lacks, file=whole.file),) if lacks else ()
    return campaign.store.accept(replace(whole, values=(*values, *signature)), found, content)

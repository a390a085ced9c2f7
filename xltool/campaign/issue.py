"""Give out workbooks: one plan a kind, one signed identity a recipient, one zip a district."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Literal

from xltool import layout, workbook
from xltool.campaign import from_units
from xltool.campaign.files import safe_name, write_atomically
from xltool.campaign.opened import Advance, Campaign, Row, quietly
from xltool.campaign.plans import stored_plan
from xltool.campaign.recipients import district_recipient, select
from xltool.campaign.workforce import CORES, Workforce, make
from xltool.errors import CampaignError, EditionError, Unfinished
from xltool.model.from_units import FromUnits
from xltool.model.identity import Identity, make_serial
from xltool.model.marking import Anchor, Marking
from xltool.model.numbers import serial
from xltool.model.plan import Plan, Prefilled, Recipient
from xltool.model.values import Scalar
from xltool.store import Issued, Store, recipient_to_json

UNITS_FOLDER = "成员单位"
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
Stage = Literal["units", "district"]
"""Units' workbooks first, the district's from their returns afterwards."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """One workbook to write: for whom, by which plan (the identity says it), where."""

    recipient: Recipient
    identity: Identity
    path: Path


def generate(
    campaign: Campaign,
    *,
    districts: Iterable[str] = (),
    units: Iterable[str] = (),
    rows: int | None = None,
    stage: Stage | None = None,
    force: Workforce = CORES,
    advance: Advance = quietly,
) -> list[Row]:
    """Write the workbooks of the named recipients (all by default) and the zips of their districts.

    With the stage `units` only the units' workbooks are written; with `district` only the districts', with what their
    units returned filled in, of the districts that have such returns.
    What is issued is recorded before anything is written: a workbook that is out is always known.
    """
    planner = Planner(campaign, rows)
    if stage == "district":
        named = [campaign.require_district(name) for name in districts]
        jobs = [planner.second(district) for district in from_units.ready(campaign, named)]
    else:
        chosen = select(campaign, districts, units)
        jobs = [planner.job(recipient) for recipient in chosen if stage is None or recipient.kind == "unit"]
    for digest, payload in planner.payloads.items():
        campaign.store.save_plan(digest, payload)
    campaign.store.record_issued([record_of(campaign, job) for job in jobs])
    write_all(campaign, jobs, force, advance)
    written = [row(campaign, job.identity.kind, job.recipient, job.path) for job in jobs]
    return [*written, *zip_districts(campaign, tuple(dict.fromkeys(job.recipient.district for job in jobs)))]


class Planner:
    """Makes the plan of each kind of workbook once, and a signed job for each recipient."""

    def __init__(self, campaign: Campaign, rows: int | None) -> None:
        """`rows` overrides how many entries the list tables have."""
        self.campaign = campaign
        self.rows = rows
        self.plans: dict[tuple[object, ...], Plan] = {}
        self.payloads: dict[str, bytes] = {}

    def second(self, district: str) -> Job:
        """A job for a district's workbook that is made from its units' returns."""
        answers, returns = from_units.carried(self.campaign, district)
        recipient = district_recipient(self.campaign, district)
        known = {(entry.item, entry.row, entry.column) for entry in recipient.prefilled}
        inputs = self.plan(recipient, returns).inputs
        open_to = [(each, (each.item, each.row, each.column)) for each in answers]
        fitting = tuple(each for each, anchor in open_to if anchor in inputs and anchor not in known)
        return self.job(replace(recipient, carried=fitting), returns)

    def plan(self, recipient: Recipient, returns: FromUnits | None = None) -> Plan:
        """The plan of a recipient's kind of workbook; one that is made from returns is the recipient's own."""
        answers = self.campaign.answers_of(recipient.district, recipient.unit) if recipient.unit else ()
        units = len(recipient.units) if recipient.kind == "district" else 0
        kind = (recipient.kind, answers, units, returns)
        if kind not in self.plans:
            plan = layout.plan_for(
                self.campaign.edition,
                recipient.kind,
                answers=answers,
                units=units,
                rows=self.rows,
                from_units=returns,
            )
            for unfit in layout.unfit(plan):
                raise EditionError("edition_faulty", reason=unfit.reason)
            self.plans[kind] = plan
            self.payloads[plan.digest] = layout.dumps(plan)
        return self.plans[kind]

    def job(self, recipient: Recipient, returns: FromUnits | None = None) -> Job:
        """What a worker needs to write a recipient's workbook."""
        return signed_job(self.campaign, recipient, self.plan(recipient, returns).digest, self.path(recipient))

    def path(self, recipient: Recipient) -> Path:
        """Where the workbook goes: the district's folder, its units' in 成员单位."""
        campaign = self.campaign
        district, year = safe_name(recipient.district), campaign.config.monitoring_year
        folder = campaign.workspace.outbox / district
        if recipient.unit is None:
            return folder / f"{district}_{campaign.edition.short_title}_{year}.xlsx"
        return folder / UNITS_FOLDER / f"{district}_{safe_name(recipient.unit)}_{year}.xlsx"


def signed_job(campaign: Campaign, recipient: Recipient, digest: str, path: Path) -> Job:
    """A recipient's workbook by a plan, with the identity that it is known by when it comes back."""
    identity = Identity(
        campaign=campaign.config.id,
        edition=campaign.edition.id,
        kind=recipient.kind,
        district=recipient.district,
        unit=recipient.unit,
        plan=digest,
        serial=make_serial(campaign.secret.key, digest, recipient_to_json(recipient)),
    )
    return Job(recipient=recipient, identity=identity, path=path)


def record_of(campaign: Campaign, job: Job) -> Issued:
    """The record of a workbook that goes out."""
    return Issued(identity=job.identity, recipient=job.recipient, file=campaign.relative(job.path))


@dataclass(frozen=True, kw_only=True)
class Writer:
    """Makes workbooks, by the plans that the store has."""

    store: Store
    key: bytes = field(repr=False)
    password: str = field(repr=False)

    def content(self, job: Job) -> bytes:
        """One workbook; one that units' answers stand in has no copies."""
        if not job.recipient.carried:
            prefilled = workbook.alike(job.recipient.prefilled)
            written = template(self.store, job.identity.plan, prefilled, self.password)
            return written.stamp(job.recipient, job.identity, self.key)
        plan = stored_plan(self.store, job.identity.plan)
        marking = Marking(answers=initial(plan, job.recipient))
        return workbook.write_marked(plan, job.recipient, job.identity, marking, key=self.key, password=self.password)


def initial(plan: Plan, recipient: Recipient) -> dict[Anchor, Scalar]:
    """What stands in a workbook's inputs when it goes out; dates as the numbers that spreadsheets keep."""
    answers: dict[Anchor, Scalar] = {}
    for each in recipient.carried:
        anchor = (each.item, each.row, each.column)
        slot = plan.slots[plan.inputs[anchor][1].slot or ""]
        is_date = slot.type == "date" and isinstance(each.value, str)
        answers[anchor] = serial(dt.date.fromisoformat(str(each.value))) if is_date else each.value
    return answers


@lru_cache(maxsize=64)
def template(store: Store, plan: str, prefilled: tuple[Prefilled, ...], password: str) -> workbook.Template:
    """What the workbooks of a plan have in common, written once a process."""
    return workbook.template(stored_plan(store, plan), prefilled, password)


def write_all(campaign: Campaign, jobs: Sequence[Job], force: Workforce, advance: Advance) -> None:
    """Write the workbooks into the outbox."""
    writer = Writer(store=campaign.store, key=campaign.secret.key, password=campaign.secret.sheet_password)

    def keep(job: Job, content: bytes) -> None:
        write_atomically(job.path, content)

    def named(job: Job) -> str:
        return campaign.relative(job.path)

    make(writer.content, jobs, keep, named=named, force=force, advance=advance)


def zip_districts(campaign: Campaign, districts: Sequence[str]) -> list[Row]:
    """Pack each district's folder.

    Raises:
        Unfinished: a zip can't be written; it and those after it are named.
    """
    rows: list[Row] = []
    try:
        for district in districts:
            rows.append(zip_district(campaign, district))  # noqa: PERF401 - how many there are is looked at
    except CampaignError as error:
        left = (campaign.relative(zip_of(campaign, district)) for district in districts[len(rows) :])
        raise Unfinished(error, left) from error
    return rows


def zip_of(campaign: Campaign, district: str) -> Path:
    """Where a district's zip lies."""
    return campaign.workspace.outbox / f"{safe_name(district)}.zip"


def zip_district(campaign: Campaign, district: str) -> Row:
    """Pack everything that lies in a district's outbox folder, so that one file can be sent."""
    folder = campaign.workspace.outbox / safe_name(district)
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for file in sorted(folder.rglob("*.xlsx")):
            name = file.relative_to(folder.parent).as_posix()
            archive.writestr(zipfile.ZipInfo(name, ZIP_DATE), file.read_bytes())
    path = zip_of(campaign, district)
    write_atomically(path, buffer.getvalue())
    return row(campaign, "zip", Recipient(kind="district", district=district, unit=None), path)


def row(campaign: Campaign, kind: str, recipient: Recipient, path: Path) -> Row:
    """What `--json` says of a written file."""
    return {"kind": kind, "district": recipient.district, "unit": recipient.unit, "file": campaign.relative(path)}

"""Give out workbooks: one plan a kind, one signed identity a recipient, one zip a district."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from xltool import layout, workbook
from xltool.campaign.files import safe_name, write_atomically
from xltool.campaign.opened import Advance, Campaign, Row, quietly
from xltool.campaign.plans import loaded_plan
from xltool.campaign.recipients import select
from xltool.errors import EditionError
from xltool.model.identity import Identity, make_serial
from xltool.model.plan import Plan, Prefilled, Recipient
from xltool.store import Issued, recipient_to_json

UNITS_FOLDER = "成员单位"
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
FEW = 4  # fewer workbooks than this are written in this process


@dataclass(frozen=True, kw_only=True)
class Job:
    """One workbook to write: for whom, by which plan, where."""

    recipient: Recipient
    identity: Identity
    plan: bytes
    path: Path
    key: bytes
    password: str


def generate(
    campaign: Campaign,
    *,
    districts: Iterable[str] = (),
    units: Iterable[str] = (),
    rows: int | None = None,
    advance: Advance = quietly,
) -> list[Row]:
    """Write the workbooks of the named recipients (all by default) and the zips of their districts.

    What is issued is recorded before anything is written: a workbook that is out is always known.
    """
    planner = Planner(campaign, rows)
    jobs = [planner.job(recipient) for recipient in select(campaign, districts, units)]
    for digest, payload in planner.payloads.items():
        campaign.store.save_plan(digest, payload)
    campaign.store.record_issued([planner.issued(job) for job in jobs])
    write_all(jobs, advance)
    written = [row(campaign, job.identity.kind, job.recipient, job.path) for job in jobs]
    names = dict.fromkeys(job.recipient.district for job in jobs)
    return [*written, *(zip_district(campaign, name) for name in names)]


class Planner:
    """Makes the plan of each kind of workbook once, and a signed job for each recipient."""

    def __init__(self, campaign: Campaign, rows: int | None) -> None:
        """`rows` overrides how many entries the list tables have."""
        self.campaign = campaign
        self.rows = rows
        self.plans: dict[tuple[object, ...], Plan] = {}
        self.payloads: dict[str, bytes] = {}

    def plan(self, recipient: Recipient) -> Plan:
        """The plan of a recipient's kind of workbook."""
        answers = self.campaign.answers_of(recipient.district, recipient.unit) if recipient.unit else ()
        units = len(recipient.units) if recipient.kind == "district" else 0
        kind = (recipient.kind, answers, units)
        if kind not in self.plans:
            plan = layout.plan_for(self.campaign.edition, recipient.kind, answers=answers, units=units, rows=self.rows)
            for unfit in layout.unfit(plan):
                raise EditionError("edition_faulty", reason=unfit.reason)
            self.plans[kind] = plan
            self.payloads[plan.digest] = layout.dumps(plan)
        return self.plans[kind]

    def job(self, recipient: Recipient) -> Job:
        """What a worker needs to write a recipient's workbook."""
        plan, campaign = self.plan(recipient), self.campaign
        key = campaign.secret.key
        identity = Identity(
            campaign=campaign.config.id,
            edition=campaign.edition.id,
            kind=recipient.kind,
            district=recipient.district,
            unit=recipient.unit,
            plan=plan.digest,
            serial=make_serial(key, plan.digest, recipient_to_json(recipient)),
        )
        return Job(
            recipient=recipient,
            identity=identity,
            plan=self.payloads[plan.digest],
            path=self.path(recipient),
            key=key,
            password=campaign.secret.sheet_password,
        )

    def path(self, recipient: Recipient) -> Path:
        """Where the workbook goes: the district's folder, its units' in 成员单位."""
        campaign = self.campaign
        district, year = safe_name(recipient.district), campaign.config.monitoring_year
        folder = campaign.workspace.outbox / district
        if recipient.unit is None:
            return folder / f"{district}_{campaign.edition.short_title}_{year}.xlsx"
        return folder / UNITS_FOLDER / f"{district}_{safe_name(recipient.unit)}_{year}.xlsx"

    def issued(self, job: Job) -> Issued:
        """The record of a workbook that goes out."""
        return Issued(identity=job.identity, recipient=job.recipient, file=self.campaign.relative(job.path))


def write_one(job: Job) -> None:
    """Write one workbook."""
    written = template(job.plan, job.recipient.prefilled, job.password)
    write_atomically(job.path, written.stamp(job.recipient, job.identity, job.key))


@lru_cache(maxsize=64)
def template(plan: bytes, prefilled: tuple[Prefilled, ...], password: str) -> workbook.Template:
    """What the workbooks of a plan have in common, written once a process."""
    return workbook.template(loaded_plan(plan), prefilled, password)


def write_all(jobs: Sequence[Job], advance: Advance) -> None:
    """Write them, in parallel where there are many."""
    if len(jobs) < FEW:
        for done, job in enumerate(jobs, start=1):
            write_one(job)
            advance(done, len(jobs))
        return
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        for done, _ in enumerate(pool.map(write_one, jobs, chunksize=8), start=1):
            advance(done, len(jobs))


def zip_district(campaign: Campaign, district: str) -> Row:
    """Pack everything that lies in a district's outbox folder, so that one file can be sent."""
    folder = campaign.workspace.outbox / safe_name(district)
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for file in sorted(folder.rglob("*.xlsx")):
            name = file.relative_to(folder.parent).as_posix()
            archive.writestr(zipfile.ZipInfo(name, ZIP_DATE), file.read_bytes())
    path = folder.with_suffix(".zip")
    write_atomically(path, buffer.getvalue())
    return row(campaign, "zip", Recipient(kind="district", district=district, unit=None), path)


def row(campaign: Campaign, kind: str, recipient: Recipient, path: Path) -> Row:
    """What `--json` says of a written file."""
    return {"kind": kind, "district": recipient.district, "unit": recipient.unit, "file": campaign.relative(path)}

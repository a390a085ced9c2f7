"""Workbooks of the field day for experts and surveys: who gets one, given out, and read when it is back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from xltool import checks, intake, layout
from xltool import field as monitoring
from xltool.campaign.files import safe_name
from xltool.campaign.issue import Job, record_of, row, signed_job, write_all
from xltool.campaign.opened import Advance, Campaign, Row, quietly
from xltool.campaign.workforce import CORES, Workforce
from xltool.errors import EditionError, RefusedFile, UsageError
from xltool.intake import Grid
from xltool.model.edition import Edition
from xltool.model.field import FieldPlan
from xltool.model.finding import Finding
from xltool.model.identity import Kind
from xltool.model.plan import Plan, Recipient
from xltool.model.scheme import FieldScheme
from xltool.model.submission import Submission
from xltool.store import Issued

EXPERTS: Kind = "experts"
SURVEY: Kind = "survey"
FOLDER = "实地监测"
NAMES = {EXPERTS: "专家意见", SURVEY: "满意度问卷"}
NOTHING = FieldPlan()


def generate_field(
    campaign: Campaign,
    kinds: Iterable[str],
    *,
    districts: Sequence[str] = (),
    force: Workforce = CORES,
    advance: Advance = quietly,
) -> list[Row]:
    """Write the experts' and surveys' workbooks of the named sampled districts (all by default)."""
    scheme = scheme_of(campaign)
    names = sampled(campaign, districts)
    recipients = [one for kind in kinds for name in names for one in recipients_of(campaign, kind, name)]
    plans = {recipient: plan_of(campaign.edition, scheme, recipient) for recipient in recipients}
    for plan in {plan.digest: plan for plan in plans.values()}.values():
        for unfit in layout.unfit(plan):
            raise EditionError("edition_faulty", reason=unfit.reason)
        campaign.store.save_plan(plan.digest, layout.dumps(plan))
    jobs = [job_of(campaign, recipient, plan.digest) for recipient, plan in plans.items()]
    campaign.store.record_issued([record_of(campaign, job) for job in jobs])
    write_all(campaign, jobs, force, advance)
    return [row(campaign, job.identity.kind, job.recipient, job.path) for job in jobs]


def scheme_of(campaign: Campaign) -> FieldScheme:
    """What the edition asks on the field day."""
    if campaign.edition.field_scheme is None:
        raise UsageError("field_no_scheme")
    return campaign.edition.field_scheme


def sampled(campaign: Campaign, districts: Sequence[str]) -> list[str]:
    """The named districts, which must be sampled, else all sampled ones, in the notice's order."""
    known = campaign.config.sampled
    if not known:
        raise UsageError("field_no_district")
    for name in districts:
        campaign.require_district(name)
        if name not in known:
            raise UsageError("field_not_sampled", name=name, known="、".join(known))
    return [name for name in campaign.district_names if name in (districts or known)]


def recipients_of(campaign: Campaign, kind: str, district: str) -> Iterator[Recipient]:
    """Who gets a workbook: each expert one, the survey one with its sites."""
    plan = campaign.config.field_plans.get(district, NOTHING)
    if kind == EXPERTS:
        if not plan.experts:
            raise UsageError("field_no_experts", district=district)
        for expert in plan.experts:
            yield Recipient(kind=EXPERTS, district=district, unit=expert)
    else:
        if not plan.sites:
            raise UsageError("field_no_sites", district=district)
        yield Recipient(kind=SURVEY, district=district, unit=None, units=plan.sites)


def job_of(campaign: Campaign, recipient: Recipient, plan: str) -> Job:
    """What is needed to write a recipient's workbook, by the plan with this digest."""
    parts = (recipient.district, NAMES[recipient.kind], recipient.unit, str(campaign.config.monitoring_year))
    name = "_".join(safe_name(part) for part in parts if part)
    path = campaign.workspace.outbox / FOLDER / safe_name(recipient.district) / f"{name}.xlsx"
    return signed_job(campaign, recipient, plan, path)


def plan_of(edition: Edition, scheme: FieldScheme, recipient: Recipient) -> Plan:
    """The plan of a recipient's workbook."""
    if recipient.kind == EXPERTS:
        return layout.experts_plan(edition, scheme)
    return layout.survey_plan(edition, scheme, len(recipient.units))


def understand(
    grid: Grid, issued: Issued, plan: Plan, edition: Edition, plans: Mapping[str, FieldPlan], source: tuple[str, str]
) -> tuple[Submission, tuple[Finding, ...]]:
    """A workbook of the field day and everything that is wrong with it; `source` is its file and hash.

    Raises:
        RefusedFile: its district isn't sampled, or the edition has no field monitoring.
    """
    identity, recipient, scheme = issued.identity, issued.recipient, edition.field_scheme
    if scheme is None or recipient.district not in plans:
        whose = "／".join(filter(None, (recipient.district, recipient.unit)))
        raise RefusedFile("unknown_recipient", found=whose)
    submission = intake.read(grid, plan, recipient, identity, *source)
    cells = checks.check_inputs(submission, plan, recipient)
    if identity.kind == EXPERTS:
        own = monitoring.check_experts(edition, scheme, submission, plans)
    else:
        own = monitoring.check_survey(scheme, submission, recipient.units)
    return submission, (*submission.findings, *cells, *own)

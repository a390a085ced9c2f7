"""Field monitoring: workbooks for experts and surveys, what came back, and what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from xltool import checks, intake, layout, workbook
from xltool import field as monitoring
from xltool.campaign.files import safe_name, write_atomically, write_csv
from xltool.campaign.issue import Job, row, write_all
from xltool.campaign.opened import Advance, Campaign, Row, quietly
from xltool.errors import EditionError, RefusedFile, UsageError
from xltool.intake import Grid
from xltool.model.edition import Edition
from xltool.model.field import FieldPlan, FieldReturn, Opinion, Summary
from xltool.model.finding import Finding
from xltool.model.identity import Identity, Kind, make_serial
from xltool.model.plan import Plan, Recipient
from xltool.model.scheme import FieldScheme
from xltool.model.submission import Submission
from xltool.store import Issued, recipient_to_json

EXPERTS: Kind = "experts"
SURVEY: Kind = "survey"
FOLDER = "实地监测"
NAMES = {EXPERTS: "专家意见", SURVEY: "满意度问卷"}
NOTHING = FieldPlan()
FIELDS = (
    "kind",
    "district",
    "author",
    "indicator",
    "label",
    "aspect",
    "text",
    "site",
    "question",
    "approached",
    "respondents",
    "response_rate",
    "n",
    "answered_rate",
    "favourable",
    "share",
    "share_low",
    "share_high",
    "mean",
    "mean_low",
    "mean_high",
    "day",
    "returned",
    "expected",
    "file",
    "sha256",
    "sheet",
    "cell",
    "version",
)


# -- giving out ---------------------------------------------------------------------------------------------------


def generate_field(
    campaign: Campaign, kinds: Iterable[str], *, districts: Sequence[str] = (), advance: Advance = quietly
) -> list[Row]:
    """Write the experts' and surveys' workbooks of the named sampled districts (all by default)."""
    scheme = scheme_of(campaign)
    names = sampled(campaign, districts)
    recipients = [one for kind in kinds for name in names for one in recipients_of(campaign, kind, name)]
    jobs = [job_of(campaign, scheme, recipient) for recipient in recipients]
    for payload, digest in {(job.plan, job.identity.plan) for job in jobs}:
        campaign.store.save_plan(digest, payload)
    campaign.store.record_issued(
        [Issued(identity=job.identity, recipient=job.recipient, file=campaign.relative(job.path)) for job in jobs]
    )
    write_all(jobs, advance)
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


def job_of(campaign: Campaign, scheme: FieldScheme, recipient: Recipient) -> Job:
    """What is needed to write a recipient's workbook."""
    plan = plan_of(campaign.edition, scheme, recipient)
    for unfit in layout.unfit(plan):
        raise EditionError("edition_faulty", reason=unfit.reason)
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
    parts = (recipient.district, NAMES[recipient.kind], recipient.unit, str(campaign.config.monitoring_year))
    name = "_".join(safe_name(part) for part in parts if part)
    return Job(
        recipient=recipient,
        identity=identity,
        plan=layout.dumps(plan),
        path=campaign.workspace.outbox / FOLDER / safe_name(recipient.district) / f"{name}.xlsx",
        key=key,
        password=campaign.secret.sheet_password,
    )


def plan_of(edition: Edition, scheme: FieldScheme, recipient: Recipient) -> Plan:
    """The plan of a recipient's workbook."""
    if recipient.kind == EXPERTS:
        return layout.experts_plan(edition, scheme)
    return layout.survey_plan(edition, scheme, len(recipient.units))


# -- taking back --------------------------------------------------------------------------------------------------


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


# -- what it says -------------------------------------------------------------------------------------------------


def field(campaign: Campaign, *, district: str | None = None) -> list[Row]:
    """Flat rows of three kinds, district by district.

    `plan`: a sampled district, its day, and how many experts' workbooks are back. `survey`: a question at a site, or
    (`site` null) at all of them. `opinion`: what one expert wrote in one place.
    """
    rows: list[Row] = []
    for name in sampled(campaign, [district] if district else ()):
        rows.append(plan_row(campaign, name))
        returned = returns_of(campaign, name)
        rows += [summary_row(one, source) for one, source in summaries_of(campaign, returned)]
        rows += [opinion_row(one) for one in opinions_of(campaign, returned)]
    return rows


def returns_of(campaign: Campaign, district: str) -> list[FieldReturn]:
    """The district's experts' and survey workbooks that count."""
    return [one for one in campaign.store.field_returns() if one.district == district]


def summaries_of(campaign: Campaign, returned: Iterable[FieldReturn]) -> Iterator[tuple[Summary, FieldReturn]]:
    """What the surveys come to, each with the workbook it is from."""
    scheme = scheme_of(campaign)
    for one in returned:
        if one.kind == SURVEY:
            sites = campaign.store.issued()[one.serial].recipient.units  # as they were when it was issued
            for summary in monitoring.summarise(scheme, one.district, monitoring.sites_of(scheme, sites, one.values)):
                yield summary, one


def opinions_of(campaign: Campaign, returned: Iterable[FieldReturn]) -> Iterator[Opinion]:
    """What the experts wrote, in the order of the experts."""
    for one in returned:
        if one.kind == EXPERTS:
            yield from monitoring.opinions_of(campaign.edition, scheme_of(campaign), one.author or "", one.values)


def plan_row(campaign: Campaign, district: str) -> Row:
    """How a district's field day is planned, and what is back of it."""
    plan = campaign.config.field_plans.get(district, NOTHING)
    authors = {one.author for one in returns_of(campaign, district) if one.kind == EXPERTS}
    return flat(
        "plan",
        district=district,
        day=plan.day.isoformat() if plan.day else None,
        returned=sum(expert in authors for expert in plan.experts),
        expected=len(plan.experts),
        text="；".join(plan.meetings) or None,
        site="、".join(plan.sites) or None,
    )


def summary_row(one: Summary, source: FieldReturn) -> Row:
    """A question at a site."""
    numbers = asdict(one)
    names = ("district", "site", "approached", "respondents", "response_rate", "n", "answered_rate", "favourable")
    cells = [value for value in one.sources if value.sheet == one.sources[0].sheet]
    return flat(
        "survey",
        **{name: numbers[name] for name in names},
        question=one.question.id,
        label=one.question.label,
        share=one.share and one.share.value,
        share_low=one.share and one.share.low,
        share_high=one.share and one.share.high,
        mean=one.mean and one.mean.value,
        mean_low=one.mean and one.mean.low,
        mean_high=one.mean and one.mean.high,
        file=source.file,
        sha256=source.sha256,
        version=source.version,
        sheet=cells[0].sheet if cells else None,
        cell=f"{cells[0].cell}:{cells[-1].cell}" if cells else None,
    )


def opinion_row(one: Opinion) -> Row:
    """What an expert wrote in one place."""
    value = one.value
    names = ("district", "author", "indicator", "label", "aspect", "text")
    place = {name: getattr(value, name) for name in ("file", "sha256", "sheet", "cell", "version")}
    return flat("opinion", **{name: getattr(one, name) for name in names}, **place)


def flat(kind: str, **content: object) -> Row:
    """A row with every field."""
    whole: Row = dict.fromkeys(FIELDS)
    return whole | {"kind": kind} | content


def save_field(campaign: Campaign, path: Path, *, district: str | None = None) -> None:
    """Write the results as .xlsx for people, or the rows as .csv."""
    names = sampled(campaign, [district] if district else ())
    if path.suffix.casefold() == ".csv":
        write_csv(path, FIELDS, field(campaign, district=district))
    elif path.suffix.casefold() == ".xlsx":
        returned = [one for name in names for one in returns_of(campaign, name)]
        plans = [(name, campaign.config.field_plans.get(name, NOTHING)) for name in names]
        summaries = (summary for summary, _ in summaries_of(campaign, returned))
        pages = monitoring.field_pages(campaign.edition, plans, opinions_of(campaign, returned), summaries)
        write_atomically(path, workbook.write_pages(f"{campaign.edition.short_title}实地监测", pages))
    else:
        raise UsageError("output_format", path=path, known=".xlsx、.csv")

"""One returned file, from its bytes to values and findings; runs in a worker process, which archives a return."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial

from xltool import checks, intake, rollup
from xltool.campaign.carrying import carried
from xltool.campaign.crew import End
from xltool.campaign.field_issue import understand as understand_field
from xltool.campaign.plans import stored_plan
from xltool.campaign.recipients import prefilled_values, up_to_date
from xltool.campaign.said import among_others
from xltool.campaign.worker import Bounds
from xltool.campaign.workforce import Workforce
from xltool.errors import RefusedFile, UsageError
from xltool.indicators import indicators_of
from xltool.intake import Incoming, limits
from xltool.model.edition import Edition, Severity
from xltool.model.explanation import Explanation, accepted_items, applied
from xltool.model.field import FieldPlan
from xltool.model.finding import Finding
from xltool.model.identity import FIELD_KINDS, Identity
from xltool.model.plan import Plan, Recipient
from xltool.model.quantity import MISSING, Quantity, Rolled, main_key
from xltool.model.submission import Submission
from xltool.model.values import Value
from xltool.store import Issued, Parcel, Store, distinct, parcel_of
from xltool.workspace import Roster


@dataclass(frozen=True, kw_only=True)
class Context:
    """What reading needs to know of the campaign."""

    edition: Edition
    campaign: str
    key: bytes = field(repr=False)
    store: Store  # where each process looks up what was issued, and what is known
    roster: Roster
    field_plans: Mapping[str, FieldPlan]  # of the sampled districts
    explanations: Mapping[str, Explanation]  # the office's last answers, by finding id
    password: str | None = field(default=None, repr=False)  # for encrypted files
    assigned: Identity | None = None  # whose a workbook is that doesn't say it itself


@dataclass(frozen=True, kw_only=True)
class Read:
    """What became of one file: what is to be stored of it, or why it is refused, or `known`.

    A return is archived, and comes as a `parcel` with its open findings counted by severity, as far as the office
    has not answered them; an expert's or a survey's workbook, archived too, `from_field`, with its findings. Other
    files are read again when it is settled what they are, so that not all of a run's attachments are held at once.
    """

    incoming: Incoming
    size: int | None = None
    sha256: str | None = None
    known: bool = False
    parcel: Parcel | None = None
    counts: Mapping[Severity, int] = field(default_factory=dict)
    from_field: tuple[Submission, tuple[Finding, ...]] | None = None
    refused: RefusedFile | None = None


BOUNDS = Bounds(work=limits.WORK, wait=limits.WAIT, memory=limits.MEMORY)
_ENDS = {
    End.TIME: RefusedFile("too_large", said="too_slow", limit=int(limits.WORK)),
    End.MEMORY: RefusedFile("too_large", said="out_of_memory", limit=limits.MEMORY // limits.MIB),
    End.DEATH: RefusedFile("damaged", said="reader_died"),
}
"""What a file is refused for where its worker ended."""

ONE = Workforce(workers=1)

LOST = ("no_identity", "forged_identity")
"""What may be wrong with the identity of a workbook that the office assigns by hand."""


def read_all(incoming: Iterable[Incoming], context: Context, force: Workforce) -> Iterator[Read]:
    """Read files in worker processes; the answers come in the files' order. One that can't be read stops no other."""
    return force.each(partial(_read_for_the_store, context), incoming, _lost, bounds=BOUNDS)


def opened(archive: Incoming, password: str | None) -> tuple[Incoming, ...]:
    """The files in a zip, listed by a worker process, too; the file itself where it is none."""
    (found,) = ONE.each(partial(_members, password), (archive,), _lost_archive, bounds=BOUNDS)
    return found


def _members(password: str | None, archive: Incoming) -> tuple[Incoming, ...]:
    try:
        return archive.members(password)
    except RefusedFile as refused:
        return (replace(archive, refused=refused),)


def _lost_archive(archive: Incoming, end: End, fault: str) -> tuple[Incoming, ...]:
    return (replace(archive, refused=refusal(end, fault)),)


def _lost(incoming: Incoming, end: End, fault: str) -> Read:
    return Read(incoming=incoming, refused=refusal(end, fault))


def refusal(end: End, fault: str) -> RefusedFile:
    """Why a file is refused whose worker ended."""
    return _ENDS[end] if end in _ENDS else RefusedFile("damaged", said="reader_failed", found=fault)


@lru_cache(maxsize=1)
def _own(store: Store) -> Store:
    """The store of this worker process."""
    return store.kept()


def _read_for_the_store(context: Context, incoming: Incoming) -> Read:
    """In a worker process alone: what it keeps must not be inherited by another."""
    return read_one(incoming, replace(context, store=_own(context.store)))


def read_one(incoming: Incoming, context: Context) -> Read:
    """Open, recognise, read and check one file; a return is archived, so that all is there before it is stored.

    Raises:
        CampaignError: nothing can be archived.
    """
    if incoming.system:
        return Read(incoming=incoming)
    try:
        data = incoming.read(context.password)
    except RefusedFile as refused:
        return Read(incoming=incoming, refused=refused)
    sha256 = hashlib.sha256(data).hexdigest()
    with context.store.at_once() as records:
        if records.has(sha256):
            return Read(incoming=incoming, sha256=sha256, known=True)
        try:
            submission, findings = understand(incoming.name, data, sha256, context, records)
        except RefusedFile as refused:
            return Read(incoming=incoming, size=len(data), sha256=sha256, refused=refused)
    context.store.archive.put(data, sha256)
    if submission.identity.kind in FIELD_KINDS:
        return Read(incoming=incoming, sha256=sha256, from_field=(submission, findings))
    return Read(
        incoming=incoming,
        sha256=sha256,
        parcel=parcel_of(submission, findings),
        counts=open_by_severity(distinct(findings), context.explanations),
    )


def open_by_severity(findings: Iterable[Finding], explanations: Mapping[str, Explanation]) -> Counter[Severity]:
    """How many findings of a return are open, those aside that the office has answered."""
    answered = applied(findings, explanations)
    return Counter(finding.severity for finding in answered if finding.status == "open")


def understand(
    name: str, data: bytes, sha256: str, context: Context, records: Store
) -> tuple[Submission, tuple[Finding, ...]]:
    """A submission and everything that is wrong with it by itself: reading, cells, and checks on its own values.

    `records` are the store's at this moment; plans, which never change, are looked up in the context's and kept.
    """
    grid = intake.read_bytes(name, data, context.password)
    identity, assigned = whose(grid, context, records)
    issued, plan = require_issued(identity, context, records)
    if identity.kind in FIELD_KINDS:
        return understand_field(grid, issued, plan, context.edition, context.field_plans, (name, sha256))
    submission = intake.read(grid, plan, issued.recipient, identity, name, sha256, assigned=assigned)
    if plan.edition_digest != context.edition.digest:
        newest = records.issued_last(identity.district, identity.unit) or issued
        submission = carried(submission, plan, context.edition, stored_plan(context.store, newest.identity.plan))
    elsewhere = among_others(submission, tuple(context.roster.districts))
    submission = replace(submission, findings=(*submission.findings, *elsewhere))
    names = context.roster.other_names(identity.district)
    submission = intake.with_units_named(submission, plan, issued.recipient.units, names)
    now = issued.recipient
    if identity.unit is None:
        now = up_to_date(now, records.prefilled(identity.district))
    found = (*submission.findings, *checks.check_cells(submission, plan, context.edition, now))
    as_issued = rolled_up(submission, issued.recipient, context)
    differing = checks.compare_verdicts(as_issued, submission, plan, context.edition, found)
    figures = figures_of(as_issued, context.edition) if submission.figures else {}
    off = checks.compare_figures(submission, figures, found)
    judged = judge(submission, found, plan, now, context, as_issued if now == issued.recipient else None)
    return submission, tuple(checks.grounded((*found, *judged, *differing, *off), submission.values))


def figures_of(rolled: Rolled, edition: Edition) -> dict[str, tuple[str, Quantity]]:
    """Label and quantity of what a file's formulas show: the totals of lists and over units, and the indicators."""
    computed = indicators_of(edition, rolled)
    labels = {indicator.id: indicator.label for indicator in edition.indicators}
    return {
        **{item.id: (item.label, rolled.quantities.get(main_key(item), MISSING)) for item in edition.items},
        **{name: (labels[name], quantity) for name, quantity in computed.items()},
    }


def judge(
    submission: Submission,
    found: tuple[Finding, ...],
    plan: Plan,
    as_whom: Recipient,
    context: Context,
    rolled: Rolled | None = None,
) -> tuple[Finding, ...]:
    """What the district disputes in a file, and what the checks say of it.

    Of a value whose dispute the office accepted, the district's own is what is checked.

    Args:
        submission: What the file says.
        found: What its cells have wrong.
        plan: What the file was made by.
        as_whom: Its recipient, with what the office prefilled by now.
        context: The campaign.
        rolled: What the file says as that recipient's, where it is known.
    """
    disputes = tuple(checks.disputes(values_in(submission, as_whom, context), context.edition))
    accepted = accepted_items(applied(disputes, context.explanations))
    if rolled is None or accepted:
        rolled = rolled_up(submission, as_whom, context, accepted)
    judged = checks.check_file(rolled, submission, plan, context.edition, found)
    return (*disputes, *checks.explained(judged, submission.values))


def rolled_up(submission: Submission, as_whom: Recipient, context: Context, accepted: Collection[str] = ()) -> Rolled:
    """What a file says by itself beside what the office prefilled."""
    values = values_in(submission, as_whom, context)
    return rollup.combine(context.edition, as_whom.district, as_whom.units, values, accepted=accepted)


def values_in(submission: Submission, as_whom: Recipient, context: Context) -> tuple[Value, ...]:
    """The values of a file and what the office prefilled in it."""
    return (*prefilled_values(context.edition, as_whom), *submission.values)


def whose(grid: intake.Grid, context: Context, records: Store) -> tuple[Identity, bool]:
    """The identity of a workbook, and whether it is the office that says so.

    Raises:
        UsageError: the office named somebody, and the workbook proves that it is another's.
    """
    try:
        identity = intake.recognise(grid, context.key, context.campaign, lambda serial: lookup(records, serial))
    except RefusedFile as refused:
        if context.assigned is None or refused.code not in LOST:
            raise
        return context.assigned, True
    if context.assigned is not None and identity.whose != context.assigned.whose:
        raise UsageError("as_anothers", owner=identity.whose, named=context.assigned.whose)
    return identity, False


def lookup(records: Store, serial: str) -> Identity | None:
    """The identity that was issued under a serial, for workbooks that lost their hidden sheet."""
    issued = records.issued_as(serial.lower())
    return issued.identity if issued else None


def require_issued(identity: Identity, context: Context, records: Store) -> tuple[Issued, Plan]:
    """The record and the plan of what was issued; a genuine workbook that the campaign no longer knows is refused."""
    known = identity.district in context.roster.districts and (
        identity.kind in FIELD_KINDS
        or identity.unit is None
        or identity.unit in context.roster.with_workbook(identity.district)
    )
    if not known:
        raise RefusedFile("unknown_recipient", found=identity.whose)
    issued = records.issued_as(identity.serial)
    if issued is None or issued.identity.plan != identity.plan:
        raise RefusedFile("old_edition", found=f"{identity.whose}，不在发出记录中")
    return issued, stored_plan(context.store, identity.plan)

"""Take back what was filled in: read in parallel, store one file at a time, then check each district as a whole."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from xltool import checks, evidence, intake
from xltool import indicators as computing
from xltool.campaign.assigning import assigned_identity, require_one
from xltool.campaign.differences import why_held
from xltool.campaign.evidence import evidence_of
from xltool.campaign.opened import Advance, Campaign, Row, quietly
from xltool.campaign.outcomes import group_of, is_beside, named_attachments, outcome_of
from xltool.campaign.reading import Context, Read, open_archives, read_all
from xltool.campaign.results import all_values, roll_up
from xltool.campaign.said import several_in_run
from xltool.campaign.whereabouts import Whereabouts
from xltool.campaign.workforce import CORES, Workforce
from xltool.errors import RefusedFile
from xltool.intake import Incoming
from xltool.messages import fault
from xltool.model.edition import Severity
from xltool.model.evidence import Attachment, Owner
from xltool.model.explanation import applied
from xltool.model.field import FieldPlan, FieldReturn
from xltool.model.finding import Finding
from xltool.model.identity import FIELD_KINDS
from xltool.model.indicator import Result
from xltool.model.quantity import Rolled
from xltool.model.submission import Submission
from xltool.store import Outcome

FIELDS = ("file", "sha256", "district", "unit", "version", "outcome", "code", "reason", "errors", "warnings", "hints")


def ingest(
    campaign: Campaign,
    paths: Sequence[Path],
    *,
    named: str | None = None,
    password: str | None = None,
    force: Workforce = CORES,
    advance: Advance = quietly,
) -> list[Row]:
    """Read and store files, folders and zips; one row a file.

    `named` is `DISTRICT` or `DISTRICT/UNIT`: whose the one file is, if it doesn't say so itself.

    Files are stored in the order of their names, whatever worker ends first. Each is one transaction, so a
    run that is killed leaves whole files only, and the same command again does the rest.
    """
    incoming = open_archives(list(intake.walk(paths)), password, force)
    incoming.sort(key=lambda file: file.name)
    context = context_of(campaign, password)
    if named is not None:
        require_one(incoming)
        context = replace(context, assigned=assigned_identity(campaign, named))
    run = Run(campaign, password)
    for done, read in enumerate(read_all(incoming, context, force), start=1):
        run.take(read)
        advance(done, len(incoming))
    rows = [*run.settle(), *(empty_row(path) for path in paths if is_empty(path, incoming))]
    check_returned(campaign)
    return rows


class Run:
    """One ingest: stores returns as they are read, and at the end settles what the other files are."""

    def __init__(self, campaign: Campaign, password: str | None) -> None:
        """Nothing is stored yet; the password opens what is read again to be kept."""
        self.campaign = campaign
        self.password = password
        self.rows: list[Row] = []
        self.others: list[tuple[int, Read]] = []  # (place in rows, what is no return)
        self.groups: set[str | None] = set()  # zips and folders that hold a return
        self.named: set[str] = set()  # file names that document rows mention
        self.returns: list[tuple[str, str | None, Owner]] = []  # name and group of each return, and whose it is
        self.recipients: dict[tuple[str | None, str | None], str] = {}  # who returned what in this run
        self.unfinished = {*campaign.store.unchecked_districts()}  # with returns of a run that was ended before its end
        self.explanations = campaign.store.explanations()

    def take(self, read: Read) -> None:
        """Store a return at once; keep anything else until all files are seen."""
        row: Row = dict.fromkeys(FIELDS)
        row |= {"file": read.incoming.name, "sha256": read.sha256, "errors": 0, "warnings": 0, "hints": 0}
        self.rows.append(row)
        if read.submission is None and not read.known:
            self.others.append((len(self.rows) - 1, read))
            return
        group = group_of(read.incoming)
        self.groups.add(group)
        if read.submission is not None and read.submission.identity.kind in FIELD_KINDS:
            row |= self.accept_field(read, read.submission)
            return
        if read.known and (stored := self.campaign.store.known_field(str(read.sha256))) is not None:
            row |= field_row(stored, "repeated")
            return
        row |= self.repeated(read) or self.accept(read)
        self.returns.append((read.incoming.name, group, (str(row["district"]), _unit(row["unit"]))))

    def repeated(self, read: Read) -> Row | None:
        """What to say of a file that is stored already; it changes nothing.

        It belongs to this run if the run that stored it was ended before its end, or goes on beside this one.
        """
        stored = self.campaign.store.known(str(read.sha256))
        if stored is None:
            return None
        whose = {"district": stored.district, "unit": stored.unit, "version": stored.version}
        if not read.known or stored.district in self.unfinished:
            self.recipients[stored.district, stored.unit] = stored.file
        self.named |= named_attachments(self.campaign.edition, self.campaign.store.values_of(stored))
        return {**whose, "outcome": "repeated", "reason": f"与已收到的第{stored.version}版相同"}

    def accept(self, read: Read) -> Row:
        """Store a return; a newer one of the same workbook supersedes the older, which stays."""
        submission = read.submission
        if submission is None:
            raise ValueError(read.incoming.name)
        identity = submission.identity
        whose = (identity.district, identity.unit)
        findings = read.findings
        if whose in self.recipients:
            findings = (*findings, several_in_run(submission, self.recipients[whose]))
        self.recipients[whose] = submission.file
        stored = self.campaign.store.accept(submission, findings, read.data)
        self.named |= named_attachments(self.campaign.edition, submission.values)
        if stored.outcome == "repeated":  # another process was faster
            return self.repeated(read) or {}
        reason = why_held(self.campaign, stored) if stored.outcome == "held" else None
        answered = applied(self.campaign.store.findings_of(stored), self.explanations)
        counts = Counter(finding.severity for finding in answered if finding.status == "open")
        return {
            "district": identity.district,
            "unit": identity.unit,
            "version": stored.version,
            "outcome": stored.outcome,
            "reason": reason,
            "errors": counts[Severity.ERROR],
            "warnings": counts[Severity.WARNING],
            "hints": counts[Severity.HINT],
        }

    def accept_field(self, read: Read, submission: Submission) -> Row:
        """Store an expert's or a survey's workbook; the districts' returns have nothing to do with it."""
        stored, is_new = self.campaign.store.accept_field(submission, read.findings, read.data)
        return field_row(stored, "accepted" if is_new else "repeated")

    def settle(self) -> list[Row]:
        """Decide what the files are that are no returns, and archive them too."""
        attachments: list[Attachment] = []
        for place, read in self.others:
            refused = read.refused or RefusedFile("not_a_workbook", found="系统文件")
            beside = is_beside(read.incoming, self.groups)
            outcome = outcome_of(read.incoming, refused.code, beside_return=beside, named=self.named)
            if outcome != "ignored" and not self.keep(read, outcome, refused):
                outcome, refused = "rejected", RefusedFile("damaged", said="changed_meanwhile")
            self.rows[place]["outcome"] = outcome
            if outcome == "rejected":
                self.rows[place] |= {"code": refused.code, "reason": reason_of(refused)}
            if outcome == "attachment":
                found = self.attachment(read)
                attachments += [found] if found.owners else []  # beside field work alone: archived, nobody's document
                if read.sha256 is None:
                    self.rows[place]["reason"] = reason_of(refused)
        self.campaign.store.add_attachments(attachments)
        return self.rows

    def keep(self, read: Read, outcome: Outcome, refused: RefusedFile) -> bool:
        """Archive a file that is no return, if it could be read at all; False where it has changed since.

        It is read once more, so that not all attachments of a run are held at once.
        """
        if read.sha256 is None:
            return True
        try:
            content = read.incoming.read(self.password)
        except RefusedFile:
            return False
        if hashlib.sha256(content).hexdigest() != read.sha256:
            return False
        code = refused.code if outcome == "rejected" else None
        self.campaign.store.set_aside(read.incoming.name, content, outcome=outcome, code=code)
        return True

    def attachment(self, read: Read) -> Attachment:
        """A file that came beside returns, with the owners of those that lie nearest."""
        incoming = read.incoming
        beside = [(name, owner) for name, group, owner in self.returns if group in (incoming.archive, incoming.root)]
        taken = read.sha256 is not None
        return Attachment(
            file=incoming.name,
            sha256=read.sha256,
            size=read.size if taken else incoming.size(),
            problem=None if taken or read.refused is None else read.refused.code,
            owners=evidence.owners_of(incoming.name, beside),
        )


def field_row(stored: FieldReturn, outcome: str) -> Row:
    """What to say of an expert's or a survey's workbook; one that is stored already changes nothing."""
    whose: Row = {"district": stored.district, "unit": stored.author, "version": stored.version, "outcome": outcome}
    if outcome == "repeated":
        return {**whose, "reason": f"与已收到的第{stored.version}版相同"}
    counts = Counter(finding.severity for finding in stored.findings)
    return {**whose, **{f"{severity}s": counts[severity] for severity in Severity}}


def _unit(unit: object) -> str | None:
    return None if unit is None else str(unit)


def context_of(campaign: Campaign, password: str | None = None) -> Context:
    """What the readers need of the campaign, in one picklable piece."""
    return Context(
        edition=campaign.edition,
        campaign=campaign.config.id,
        key=campaign.secret.key,
        plans=campaign.store.plans(),
        issued=campaign.store.issued(),
        members={name: campaign.units_of(name) for name in campaign.district_names},
        aliases={name: campaign.roster.other_names(name) for name in campaign.district_names},
        known=campaign.store.known_hashes(),
        password=password,
        field_plans={name: campaign.config.field_plans.get(name, FieldPlan()) for name in campaign.config.sampled},
        prefilled={name: campaign.store.prefilled(name) for name in campaign.district_names},
        explanations=campaign.store.explanations(),
    )


def check_returned(campaign: Campaign) -> None:
    """Run the checks on what all current returns say together: of each district, and of all districts.

    One new return can change what is usual among the districts, so all of them are checked again; those with
    new returns last, so that a run that is killed in between is made good by the next.
    """
    known = {*campaign.district_names}  # an amended edition may have fewer
    while known.intersection(campaign.store.unchecked_districts()):  # another clerk's return may come in between
        recheck(campaign)


def recheck(campaign: Campaign) -> None:
    """Check all districts that returned something, whether or not anything is new."""
    pending = campaign.store.unchecked_districts()
    returned = {entry.district for entry in campaign.store.current_returns()}
    names = [name for name in campaign.district_names if name in returned or name in pending]
    revisions = {name: campaign.store.revision(name) for name in names}
    found = checked(campaign, names)
    for name in sorted(names, key=lambda name: name in pending):
        campaign.store.replace_district_findings(name, found[name], revision=revisions[name])


def checked(campaign: Campaign, names: Sequence[str]) -> dict[str, tuple[Finding, ...]]:
    """What no single file says, by district."""
    rolled = {name: roll_up(campaign, name) for name in names}
    in_files = {
        name: tuple(finding for finding in campaign.store.findings(name) if finding.file is not None) for name in names
    }
    plans = campaign.store.plans()
    found = {
        name: checks.check_district(rolled[name], campaign.edition, in_files[name], Whereabouts(campaign, name, plans))
        for name in names
    }
    known = {name: (*in_files[name], *found[name]) for name in names}
    among = checks.check_among(campaign.edition, rolled, indicators_of(campaign, rolled), known)
    documents = evidence_of(campaign)
    answer: dict[str, tuple[Finding, ...]] = {}
    for name in names:
        values = all_values(campaign, name)
        attached = evidence.findings_of(campaign.edition, documents[name])
        whole = (*found[name], *among[name], *checks.typed_before(values, campaign.edition), *attached)
        answer[name] = tuple(checks.explained(whole, values))
    return answer


def indicators_of(campaign: Campaign, rolled: Mapping[str, Rolled]) -> Iterator[Result]:
    """The indicators, computed once somebody asks: too few districts are not compared, and pandas is slow to load."""
    yield from computing.compute(campaign.edition, rolled, dict.fromkeys(rolled, ""))


def reason_of(refused: RefusedFile) -> str:
    """Why a file is refused and what to do, in one line."""
    message, action = fault(refused.said, **refused.context)
    return f"{message}。{action}。"


def is_empty(path: Path, incoming: Iterable[Incoming]) -> bool:
    """Whether nothing at all was found under a path."""
    return not any(file.root == str(path) or file.name == str(path) for file in incoming)


def empty_row(path: Path) -> Row:
    """The row of a folder or zip without any file."""
    message, action = fault("nothing_to_ingest", path=path)
    row: Row = dict.fromkeys(FIELDS)
    return row | {
        "file": str(path),
        "outcome": "rejected",
        "code": "empty",
        "reason": f"{message}。{action}。",
        "errors": 0,
        "warnings": 0,
        "hints": 0,
    }

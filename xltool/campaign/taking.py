"""One run of an ingest: what was read is stored by one writer, and at the end what is no return is settled."""

from __future__ import annotations

import hashlib
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from xltool import evidence
from xltool.campaign.differences import why_held
from xltool.campaign.opened import Campaign, Row
from xltool.campaign.outcomes import group_of, is_beside, named_attachments, outcome_of
from xltool.campaign.reading import Read, open_by_severity
from xltool.campaign.said import several_in_run
from xltool.errors import CampaignError, RefusedFile
from xltool.intake import Incoming
from xltool.messages import fault
from xltool.model.edition import Severity
from xltool.model.evidence import Attachment
from xltool.model.field import FieldReturn
from xltool.store import Accepted, Outcome

FIELDS = ("file", "sha256", "district", "unit", "version", "outcome", "code", "reason", "errors", "warnings", "hints")
FEW = 8  # districts whose named files are remembered: files come folder by folder


class Run:
    """One ingest: stores returns as they are read, and at the end settles what the other files are."""

    def __init__(self, campaign: Campaign, password: str | None) -> None:
        """Nothing is stored yet; the password opens what is read again to be kept."""
        self.campaign = campaign
        self.password = password
        self.before = campaign.store.last_return()
        self.own: set[int] = set()  # the numbers of the returns of this run
        self.others: list[Read] = []  # what is no return
        self.groups: set[str | None] = set()  # zips and folders that hold a return
        self.nearby: defaultdict[str | None, evidence.Nearby] = defaultdict(evidence.Nearby)  # by these
        self.unfinished = {*campaign.store.unchecked_districts()}  # with returns of a run that was ended before its end
        self.explanations = campaign.store.explanations()
        self.named_in = lru_cache(FEW)(self._named_in)

    def take(self, reads: Sequence[Read]) -> list[Row | None]:
        """Store the returns of some files, all or none; anything else (None) waits until all files are seen.

        Raises:
            CampaignError: they can't be stored, or the folder that they came from is gone.
        """
        for read in reads:
            if read.refused is not None and is_gone(read):
                raise CampaignError("source_gone", path=read.incoming.root)
        with self.campaign.store.together() as store:
            inside = replace(self.campaign, store=store)
            accepted = iter(store.accept_all([read.parcel for read in reads if read.parcel is not None]))
            return [self.taken(inside, read, next(accepted) if read.parcel is not None else None) for read in reads]

    def taken(self, campaign: Campaign, read: Read, accepted: Accepted | None) -> Row | None:
        """Say what became of a return, and keep what is none."""
        if accepted is None and read.from_field is None and not read.known:
            self.others.append(read)
            return None
        row = row_of(read.incoming, read.sha256)
        group = group_of(read.incoming)
        self.groups.add(group)
        if read.from_field is not None:
            stored, is_new = campaign.store.accept_field(*read.from_field)
            return row | field_row(stored, "accepted" if is_new else "repeated")
        if read.known and (known := campaign.store.known_field(str(read.sha256))) is not None:
            return row | field_row(known, "repeated")
        row |= self.repeated(campaign, read) if accepted is None else self.accepted(campaign, read, accepted)
        district, unit = (None if row[key] is None else sys.intern(str(row[key])) for key in ("district", "unit"))
        self.nearby[group].add(read.incoming.name, (district or "", unit))
        return row

    def repeated(self, campaign: Campaign, read: Read) -> Row:
        """What to say of a file that is stored already; it changes nothing.

        It belongs to this run if the run that stored it was ended before its end, or goes on beside this one.
        """
        stored = campaign.store.known(str(read.sha256))
        if stored is None:  # what is stored is never taken out
            raise ValueError(read.incoming.name)
        if stored.id > self.before or stored.district in self.unfinished:
            self.own.add(stored.id)
        whose = {"district": stored.district, "unit": stored.unit, "version": stored.version}
        return {**whose, "outcome": "repeated", "reason": f"与已收到的第{stored.version}版相同"}

    def accepted(self, campaign: Campaign, read: Read, accepted: Accepted) -> Row:
        """What to say of a return that was stored; a newer one of a workbook supersedes the older, which stays."""
        stored, earlier = accepted.returned, accepted.earlier
        if stored.outcome == "repeated":  # another process was faster, or it came twice
            return self.repeated(campaign, read)
        counts = Counter(read.counts)
        if earlier is not None and earlier.id in self.own:
            several = several_in_run(stored, earlier)
            campaign.store.add_finding(stored, several)
            counts += open_by_severity((several,), self.explanations)
        self.own.add(stored.id)
        return {
            "district": stored.district,
            "unit": stored.unit,
            "version": stored.version,
            "outcome": stored.outcome,
            "reason": why_held(campaign, stored) if stored.outcome == "held" else None,
            "errors": counts[Severity.ERROR],
            "warnings": counts[Severity.WARNING],
            "hints": counts[Severity.HINT],
        }

    def unsettled(self) -> Iterator[str]:
        """The names of the files that are no returns and not settled."""
        return (read.incoming.name for read in self.others)

    def settle(self) -> list[Row]:
        """Decide what the files are that are no returns, in their order, and archive them too."""
        rows: list[Row] = []
        attachments: list[Attachment] = []
        for read in self.others:
            row = row_of(read.incoming, read.sha256)
            refused = read.refused or RefusedFile("not_a_workbook", found="系统文件")
            found = self.attachment(read)
            named = {name for district in {owner[0] for owner in found.owners} for name in self.named_in(district)}
            beside = is_beside(read.incoming, self.groups)
            outcome = outcome_of(read.incoming, refused.code, beside_return=beside, named=named)
            if outcome != "ignored" and not self.keep(read, outcome, refused):
                outcome, refused = "rejected", RefusedFile("damaged", said="changed_meanwhile")
            row["outcome"] = outcome
            if outcome == "rejected":
                row |= {"code": refused.code, "reason": reason_of(refused)}
            if outcome == "attachment":
                attachments += [found] if found.owners else []  # beside field work alone: archived, nobody's document
                if read.sha256 is None:
                    row["reason"] = reason_of(refused)
            rows.append(row)
        self.campaign.store.add_attachments(attachments)
        self.others.clear()
        return rows

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
        groups = [self.nearby[group] for group in {incoming.archive, incoming.root} if group in self.nearby]
        near = groups[0] if len(groups) == 1 else evidence.Nearby.joined(groups)
        taken = read.sha256 is not None
        return Attachment(
            file=incoming.name,
            sha256=read.sha256,
            size=read.size if taken else incoming.size(),
            problem=None if taken or read.refused is None else read.refused.code,
            owners=near.owners_of(incoming.name),
        )

    def _named_in(self, district: str) -> set[str]:
        """The file names that the documents of a district's newest returns mention."""
        store, edition = self.campaign.store, self.campaign.edition
        newest = store.newest_returns(district)
        return {name for one in newest for name in named_attachments(edition, store.values_of(one))}


def is_gone(read: Read) -> bool:
    """Whether not only this file can't be opened any more, but nothing is left where it came from."""
    if read.refused is None or read.refused.said not in ("unreadable", "folder_unreadable"):
        return False
    root = Path(read.incoming.root)
    with suppress(OSError):
        return not root.exists() or (root.is_dir() and not any(root.iterdir()))
    return True


def row_of(incoming: Incoming, sha256: str | None) -> Row:
    """What is known of any file."""
    row: Row = dict.fromkeys(FIELDS)
    return row | {"file": incoming.name, "sha256": sha256, "errors": 0, "warnings": 0, "hints": 0}


def field_row(stored: FieldReturn, outcome: str) -> Row:
    """What to say of an expert's or a survey's workbook; one that is stored already changes nothing."""
    whose: Row = {"district": stored.district, "unit": stored.author, "version": stored.version, "outcome": outcome}
    if outcome == "repeated":
        return {**whose, "reason": f"与已收到的第{stored.version}版相同"}
    counts = Counter(finding.severity for finding in stored.findings)
    return {**whose, **{f"{severity}s": counts[severity] for severity in Severity}}


def reason_of(refused: RefusedFile) -> str:
    """Why a file is refused and what to do, in one line."""
    message, action = fault(refused.said, **refused.context)
    return f"{message}。{action}。"


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

"""A return as it goes from the process that read it to the one that stores it: as rows of the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from xltool.model.finding import Finding
from xltool.model.identity import Identity
from xltool.model.record import Record
from xltool.model.submission import Submission
from xltool.store import findings as found_table
from xltool.store import values as value_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel(Record):
    """One return. Its `values` and `findings` are rows that lack the number of the return, which comes first."""

    identity: Identity
    file: str
    sha256: str
    values: tuple[tuple[object, ...], ...] = field(repr=False)
    findings: tuple[tuple[object, ...], ...] = field(repr=False)


def parcel_of(submission: Submission, findings: Iterable[Finding]) -> Parcel:
    """What is stored of a return: what it says, and what is wrong with it."""
    return Parcel(
        identity=submission.identity,
        file=submission.file,
        sha256=submission.sha256,
        values=tuple(value_table.row(position, value) for position, value in enumerate(submission.values)),
        findings=tuple(found_table.rows(submission.identity.district, findings)),
    )

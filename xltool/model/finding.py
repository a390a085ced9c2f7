"""A finding: something wrong in a return, said so that its filler can put it right."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from xltool.model.edition import Scope, Severity
from xltool.model.grounds import digest
from xltool.model.record import Record

About = Literal["value", "check", "content", "identity", "container"]
Status = Literal["open", "explained", "waived", "folded", "trial"]

STATUS_WORDS: dict[str, str] = {
    "open": "待处理",
    "explained": "已说明",
    "waived": "市级豁免",
    "folded": "随其他问题",
    "trial": "试行规则",
}
SETTLED: frozenset[Status] = frozenset({"explained", "waived"})
DISPUTE = "disputed"  # the code of a value from another system that the district doesn't agree with
WRONG_MAGNITUDE = "wrong_magnitude"  # the code of a value that is probably in another unit
ACCEPTED_WORD = "已采用区里的数"
FOR_OFFICE = frozenset({DISPUTE, "typed_before_prefill", "peer_outlier"})
"""Which of two values counts, and whether a figure is unusual among the districts, is the office's to say."""


def status_word(status: str, code: str) -> str:
    """What became of a finding with this code, as people say it."""
    return ACCEPTED_WORD if code == DISPUTE and status == "explained" else STATUS_WORDS[status]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Record):
    """One fault. `file`, `sheet`, `cell` are None where several files contribute."""

    about: About
    code: str
    severity: Severity
    district: str
    unit: str | None = None
    rule: str | None = None
    scope: Scope | None = None
    item: str | None = None
    row: int | None = None
    column: str | None = None
    file: str | None = None
    sheet: str | None = None
    cell: str | None = None
    raw: str | None = None
    expected: str | None = None
    message: str
    action: str
    status: Status = "open"
    follows_from: str | None = None
    explanation: str | None = None
    by: str | None = None
    version: int | None = None
    basis: str | None = None  # digest of the values that it is about, see `grounds`
    twin: int = 1  # tells findings apart whose id would be the same; given by the store

    @property
    def status_word(self) -> str:
        """What became of it, as people say it."""
        return status_word(self.status, self.code)

    @property
    def grounds(self) -> str:
        """What an explanation of it depends on: the values that it is about, else its own words."""
        return self.basis or digest((self.raw, self.message))

    @property
    def owner(self) -> str | None:
        """Whose workbook it is told in: its file's, and the district's (None) where several files contribute."""
        return self.unit if self.file is not None else None

    @property
    def for_office(self) -> bool:
        """Whether the office alone can settle it, so that nobody else is asked to."""
        return self.code in FOR_OFFICE

    @property
    def id(self) -> str:
        """Stable while the same fault stands: names what is wrong and where, never in which version."""
        parts: list[str | int | None] = [
            self.district,
            self.unit,
            self.code,
            self.rule,
            self.item,
            self.row,
            self.column,
        ]
        if self.item is None and self.rule is None:
            parts += [self.sheet, self.cell]
        if self.twin > 1:
            parts.append(f"twin {self.twin}")
        return hashlib.sha256("\x1f".join("" if p is None else str(p) for p in parts).encode()).hexdigest()[:12]

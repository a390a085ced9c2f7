"""The problems of a correction notice: which are told, in which order, and in which words. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from xltool.model.edition import Edition
from xltool.model.finding import Finding
from xltool.model.marking import SYMBOLS
from xltool.model.severity import SEVERITY_WORDS, Severity
from xltool.reports.text import BLANK, clean, date_text, shorten

RAW_LIMIT, RAW_BEGINNING, TEXT_LIMIT = 32, 24, 160
"""A date as spreadsheets keep it, which nobody typed; the message has the date."""

OWN, WHOLE = "区表", "涉及几张表或几个单位"
AS_EXPECTED = "请按“应填”栏填写"
IN_WORKBOOK, IN_WRITING = "在‘自查’表", "另附"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """A workbook as it came back. `unit` is None for the district's own.

    `marked` is the file name of the workbook that goes back, `sheets` are its sheets in their order, `explains` the
    rules beside which the filler can write an explanation in it.
    """

    unit: str | None
    version: int
    received: dt.date
    marked: str
    sheets: tuple[str, ...] = ()
    explains: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemRow:
    """One problem."""

    number: int
    severity: str
    cell: str
    message: str
    raw: str
    expected: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetProblems:
    """The problems of one sheet, errors first."""

    name: str
    rows: tuple[ProblemRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookProblems:
    """What is wrong in one workbook, or, without one, in the district as a whole."""

    heading: str
    sheets: tuple[SheetProblems, ...]


def to_correct(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The open errors, then the open warnings, that the district can settle; each in their order."""
    return tuple(
        finding
        for severity in (Severity.ERROR, Severity.WARNING)
        for finding in findings
        if finding.severity is severity and finding.status == "open" and not finding.for_office
    )


def way_of(finding: Finding, workbooks: Sequence[Workbook]) -> str:
    """How a warning may be explained instead of corrected; what was read with doubt is simply put right."""
    if finding.severity is not Severity.WARNING or finding.about != "check":
        return ""
    rules = next((book.explains for book in workbooks if book.unit == finding.owner), frozenset[str]())
    return IN_WORKBOOK if finding.rule in rules else IN_WRITING


def word(severity: Severity) -> str:
    """A severity with its symbol, legible in grey."""
    return f"{SYMBOLS[severity]}{SEVERITY_WORDS[severity]}"


def grouped(edition: Edition, found: Sequence[Finding], workbooks: Sequence[Workbook]) -> tuple[WorkbookProblems, ...]:
    """By workbook, the district's own first, and by sheet; numbered through in this order."""
    known = {book.unit: book for book in workbooks}
    rules = {check.id: check.label for check in edition.checks}
    owners = (None, *known, *(finding.owner for finding in found))
    by_owner = {owner: [finding for finding in found if finding.owner == owner] for owner in owners}
    groups = []
    number = 0
    for owner, own in by_owner.items():
        if not own:
            continue
        book = known.get(owner)
        sheets = []
        for sheet in _sheets(own, book):
            rows = [finding for finding in own if finding.sheet == sheet]
            told = (
                _row(number + place, finding, rules.get(finding.rule or ""), way_of(finding, workbooks))
                for place, finding in enumerate(rows, start=1)
            )
            sheets.append(SheetProblems(name=f"“{clean(sheet)}”表" if sheet else WHOLE, rows=tuple(told)))
            number += len(rows)
        groups.append(WorkbookProblems(heading=_heading(owner, book), sheets=tuple(sheets)))
    return tuple(groups)


def _sheets(found: Sequence[Finding], book: Workbook | None) -> list[str | None]:
    """The sheets with problems in the workbook's order, then those it doesn't have, then what is on no one sheet."""
    order = book.sheets if book else ()
    named = dict.fromkeys(finding.sheet for finding in found)
    return sorted(named, key=lambda name: (name is None, order.index(name) if name in order else len(order)))


def _heading(owner: str | None, book: Workbook | None) -> str:
    if book is None:
        return "全区汇总（区表尚未收到，没有退回工作簿，请与有关单位核对）"
    told = f"第{book.version}次报送，{date_text(book.received)}收到"
    return f"{clean(owner) if owner else OWN}（{told}）：{clean(book.marked)}"


def _row(number: int, finding: Finding, rule: str | None, way: str) -> ProblemRow:
    """`rule` is what a rule asks for in short: its message has the values already."""
    raw = _excerpt(finding.raw) if finding.raw else BLANK
    message = finding.message.replace(finding.raw, raw) if finding.raw else finding.message
    expected = rule or finding.expected or BLANK
    return ProblemRow(
        number=number,
        severity=word(finding.severity),
        cell=clean(finding.cell) if finding.cell else BLANK,
        message=shorten(message, TEXT_LIMIT),
        raw=raw,
        expected=shorten(expected, TEXT_LIMIT),
        action=shorten(finding.action.replace(f"请填{expected}", AS_EXPECTED), TEXT_LIMIT)
        + (f"（{way}）" if way else ""),
    )


def _excerpt(raw: str) -> str:
    """The beginning of what was typed, and how long it is; the whole stands in the marked workbook."""
    text = clean(raw)
    return text if len(text) <= RAW_LIMIT else f"{text[:RAW_BEGINNING]}…（共{len(text)}字）"

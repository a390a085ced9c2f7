"""Everything a correction notice (退回修改通知) says, computed before any document is touched: frozen, and pure.

The template `notice.docx` shows the fields of `CorrectionNotice`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from xltool.model.edition import Edition
from xltool.model.finding import Finding
from xltool.model.report_kinds import DUE_PASSED, DUE_PROPERTY
from xltool.model.severity import Severity
from xltool.reports.corrections import (
    IN_WORKBOOK,
    IN_WRITING,
    OWN,
    Workbook,
    WorkbookProblems,
    grouped,
    to_correct,
    way_of,
    word,
)
from xltool.reports.document import document
from xltool.reports.facts import Coverage
from xltool.reports.labels import Label, table
from xltool.reports.text import SNAPSHOT_SHOWN, clean, date_text

KIND = "notice"
TO_CORRECT = table("to_correct")
LISTED = 300
"""Rows of the table; the marked workbooks hold all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The day by which to correct; `passed` where it lies behind, which is said and never demanded."""

    day: dt.date
    passed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionNotice:
    """A correction notice, as the template shows it. `due` is empty where no day was set."""

    district: str
    heading: str
    notice: str
    office: str
    cut_off: str
    snapshot: str
    table: Label
    received: str
    due: str
    due_passed: bool
    counts: str
    hints: int
    marked: int
    has_errors: bool
    has_warnings: bool
    explained_in_workbook: bool
    explained_in_writing: bool
    workbooks: tuple[WorkbookProblems, ...]
    rest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What a notice is made from: the district's open findings that its people can settle, and its returns."""

    district: str
    findings: tuple[Finding, ...]
    workbooks: tuple[Workbook, ...]
    coverage: Coverage
    due: Due | None
    snapshot_id: str
    cut_off: dt.date


def correction_notice(edition: Edition, sources: Sources, template: Path) -> bytes | None:
    """The Word file of a district's correction notice; None where nothing is to be corrected.

    Raises:
        UsageError: a faulty template (named by tag and paragraph).
        CampaignError: the template can't be opened.
    """
    notice = notice_context(edition, sources)
    if notice is None:
        return None
    due = sources.due
    more = {DUE_PROPERTY: f"{due.day.isoformat()}{DUE_PASSED if due.passed else ''}"} if due else {}
    return document(template, notice, kind=KIND, snapshot_id=sources.snapshot_id, moment=sources.cut_off, more=more)


def notice_context(edition: Edition, sources: Sources) -> CorrectionNotice | None:
    """The notice of one district; None where nothing is to be corrected."""
    found = to_correct(sources.findings)
    if not found:
        return None
    errors = sum(finding.severity is Severity.ERROR for finding in found)
    counts = ((Severity.ERROR, errors), (Severity.WARNING, len(found) - errors))
    ways = {way_of(finding, sources.workbooks) for finding in found}
    owners = {finding.owner for finding in found}
    return CorrectionNotice(
        district=clean(sources.district),
        heading=f"{clean(edition.short_title)}退回修改通知",
        notice=clean(edition.notice),
        office=clean(edition.office),
        cut_off=date_text(sources.cut_off),
        snapshot=clean(sources.snapshot_id)[:SNAPSHOT_SHOWN],
        table=TO_CORRECT,
        received=_received(sources),
        due=date_text(sources.due.day) if sources.due else "",
        due_passed=sources.due is not None and sources.due.passed,
        counts="、".join(f"{word(severity)}{count}个" for severity, count in counts if count),
        hints=sum(f.severity is Severity.HINT and f.status == "open" for f in sources.findings),
        marked=sum(book.unit in owners for book in sources.workbooks),
        has_errors=errors > 0,
        has_warnings=errors < len(found),
        explained_in_workbook=IN_WORKBOOK in ways,
        explained_in_writing=IN_WRITING in ways,
        workbooks=grouped(edition, found[:LISTED], sources.workbooks),
        rest=f"共{len(found)}个，本表列出{LISTED}个，其余见各退回工作簿的“退回问题”表。" if len(found) > LISTED else "",
    )


def _received(sources: Sources) -> str:
    own = next((book for book in sources.workbooks if book.unit is None), None)
    told = f"{OWN}（第{own.version}次报送）、" if own else ""
    missing = "" if own else f"，{OWN}尚未收到"
    units = f"成员单位表{sources.coverage.units_returned}份（应报{sources.coverage.units_expected}份）"
    return f"{told}{units}{missing}"

"""The sub-report (分报告) of a district, from results to bytes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from xltool.model.edition import Edition
from xltool.model.finding import Finding
from xltool.model.indicator import Result
from xltool.reports.charts import dot_plot
from xltool.reports.context import Sources, district_context
from xltool.reports.document import document
from xltool.reports.facts import Coverage, PartValue


def district_report(  # noqa: PLR0913 - one name for each thing a report is made from
    edition: Edition,
    results: Sequence[Result],
    district: str,
    *,
    findings: Sequence[Finding],
    coverage: Coverage,
    parts: Sequence[PartValue],
    snapshot_id: str,
    cut_off: dt.date,
    template: Path,
) -> bytes:
    """The Word file of a district's sub-report; the same inputs give the same bytes.

    Args:
        edition: the scheme whose indicators `results` hold.
        results: all indicators of all districts, from the snapshot.
        district: whose report it is.
        findings: the district's findings; open ones are listed, explained and waived ones printed with the reason.
        coverage: which returns stand behind the figures.
        parts: the values of the parts of its indicators.
        snapshot_id: SHA-256 of the snapshot.
        cut_off: date, or date and time, up to which returns count.
        template: `district.docx`.

    Raises:
        UsageError: unknown district, or a faulty template (named by tag and paragraph).
        CampaignError: the template can't be opened.
    """
    report = district_context(
        edition,
        results,
        Sources(
            district=district,
            findings=tuple(findings),
            coverage=coverage,
            parts=tuple(parts),
            snapshot_id=snapshot_id,
            cut_off=cut_off,
        ),
    )
    charts = tuple(dot_plot(figure) for figure in report.figures)
    return document(template, report, snapshot_id=snapshot_id, moment=cut_off, charts=charts)

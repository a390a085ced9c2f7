"""The sub-report (分报告) of a district, from results to bytes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xltool.model.edition import Edition
from xltool.model.indicator import Result
from xltool.reports.bars import bar_chart
from xltool.reports.chart_parts import Chart
from xltool.reports.charts import dot_plot, interval_plot
from xltool.reports.context import DistrictReport, Sources, all_figures, district_context
from xltool.reports.document import document
from xltool.reports.figures import Figure

KIND = "district"


def district_report(edition: Edition, results: Sequence[Result], sources: Sources, template: Path) -> bytes:
    """The Word file of a district's sub-report; the same inputs give the same bytes.

    Args:
        edition: the scheme whose indicators `results` hold.
        results: all indicators of all districts, from the snapshot.
        sources: the district, and what is told of it beside the indicators.
        template: `district.docx`, or what staff made of it.

    Raises:
        UsageError: unknown district, or a faulty template (named by tag and paragraph).
        CampaignError: the template can't be opened.
    """
    report = district_context(edition, results, sources)
    return document(
        template,
        report,
        kind=KIND,
        snapshot_id=sources.snapshot_id,
        moment=sources.cut_off,
        charts=charts_of(report),
    )


def charts_of(report: DistrictReport) -> tuple[Chart, ...]:
    """The charts of a sub-report's figures."""
    drawn = [dot_plot(one) if isinstance(one, Figure) else bar_chart(one) for one in all_figures(report)]
    survey = report.survey.figure if report.survey else None
    return (*drawn, *([interval_plot(survey)] if survey else []))

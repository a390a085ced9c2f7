"""The data analysis report and the city's report, from results to bytes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from xltool.model.edition import Edition
from xltool.reports.bars import bar_chart
from xltool.reports.chart_parts import Chart
from xltool.reports.charts import interval_plot, spread_plot
from xltool.reports.document import document
from xltool.reports.figures import BarFigure, Figure
from xltool.reports.whole.context import CityReport, WholeKind, city_context, figures_of
from xltool.reports.whole.facts import CitySources


def whole_report(edition: Edition, sources: CitySources, kind: WholeKind, template: Path) -> bytes:
    """The Word file of a report on all districts; the same inputs give the same bytes.

    Raises:
        UsageError: a faulty template (named by tag and paragraph).
        CampaignError: the template can't be opened.
    """
    report = city_context(edition, sources, kind)
    return document(
        template,
        report,
        kind=kind,
        snapshot_id=sources.snapshot_id,
        moment=sources.cut_off,
        charts=tuple(charts_of(report)),
    )


def charts_of(report: CityReport) -> Iterator[Chart]:
    """The charts of a report's figures."""
    for one in figures_of(report):
        if isinstance(one, Figure):
            yield spread_plot(one)
        elif isinstance(one, BarFigure):
            yield bar_chart(one)
        else:
            yield interval_plot(one)

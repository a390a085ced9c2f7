"""Everything a sub-report says, computed before any document is touched: frozen, and pure.

The template shows the fields of `DistrictReport`; each is a text, a number as it is printed, or a tuple of rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from xltool.model.edition import Edition
from xltool.model.finding import Finding
from xltool.model.indicator import Result
from xltool.reports.facts import Coverage, PartValue, Standing, standings
from xltool.reports.figures import Figure, figure_of_row, figures
from xltool.reports.highlights import Highlights, highlights
from xltool.reports.method import FormulaRow, comparison_note, data_note, formula_rows
from xltool.reports.problems import Problems, concerns, open_problems, problems
from xltool.reports.tables import IndicatorGroup, PartRow, Quote, indicator_groups, part_rows, quotes
from xltool.reports.text import SNAPSHOT_SHOWN, clean, date_text, enumerate_names, enumerate_numbers

UNRETURNED_LISTED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """Numbers of the tables that are there."""

    indicators: int
    parts: int | None
    problems: int | None
    formulas: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictReport:
    """A sub-report (分报告), as the template `district.docx` shows it."""

    district: str
    heading: str
    notice: str
    office: str
    cut_off: str
    snapshot: str
    has_data: bool
    tables: Tables
    highlights: Highlights
    figures: tuple[Figure, ...]
    undrawn: str
    groups: tuple[IndicatorGroup, ...]
    quotes: tuple[Quote, ...]
    parts: tuple[PartRow, ...]
    problems: Problems
    quality: tuple[str, ...]
    data_note: tuple[str, ...]
    comparison_note: tuple[str, ...]
    formulas: tuple[FormulaRow, ...]
    decisions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What a sub-report is made from, beside the edition and the results of all districts."""

    district: str
    findings: tuple[Finding, ...]
    coverage: Coverage
    parts: tuple[PartValue, ...]
    snapshot_id: str
    cut_off: dt.date


def district_context(edition: Edition, results: Sequence[Result], sources: Sources) -> DistrictReport:
    """The sub-report of one district.

    Args:
        edition: the scheme whose indicators `results` hold.
        results: all indicators of all districts.
        sources: the district, its findings of any status, its coverage, parts, the snapshot and its cut-off.

    Raises:
        UsageError: no results of that district.
    """
    rows = standings(edition, results, sources.district)
    tables = _tables(sources)
    drawn = figures(rows, sources.district)
    touched = concerns(edition, rows, sources.findings, tables.problems)
    return DistrictReport(
        district=clean(sources.district),
        heading=f"{clean(edition.short_title)}分报告",
        notice=clean(edition.notice),
        office=clean(edition.office),
        cut_off=date_text(sources.cut_off),
        snapshot=clean(sources.snapshot_id)[:SNAPSHOT_SHOWN],
        has_data=any(row.value is not None for row in rows),
        tables=tables,
        highlights=highlights(rows, figure_of_row(drawn), touched),
        figures=drawn,
        undrawn=_undrawn(rows, drawn),
        groups=indicator_groups(rows),
        quotes=quotes(rows),
        parts=part_rows(edition, sources.parts),
        problems=problems(sources.findings, tables.problems, returned=sources.coverage.any_return),
        quality=_quality(sources.coverage, rows),
        data_note=data_note(edition, sources.snapshot_id),
        comparison_note=comparison_note(len(edition.districts)),
        formulas=formula_rows(edition, rows),
        decisions=tuple(clean(decision) for decision in edition.decisions),
    )


def _tables(sources: Sources) -> Tables:
    parts = 2 if sources.parts else None
    listed = (parts or 1) + 1 if open_problems(sources.findings) else None
    return Tables(indicators=1, parts=parts, problems=listed, formulas=(listed or parts or 1) + 1)


def _undrawn(rows: Sequence[Standing], drawn: Sequence[Figure]) -> str:
    if not drawn:
        return ""
    shown = figure_of_row(drawn)
    left = [row.number for row in rows if row.number not in shown]
    return f"表1第{enumerate_numbers(left)}行未列入图：为文字，或有数值的区太少，或过半数的区数值相同。" if left else ""


def _quality(coverage: Coverage, rows: Sequence[Standing]) -> tuple[str, ...]:
    own = "区表已报送" if coverage.own_return else "区表未报送"
    units = f"有表格的成员单位{coverage.units_expected}个，已报送{coverage.units_returned}个"
    names = f"，未报送的是{enumerate_names(coverage.unreturned, UNRETURNED_LISTED)}" if coverage.unreturned else ""
    answered = tuple(
        f"{clean(row.result.label)}（表1第{row.number}行）涉及成员单位{row.result.units_expected}个，"
        f"计入{row.result.units_answered}个。"
        for row in rows
        if row.result.units_answered is not None
    )
    return (f"{own}；{units}{names}。", *answered)

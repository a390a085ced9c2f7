"""Everything a sub-report says, computed before any document is touched: frozen, and pure.

The template shows the fields of `DistrictReport`; each is a text, a number as it is printed, or a tuple of rows.
Tables and figures are labels, numbered where they stand in the document.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from xltool.model.edition import Edition
from xltool.model.finding import Finding
from xltool.model.indicator import Result
from xltool.reports.background import Background, LastYear
from xltool.reports.change import Change, change_figure, change_overview, change_sentences, changes
from xltool.reports.evidence import EVIDENCE, EvidencePart, evidence_part
from xltool.reports.facts import Coverage, PartValue, Standing, standings
from xltool.reports.figures import BarFigure, Figure, figure_of_row, figures
from xltool.reports.gaps import gap_figure
from xltool.reports.highlights import Highlights, highlights
from xltool.reports.labels import Label
from xltool.reports.method import FORMULAS, FormulaRow, background_note, comparison_note, data_note, formula_rows
from xltool.reports.opinions import OPINIONS, FieldPart, field_part
from xltool.reports.problems import PROBLEMS, Problems, concerns, doubtful, problems
from xltool.reports.suggestions import suggestions
from xltool.reports.summary import POSITION, Summary, summary
from xltool.reports.survey import SURVEY, SurveyPart, survey_part
from xltool.reports.tables import (
    INDICATORS,
    PARTS,
    IndicatorGroup,
    PartRow,
    Quote,
    indicator_groups,
    part_rows,
    quotes,
    reasons,
)
from xltool.reports.text import SNAPSHOT_SHOWN, clean, date_text, enumerate_names, enumerate_numbers

UNRETURNED_LISTED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The tables, for their captions and for references to them."""

    position: Label = POSITION
    evidence: Label = EVIDENCE
    survey: Label = SURVEY
    opinions: Label = OPINIONS
    problems: Label = PROBLEMS
    indicators: Label = INDICATORS
    parts: Label = PARTS
    formulas: Label = FORMULAS


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePart:
    """The section on changes from last year."""

    overview: str
    sentences: tuple[str, ...]
    figure: BarFigure | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictReport:
    """A sub-report (分报告), as the template `district.docx` shows it. A section that isn't there is None."""

    district: str
    heading: str
    notice: str
    office: str
    cut_off: str
    snapshot: str
    edition: str
    has_data: bool
    tables: Tables
    summary: Summary
    highlights: Highlights
    figures: tuple[Figure, ...]
    undrawn: str
    gaps: BarFigure | None
    change: ChangePart | None
    evidence: EvidencePart | None
    survey: SurveyPart | None
    field: FieldPart | None
    groups: tuple[IndicatorGroup, ...]
    reasons: tuple[str, ...]
    quotes: tuple[Quote, ...]
    parts: tuple[PartRow, ...]
    problems: Problems
    quality: tuple[str, ...]
    suggestions: tuple[str, ...]
    data_note: tuple[str, ...]
    comparison_note: tuple[str, ...]
    background_note: tuple[str, ...]
    formulas: tuple[FormulaRow, ...]
    decisions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What a sub-report is made from, beside the edition and the results of all districts.

    `findings`, `coverage`, `parts` and `background` are the district's, `last_year` is that of all districts.
    """

    district: str
    findings: tuple[Finding, ...]
    coverage: Coverage
    parts: tuple[PartValue, ...]
    snapshot_id: str
    cut_off: dt.date
    background: Background
    last_year: tuple[LastYear, ...]


def district_context(edition: Edition, results: Sequence[Result], sources: Sources) -> DistrictReport:
    """The sub-report of one district.

    Args:
        edition: the scheme whose indicators `results` hold.
        results: all indicators of all districts.
        sources: the district, its findings of any status, what stands behind its figures, the snapshot and its cut-off.

    Raises:
        UsageError: no results of that district.
    """
    rows, background = standings(edition, results, sources.district), sources.background
    bad = doubtful(edition, rows, sources.findings)
    rows = tuple(replace(row, doubtful=row.number in bad) for row in rows)
    drawn = figures(rows, sources.district)
    touched = concerns(edition, rows, sources.findings)
    found = changes(rows, sources.last_year, results)
    told = problems(sources.findings, returned=sources.coverage.any_return)
    nodes = {node.indicator: node for node in background.evidence.nodes} if background.evidence else {}
    return DistrictReport(
        district=clean(sources.district),
        heading=f"{clean(edition.short_title)}分报告",
        notice=clean(edition.notice),
        office=clean(edition.office),
        cut_off=date_text(sources.cut_off),
        snapshot=clean(sources.snapshot_id)[:SNAPSHOT_SHOWN],
        edition=clean(edition.id),
        has_data=any(row.value is not None for row in rows),
        tables=Tables(),
        summary=summary(edition, rows, found, background, sources.findings),
        highlights=highlights(rows, figure_of_row(drawn), touched),
        figures=drawn,
        undrawn=_undrawn(rows, drawn),
        gaps=gap_figure(rows, clean(sources.district)) if drawn else None,
        change=_change(found, clean(sources.district)),
        evidence=evidence_part(edition, background.evidence, clean(sources.district)) if background.evidence else None,
        survey=survey_part(background.survey, clean(sources.district)),
        field=field_part(edition, background.field_day, background.opinions),
        groups=indicator_groups(rows, found, nodes),
        reasons=reasons(rows),
        quotes=quotes(rows),
        parts=part_rows(edition, sources.parts),
        problems=told,
        quality=_quality(sources.coverage, rows),
        suggestions=suggestions(edition, rows, found, background, told),
        data_note=data_note(edition, sources.snapshot_id),
        comparison_note=comparison_note(edition),
        background_note=background_note(edition, background, found),
        formulas=formula_rows(edition, rows),
        decisions=tuple(clean(decision) for decision in edition.decisions),
    )


def all_figures(report: DistrictReport) -> tuple[Figure | BarFigure, ...]:
    """The dot plots and bars of a sub-report, in the order of its sections."""
    change, evidence = report.change, report.evidence
    bars = (report.gaps, change.figure if change else None, evidence.figure if evidence else None)
    return (*report.figures, *(figure for figure in bars if figure is not None))


def _change(found: Sequence[Change], district: str) -> ChangePart | None:
    if not found:
        return None
    return ChangePart(
        overview=change_overview(found),
        sentences=change_sentences(found, INDICATORS),
        figure=change_figure(found, district),
    )


def _undrawn(rows: Sequence[Standing], drawn: Sequence[Figure]) -> str:
    if not drawn:
        return ""
    shown = figure_of_row(drawn)
    left = [row.number for row in rows if row.number not in shown]
    reason = "为文字，或有数值的区太少，或过半数的区数值相同"
    return f"{INDICATORS}第{enumerate_numbers(left)}行未列入图：{reason}。" if left else ""


def _quality(coverage: Coverage, rows: Sequence[Standing]) -> tuple[str, ...]:
    own = "区表已报送" if coverage.own_return else "区表未报送"
    units = f"有表格的成员单位{coverage.units_expected}个，已报送{coverage.units_returned}个"
    names = f"，未报送的是{enumerate_names(coverage.unreturned, UNRETURNED_LISTED)}" if coverage.unreturned else ""
    answered = tuple(
        f"{clean(row.result.label)}（{INDICATORS}第{row.number}行）涉及成员单位{row.result.units_expected}个，"
        f"计入{row.result.units_answered}个。"
        for row in rows
        if row.result.units_answered is not None
    )
    return (f"{own}；{units}{names}。", *answered)

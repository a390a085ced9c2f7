"""Everything the reports on all districts say, computed before any document is touched: frozen, and pure.

Templates show the fields of `CityReport`; each is a text, a number as it is printed, or a tuple of rows. Sections that
nothing is known of are None. Both reports are made from it: the data analysis report is the part on the data.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from xltool.model.edition import Edition
from xltool.reports.figures import BarFigure, Figure, IntervalFigure
from xltool.reports.labels import Label
from xltool.reports.method import FORMULAS, FormulaRow
from xltool.reports.summary import SummaryLine
from xltool.reports.text import SNAPSHOT_SHOWN, clean, date_text
from xltool.reports.whole.collection import COLLECTION, Collection, collection
from xltool.reports.whole.differences import YEARS, Differences, differences
from xltool.reports.whole.evidence import EVIDENCE, EvidenceCity, evidence_city
from xltool.reports.whole.facts import CitySources, measures
from xltool.reports.whole.field import FIELD, FieldCity, field_city
from xltool.reports.whole.matrix import Matrix, matrices
from xltool.reports.whole.method import background_notes, comparison_notes, data_notes, formulas_of
from xltool.reports.whole.quality import FINDINGS, FREQUENT, MISSING, SETTLED_ONES, Quality, doubts, quality
from xltool.reports.whole.spread import SPREAD, Spread, spread
from xltool.reports.whole.suggestions import suggestions_city
from xltool.reports.whole.summary import summary_lines
from xltool.reports.whole.survey import SURVEY, SurveyCity, survey_city

WholeKind = Literal["analysis", "city"]
HEADINGS: dict[WholeKind, str] = {"analysis": "数据分析报告", "city": "报告"}
"""What is added to the title of the edition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The tables, for their captions and for references to them."""

    collection: Label = COLLECTION
    spread: Label = SPREAD
    years: Label = YEARS
    evidence: Label = EVIDENCE
    survey: Label = SURVEY
    field: Label = FIELD
    findings: Label = FINDINGS
    frequent: Label = FREQUENT
    settled: Label = SETTLED_ONES
    missing: Label = MISSING
    formulas: Label = FORMULAS


@dataclass(frozen=True, slots=True, kw_only=True)
class CityReport:
    """A report on all districts, as its template shows it. `district` is empty: it is the whole city's."""

    district: str
    city: str
    heading: str
    notice: str
    office: str
    cut_off: str
    snapshot: str
    edition: str
    tables: Tables
    summary: tuple[SummaryLine, ...]
    collection: Collection
    spread: Spread
    differences: Differences
    evidence: EvidenceCity | None
    survey: SurveyCity | None
    field: FieldCity | None
    quality: Quality
    suggestions: tuple[str, ...]
    matrices: tuple[Matrix, ...]
    data_notes: tuple[str, ...]
    comparison_notes: tuple[str, ...]
    background_notes: tuple[str, ...]
    formulas: tuple[FormulaRow, ...]
    decisions: tuple[str, ...]


def city_context(edition: Edition, sources: CitySources, kind: WholeKind) -> CityReport:
    """The report.

    Args:
        edition: the scheme whose indicators the results hold.
        sources: results, findings and what stands behind them, of all districts.
        kind: which of the two reports; its summary tells only what the report holds.
    """
    found = measures(edition, sources.results, sources.last_year)
    whole = kind == "city"
    return CityReport(
        district="",
        city=clean(edition.city),
        heading=f"{clean(edition.title)}{HEADINGS[kind]}",
        notice=clean(edition.notice),
        office=clean(edition.office),
        cut_off=date_text(sources.cut_off),
        snapshot=clean(sources.snapshot_id)[:SNAPSHOT_SHOWN],
        edition=clean(edition.id),
        tables=Tables(),
        summary=summary_lines(edition, sources, found, whole=whole),
        collection=collection(edition, sources),
        spread=spread(found),
        differences=differences(found, doubts(edition, sources.findings, found)),
        evidence=evidence_city(edition, sources) if whole else None,
        survey=survey_city(sources) if whole else None,
        field=field_city(edition, sources) if whole else None,
        quality=quality(edition, sources, found),
        suggestions=suggestions_city(edition, sources, found) if whole else (),
        matrices=matrices(edition, found) if whole else (),
        data_notes=data_notes(edition, sources),
        comparison_notes=comparison_notes(edition, found),
        background_notes=background_notes(sources) if whole else (),
        formulas=formulas_of(edition, found),
        decisions=tuple(clean(decision) for decision in edition.decisions),
    )


def figures_of(report: CityReport) -> Iterator[Figure | BarFigure | IntervalFigure]:
    """The figures of all its sections, in their order."""
    yield report.collection.figure
    yield from report.spread.figures
    bars = (report.differences.figure, report.differences.moved, report.evidence.figure if report.evidence else None)
    yield from (one for one in bars if one is not None)
    if report.survey:
        yield from report.survey.figures

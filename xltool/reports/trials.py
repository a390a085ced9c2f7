"""Made-up reports of every kind, to try a template on: one with everything that may be in it, one with next to nothing.

Nothing here is data: values, findings and opinions are invented for the edition at hand.
"""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from xltool.model.edition import Edition
from xltool.model.field import Interval
from xltool.model.finding import Finding
from xltool.model.indicator import Result
from xltool.model.severity import Severity
from xltool.model.states import State
from xltool.reports.background import (
    Background,
    EvidenceCoverage,
    EvidenceNode,
    ExpertOpinion,
    FieldDay,
    LastYear,
    SurveyAnswer,
    SurveyOption,
)
from xltool.reports.chart_parts import Chart
from xltool.reports.confirmation import Figure, Opinion, confirmation_context
from xltool.reports.confirmation import Sources as LetterSources
from xltool.reports.context import Sources, district_context
from xltool.reports.corrections import Workbook
from xltool.reports.district import charts_of
from xltool.reports.facts import Coverage, PartValue
from xltool.reports.notice import Due, notice_context
from xltool.reports.notice import Sources as NoticeSources
from xltool.reports.whole.context import WholeKind, city_context
from xltool.reports.whole.documents import charts_of as whole_charts
from xltool.reports.whole.facts import CitySources

DAY = dt.date(2000, 1, 1)
SNAPSHOT = "0" * 64
TRIED = "试填"
FULL, BARE = True, False


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A made-up report and its charts."""

    report: object
    charts: tuple[Chart, ...] = ()


def trials(edition: Edition, kind: str) -> tuple[Trial, ...]:
    """The made-up reports of a kind, the fullest first."""
    return tuple(TRIALS[kind](edition, full=full) for full in (FULL, BARE))


def results(edition: Edition, *, full: bool) -> tuple[Result, ...]:
    """Indicators of all districts, spread evenly; where `full` isn't wanted, none has a value."""
    count = len(edition.districts)
    numbers = [float(100 + place * place) for place in range(count)] if full else []
    return tuple(
        Result(
            district=district.name,
            indicator=indicator.id,
            label=indicator.label,
            value=numbers[-1 - place] if full else None,
            state=State.VALUE if full else State.MISSING,
            reason=None if full else TRIED,
            unit_of_measure=indicator.unit_of_measure,
            numerator=1.0 if full else None,
            denominator=1.0 if full else None,
            units_answered=1 if full else None,
            units_expected=2 if full else None,
            city=None,
            mean=statistics.fmean(numbers) if full else None,
            median=statistics.median(numbers) if full else None,
            n=len(numbers),
            rank=place + 1 if full else None,
            review_state=TRIED,
        )
        for place, district in enumerate(edition.districts)
        for indicator in edition.indicators
    )


def findings(edition: Edition, *, full: bool) -> tuple[Finding, ...]:
    """An open error, an open warning, an explained and a waived one."""
    item = edition.items[0].id
    kinds = ((Severity.ERROR, "open"), (Severity.WARNING, "open"), (Severity.WARNING, "explained"))
    return tuple(
        Finding(
            about="value",
            code="required",
            severity=severity,
            district=edition.districts[0].name,
            item=item,
            file="a.xlsx",
            sheet=TRIED,
            cell="A1",
            message=TRIED,
            action=TRIED,
            status="open" if status == "open" else "explained",
            explanation=None if status == "open" else TRIED,
            by=None if status == "open" else TRIED,
            version=1,
        )
        for severity, status in kinds
        if full
    )


def background(edition: Edition, *, full: bool) -> Background:
    """Evidence, survey and opinions; none where `full` isn't wanted."""
    if not full:
        return Background()
    sections = [node for node in edition.framework if node.level == 2][:2]  # noqa: PLR2004
    return Background(
        evidence=EvidenceCoverage(
            documents=1,
            received=1,
            missing=1,
            surplus=1,
            nodes=tuple(
                EvidenceNode(indicator=node.id, level=node.level, documents=number % 2, with_attachment=0)
                for number, node in enumerate(edition.framework)
            ),
        ),
        field_day=FieldDay(day=DAY.isoformat(), sites=TRIED, meetings=TRIED, returned=1, expected=1),
        survey=tuple(_answer(question, site) for question in (1, 2) for site in (TRIED, None)),
        opinions=tuple(
            ExpertOpinion(
                author=TRIED,
                indicator=node.id if node else None,
                label=node.name if node else TRIED,
                aspect=TRIED,
                aspect_label=TRIED,
                text=TRIED,
            )
            for node in (*sections, None)
        ),
    )


def last_year(edition: Edition, *, full: bool) -> tuple[LastYear, ...]:
    """Last year's indicators of all districts, half of this year's."""
    return tuple(
        LastYear(
            district=one.district,
            indicator=one.indicator,
            value=float(one.value) / 2 if isinstance(one.value, float) else None,
            state=one.state,
            reason=None,
            city=None,
            mean=None,
            median=one.median and one.median / 2,
            n=one.n,
        )
        for one in results(edition, full=True)
        if full
    )


def _answer(question: int, site: str | None) -> SurveyAnswer:
    return SurveyAnswer(
        question=str(question),
        label=TRIED,
        site=site,
        approached=2,
        respondents=1,
        response_rate=50.0,
        n=1,
        answered_rate=100.0,
        favourable=1,
        counted=(TRIED,),
        options=(SurveyOption(option=1, label=TRIED, count=1),),
        share=Interval(value=50.0 * question - 25, low=50.0 * question - 30, high=50.0 * question - 20),
        mean=Interval(value=3.0, low=2.0, high=4.0),
        file=None,
        sheet=None,
    )


def _coverage(*, full: bool) -> Coverage:
    return Coverage(own_return=full, units_returned=int(full), units_expected=2, unreturned=(TRIED,))


def _district(edition: Edition, *, full: bool) -> Trial:
    parts = tuple(
        PartValue(indicator=indicator.id, label=part.label, value=1.0, state=State.VALUE)
        for indicator in edition.indicators
        for part in indicator.parts
        if full
    )
    sources = Sources(
        district=edition.districts[0].name,
        findings=findings(edition, full=full),
        coverage=_coverage(full=full),
        parts=parts,
        snapshot_id=SNAPSHOT,
        cut_off=DAY,
        background=background(edition, full=full),
        last_year=last_year(edition, full=full),
    )
    report = district_context(edition, results(edition, full=full), sources)
    return Trial(report=report, charts=charts_of(report))


def _notice(edition: Edition, *, full: bool) -> Trial:
    book = Workbook(unit=None, version=1, received=DAY, marked=f"{TRIED}.xlsx", sheets=(TRIED,), explains=frozenset())
    found = findings(edition, full=True)
    sources = NoticeSources(
        district=edition.districts[0].name,
        findings=found if full else found[:1],
        workbooks=(book,) if full else (),
        coverage=_coverage(full=full),
        due=Due(day=DAY) if full else None,
        snapshot_id=SNAPSHOT,
        cut_off=DAY,
    )
    return Trial(report=notice_context(edition, sources))


def _confirmation(edition: Edition, *, full: bool) -> Trial:
    opinion = Opinion(step=TRIED, role=TRIED, by=TRIED, opinion=TRIED if full else None, day=DAY)
    sources = LetterSources(
        district=edition.districts[0].name,
        results=results(edition, full=full)[: len(edition.indicators)],
        figures=tuple(Figure(item=name, value=1.0, state=State.VALUE) for name in edition.main_figures if full),
        opinions=(opinion,) if full else (),
        coverage=_coverage(full=full),
        version=1 if full else None,
        values=1,
        values_digest=SNAPSHOT,
        log_digest=SNAPSHOT,
        snapshot_id=SNAPSHOT,
        cut_off=DAY,
    )
    return Trial(report=confirmation_context(edition, sources))


def _whole(kind: WholeKind) -> Callable[..., Trial]:
    def made(edition: Edition, *, full: bool) -> Trial:
        names = [district.name for district in edition.districts]
        sampled = tuple(names[:3]) if full else ()
        sources = CitySources(
            results=results(edition, full=full),
            findings=findings(edition, full=full),
            coverage={name: _coverage(full=full) for name in names},
            statuses=dict.fromkeys(names, edition.statuses[0]),
            again={name: int(full) for name in names},
            backgrounds={name: background(edition, full=name in sampled) for name in names},
            last_year=last_year(edition, full=full),
            sampled=sampled,
            snapshot_id=SNAPSHOT,
            cut_off=DAY,
        )
        report = city_context(edition, sources, kind)
        return Trial(report=report, charts=tuple(whole_charts(report)))

    return made


TRIALS: Mapping[str, Callable[..., Trial]] = {
    "district": _district,
    "analysis": _whole("analysis"),
    "city": _whole("city"),
    "notice": _notice,
    "confirmation": _confirmation,
}
"""Kind -> what makes its made-up report, from the edition and whether it is to be `full`."""

"""Made-up results, findings, evidence and field days of an edition, for trying templates and measuring speed.

Nothing here is data. Where `full` isn't wanted there is next to nothing.
"""

from __future__ import annotations

import datetime as dt
import statistics

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

DAY = dt.date(2000, 1, 1)
TRIED = "试填"


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

"""Made-up reports of every kind, to try a template on: one with all that may be in it, one with next to nothing.

Nothing here is data: values, findings and opinions are invented for the edition at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from xltool.model.edition import Edition
from xltool.model.states import State
from xltool.reports.chart_parts import Chart
from xltool.reports.confirmation import Figure, Opinion, confirmation_context
from xltool.reports.confirmation import Sources as LetterSources
from xltool.reports.context import Sources, district_context
from xltool.reports.corrections import Workbook
from xltool.reports.district import charts_of
from xltool.reports.facts import Coverage, PartValue
from xltool.reports.notice import Due, notice_context
from xltool.reports.notice import Sources as NoticeSources
from xltool.reports.trial_data import DAY, TRIED, background, findings, last_year, results
from xltool.reports.whole.context import WholeKind, city_context
from xltool.reports.whole.documents import charts_of as whole_charts
from xltool.reports.whole.facts import CitySources

SNAPSHOT = "0" * 64
FULL, BARE = True, False


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A made-up report and its charts."""

    report: object
    charts: tuple[Chart, ...] = ()


def trials(edition: Edition, kind: str) -> tuple[Trial, ...]:
    """The made-up reports of a kind, the fullest first."""
    return tuple(TRIALS[kind](edition, full=full) for full in (FULL, BARE))


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

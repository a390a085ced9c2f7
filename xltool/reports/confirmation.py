"""Everything a confirmation letter (确认函) says, computed before any document is touched: frozen, and pure.

The template `confirmation.docx` shows the fields of `ConfirmationLetter`. The district signs and seals it: what it
approves is named by the snapshot's id and by the digest of its values.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xltool.model.edition import Edition
from xltool.model.indicator import Result
from xltool.model.numbers import shown
from xltool.model.states import SHOWN, State
from xltool.reports.document import document
from xltool.reports.facts import Coverage
from xltool.reports.labels import Label, table
from xltool.reports.text import BLANK, clean, date_text, grouped, shorten

KIND = "confirmation"
SHORT = 12
"""Digits of a digest in its short form."""

OPINION_LIMIT = 500
COUNTED = "有数值"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A main figure of the district. `answered` of `expected` units entered; None where units don't answer it."""

    item: str
    value: float | None
    state: State
    answered: int | None = None
    expected: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """A step of the review: who took it in which role, with which opinion, on which day."""

    step: str
    role: str
    by: str
    opinion: str | None
    day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """One main figure, as it is printed."""

    number: int
    label: str
    unit: str
    value: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionRow:
    """One step of the review, as it is printed."""

    step: str
    by: str
    opinion: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The tables, for their captions and for references to them."""

    approved: Label = table("approved")  # noqa: RUF009 - frozen
    figures: Label = table("figures")  # noqa: RUF009
    opinions: Label = table("opinions")  # noqa: RUF009


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationLetter:
    """A confirmation letter, as the template shows it; ids are grouped, so that a line can end within them."""

    district: str
    heading: str
    notice: str
    office: str
    title: str
    monitoring_year: str
    data_year: str
    period: str
    cut_off: str
    returned: str
    snapshot: str
    values: int
    values_short: str
    values_digest: str
    log_digest: str
    indicators: str
    tables: Tables
    figures: tuple[FigureRow, ...]
    opinions: tuple[OpinionRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What a letter is made from: the snapshot that the district submitted, and its review.

    `version` is that of the district's own workbook, None where it didn't return one; `values` is how many values
    count, `values_digest` their SHA-256, `log_digest` that of the review log's last entry; `results` are the
    district's indicators.
    """

    district: str
    results: tuple[Result, ...]
    figures: tuple[Figure, ...]
    opinions: tuple[Opinion, ...]
    coverage: Coverage
    version: int | None
    values: int
    values_digest: str
    log_digest: str
    snapshot_id: str
    cut_off: dt.date


def confirmation_letter(edition: Edition, sources: Sources, template: Path) -> bytes:
    """The Word file of a district's confirmation letter.

    Raises:
        UsageError: a faulty template (named by tag and paragraph).
        CampaignError: the template can't be opened.
    """
    letter = confirmation_context(edition, sources)
    return document(template, letter, kind=KIND, snapshot_id=sources.snapshot_id, moment=sources.cut_off)


def confirmation_context(edition: Edition, sources: Sources) -> ConfirmationLetter:
    """The letter of one district."""
    return ConfirmationLetter(
        district=clean(sources.district),
        heading=f"{clean(edition.short_title)}数据确认函",
        notice=clean(edition.notice),
        office=clean(edition.office),
        title=clean(edition.title),
        monitoring_year=f"{edition.monitoring_year}年",
        data_year=f"{edition.data_year}年",
        period=f"{date_text(edition.period_start)}至{date_text(edition.period_end)}",
        cut_off=date_text(sources.cut_off),
        returned=_returned(sources),
        snapshot=grouped(clean(sources.snapshot_id)),
        values=sources.values,
        values_short=clean(sources.values_digest)[:SHORT],
        values_digest=grouped(clean(sources.values_digest)),
        log_digest=grouped(clean(sources.log_digest)),
        indicators=_indicators(sources.results),
        tables=Tables(),
        figures=tuple(_figure(edition, number, one) for number, one in enumerate(sources.figures, start=1)),
        opinions=tuple(map(_opinion, sources.opinions)),
    )


def _returned(sources: Sources) -> str:
    own = "区表未报送" if sources.version is None else f"区表（第{sources.version}次报送）"
    return f"{own}，成员单位表{sources.coverage.units_returned}份（应报{sources.coverage.units_expected}份）"


def _indicators(results: Sequence[Result]) -> str:
    counts = Counter(result.state for result in results)
    told = "、".join(f"{SHOWN.get(state, COUNTED)}{counts[state]}项" for state in State if counts[state])
    return f"{len(results)}项，其中{told}"


def _figure(edition: Edition, number: int, figure: Figure) -> FigureRow:
    item = edition.item_by_id[figure.item]
    return FigureRow(
        number=number,
        label=clean(item.label),
        unit=clean(item.unit_of_measure) if item.unit_of_measure else BLANK,
        value=SHOWN.get(figure.state, BLANK) if figure.value is None else shown(figure.value),
        note="" if figure.answered is None else f"{figure.answered}/{figure.expected}个单位",
    )


def _opinion(opinion: Opinion) -> OpinionRow:
    return OpinionRow(
        step=f"{clean(opinion.step)}（{clean(opinion.role)}）",
        by=clean(opinion.by),
        opinion=shorten(opinion.opinion, OPINION_LIMIT) if opinion.opinion else BLANK,
        day=date_text(opinion.day),
    )

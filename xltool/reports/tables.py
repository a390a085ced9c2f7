"""Rows of a sub-report's tables, as they are printed. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xltool.model.edition import Edition
from xltool.model.states import SHOWN, State
from xltool.reports.background import EvidenceNode
from xltool.reports.change import Change
from xltool.reports.facts import PartValue, Standing
from xltool.reports.labels import table
from xltool.reports.text import BLANK, clean, figure, shorten

INDICATORS, PARTS = table("indicators"), table("parts")
REASON_LIMIT = 120
QUOTE_LIMIT = 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRow:
    """One row of the indicator table; numbers are rounded copies."""

    number: int
    label: str
    unit: str
    value: str
    last: str
    mean: str
    median: str
    rank: str
    documents: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorGroup:
    """The rows of one second-level indicator."""

    name: str
    rows: tuple[IndicatorRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A text that a district was asked for, quoted and not computed."""

    number: int
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRow:
    """A part of an indicator that the notice computes by itself."""

    indicator: str
    label: str
    unit: str
    value: str


def indicator_groups(
    standings: Sequence[Standing], changes: Sequence[Change], nodes: Mapping[str, EvidenceNode]
) -> tuple[IndicatorGroup, ...]:
    """The indicator table, by second-level indicator; `nodes` are the evidence by node of the framework."""
    sections = itertools.groupby(standings, key=lambda standing: standing.section)
    last = {change.standing.number: change.last for change in changes}
    return tuple(
        IndicatorGroup(
            name=f"{section.id} {section.name}",
            rows=tuple(_indicator_row(one, last.get(one.number), nodes) for one in members),
        )
        for section, members in sections
    )


def reasons(standings: Sequence[Standing]) -> tuple[str, ...]:
    """Why rows of the indicator table have no value, below the table."""
    return tuple(
        f"第{standing.number}行　{shorten(standing.result.reason, REASON_LIMIT)}。"
        for standing in standings
        if standing.result.reason
    )


def quotes(standings: Sequence[Standing]) -> tuple[Quote, ...]:
    """The texts among the indicators."""
    return tuple(
        Quote(
            number=standing.number,
            label=clean(standing.result.label),
            text=shorten(str(standing.result.value), QUOTE_LIMIT),
        )
        for standing in standings
        if _is_text(standing)
    )


def part_rows(edition: Edition, parts: Sequence[PartValue]) -> tuple[PartRow, ...]:
    """The parts of indicators with their values."""
    return tuple(
        PartRow(
            indicator=clean(edition.indicator_by_id[part.indicator].label),
            label=clean(part.label),
            unit=edition.indicator_by_id[part.indicator].unit_of_measure,
            value=(
                figure(part.value, edition.indicator_by_id[part.indicator].decimals)
                if part.value is not None
                else SHOWN.get(part.state, BLANK)
            ),
        )
        for part in parts
    )


def _is_text(standing: Standing) -> bool:
    return standing.result.state == State.VALUE and isinstance(standing.result.value, str)


def _indicator_row(standing: Standing, last: float | None, nodes: Mapping[str, EvidenceNode]) -> IndicatorRow:
    node = nodes.get(standing.indicator.belongs_to)
    result, decimals = standing.result, standing.indicator.decimals
    return IndicatorRow(
        number=standing.number,
        label=clean(result.label),
        unit=clean(result.unit_of_measure),
        value=_value(standing),
        last=_number(last, decimals),
        mean=_number(result.mean, decimals),
        median=_number(result.median, decimals),
        rank=_rank(standing),
        documents=BLANK if node is None else str(node.documents),
        note="；".join(_notes(standing)),
    )


def _value(standing: Standing) -> str:
    if _is_text(standing):
        return "文字"
    if standing.value is None:
        return SHOWN.get(standing.result.state, BLANK)
    return figure(standing.value, standing.indicator.decimals)


def _number(value: float | None, decimals: int) -> str:
    return BLANK if value is None else figure(value, decimals)


def _rank(standing: Standing) -> str:
    if _is_text(standing) or standing.result.n == 0:
        return BLANK
    if standing.result.rank is None:
        return f"{BLANK}/{standing.result.n}"
    return f"{'并列' if standing.tied else ''}{standing.result.rank}/{standing.result.n}"


def _notes(standing: Standing) -> list[str]:
    result = standing.result
    notes = []
    if result.reason:
        notes.append("见注")
    if standing.doubtful and standing.value is not None:
        notes.append("待改正")
    if _is_text(standing):
        notes.append("见表后")
    elif standing.indicator.direction == "none":
        notes.append("不分优劣")
    if result.units_answered is not None and result.units_answered != result.units_expected:
        notes.append(f"含{result.units_answered}/{result.units_expected}个单位")
    return notes

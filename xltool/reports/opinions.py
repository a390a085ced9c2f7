"""What the experts wrote on the field day, by second-level indicator, with their roles. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from xltool.model.edition import Edition
from xltool.reports.background import ExpertOpinion, FieldDay
from xltool.reports.labels import table
from xltool.reports.text import clean, iso_date_text, shorten

OPINIONS = table("opinions")
OPINION_LIMIT = 1000
WHOLE_LIMIT = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionRow:
    """What one expert wrote in one place."""

    aspect: str
    text: str
    author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionGroup:
    """The opinions on one second-level indicator."""

    name: str
    rows: tuple[OpinionRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldPart:
    """The section on the field day; `whole` are paragraphs on the whole, `groups` by indicator."""

    overview: str
    whole: tuple[str, ...]
    groups: tuple[OpinionGroup, ...]


def field_part(edition: Edition, day: FieldDay | None, opinions: Sequence[ExpertOpinion]) -> FieldPart | None:
    """The section of one district; None where there was no field day, or nothing is known of it."""
    if day is None or (day.day is None and not day.expected and not opinions):
        return None
    told = _together(edition, opinions)
    on_indicators = [one for one in told if one.indicator is not None]
    return FieldPart(
        overview=_overview(day, on_indicators),
        whole=tuple(_paragraph(one) for one in told if one.indicator is None),
        groups=tuple(
            OpinionGroup(name=name, rows=tuple(map(_row, members)))
            for name, members in itertools.groupby(on_indicators, key=lambda one: f"{one.indicator} {clean(one.label)}")
        ),
    )


def _together(edition: Edition, opinions: Sequence[ExpertOpinion]) -> list[ExpertOpinion]:
    """By place, in the order of the framework and of the experts' workbook; the experts in their order within one."""
    scheme = edition.field_scheme
    asked = [field.id for field in (*scheme.texts, *scheme.aspects)] if scheme else []
    order = {name: number for number, name in enumerate([node.id for node in edition.framework] + asked)}
    return sorted(opinions, key=lambda one: (order.get(one.indicator or "", -1), order.get(one.aspect, len(order))))


def _overview(day: FieldDay, on_indicators: Sequence[ExpertOpinion]) -> str:
    when = f"实地监测于{iso_date_text(day.day)}进行" if day.day else "实地监测的日期未填"
    where = f"，监测点是{clean(day.sites)}" if day.sites else ""
    count = len({one.indicator for one in on_indicators})
    told = f"，对{count}项二级指标提出了意见（{OPINIONS}）" if count else ""
    return f"{when}{where}。应有{day.expected}位专家的意见表，收到{day.returned}份{told}。"


def _paragraph(one: ExpertOpinion) -> str:
    return f"{clean(one.aspect_label)}（{clean(one.author)}）：{shorten(one.text, WHOLE_LIMIT)}"


def _row(one: ExpertOpinion) -> OpinionRow:
    return OpinionRow(aspect=clean(one.aspect_label), text=shorten(one.text, OPINION_LIMIT), author=clean(one.author))

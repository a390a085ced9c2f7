"""The field days of the sampled districts: where, when, and what the experts wrote on the whole. Pure.

Opinions on single indicators are counted here: they stand in full in the district's sub-report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from xltool.model.edition import Edition
from xltool.reports.background import ExpertOpinion, FieldDay
from xltool.reports.labels import table
from xltool.reports.text import BLANK, clean, iso_date_text, shorten
from xltool.reports.whole.facts import CitySources

FIELD = table("field")
WHOLE_LIMIT = 800


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRow:
    """One district's field day."""

    district: str
    day: str
    sites: str
    meetings: str
    experts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDistrict:
    """What the experts wrote of one district: on the whole in their words, and how much on indicators."""

    district: str
    whole: tuple[str, ...]
    counted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldCity:
    """The section on the field days."""

    sentence: str
    rows: tuple[FieldRow, ...]
    districts: tuple[FieldDistrict, ...]


def field_city(edition: Edition, sources: CitySources) -> FieldCity | None:
    """The section; None where nothing is known of any field day."""
    days = [(name, day) for name in sources.sampled if (day := sources.backgrounds[name].field_day) is not None]
    if not any(day.day or day.expected for _, day in days):
        return None
    told = [(name, sources.backgrounds[name].opinions) for name, _ in days]
    aspects = [one.id for one in edition.field_scheme.aspects] if edition.field_scheme else []
    return FieldCity(
        sentence=field_text(sources),
        rows=tuple(_row(name, day) for name, day in days),
        districts=tuple(_district(name, opinions, aspects) for name, opinions in told if opinions),
    )


def field_text(sources: CitySources) -> str:
    """How many field days there were, and how many experts' opinions are back."""
    days = [day for name in sources.sampled if (day := sources.backgrounds[name].field_day) is not None]
    dated = sum(day.day is not None for day in days)
    returned, expected = sum(day.returned for day in days), sum(day.expected for day in days)
    return (
        f"抽样区{len(days)}个，已定实地监测日期的{dated}个；应有专家意见表{expected}份，收到{returned}份（{FIELD}）。"
    )


def _row(name: str, day: FieldDay) -> FieldRow:
    return FieldRow(
        district=clean(name),
        day=iso_date_text(day.day) if day.day else "未定",
        sites=clean(day.sites) if day.sites else BLANK,
        meetings=clean(day.meetings) if day.meetings else BLANK,
        experts=f"{day.returned}/{day.expected}",
    )


def _district(name: str, opinions: Sequence[ExpertOpinion], order: Sequence[str]) -> FieldDistrict:
    on_indicators = [one for one in opinions if one.indicator is not None]
    nodes = len({one.indicator for one in on_indicators})
    counts = Counter(one.aspect for one in on_indicators)
    labels = {one.aspect: one.aspect_label for one in on_indicators}
    ordered = sorted(labels, key=lambda aspect: (order.index(aspect) if aspect in order else len(order), aspect))
    told = "、".join(f"{clean(labels[aspect])}{counts[aspect]}条" for aspect in ordered)
    return FieldDistrict(
        district=clean(name),
        whole=tuple(
            f"{clean(one.aspect_label)}（{clean(one.author)}）：{shorten(one.text, WHOLE_LIMIT)}"
            for one in opinions
            if one.indicator is None
        ),
        counted=f"专家对{nodes}项二级指标提出了意见：{told}，全文见该区的分报告。" if nodes else "",
    )

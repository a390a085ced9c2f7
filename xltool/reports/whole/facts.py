"""What the reports on all districts are made from, and each indicator with its distribution. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from xltool.model.distribution import Distribution, distribution
from xltool.model.edition import Edition, Framework, Indicator
from xltool.model.finding import Finding
from xltool.model.indicator import Result
from xltool.model.states import State
from xltool.reports.background import Background, LastYear
from xltool.reports.change import last_number
from xltool.reports.facts import MINIMUM_DISTRICTS, SECOND_LEVEL, Coverage, ancestor, in_order, number_of


@dataclass(frozen=True, kw_only=True)
class CitySources:
    """What a report on all districts is made from, beside the edition.

    Args:
        results: all indicators of all districts; `last_year` those of last year.
        findings: of all districts, whatever their status.
        coverage: which returns stand behind the figures, by district; `statuses` how far its review is, in words;
            `again` how many of its returns had been sent before.
        backgrounds: evidence and field monitoring by district.
        sampled: the districts of the field days, in the notice's order.
    """

    results: tuple[Result, ...]
    findings: tuple[Finding, ...]
    coverage: Mapping[str, Coverage]
    statuses: Mapping[str, str]
    again: Mapping[str, int]
    backgrounds: Mapping[str, Background]
    last_year: tuple[LastYear, ...]
    sampled: tuple[str, ...]
    snapshot_id: str
    cut_off: dt.date


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One indicator over all districts. `number` is its row in every table; `results` are in the notice's order.

    `pairs` are (last year, this year) of the districts that have a number in both, so that a change isn't one of
    which districts answered.
    """

    number: int
    indicator: Indicator
    section: Framework
    chapter: Framework
    results: tuple[Result, ...]
    pairs: tuple[tuple[float, float], ...]

    @cached_property
    def values(self) -> tuple[float, ...]:
        """The districts' numbers."""
        return tuple(value for result in self.results if (value := number_of(result)) is not None)

    @cached_property
    def spread(self) -> Distribution:
        """Over the districts with a number this year."""
        return distribution(self.values)

    @cached_property
    def before(self) -> Distribution:
        """Last year, over the districts with a number in both years."""
        return distribution(last for last, _ in self.pairs)

    @cached_property
    def after(self) -> Distribution:
        """This year, over the districts with a number in both years."""
        return distribution(now for _, now in self.pairs)

    @property
    def is_text(self) -> bool:
        """Whether it is quoted and not computed."""
        return any(result.state == State.VALUE and isinstance(result.value, str) for result in self.results)

    @property
    def told(self) -> bool:
        """Whether differences among the districts are spoken of: enough numbers, and no total, which size explains."""
        return self.spread.n >= MINIMUM_DISTRICTS and self.indicator.direction != "none"

    @property
    def compared(self) -> bool:
        """Whether enough districts have a number in both years."""
        return len(self.pairs) >= MINIMUM_DISTRICTS

    def districts(self, state: State) -> tuple[str, ...]:
        """The districts whose result is in that state."""
        return tuple(result.district for result in self.results if result.state == state)


def measures(edition: Edition, results: Sequence[Result], last_year: Sequence[LastYear]) -> tuple[Measure, ...]:
    """All indicators by second-level indicator, in the framework's order."""
    before = {(one.district, one.indicator): last_number(one) for one in last_year}
    by_indicator: dict[str, list[Result]] = {}
    for result in results:
        by_indicator.setdefault(result.indicator, []).append(result)
    found = []
    for number, indicator in enumerate(in_order(edition), 1):
        own = tuple(by_indicator[indicator.id])
        pairs = ((before.get((result.district, indicator.id)), number_of(result)) for result in own)
        found.append(
            Measure(
                number=number,
                indicator=indicator,
                section=ancestor(edition, indicator.belongs_to, SECOND_LEVEL),
                chapter=ancestor(edition, indicator.belongs_to, 1),
                results=own,
                pairs=tuple((last, now) for last, now in pairs if last is not None and now is not None),
            )
        )
    return tuple(found)

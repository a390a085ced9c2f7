"""What a sub-report is made from, and how one district stands in each indicator. Pure."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xltool.errors import UsageError
from xltool.model.edition import Edition, Framework, Indicator
from xltool.model.indicator import Result
from xltool.model.states import State

MINIMUM_DISTRICTS = 8
"""Fewer districts with a value are not compared: no strengths, no weaknesses, no dots."""

SECOND_LEVEL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Which returns stand behind a district's figures; units are those that have a workbook."""

    own_return: bool
    units_returned: int
    units_expected: int
    unreturned: tuple[str, ...] = ()

    @property
    def any_return(self) -> bool:
        """Whether anything came back at all."""
        return self.own_return or self.units_returned > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PartValue:
    """The value of one part of an indicator (`Indicator.parts`) in this district, unrounded."""

    indicator: str
    label: str
    value: float | None
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One indicator of one district among the districts.

    `number` is its row in the indicator table, `section` and `chapter` its second- and first-level framework
    node. `others` are the other districts' values in ascending order, so that nothing tells whose they are.
    `spread` is the median absolute deviation from the median (MAD) over all districts with a value. `largest` names
    the other districts with the largest value, where the edition lets a sub-report name them. What is made of data
    with an open error is `doubtful`: shown, and never judged.
    """

    number: int
    indicator: Indicator
    section: Framework
    chapter: Framework
    result: Result
    others: tuple[float, ...]
    spread: float | None
    tied: bool
    largest: tuple[str, ...] = ()
    doubtful: bool = False

    @property
    def value(self) -> float | None:
        """The district's number, if it has one."""
        return number_of(self.result)

    @property
    def comparable(self) -> bool:
        """Whether enough districts have a value, and not more than half of them the same one."""
        return self.result.n >= MINIMUM_DISTRICTS and bool(self.spread) and self.result.median is not None

    @property
    def distance(self) -> float | None:
        """(value - median) / MAD; None where it can't be said, or the value is doubtful."""
        return self.place(self.value) if self.value is not None and not self.doubtful else None

    def place(self, value: float) -> float | None:
        """The robust distance of any district's value."""
        if not self.comparable or self.spread is None or self.result.median is None:
            return None
        return (value - self.result.median) / self.spread


def number_of(result: Result) -> float | None:
    """A result's number; None for text and for every state but `value`."""
    value = result.value
    return float(value) if result.state == State.VALUE and isinstance(value, int | float) else None


def standings(edition: Edition, results: Sequence[Result], district: str) -> tuple[Standing, ...]:
    """The district's indicators by second-level indicator, in the framework's order.

    Raises:
        UsageError: no results of that district.
    """
    by_indicator: dict[str, list[Result]] = {}
    for result in results:
        by_indicator.setdefault(result.indicator, []).append(result)
    known = sorted({result.district for result in results})
    if district not in known:
        raise UsageError("unknown_district", name=district, known="、".join(known))
    return tuple(
        _standing(number, indicator, edition, by_indicator[indicator.id], district)
        for number, indicator in enumerate(in_order(edition), 1)
    )


def ancestor(edition: Edition, node_id: str, level: int) -> Framework:
    """The framework node of that level above a node (or the node itself)."""
    node = edition.framework_by_id[node_id]
    while node.level > level and node.parent is not None:
        node = edition.framework_by_id[node.parent]
    return node


def in_order(edition: Edition) -> Iterator[Indicator]:
    """The indicators by second-level indicator, in the order of the framework."""
    sections = [node.id for node in edition.framework if node.level == SECOND_LEVEL]
    for section in sections:
        for indicator in edition.indicators:
            if ancestor(edition, indicator.belongs_to, SECOND_LEVEL).id == section:
                yield indicator


def _standing(
    number: int, indicator: Indicator, edition: Edition, results: Sequence[Result], district: str
) -> Standing:
    own = next(result for result in results if result.district == district)
    values = {result.district: value for result in results if (value := number_of(result)) is not None}
    return Standing(
        number=number,
        indicator=indicator,
        section=ancestor(edition, indicator.belongs_to, SECOND_LEVEL),
        chapter=ancestor(edition, indicator.belongs_to, 1),
        result=own,
        others=tuple(sorted(value for name, value in values.items() if name != district)),
        spread=_spread(tuple(values.values())),
        tied=own.rank is not None and sum(1 for result in results if result.rank == own.rank) > 1,
        largest=tuple(r.district for r in results if r.rank == 1 and r.district != district)
        if edition.name_other_districts
        else (),
    )


def _spread(values: Sequence[float]) -> float | None:
    if not values:
        return None
    median = statistics.median(values)
    return statistics.median(abs(value - median) for value in values)

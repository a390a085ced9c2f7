"""Questions from comparing the districts with each other: figures per head, and indicators. Never an error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from xltool import messages
from xltool.checks.spread import Spread, spread_of
from xltool.expression import operands, parse
from xltool.model.catalogued import catalogued
from xltool.model.comparison import PeerRule, Peers
from xltool.model.edition import Edition, Level, Scope, Severity
from xltool.model.finding import Finding
from xltool.model.indicator import Result
from xltool.model.numbers import shown
from xltool.model.quantity import Quantity, Rolled, main_key
from xltool.model.states import State
from xltool.model.values import Value

CODE = "peer_outlier"
DIGITS = 4  # significant ones of a usual range: it is an estimate

Series = Mapping[str, float]
"""A comparable figure of each district that has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlier:
    """A district whose figure lies outside of the usual range; `sources` are the values it was made of."""

    rule: PeerRule
    district: str
    value: float
    spread: Spread
    sources: tuple[Value, ...]


def outliers(
    edition: Edition, peers: Peers, rolled: Mapping[str, Rolled], results: Iterable[Result]
) -> Iterator[Outlier]:
    """All of them, rule by rule as the edition lists them, items before indicators."""
    by_indicator: dict[str, dict[str, float]] = {}
    for result in results:
        complete = result.units_answered is None or result.units_answered == result.units_expected
        if result.state is State.VALUE and isinstance(result.value, int | float) and complete:
            by_indicator.setdefault(result.indicator, {})[result.district] = float(result.value)
    for rule in peers.rules:
        series = per_head(rule, rolled) if rule.indicator is None else by_indicator.get(rule.indicator, {})
        spread = spread_of(series.values(), rule.scale, peers)
        if spread is None:
            continue
        for district, value in series.items():
            side = spread.side(value)
            if side is not None and rule.side in ("both", side):
                sources = sources_of(rule, rolled[district], edition)
                yield Outlier(rule=rule, district=district, value=value, spread=spread, sources=sources)


def per_head(rule: PeerRule, rolled: Mapping[str, Rolled]) -> Series:
    """An item's figure by district, divided where the rule says so; without districts that lack a part of it."""
    series: dict[str, float] = {}
    for district, whole in rolled.items():
        value = figure(whole, str(rule.operand))
        divisor = 1.0 if rule.per is None else figure(whole, rule.per)
        if value is not None and divisor:
            series[district] = value / divisor
    return series


def figure(rolled: Rolled, operand: str) -> float | None:
    """A district's figure; None if it is missing or a unit has not answered yet: a part is no figure."""
    quantity = rolled.quantities.get(operand)
    if quantity is None or quantity.state is not State.VALUE or not isinstance(quantity.value, int | float):
        return None
    return None if is_partial(rolled, operand) else float(quantity.value)


def is_partial(rolled: Rolled, operand: str) -> bool:
    """Whether a total over units lacks the answer of one of them."""
    return any(part.state is State.MISSING for part in rolled.by_unit.get(operand, {}).values())


def sources_of(rule: PeerRule, rolled: Rolled, edition: Edition) -> tuple[Value, ...]:
    """The values behind a district's figure, its own before what it is divided by."""
    if rule.indicator is not None:
        keys = [leaf.key for leaf in operands(parse(edition.indicator_by_id[rule.indicator].formula))]
    else:
        keys = [str(rule.operand)] + ([rule.per] if rule.per else [])
    empty = Quantity(state=State.MISSING)
    return tuple(source for key in keys for source in rolled.quantities.get(key, empty).sources)


def outlier_finding(outlier: Outlier, edition: Edition, peers: Peers) -> Finding:
    """The question, with the district's value, the median and the usual range in words."""
    rule, spread = outlier.rule, outlier.spread
    decimals, unit = None, ""
    if rule.indicator is not None:
        indicator = edition.indicator_by_id[rule.indicator]
        decimals, unit = indicator.decimals, indicator.unit_of_measure
        named = messages.reason("figure_indicator", label=indicator.label)
    else:
        named, unit = item_in_words(rule, edition)

    def said(value: float) -> str:
        return rounded(value) if decimals is None else shown(value, decimals)

    words: dict[str, object] = {
        "figure": named,
        "value": said(outlier.value),
        "unit_of_measure": unit,
        "side": "高于" if outlier.value > spread.high else "低于",
        "n": spread.n,
        "median": said(spread.median),
        "low": said(spread.low),
        "high": said(spread.high),
    }
    first = next((source for source in outlier.sources if rule.item is not None), None)
    return catalogued(
        CODE,
        words,
        severity=peers.severity if peers.severity is not Severity.ERROR else Severity.WARNING,
        district=outlier.district,
        rule=rule.id,
        scope=Scope.CITY,
        item=rule.item,
        raw=first.raw if first is not None and is_single(rule, edition) else None,
        expected=f"{said(spread.low)}—{said(spread.high)}",
        status="trial" if rule.trial else "open",
    )


def item_in_words(rule: PeerRule, edition: Edition) -> tuple[str, str]:
    """An item as the message names it, per head where it is, and the unit of that figure."""
    item = edition.item_by_id[str(rule.item)]
    unit = item.unit_of_measure or ""
    if rule.per is None:
        return messages.reason("figure_item", label=item.label), unit
    divisor = edition.item_by_id[rule.per]
    unit = f"{unit}/{divisor.unit_of_measure}" if divisor.unit_of_measure else unit
    return messages.reason("figure_per", label=item.label, per=divisor.label), unit


def is_single(rule: PeerRule, edition: Edition) -> bool:
    """Whether the figure stands in one cell."""
    item = edition.item_by_id[str(rule.item)]
    return main_key(item) == item.id and item.level is not Level.EACH_UNIT


def rounded(value: float) -> str:
    """A number with a few significant digits."""
    return shown(float(f"{value:.{DIGITS}g}"))

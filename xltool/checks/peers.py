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
from xltool.model.numbers import shown
from xltool.model.quantity import Quantity, Rolled, main_key
from xltool.model.states import State
from xltool.model.values import Value

CODE = "peer_outlier"
DIGITS = 4  # significant ones of a usual range: it is an estimate

Figures = Mapping[str, float]
"""A district's comparable figures by rule: all that the others' comparison needs of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlier:
    """A district whose figure lies outside of the usual range; `sources` are the values it was made of."""

    rule: PeerRule
    district: str
    value: float
    spread: Spread
    sources: tuple[Value, ...]


def figures_of(edition: Edition, rolled: Rolled, indicators: Mapping[str, float]) -> Figures:
    """What of a district is compared with the others; without what it lacks a part of.

    Args:
        edition: What is compared.
        rolled: What counts in the district.
        indicators: Its indicators that are numbers and complete.
    """
    figures: dict[str, float] = {}
    for rule in rules_of(edition):
        if rule.indicator is not None:
            value, divisor = indicators.get(rule.indicator), None
        else:
            value = figure(rolled, str(rule.operand))
            divisor = figure(rolled, rule.per) if rule.per is not None else 1.0
        if value is not None and (divisor or rule.indicator is not None):
            figures[rule.id] = value / (divisor or 1.0)
    return figures


def rules_of(edition: Edition) -> tuple[PeerRule, ...]:
    """What is compared, as the edition lists it."""
    peers = edition.comparisons.peers
    return peers.rules if peers is not None else ()


def spreads_of(edition: Edition, figures: Iterable[Figures]) -> dict[str, Spread]:
    """By rule, the usual range among the districts; none where fewer than the edition wants have a value."""
    peers = edition.comparisons.peers
    if peers is None:
        return {}
    each = tuple(figures)
    values = {rule.id: [one[rule.id] for one in each if rule.id in one] for rule in peers.rules}
    found = {rule.id: spread_of(values[rule.id], rule.scale, peers) for rule in peers.rules}
    return {rule: spread for rule, spread in found.items() if spread is not None}


def outliers(edition: Edition, rolled: Rolled, figures: Figures, spreads: Mapping[str, Spread]) -> Iterator[Outlier]:
    """Those of one district, rule by rule as the edition lists them."""
    for rule in rules_of(edition):
        value, spread = figures.get(rule.id), spreads.get(rule.id)
        side = spread.side(value) if spread is not None and value is not None else None
        if spread is not None and value is not None and side is not None and rule.side in ("both", side):
            sources = sources_of(rule, rolled, edition)
            yield Outlier(rule=rule, district=rolled.district, value=value, spread=spread, sources=sources)


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

"""Mistakes of unit: a figure ten, a hundred, a thousand or ten thousand times what it should be, or that part of it.

Said only where a reference speaks for the corrected value and none for the value as it stands.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from xltool import messages
from xltool.checks.folding import under
from xltool.checks.judging import Judged, Verdict, judge, places
from xltool.checks.peers import figure, rounded
from xltool.checks.spread import Spread
from xltool.model.catalogued import catalogued
from xltool.model.comparison import Magnitudes
from xltool.model.edition import Edition, Item, Scope, Severity
from xltool.model.finding import WRONG_MAGNITUDE, Finding
from xltool.model.grounds import grounds_of
from xltool.model.numbers import shown
from xltool.model.quantity import Quantity, Rolled, main_key, previous_key
from xltool.model.states import State

CODE = WRONG_MAGNITUDE
NEAR = math.sqrt(10)
"""How far from the median, as a ratio, a value may lie that only the other districts speak for."""

ENOUGH_RELATED = 2
"""Related figures that speak for it by themselves: of two that disagree, either may be the wrong one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A value that the figure should be near, or a range that it should lie in; `words` says what it is."""

    kind: str  # previous, related, peers
    near: float
    low: float
    high: float
    words: str

    def fits(self, value: float) -> bool:
        """Whether a value agrees with it."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A figure that is `factor` times too large, or too small, and what it probably should be."""

    item: Item
    quantity: Quantity
    factor: int
    too_large: bool
    probable: float
    evidence: tuple[Reference, ...]


def mistakes(edition: Edition, rolled: Rolled, spreads: Mapping[str, Spread] | None = None) -> Iterator[Mistake]:
    """Every figure that looks like a mistake of unit.

    Args:
        edition: Factors and related figures.
        rolled: A district's figures, or one file's.
        spreads: By item, the usual range among the districts, brought to this district's size; none for one file.
    """
    settings = edition.comparisons.magnitudes
    if settings is None:
        return
    for item in edition.items:
        value = figure(rolled, main_key(item))
        if value is None or value <= 0:
            continue
        found = mistake_of(item, rolled, settings, references(item, rolled, edition, settings, spreads or {}))
        if found is not None:
            yield found


def references(
    item: Item, rolled: Rolled, edition: Edition, settings: Magnitudes, spreads: Mapping[str, Spread]
) -> tuple[Reference, ...]:
    """Last year's value, related figures and the other districts, as far as there are any."""
    unit = item.unit_of_measure or ""
    found: list[Reference] = []
    last = rolled.quantities.get(previous_key(item.id))
    if last is not None and last.state is State.VALUE and isinstance(last.value, int | float) and last.value > 0:
        words = messages.reason("evidence_previous", value=shown(last.value), unit_of_measure=unit)
        found.append(close_to("previous", float(last.value), settings.closeness, words))
    for name, other in settings.related:
        related = edition.item_by_id[other]
        value = figure(rolled, main_key(related)) if name == item.id else None
        if value:
            words = messages.reason("evidence_related", label=related.label, value=shown(value), unit_of_measure=unit)
            found.append(close_to("related", value, settings.closeness, words))
    spread = spreads.get(item.id)
    if spread is not None and spread.low > 0:
        low, high = rounded(spread.low), rounded(spread.high)
        words = messages.reason("evidence_peers", low=low, high=high, unit_of_measure=unit)
        found.append(Reference(kind="peers", near=spread.median, low=spread.low, high=spread.high, words=words))
    return tuple(found)


def close_to(kind: str, value: float, closeness: float, words: str) -> Reference:
    """A reference that values up to a ratio away agree with."""
    return Reference(kind=kind, near=value, low=value / closeness, high=value * closeness, words=words)


def mistake_of(item: Item, rolled: Rolled, settings: Magnitudes, known: Sequence[Reference]) -> Mistake | None:
    """The mistake of unit that explains a figure best, if there is one."""
    quantity = rolled.quantities[main_key(item)]
    value = float(quantity.value or 0)
    if not known or any(reference.fits(value) for reference in known):
        return None
    whole = item.rules is not None and item.rules.type == "integer"
    best: tuple[float, Mistake] | None = None
    for factor in settings.factors:
        for too_large in (True, False):
            probable = value / factor if too_large else value * factor
            probable = float(round(probable)) if whole and probable >= 1 else probable
            evidence = tuple(reference for reference in known if reference.fits(probable))
            distance = sum(abs(math.log(probable / reference.near)) for reference in evidence)
            if is_enough(evidence, value, probable, settings.closeness) and (
                best is None or distance / len(evidence) < best[0]
            ):
                found = Mistake(
                    item=item,
                    quantity=quantity,
                    factor=factor,
                    too_large=too_large,
                    probable=probable,
                    evidence=evidence,
                )
                best = (distance / len(evidence), found)
    return best[1] if best is not None else None


def is_enough(evidence: Sequence[Reference], value: float, probable: float, closeness: float) -> bool:
    """Whether what speaks for a corrected value is more than a coincidence.

    Where only the other districts do, the value must lie far outside of their range, and the corrected one near
    the median: a district that is merely unusual is an outlier, not a mistake of unit.
    """
    kinds = [reference.kind for reference in evidence]
    if "previous" in kinds:
        return True
    peers = next((reference for reference in evidence if reference.kind == "peers"), None)
    if peers is None:
        return len(kinds) >= ENOUGH_RELATED
    far = value < peers.low / closeness or value > peers.high * closeness
    return len(evidence) > 1 or (far and 1 / NEAR <= probable / peers.near <= NEAR)


def mistake_finding(mistake: Mistake, district: str, *, file: str | None = None) -> Finding:
    """The finding: what is there, by how much it is probably wrong, on what evidence, and the probable value.

    It is a question among districts where nothing else speaks for it, and the office's where the office filled
    the value in.
    """
    item, sources = mistake.item, mistake.quantity.sources
    single = sources[0] if len(sources) == 1 else None
    typed = [source for source in sources if not source.prefilled]
    words: dict[str, object] = {
        "label": item.label,
        "value": shown(float(mistake.quantity.value or 0)),
        "unit_of_measure": item.unit_of_measure or "",
        "place": places(typed),
        "ratio": messages.reason("ratio_large" if mistake.too_large else "ratio_small", factor=f"{mistake.factor:,}"),
        "evidence": "；".join(reference.words for reference in mistake.evidence),
        "probable": shown(mistake.probable),
    }
    among = all(reference.kind == "peers" for reference in mistake.evidence)
    found = catalogued(
        CODE,
        words,
        district=district,
        unit=single.unit if single is not None else None,
        scope=Scope.CITY if among else Scope.DISTRICT,
        item=item.id,
        row=single.row if single is not None else None,
        column=single.column if single is not None else None,
        file=file,
        sheet=single.sheet if single is not None and file is not None else None,
        cell=single.cell if single is not None and file is not None else None,
        raw=single.raw if single is not None else None,
        expected=shown(mistake.probable),
        basis=grounds_of(sources),
    )
    return found if typed else replace(found, severity=Severity.HINT)


def echo(finding: Finding, judged: Judged, known: Iterable[Finding]) -> Finding:
    """A broken rule's finding, folded under the mistake of unit without which the rule would hold.

    An error stays open: what is only probable must not hide what blocks submitting.
    """
    if finding.status != "open" or finding.severity is Severity.ERROR:
        return finding
    quantities = {leaf.key: quantity for leaf, quantity in judged.inputs}
    for cause in known:
        if cause.code != CODE or cause.item is None or cause.expected is None:
            continue
        for leaf, quantity in judged.inputs:
            if leaf.name == cause.item and leaf.kind in {"item", "total"}:
                probable = {**quantities, leaf.key: replace(quantity, value=float(cause.expected))}
                if judge(judged.check, probable).verdict is Verdict.HOLDS:
                    return under(finding, cause)
    return finding

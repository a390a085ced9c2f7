"""Checks over all districts that returned: outliers and mistakes of unit, each said once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from xltool.checks.folding import folded, under
from xltool.checks.magnitude import CODE as MAGNITUDE
from xltool.checks.magnitude import mistake_finding, mistakes
from xltool.checks.peers import Figures, Outlier, figure, outlier_finding, outliers, rules_of
from xltool.checks.spread import Spread
from xltool.expression import operands, parse
from xltool.model.comparison import PeerRule
from xltool.model.edition import Edition
from xltool.model.finding import Finding
from xltool.model.quantity import Rolled


def check_among(
    edition: Edition, rolled: Rolled, figures: Figures, spreads: Mapping[str, Spread], known: Iterable[Finding]
) -> tuple[Finding, ...]:
    """Questions that only the other districts raise; never errors, and none where too few have a value.

    Args:
        edition: What is compared, and how.
        rolled: What counts in one district.
        figures: Of the same district, see `figures_of`.
        spreads: The usual ranges among all that returned something, see `spreads_of`.
        known: What the district's files and its own checks already say: what follows from an error there is folded;
            a mistake of unit found there is not said again.
    """
    if not spreads:
        return ()
    said = tuple(known)
    wrong = tuple(wrong_units(edition, rolled, in_size_of(rolled, edition, spreads), said))
    return (*wrong, *questions(outliers(edition, rolled, figures, spreads), edition, (*said, *wrong)))


def in_size_of(district: Rolled, edition: Edition, spreads: Mapping[str, Spread]) -> dict[str, Spread]:
    """The usual range of each item on a log scale, times what it is divided by in one district."""
    own: dict[str, Spread] = {}
    for rule in rules_of(edition):
        spread = spreads.get(rule.id) if rule.scale == "log" else None
        size = 1.0 if rule.per is None else figure(district, rule.per)
        if spread is not None and rule.item is not None and size:
            low, median, high = spread.low * size, spread.median * size, spread.high * size
            own[rule.item] = replace(spread, low=low, median=median, high=high)
    return own


def wrong_units(
    edition: Edition, rolled: Rolled, spreads: Mapping[str, Spread], known: Iterable[Finding]
) -> Iterator[Finding]:
    """Mistakes of unit that the district's own values did not show; one a chain of figures per head.

    Where the figure that others are divided by is wrong itself, theirs are no mistakes.
    """
    said = {finding.item: finding for finding in known if finding.code == MAGNITUDE}
    found = list(mistakes(edition, rolled, spreads))
    per = divisors(edition)
    wrong = {mistake.item.id for mistake in found} & set(per.values()) | set(said)
    for mistake in found:
        if mistake.item.id in said or per.get(mistake.item.id) in wrong:
            continue
        yield folded(mistake_finding(mistake, rolled.district), mistake.quantity.sources, known)


def divisors(edition: Edition) -> dict[str, str]:
    """By item, what it is divided by when districts are compared."""
    return {rule.item: rule.per for rule in rules_of(edition) if rule.item is not None and rule.per is not None}


def questions(found: Iterable[Outlier], edition: Edition, known: Iterable[Finding]) -> Iterator[Finding]:
    """A district's outliers; what follows from an error, a broken rule or another outlier is folded under it."""
    peers = edition.comparisons.peers
    causes = [finding for finding in known if finding.status != "folded"]
    for outlier in found:
        if peers is None:
            return
        finding = folded(outlier_finding(outlier, edition, peers), outlier.sources, causes)
        names = names_of(outlier.rule, edition)
        own = names if outlier.rule.item is None else frozenset((outlier.rule.item,))
        cause = next((cause for cause in causes if explains(cause, names, own, edition)), None)
        if finding.follows_from is None and cause is not None:
            finding = under(finding, cause)
        elif finding.follows_from is None:
            causes.append(finding)
        yield finding


def names_of(rule: PeerRule, edition: Edition) -> frozenset[str]:
    """The items that a compared figure is made of."""
    if rule.indicator is not None:
        formula = edition.indicator_by_id[rule.indicator].formula
        return frozenset(leaf.name for leaf in operands(parse(formula)))
    return frozenset(name for name in (rule.item, rule.per) if name is not None)


def explains(cause: Finding, names: frozenset[str], own: frozenset[str], edition: Edition) -> bool:
    """Whether an outlier made of the items `names` is no news after a finding.

    A mistake of unit, a large change and an outlier of an item explain what is made of the item; a broken rule
    explains an item that it names, and an indicator of which it names all items (`own`).
    """
    if cause.code in (MAGNITUDE, "large_change", "peer_outlier"):
        return cause.item in names
    check = next((check for check in edition.checks if cause.code == "check" and check.id == cause.rule), None)
    return check is not None and own <= {leaf.name for leaf in operands(parse(check.expression))}

"""The districts' figures beside each other: gathered one district after the other, of which only these are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from xltool import checks
from xltool import indicators as computing
from xltool.campaign.results import Counted
from xltool.model.edition import Edition
from xltool.model.finding import Finding
from xltool.model.quantity import Rolled


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The comparable figures of each district, and their usual ranges by rule."""

    figures: Mapping[str, checks.Figures]
    spreads: Mapping[str, checks.Spread]

    @classmethod
    def of(cls, edition: Edition, districts: Sequence[str], counts_of: Callable[[str], Counted]) -> Comparison:
        """Of districts that returned something; empty where they are fewer than the edition compares."""
        peers = edition.comparisons.peers
        if peers is None or len(districts) < peers.fewest:
            return cls(figures={}, spreads={})
        wanted = {rule.indicator for rule in peers.rules if rule.indicator is not None}
        figures = {}
        for name in districts:
            rolled = counts_of(name).rolled
            indicators = computing.complete_indicators(edition, rolled, wanted)
            figures[name] = checks.figures_of(edition, rolled, indicators)
        return cls(figures=figures, spreads=checks.spreads_of(edition, figures.values()))

    def questions(self, edition: Edition, rolled: Rolled, known: Iterable[Finding]) -> tuple[Finding, ...]:
        """What one of the districts is asked because of the others; `known` is what is said there already."""
        figures = self.figures.get(rolled.district, {})
        return checks.check_among(edition, rolled, figures, self.spreads, known)

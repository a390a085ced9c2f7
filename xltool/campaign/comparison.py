"""The districts' figures beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xltool import checks
from xltool.model.edition import Edition
from xltool.model.finding import Finding
from xltool.model.quantity import Rolled


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The comparable figures of each district, and their usual ranges by rule."""

    figures: Mapping[str, checks.Figures]
    spreads: Mapping[str, checks.Spread]

    @classmethod
    def of(cls, edition: Edition, figures: Mapping[str, checks.Figures]) -> Comparison:
        """Of districts by name; empty where they are fewer than the edition compares."""
        peers = edition.comparisons.peers
        if peers is None or len(figures) < peers.fewest:
            return cls(figures={}, spreads={})
        return cls(figures=figures, spreads=checks.spreads_of(edition, figures.values()))

    @staticmethod
    def indicators(edition: Edition) -> frozenset[str]:
        """Those that are compared."""
        peers = edition.comparisons.peers
        return frozenset(rule.indicator for rule in peers.rules if rule.indicator is not None) if peers else frozenset()

    def questions(self, edition: Edition, rolled: Rolled, known: Iterable[Finding]) -> tuple[Finding, ...]:
        """What one of the districts is asked because of the others; `known` is what is said there already."""
        figures = self.figures.get(rolled.district, {})
        return checks.check_among(edition, rolled, figures, self.spreads, known)

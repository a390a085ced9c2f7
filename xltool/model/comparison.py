"""What an edition says about comparing values: with last year, among the districts, by magnitude, and by whom to ask.

Everything here comes from `checks.yaml`; an edition that says nothing of a kind does not compare in that way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from xltool.model.severity import Severity

Side = Literal["both", "high", "low"]
Scale = Literal["log", "linear"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLimit:
    """How far a figure may lie from last year's: beyond both limits it is asked about."""

    item: str
    operand: str  # the item's figure as the expression language writes it
    relative: float  # share of last year's value
    absolute: float  # in the item's own unit
    severity: Severity
    trial: bool = False

    @property
    def id(self) -> str:
        """The rule's id in findings."""
        return f"change_{self.item}"

    @property
    def expression(self) -> str:
        """The rule as a condition that holds within the limits; live flags and returned values share it."""
        last = f"previous.{self.item}"
        return f"abs({self.operand} - {last}) <= max({self.absolute}, abs({last}) * {self.relative})"


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerRule:
    """One figure that is compared among the districts: an item, per head where `per` says so, or an indicator."""

    item: str | None = None
    operand: str | None = None  # of an item: its figure as the expression language writes it
    per: str | None = None  # the item that the figure is divided by
    indicator: str | None = None
    scale: Scale = "log"
    side: Side = "both"
    trial: bool = False

    @property
    def id(self) -> str:
        """The rule's id in findings."""
        return f"peers_{self.item or self.indicator}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Peers:
    """Comparison by median and MAD; `limit` counts MADs scaled to a standard deviation.

    `least_spread` is the smallest spread that is believed, relative to the median: districts that agree almost
    exactly don't make an outlier of one that differs a little.
    """

    rules: tuple[PeerRule, ...]
    fewest: int
    limit: float
    least_spread: float
    severity: Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Magnitudes:
    """Mistakes of unit: a figure that is a factor away from what last year, the others and related figures say.

    `closeness` is how far, as a ratio, the corrected value may lie from last year's or a related figure's.
    `related` are pairs (item, related item) of figures in the same unit and of the same size.
    """

    factors: tuple[int, ...]
    closeness: float
    related: tuple[tuple[str, str], ...]
    severity: Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """How unlikely a cell is to be the wrong one, by how its value came; smaller is more likely."""

    typed: float
    prefilled: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparisons:
    """All of it."""

    changes: tuple[ChangeLimit, ...] = ()
    peers: Peers | None = None
    magnitudes: Magnitudes | None = None
    suspicion: Suspicion | None = None

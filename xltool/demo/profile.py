"""How large sample figures are: `samples/<edition>/profile.toml`, so that no code names an item or a district."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
PROFILE_FILE = "profile.toml"
NOISE = 0.55  # of a figure's position in its range; the rest is how strong its district is


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """A figure is `of`'s figure times something between `low` and `high`, or the sum of others."""

    of: str | None = None
    low: float = 0.0
    high: float = 0.0
    decimals: int = 0
    sum: tuple[str, ...] = ()
    units: Mapping[str, tuple[float, float]]  # units with a range of their own

    def between(self, position: float, unit: str | None = None) -> float:
        """The value at a position from 0 to 1 in the range."""
        low, high = self.units.get(unit, (self.low, self.high)) if unit else (self.low, self.high)
        return low + (high - low) * position


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """A table's total, its number of rows, how often it is declared empty, and what stands in its text columns."""

    size: Size
    rows: tuple[int, int]
    empty: float
    names: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Everything that the samples are made from; `figures` come in the order in which they depend on each other."""

    seed: int
    residents_item: str
    residents: Mapping[str, float]
    figures: Mapping[str, Size]
    unit_figures: Mapping[str, Size]
    lists: Mapping[str, List]
    texts: Mapping[str, str]
    documents: Mapping[str, int]  # how many: of a `district`, of a `unit`, of districts that list more by name
    columns: Mapping[str, str | Mapping[str, str]]
    topics: Mapping[str, tuple[str, str]]

    def chance(self, *names: object) -> random.Random:
        """Random numbers that depend on the seed and the names only, never on the order of calls."""
        return random.Random("/".join(map(str, (self.seed, *names))))  # noqa: S311 - samples are no secret

    def documents_of(self, district: str, unit: str | None) -> int:
        """How many documents a district or a member unit lists."""
        return self.documents["unit"] if unit else self.documents.get(district, self.documents["district"])

    def position(self, district: str, *names: object) -> float:
        """Where a figure lies in its range: partly chance, partly the strength of its district."""
        return NOISE * self.chance(district, *names).random() + (1 - NOISE) * self.chance(district).random()


def load(folder: Path) -> Profile:
    """The profile of an edition's samples."""
    return loads((folder / PROFILE_FILE).read_text("utf-8"))


def loads(text: str) -> Profile:
    """The profile in a TOML text."""
    data = tomllib.loads(text)
    documents = data["documents"]
    return Profile(
        seed=data["seed"],
        residents_item=data["residents"]["item"],
        residents=data["residents"]["districts"],
        figures={item: _size(size) for item, size in data["figures"].items()},
        unit_figures={item: _size(size) for item, size in data["unit_figures"].items()},
        lists={table: _list(entry) for table, entry in data["tables"].items()},
        texts=data["texts"],
        documents={kind: documents[kind] for kind in ("district", "unit")} | documents["more"],
        columns=documents["columns"],
        topics={node: (topic, tags) for node, (topic, tags) in data["topics"].items()},
    )


def pick(chance: random.Random, choices: Sequence[T]) -> T:
    """One of the choices; only `random()` is called, whose numbers never change between versions of Python."""
    return choices[int(chance.random() * len(choices))]


def _size(data: Mapping[str, Any]) -> Size:
    return Size(
        of=data.get("of"),
        low=data.get("low", 0.0),
        high=data.get("high", 0.0),
        decimals=data.get("decimals", 0),
        sum=tuple(data.get("sum", ())),
        units={unit: (low, high) for unit, (low, high) in data.get("units", {}).items()},
    )


def _list(data: Mapping[str, Any]) -> List:
    low, high = data["rows"]
    return List(
        size=_size(data),
        rows=(low, high),
        empty=data.get("empty", 0.0),
        names=tuple(data["names"]),
        values={column: tuple(choices) for column, choices in data.get("values", {}).items()},
    )

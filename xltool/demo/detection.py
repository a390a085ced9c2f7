"""How well the checks find what is wrong: mistakes planted into the clean samples, and what the clean ones raise.

    python -m xltool.demo.detection rules/2023 samples/2023 [--mistakes 100]

Outliers: the share of compared values of the clean samples that are flagged. Culprits: of single mistakes that
violate a rule, how often the planted cell is among those named, and how often alone where no other single cell
could satisfy the rules. Units: of figures mistyped by a factor, without last year's values, how often the right
value is said.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from xltool import checks, indicators
from xltool import edition as editions
from xltool.checks.across import judged_over
from xltool.checks.culprit import suspects
from xltool.checks.judging import Judged, Verdict, constants_of
from xltool.checks.peers import outliers, rules_of
from xltool.checks.system import Key, System, system_of
from xltool.demo import entries, sampled
from xltool.demo.entries import Entry
from xltool.model.edition import Edition, Level
from xltool.model.quantity import Rolled
from xltool.model.values import Value

DISTORTIONS = (0.01, 0.1, 0.5, 1.3, 2, 3, 10, 100, 1000)
NUMERIC = ("integer", "number")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """So many of so many."""

    hits: int
    of: int

    def __str__(self) -> str:
        """In words and percent."""
        return f"{self.hits}/{self.of} ({self.hits / max(1, self.of):.1%})"


def flagged(edition: Edition, rolled: Mapping[str, Rolled]) -> Rate:
    """The values among those compared that lie outside of the usual range."""
    figures = {name: figures_of(edition, one) for name, one in rolled.items()}
    spreads = checks.spreads_of(edition, figures.values())
    hits = sum(1 for name, one in rolled.items() for _ in outliers(edition, one, figures[name], spreads))
    return Rate(hits=hits, of=sum(map(len, figures.values())))


def figures_of(edition: Edition, rolled: Rolled) -> checks.Figures:
    """What of a district is compared with the others."""
    wanted = {rule.indicator for rule in rules_of(edition) if rule.indicator is not None}
    return checks.figures_of(edition, rolled, indicators.complete_indicators(edition, rolled, wanted))


def culprits(edition: Edition, samples: Sequence[Entry], mistakes: int, seed: int = 0) -> tuple[Rate, Rate]:
    """How often the planted cell is named, and how often alone where only its change satisfies the rules."""
    chance = random.Random(seed)  # noqa: S311 - samples are no secret
    named = alone = determined = 0
    for _ in range(mistakes):
        key, judged = broken(edition, samples, chance)
        found = {cell.key for suspected in suspects(judged, edition).values() for cell in suspected.cells}
        named += key in found
        if list(fixing(system_of(judged, edition))) == [key]:
            determined += 1
            alone += found == {key}
    return Rate(hits=named, of=mistakes), Rate(hits=alone, of=determined)


def broken(edition: Edition, samples: Sequence[Entry], chance: random.Random) -> tuple[Key, list[Judged]]:
    """A single mistake that violates a rule over several cells, and all rules judged with it."""
    figures = [entry for entry in samples if is_figure(edition, entry)]
    items = sorted({entry.item for entry in figures})
    while True:
        item = chance.choice(items)
        entry = chance.choice([each for each in figures if each.item == item])
        rolled = mistyped(edition, samples, entry, chance.choice(DISTORTIONS))
        constants = constants_of(edition)
        judged = [one for check in edition.checks for _, one in judged_over(check, rolled, constants)]
        if any(one.verdict is Verdict.VIOLATED and len({s.key for s in one.sources}) > 1 for one in judged):
            return (entry.unit, entry.item, entry.row, entry.column), judged


def is_figure(edition: Edition, entry: Entry) -> bool:
    """Whether an entry is a number that rules calculate with."""
    item = edition.item_by_id.get(entry.item)
    if item is None:
        return False
    if item.is_table:
        return entry.row is not None and entry.column == item.total
    return item.rules is not None and item.rules.type in NUMERIC


def mistyped(edition: Edition, samples: Sequence[Entry], entry: Entry, factor: float) -> Rolled:
    """The district of an entry, with this entry a factor too large."""
    own = [each for each in samples if each.district == entry.district]
    return sampled.roll_up(edition, entry.district, own, by_factor(entry, factor))


def by_factor(entry: Entry, factor: float) -> Callable[[Value], Value]:
    """What multiplies one entry's value and leaves all others."""

    def change(value: Value) -> Value:
        same_place = (value.unit, value.item, value.row, value.column) == (entry.unit, *entry.key)
        if not same_place or not isinstance(value.value, int | float):
            return value
        new = value.value * factor
        return replace(value, value=round(new) if isinstance(value.value, int) else new)

    return change


def fixing(system: System) -> Iterator[Key]:
    """The cells that could satisfy every row by themselves, found without the solver: row by row as an interval."""
    rest = [
        row.limit - sum(factor * system.cells[key].value for key, factor in row.coefficients.items())
        for row in system.rows
    ]
    for key, cell in system.cells.items():
        low, high = cell.low, cell.high
        for row, slack in zip(system.rows, rest, strict=True):
            factor = row.coefficients.get(key)
            if factor is None:
                low = low if slack >= 0 else float("inf")
            elif factor > 0:
                high = min(high, cell.value + slack / factor)
            else:
                low = max(low, cell.value + slack / factor)
        if low <= high:
            yield key


def units(edition: Edition, samples: Sequence[Entry], mistakes: int, seed: int = 0) -> Rate:
    """How often the right value is said of a figure mistyped by a factor, by the other districts alone."""
    settings = edition.comparisons.magnitudes
    chance = random.Random(seed)  # noqa: S311 - samples are no secret
    rolled = sampled.rolled_up(edition, samples)
    figures = {name: figures_of(edition, one) for name, one in rolled.items()}
    single = [
        entry
        for entry in samples
        if is_figure(edition, entry)
        and entry.row is None
        and edition.item_by_id[entry.item].level is not Level.EACH_UNIT
        and float(entry.value) > 0
    ]
    right = 0
    for _ in range(mistakes if settings is not None else 0):
        entry = chance.choice(single)
        factor = chance.choice(settings.factors) if settings is not None else 1
        own = mistyped(edition, samples, entry, factor)
        compared = {**figures, entry.district: figures_of(edition, own)}
        spreads = checks.spreads_of(edition, compared.values())
        found = checks.check_among(edition, own, compared[entry.district], spreads, ())
        right += any(
            each.code == "wrong_magnitude"
            and each.item == entry.item
            and float(each.expected or 0) == float(entry.value)
            for each in found
        )
    return Rate(hits=right, of=mistakes)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print all rates."""
    parser = argparse.ArgumentParser()
    parser.add_argument("edition", type=Path)
    parser.add_argument("samples", type=Path)
    parser.add_argument("--mistakes", type=int, default=100)
    options = parser.parse_args(arguments)
    edition = editions.load(options.edition)
    samples = entries.loads((options.samples / entries.VALUES_FILE).read_text("utf-8"))
    named, alone = culprits(edition, samples, options.mistakes)
    click.echo(f"clean values flagged among districts: {flagged(edition, sampled.rolled_up(edition, samples))}")
    click.echo(f"planted cell among those named: {named}")
    click.echo(f"alone where the rules determine it: {alone}")
    click.echo(f"mistakes of unit with the right value: {units(edition, samples, options.mistakes)}")


if __name__ == "__main__":
    main()

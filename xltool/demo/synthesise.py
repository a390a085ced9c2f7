"""Make the sample answers of every district and member unit: seeded, so the same every time.

Only the residents are real (census of 2020, from the profile); all else is invented. Run as a module, it
rewrites `values.csv` and `last_year.csv` beside the profile:

    python -m xltool.demo.synthesise rules/2023 samples/2023
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from xltool import edition as editions
from xltool.demo import entries, last_year
from xltool.demo import profile as profiles
from xltool.demo.documents import document_entries
from xltool.demo.entries import Entry
from xltool.demo.profile import List, Profile, Size
from xltool.model.edition import District, Edition, Item, Level
from xltool.model.numbers import round_half_away, shown
from xltool.model.states import DECLARED

NONE_COLUMN = "none"


def synthesise(edition: Edition, profile: Profile) -> tuple[Entry, ...]:
    """All sample answers, in the notice's order of districts, the district's own before its units'."""
    return tuple(entry for district in edition.districts for entry in district_entries(edition, profile, district))


def district_entries(edition: Edition, profile: Profile, district: District) -> Iterator[Entry]:
    """What a district answers by itself, then what each of its units does."""
    name = district.name
    figures = district_figures(profile, name)
    for item in edition.items:
        if item.level in (Level.DISTRICT, Level.PLATFORM):
            yield from item_entries(profile, item, name, None, figures)
    yield from document_entries(edition, profile, name, None)
    for unit in edition.units:
        if not unit.workbook or unit.name in district.without:
            continue
        own = {**figures, **unit_figures(profile, name, unit.name, figures)}
        for item in edition.items:
            if item.level == Level.EACH_UNIT or item.id in unit.answers_for:
                yield from item_entries(profile, item, name, unit.name, own)
        yield from document_entries(edition, profile, name, unit.name)


def district_figures(profile: Profile, district: str) -> Mapping[str, float]:
    """Every figure of a district as a whole, by item."""
    figures = {profile.residents_item: profile.residents[district]}
    for item, size in profile.figures.items():
        figures[item] = figure(size, profile.position(district, item), figures)
    return figures


def unit_figures(profile: Profile, district: str, unit: str, figures: Mapping[str, float]) -> Mapping[str, float]:
    """The figures that a member unit answers for itself."""
    own: dict[str, float] = {}
    for item, size in profile.unit_figures.items():
        own[item] = figure(size, profile.position(district, unit, item), {**figures, **own}, unit)
    return own


def figure(size: Size, position: float, known: Mapping[str, float], unit: str | None = None) -> float:
    """One figure, rounded as it is typed."""
    if size.sum:
        return sum(known[item] for item in size.sum)
    base = known[size.of] if size.of else 1.0
    return round_half_away(base * size.between(position, unit), size.decimals)


def item_entries(
    profile: Profile, item: Item, district: str, unit: str | None, figures: Mapping[str, float]
) -> Iterator[Entry]:
    """The answer to one item: a figure, a text, or the rows of a list."""
    if item.is_table:
        yield from list_entries(profile, item, district, unit, figures)
        return
    if item.id in profile.texts:
        value = profile.texts[item.id].format_map({name: shown(number) for name, number in figures.items()})
    else:
        value = shown(figures[item.id])
    yield Entry(district=district, unit=unit, item=item.id, value=value)


def list_entries(
    profile: Profile, item: Item, district: str, unit: str | None, figures: Mapping[str, float]
) -> Iterator[Entry]:
    """The rows of a list, or its declaration that there is nothing to list."""
    sample = profile.lists[item.id]
    if profile.chance(district, unit, item.id, "empty").random() < sample.empty:
        yield Entry(district=district, unit=unit, item=item.id, column=NONE_COLUMN, value=DECLARED)
        return
    amounts = shares(profile, sample, figures, (district, unit, item.id))
    chance = profile.chance(district, unit, item.id, "names")
    start = int(chance.random() * len(sample.names))
    for row, amount in enumerate(amounts, start=1):
        cells = {str(item.total): shown(amount)}
        cells[str(item.entry)] = sample.names[(start + row) % len(sample.names)].format(owner=district, unit=unit)
        cells |= {column: profiles.pick(chance, choices) for column, choices in sample.values.items()}
        for column in item.columns:
            yield Entry(district=district, unit=unit, item=item.id, row=row, column=column.id, value=cells[column.id])


def shares(
    profile: Profile, sample: List, figures: Mapping[str, float], names: tuple[str, str | None, str]
) -> list[float]:
    """The total of a list, split over its rows; every row is more than 0."""
    chance = profile.chance(*names, "rows")
    fewest, most = sample.rows
    weights = [0.5 + chance.random() for _ in range(fewest + int(chance.random() * (most - fewest + 1)))]
    total = figures[sample.size.of or ""] * sample.size.between(profile.position(*names))
    least = 10.0**-sample.size.decimals
    return [max(least, round_half_away(total * weight / sum(weights), sample.size.decimals)) for weight in weights]


def main(rules: Path, samples: Path) -> None:
    """Rewrite the committed sample answers of an edition."""
    profile, edition = profiles.load(samples), editions.load(rules)
    made = synthesise(edition, profile)
    (samples / entries.VALUES_FILE).write_text(entries.dumps(made), "utf-8", newline="")
    (samples / last_year.LAST_YEAR_FILE).write_text(last_year.dumps(edition, profile, made), "utf-8", newline="")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""Last year's sample figures, which the office prefills: invented from this year's, seeded, so the same every time."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from io import StringIO

from xltool.demo.entries import Entry
from xltool.demo.profile import Profile
from xltool.model.edition import Edition, Item
from xltool.model.numbers import add, round_half_away, shown

LAST_YEAR_FILE = "last_year.csv"
HEADINGS = ("区", "数据项", "数值", "年度", "来源")
SOURCE = "示例数据"
LOW, HIGH = 0.90, 1.04
"""Between these shares of this year's figure lies last year's; every `ODD`th one between the wider ones."""
WIDE_LOW, WIDE_HIGH, ODD = 0.82, 1.16, 6
WITHIN = 0.6  # of the change that the edition asks about


def dumps(edition: Edition, profile: Profile, entries: Iterable[Entry]) -> str:
    """The CSV text, as `xltool prefill` takes it."""
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(HEADINGS)
    writer.writerows(_rows(edition, profile, entries))
    return buffer.getvalue()


def _rows(edition: Edition, profile: Profile, entries: Iterable[Entry]) -> Iterator[tuple[str, str, str, int, str]]:
    totals = _totals(edition, entries)
    limits = {limit.item: limit.relative for limit in edition.comparisons.changes}
    for district in edition.districts:
        for item in edition.items:
            numbers = totals.get((district.name, item.id))
            if numbers:
                share = _share(profile, district.name, item.id, limits.get(item.id, 1.0))
                value = _earlier(item, add(numbers), share)
                yield district.name, item.id, shown(value), edition.data_year - 1, SOURCE


def _totals(edition: Edition, entries: Iterable[Entry]) -> dict[tuple[str, str], list[float]]:
    """This year's numbers by district and item: one, or those of the units, or those of a list's rows."""
    totals: dict[tuple[str, str], list[float]] = defaultdict(list)
    for entry in entries:
        item = edition.item_by_id.get(entry.item)
        if item is not None and entry.column == item.total and _is_number(item):
            totals[entry.district, entry.item].append(float(entry.value))
    return totals


def _is_number(item: Item) -> bool:
    return item.is_table or (item.rules is not None and item.rules.type in ("integer", "number"))


def _share(profile: Profile, district: str, item: str, limit: float) -> float:
    """Last year's figure as a share of this year's, well within what is asked about."""
    chance = profile.chance(district, item, "last year")
    wide = chance.randrange(ODD) == 0
    share = chance.uniform(WIDE_LOW, WIDE_HIGH) if wide else chance.uniform(LOW, HIGH)
    return min(1 + limit * WITHIN, max(1 - limit * WITHIN, share))


def _earlier(item: Item, value: float, share: float) -> float:
    rules = item.rules or next(column.rules for column in item.columns if column.id == item.total)
    least, most = rules.min, rules.max
    earlier = round_half_away(value * share, 0 if rules.type == "integer" else 2)
    if isinstance(most, int | float):
        earlier = min(earlier, most)
    return max(earlier, least) if isinstance(least, int | float) else earlier

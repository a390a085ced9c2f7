"""What the sample sub-reports may say in numbers, computed once more from what `indicators --json` prints."""

from __future__ import annotations

import csv
import json
import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from io import StringIO

from builders import reports as build
from builders.rounds import Row
from xltool import data
from xltool import edition as editions
from xltool.campaign.rows import result_of, result_row
from xltool.demo import entries, sampled
from xltool.demo.last_year import LAST_YEAR_FILE
from xltool.indicators import compute, compute_last_year
from xltool.model.edition import Indicator
from xltool.model.numbers import round_half_away
from xltool.model.quantity import Quantity, Rolled, previous_key
from xltool.model.states import State
from xltool.reports import LastYear, blocks_of, district_report
from xltool.reports.figures import abridged
from xltool.reports.summary import LABEL_HALF

SAMPLES = data.folder("samples") / "2023"
EDITION = editions.load(editions.locate("2023"))
SAMPLED = ("徐汇区", "闵行区", "崇明区")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
ORDER = [
    indicator.id
    for section in (node.id for node in EDITION.framework if node.level == 2)
    for indicator in EDITION.indicators
    if indicator.belongs_to == section or indicator.belongs_to.startswith(f"{section}.")
]


@dataclass(frozen=True)
class Told:
    """One indicator of one district as `indicators --json` prints it, its values in all districts, and last year's."""

    row: Row
    indicator: Indicator
    values: tuple[float, ...]
    last: float | None
    changes: tuple[float, ...]

    @property
    def number(self) -> int:
        return ORDER.index(self.indicator.id) + 1

    def rounded(self, value: float | None, decimals: int | None = None) -> str:
        places = self.indicator.decimals if decimals is None else decimals
        return "" if value is None else f"{round_half_away(value, places):.{places}f}"

    @property
    def allowed(self) -> set[str]:
        """Everything that may be said of it in numbers."""
        value, median = self.row["value"], statistics.median(self.values)
        rank = sum(other > value for other in self.values) + 1
        found = {str(self.number), str(len(self.values)), str(rank)}
        found |= {self.rounded(one) for one in (value, median, abs(value - median))}
        if median:
            found.add(self.rounded(abs(value - median) / abs(median) * 100, 1))
        if self.last is not None:
            found |= {self.rounded(self.last), self.rounded(abs(value - self.last))}
            found |= {self.rounded(abs(value - self.last) / abs(self.last) * 100, 1)} if self.last else set()
        if self.changes:
            found |= {self.rounded(statistics.median(self.changes), 1), str(len(self.changes))}
        if value and self.row["numerator"] is not None:
            need = abs(self.row["numerator"] * (median / value - 1))
            found |= {self.rounded(need, 0), self.rounded(need, 2)}
        return found


@cache
def rolled() -> dict[str, Rolled]:
    """The samples as they would be stored, with last year's values beside."""
    found = sampled.rolled_up(EDITION, entries.loads((SAMPLES / entries.VALUES_FILE).read_text("utf-8")))
    last: dict[str, dict[str, Quantity]] = {}
    for row in csv.DictReader(StringIO((SAMPLES / LAST_YEAR_FILE).read_text("utf-8"))):
        quantity = Quantity(state=State.VALUE, value=float(row["数值"]))
        last.setdefault(row["区"], {})[previous_key(row["数据项"])] = quantity
    return {name: replace(one, quantities={**one.quantities, **last[name]}) for name, one in found.items()}


@cache
def rows() -> list[Row]:
    """What `indicators --json` prints."""
    found: list[Row] = json.loads(json.dumps([result_row(one) for one in compute(EDITION, rolled(), {})]))
    return found


@cache
def last_year() -> tuple[LastYear, ...]:
    names = ("district", "indicator", "value", "state", "reason", "city", "mean", "median", "n")
    return tuple(
        LastYear(**{name: getattr(one, name) for name in names}) for one in compute_last_year(EDITION, rolled())
    )


def told_of(district: str) -> Iterator[Told]:
    before = {(one.district, one.indicator): one.value for one in last_year() if one.state == State.VALUE}
    for row in (row for row in rows() if row["district"] == district):
        name = row["indicator"]
        now = {one["district"]: one["value"] for one in rows() if one["indicator"] == name}
        numbers = {where: value for where, value in now.items() if isinstance(value, float)}
        pairs = [(numbers[where], before.get((where, name))) for where in numbers]
        changes = tuple((value - last) / abs(last) * 100 for value, last in pairs if isinstance(last, float) and last)
        last = before.get((district, name))
        yield Told(
            row=row,
            indicator=EDITION.indicator_by_id[name],
            values=tuple(numbers.values()),
            last=last if isinstance(last, float) else None,
            changes=changes,
        )


@cache
def report(district: str) -> bytes:
    sources = build.sources(district, parts=(), last_year=last_year())
    return district_report(EDITION, [result_of(row) for row in rows()], sources, build.TEMPLATE)


@cache
def texts(district: str) -> tuple[str, ...]:
    """Paragraphs and rows of tables, up to the method note, whose numbers are the edition's and the rules'."""
    found = [block.text for block in blocks_of("a", report(district)) if not block.place.startswith("图表")]
    return tuple(found[: found.index("方法说明")])


def labels(one: Told) -> set[str]:
    """What the indicator is called in sentences, and in the lines of the first page."""
    return {one.indicator.label, abridged(one.indicator.label, LABEL_HALF)}


def without_labels(text: str, told: list[Told]) -> str:
    """The text without the numbers that stand in names."""
    for label in sorted({label for one in told for label in labels(one)}, key=len, reverse=True):
        text = text.replace(label, "")
    for unit in sorted({one.indicator.unit_of_measure for one in told}, key=len, reverse=True):
        text = text.replace(unit, "")
    return re.sub(r"[表图]\d+|另有\d+项", "", text)


def sign(one: Told) -> int:
    return 1 if one.indicator.direction == "up" else -1


def spread(values: tuple[float, ...]) -> float:
    if len(values) < 8:
        return 0.0
    median = statistics.median(values)
    return statistics.median(abs(value - median) for value in values)


def is_clear(one: Told) -> bool:
    """At least 2 MADs from the median, and 10 % of it."""
    value, median = one.row["value"], statistics.median(one.values)
    return bool(abs(value - median) >= 2 * spread(one.values) and abs(value - median) >= 0.1 * abs(median))

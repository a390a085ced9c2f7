"""The sample's totals once more, from its csv file and the edition's list of items alone."""

from __future__ import annotations

import csv
from collections import defaultdict
from io import StringIO
from math import fsum

import pytest

from xltool import data
from xltool import edition as editions
from xltool.demo import entries, sampled
from xltool.model.quantity import main_key
from xltool.model.states import State

VALUES = (data.folder("samples") / "2023" / entries.VALUES_FILE).read_text("utf-8")
EDITION = editions.load(editions.locate("2023"))
LISTS = {item.id: item.total for item in EDITION.items if item.is_table}
FIGURES = {item.id for item in EDITION.items if item.rules is not None and item.rules.type != "text"}


def recomputed() -> dict[tuple[str, str], float]:
    """(district, item) -> the sum of all numbers that anybody in the district gives for it."""
    numbers: dict[tuple[str, str], list[float]] = defaultdict(list)
    for row in csv.DictReader(StringIO(VALUES)):
        item, column = row["item"], row["column"]
        if item in LISTS and column in (LISTS[item], "none"):
            numbers[row["district"], item].append(0.0 if column == "none" else float(row["value"]))
        elif item in FIGURES:
            numbers[row["district"], item].append(float(row["value"]))
    return {key: fsum(found) for key, found in numbers.items()}


def test_every_total_of_the_sample_is_the_sum_of_what_was_answered() -> None:
    rolled = sampled.rolled_up(EDITION, entries.loads(VALUES))
    totals = {
        (district, item.id): float(quantity.value or 0)
        for district, one in rolled.items()
        for item in EDITION.items
        for quantity in [one.quantities[main_key(item)]]
        if quantity.state is State.VALUE and not isinstance(quantity.value, str)
    }

    assert totals == pytest.approx(recomputed(), rel=1e-12)
    assert len(totals) > 900

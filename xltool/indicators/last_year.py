"""Last year's indicators, by this year's formulas on the values of last year that the office prefilled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from xltool.indicators.computing import compute
from xltool.model.edition import Edition, Level
from xltool.model.indicator import Result
from xltool.model.quantity import Quantity, Rolled, main_key, previous_key

WHOLE = ""
"""Stands for all member units together: last year's figures are known for the whole district only."""


def compute_last_year(edition: Edition, rolled: Mapping[str, Rolled]) -> tuple[Result, ...]:
    """As `compute`, on last year's values; empty where no district has any.

    A total over units is the district's figure of last year, so units can't be matched and none are counted.
    """
    known = {name: _previous(edition, one) for name, one in rolled.items()}
    if not any(one.quantities for one in known.values()):
        return ()
    return tuple(replace(result, units_answered=None, units_expected=None) for result in compute(edition, known, {}))


def _previous(edition: Edition, rolled: Rolled) -> Rolled:
    quantities: dict[str, Quantity] = {}
    by_unit: dict[str, Mapping[str, Quantity]] = {}
    for item in edition.items:
        found = rolled.quantities.get(previous_key(item.id))
        if found is not None:
            quantities[main_key(item)] = found
            if item.level is Level.EACH_UNIT:
                by_unit[main_key(item)] = {WHOLE: found}
    return Rolled(district=rolled.district, units=(WHOLE,), quantities=quantities, by_unit=by_unit)

"""Where one indicator of one district comes from, down to the values."""

from __future__ import annotations

from collections.abc import Iterator

from xltool.expression import evaluate, operands, parse
from xltool.indicators.inputs import Inputs, inputs_of, unit_totals
from xltool.model.edition import Edition
from xltool.model.indicator import Trace
from xltool.model.quantity import MISSING, Quantity, Rolled
from xltool.model.states import State

Input = tuple[str, str | None, Quantity]


def trace(edition: Edition, rolled: Rolled, indicator_id: str) -> Trace:
    """The operands of an indicator with their values, and the parts that the notice computes by themselves.

    Of totals over units there is one entry a unit that entered, or a missing one where none did.
    """
    indicator = edition.indicator_by_id[indicator_id]
    node = parse(indicator.formula)
    inputs = inputs_of(node, edition, rolled)
    totals = unit_totals(node, edition)
    entries: list[Input] = []
    for leaf in operands(node):
        if leaf.key in totals:
            entries += list(by_unit(leaf.key, inputs, rolled)) or [(leaf.key, None, MISSING)]
        else:
            entries.append((leaf.key, None, inputs.quantities[leaf.key]))
    return Trace(
        district=rolled.district,
        indicator=indicator.id,
        formula=indicator.formula,
        inputs=tuple(entries),
        parts=tuple((part.label, part.formula, value_of(part.formula, edition, rolled)) for part in indicator.parts),
    )


def by_unit(key: str, inputs: Inputs, rolled: Rolled) -> Iterator[Input]:
    """What each unit that entered has in a total."""
    for unit in inputs.entered or ():
        quantity = rolled.by_unit[key][unit]
        if quantity.state is State.VALUE:
            yield key, unit, quantity


def value_of(formula: str, edition: Edition, rolled: Rolled) -> Quantity:
    """What a formula comes to, with the values behind it."""
    node = parse(formula)
    quantities = inputs_of(node, edition, rolled).quantities
    outcome = evaluate(node, quantities)
    sources = tuple(source for quantity in quantities.values() for source in quantity.sources)
    return Quantity(state=outcome.state, value=outcome.value, sources=sources)

"""The indicators of one file by itself, as its own formulas show them; comparing districts takes `compute`."""

from __future__ import annotations

from collections.abc import Container

from xltool.expression import evaluate, parse
from xltool.indicators.inputs import inputs_of
from xltool.model.edition import Edition
from xltool.model.quantity import Quantity, Rolled


def indicators_of(edition: Edition, rolled: Rolled) -> dict[str, Quantity]:
    """Indicator -> its quantity, with the values behind it."""
    found = {}
    for indicator in edition.indicators:
        node = parse(indicator.formula)
        inputs = inputs_of(node, edition, rolled)
        outcome = evaluate(node, inputs.quantities)
        sources = tuple(source for quantity in inputs.quantities.values() for source in quantity.sources)
        value = None if isinstance(outcome.value, bool) else outcome.value
        found[indicator.id] = Quantity(state=outcome.state, value=value, sources=sources)
    return found


def complete_indicators(edition: Edition, rolled: Rolled, wanted: Container[str]) -> dict[str, float]:
    """Those of some indicators of a district that are numbers and lack no unit's answer."""
    found = {}
    for indicator in edition.indicators:
        if indicator.id not in wanted:
            continue
        node = parse(indicator.formula)
        inputs = inputs_of(node, edition, rolled)
        value = evaluate(node, inputs.quantities).value
        if inputs.entered == inputs.expected and isinstance(value, int | float) and not isinstance(value, bool):
            found[indicator.id] = float(value)
    return found

"""The indicators of one file by itself, as its own formulas show them; comparing districts takes `compute`."""

from __future__ import annotations

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

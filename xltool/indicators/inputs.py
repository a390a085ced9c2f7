"""The operands of one formula in one district, and the member units that entered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xltool.expression import Node, Operand, divides_unit_totals, operands
from xltool.model.edition import Edition, Level
from xltool.model.naming import operand_label
from xltool.model.numbers import add
from xltool.model.quantity import MISSING, Quantity, Rolled
from xltool.model.states import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What goes into one formula.

    `quantities` are the operands by key. `entered` are the units behind the totals over units, `expected` those
    that should be; both None in a formula without `each_unit` items. `answered` are the totals that some unit
    answered, whether or not it could be matched.
    """

    quantities: Mapping[str, Quantity]
    entered: tuple[str, ...] | None = None
    expected: tuple[str, ...] | None = None
    answered: frozenset[str] = frozenset()


def unit_totals(node: Node, edition: Edition) -> tuple[str, ...]:
    """The operands of a formula that are totals over units."""
    items = edition.item_by_id
    leaves = (leaf for leaf in operands(node) if leaf.kind != "previous" and leaf.name in items)
    return tuple(leaf.key for leaf in leaves if items[leaf.name].level is Level.EACH_UNIT)


def is_matched(node: Node, edition: Edition) -> bool:
    """Whether the formula divides one total over units by another: only units that answered both enter then."""
    totals = unit_totals(node, edition)
    return divides_unit_totals(node, lambda key: key in totals)


def inputs_of(node: Node, edition: Edition, rolled: Rolled) -> Inputs:
    """The operands of a formula in a district; the totals of matched formulas over the matched units only."""
    constants = {name: Quantity(state=State.VALUE, value=value) for name, value in edition.constants.items()}
    known = {**rolled.quantities, **constants}
    quantities = {leaf.key: known.get(leaf.key, MISSING) for leaf in operands(node)}
    totals = unit_totals(node, edition)
    if not totals:
        return Inputs(quantities=quantities)
    answered = {key: units_with_value(rolled, key) for key in totals}
    if not is_matched(node, edition):
        entered = tuple(unit for unit in rolled.units if any(unit in units for units in answered.values()))
        return Inputs(quantities=quantities, entered=entered, expected=rolled.units)
    entered = tuple(unit for unit in rolled.units if all(unit in units for units in answered.values()))
    return Inputs(
        quantities={**quantities, **{key: total_over(rolled, key, entered) for key in totals}},
        entered=entered,
        expected=rolled.units,
        answered=frozenset(key for key, units in answered.items() if units),
    )


def units_with_value(rolled: Rolled, key: str) -> tuple[str, ...]:
    """The units that answered, in the order of the list."""
    by_unit = rolled.by_unit.get(key, {})
    return tuple(unit for unit, quantity in by_unit.items() if quantity.state is State.VALUE)


def total_over(rolled: Rolled, key: str, units: tuple[str, ...]) -> Quantity:
    """A total over some of the units; missing over none."""
    if not units:
        return MISSING
    parts = [rolled.by_unit[key][unit] for unit in units]
    sources = tuple(source for part in parts for source in part.sources)
    return Quantity(state=State.VALUE, value=add(float(part.value or 0) for part in parts), sources=sources)


def reason_of(node: Node, edition: Edition, inputs: Inputs, state: State) -> str | None:
    """Why there is no value, in Chinese: which inputs are missing or not applicable, or what can't be divided."""
    if state is State.VALUE:
        return None
    leaves = [leaf for leaf in operands(node) if inputs.quantities[leaf.key].state is state]
    if state is State.NOT_APPLICABLE:
        return f"不适用：{labels_of(leaves, edition)}"
    if state is State.UNDEFINED:
        return "无法计算：除数为零，或数值过大"
    silent = [leaf for leaf in leaves if leaf.key not in inputs.answered]
    return f"未填：{labels_of(silent, edition)}" if silent else f"没有成员单位同时填报{labels_of(leaves, edition)}"


def labels_of(leaves: Iterable[Operand], edition: Edition) -> str:
    """What people call operands, one after the other."""
    return "、".join(f"“{operand_label(edition, leaf.kind, leaf.name, leaf.column)}”" for leaf in leaves)

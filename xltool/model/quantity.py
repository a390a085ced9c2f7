"""The operands of formulas and checks after roll-up, each with the values it came from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from xltool.model.edition import Item, Rules
from xltool.model.numbers import serial
from xltool.model.states import State
from xltool.model.values import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """An operand: a number (dates as Excel serials) or text in state `value`, else None and why."""

    state: State
    value: float | str | None = None
    sources: tuple[Value, ...] = ()


MISSING = Quantity(state=State.MISSING)


def quantity_of(value: Value | None, rules: Rules | None) -> Quantity:
    """A single value as an operand. One that could not be read is missing, and a source all the same."""
    if value is None:
        return MISSING
    content = value.value
    if rules is not None and rules.type == "date" and isinstance(content, str):
        content = serial(dt.date.fromisoformat(content))
    return Quantity(state=value.state, value=content, sources=(value,))


def total_key(table: str, column: str) -> str:
    """How the expression language writes the total of a table's column."""
    return f"sum({table}.{column})"


def count_key(table: str) -> str:
    """How the expression language writes the number of a table's entries."""
    return f"count({table})"


def main_key(item: Item) -> str:
    """The operand that is an item's figure: the item itself, or the total of its table."""
    return item.id if item.total is None else total_key(item.id, item.total)


def previous_key(item: str) -> str:
    """How the expression language writes last year's value of an item."""
    return f"previous.{item}"


@dataclass(frozen=True, kw_only=True)
class Rolled:
    """What a district's returns say together, or what one file says by itself.

    `quantities` maps an operand as the expression language writes it (`library_area`,
    `sum(special_funds.budget)`, `count(activities)`, `previous.library_area`) to its district-wide quantity.
    `by_unit` maps operands of `each_unit` items to the quantity of each member unit that has a workbook, in the
    order of the unit list; units that did not answer are there as missing. `counting` are the values that the
    roll-up uses, `conflicts` pairs (district's, unit's) values that differ. `files` are the SHA-256 of the
    returns that stand behind it; `own_return` says whether the district's own workbook is among them.
    """

    district: str
    units: tuple[str, ...]
    quantities: Mapping[str, Quantity]
    by_unit: Mapping[str, Mapping[str, Quantity]]
    counting: frozenset[Value] = frozenset()
    conflicts: tuple[tuple[Value, Value], ...] = ()
    files: tuple[str, ...] = field(default=())
    own_return: bool = False

    @cached_property
    def of_units(self) -> Mapping[str, Mapping[str, Quantity]]:
        """The quantities of each member unit that answered anything, by operand; what can't be read is an answer."""
        own = {unit: {key: by_unit[unit] for key, by_unit in self.by_unit.items()} for unit in self.units}
        return {unit: found for unit, found in own.items() if any(one != MISSING for one in found.values())}

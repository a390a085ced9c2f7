"""Findings of a whole district about one item, and how they name values and cells."""

from __future__ import annotations

from xltool.model.catalogued import catalogued
from xltool.model.edition import Item, Scope
from xltool.model.finding import Finding
from xltool.model.numbers import shown
from xltool.model.quantity import Rolled
from xltool.model.states import SHOWN
from xltool.model.values import Value


def finding(
    rolled: Rolled,
    code: str,
    item: Item,
    *,
    at: Value | None = None,
    unit: str | None = None,
    expected: str | None = None,
    basis: str | None = None,
    **context: object,
) -> Finding:
    """A finding of the whole district about one item; `at` is the value that it concerns, `basis` its grounds."""
    return catalogued(
        code,
        {"label": item.label, "unit": unit or item.responsible, **context},
        district=rolled.district,
        unit=unit,
        scope=Scope.DISTRICT,
        item=item.id,
        row=at.row if at is not None else None,
        column=at.column if at is not None else None,
        raw=at.typed if at is not None else None,
        expected=expected,
        basis=basis,
    )


def as_shown(value: Value) -> str:
    """A value as a message says it."""
    if isinstance(value.value, int | float):
        return shown(value.value)
    return SHOWN.get(value.state) or str(value.value)


def place(value: Value) -> str:
    """Where a value stands; the office's have no cell."""
    return f"{value.sheet}!{value.cell}" if value.cell is not None else "市级预填"

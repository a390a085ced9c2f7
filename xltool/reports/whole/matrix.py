"""The table of all districts and indicators, in the notice's order of districts and without ranks. Pure.

Sixteen columns of numbers don't fit on a portrait page, so the districts stand in parts of `PART`.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from xltool.model.edition import Edition
from xltool.model.indicator import Result
from xltool.model.states import SHOWN, State
from xltool.reports.labels import Label, table
from xltool.reports.text import clean, figure
from xltool.reports.whole.facts import Measure
from xltool.reports.whole.spread import unit_label

PART = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One indicator: its values in the districts of a part; blank where the last part has fewer."""

    number: int
    label: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixGroup:
    """The rows of one second-level indicator."""

    name: str
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """One part of the districts."""

    label: Label
    caption: str
    districts: tuple[str, ...]
    groups: tuple[MatrixGroup, ...]


def matrices(edition: Edition, found: Sequence[Measure]) -> tuple[Matrix, ...]:
    """The parts."""
    names = [district.name for district in edition.districts]
    return tuple(
        _matrix(number, names[start : start + PART], found)
        for number, start in enumerate(range(0, len(names), PART), 1)
    )


def matrix_label(number: int) -> Label:
    """The label of a part."""
    return table(f"districts_{number}")


def _matrix(number: int, names: Sequence[str], found: Sequence[Measure]) -> Matrix:
    sections = itertools.groupby(found, key=lambda measure: measure.section)
    return Matrix(
        label=matrix_label(number),
        caption=f"各区各项指标数值（{clean(names[0])}至{clean(names[-1])}）",
        districts=_filled([clean(name) for name in names]),
        groups=tuple(
            MatrixGroup(
                name=f"{section.id} {clean(section.name)}", rows=tuple(_row(measure, names) for measure in members)
            )
            for section, members in sections
        ),
    )


def _row(measure: Measure, names: Sequence[str]) -> MatrixRow:
    by_district = {result.district: result for result in measure.results}
    decimals = measure.indicator.decimals
    return MatrixRow(
        number=measure.number,
        label=unit_label(measure),
        values=_filled([_value(by_district[name], decimals) for name in names]),
    )


def _value(result: Result, decimals: int) -> str:
    if result.state != State.VALUE or result.value is None:
        return SHOWN[State(result.state)]
    return "文字" if isinstance(result.value, str) else figure(result.value, decimals)


def _filled(texts: Sequence[str]) -> tuple[str, ...]:
    return (*texts, *[""] * (PART - len(texts)))

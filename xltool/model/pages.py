"""Sheets that people read, filter and print, and their charts: what stands in them, apart from any file format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Light = Literal["good", "open", "bad", "quiet"]
"""How something stands: done, to be looked at, late or wrong, not asked for yet. A word always says it as well."""

LIGHT_SYMBOLS: dict[Light, str] = {"good": "●", "open": "◐", "bad": "▲", "quiet": "○"}
"""In front of the words, so that grey prints tell them apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell. `link` leads to a file (relative to the workbook), or within the workbook (`#sheet!A1`).

    `sort` is the number that an HTML page sorts it by, where that isn't its content.
    """

    content: str | int | float | None = None
    light: Light | None = None
    link: str | None = None
    number_format: str = ""
    sort: float | None = None

    @property
    def shown(self) -> str | int | float | None:
        """The content, with the light's symbol before it."""
        if self.light is None or self.content is None:
            return self.content
        return f"{LIGHT_SYMBOLS[self.light]} {self.content}"

    @property
    def sorted_by(self) -> str | float:
        """What a page sorts the cell by."""
        if self.sort is not None:
            return self.sort
        return "" if self.content is None else self.content


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its heading, its width in characters, how its cells are aligned."""

    heading: str
    width: float
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A sheet with one table: heading, notes above it, columns, rows. `section` rows span all columns.

    It prints as wide as the paper; where `breaks` are given, in parts that begin at these columns, each with the
    frozen columns before it.
    """

    name: str
    title: str
    notes: Sequence[str] = ()
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    frozen: int = 0  # columns that stay in view
    landscape: bool = True
    sections: frozenset[int] = field(default_factory=frozenset)  # numbers of rows that are subheadings
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Cells beside each other in a page's table: its row (None: the headings), first and last column, from 0."""

    page: str
    row: int | None
    first: int
    last: int


@dataclass(frozen=True, kw_only=True)
class BarChart:
    """A native bar chart of the cells in `values`, named by those in `names`; both are as long.

    `marked` points are black and the others grey; at points without a number the word in `words` stands.
    """

    title: str
    names: Span
    values: Span
    number_format: str
    marked: frozenset[int] = frozenset()
    words: Mapping[int, str] = field(default_factory=dict)
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPage:
    """A sheet of charts, one below the other."""

    name: str
    title: str
    notes: Sequence[str] = ()
    charts: Sequence[BarChart]

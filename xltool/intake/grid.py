"""What a returned workbook holds, whatever its format: sheets of cells with their raw text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

Source = Literal["xlsx", "xls", "ods"]


class Kind(StrEnum):
    """What a file says that a cell holds, in the letters of the cell XML."""

    NUMBER = "n"
    TEXT = "s"
    BOOLEAN = "b"
    ERROR = "e"
    DATE = "d"  # ISO text


class Cell(NamedTuple):
    """One cell with content; a named tuple, since a workbook has tens of thousands.

    `raw` is the text as stored (of a formula, its last result), `formula` comes without its `=`. `struck` says
    that the cell or a part of its text is struck out; raised and lowered digits stand in `raw` as such (`10²`).
    """

    kind: Kind
    raw: str
    number_format: str = "General"
    formula: str | None = None
    struck: bool = False

    @property
    def typed(self) -> str:
        """What was put into the cell: the formula with its `=`, else the raw text."""
        return self.raw if self.formula is None else f"={self.formula}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet; `cells` by (row, column) from 0, only those with content."""

    name: str
    cells: Mapping[tuple[int, int], Cell]
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A whole workbook. `source` says how faithful `raw` is: for .xls it is the text of the library's value."""

    source: Source
    sheets: tuple[Sheet, ...]
    date1904: bool = False
    keywords: str = ""
    macros: bool = False

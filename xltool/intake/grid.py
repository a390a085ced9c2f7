"""What a returned workbook holds, whatever its format: sheets of cells with their raw text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, NamedTuple

from xltool.intake.address import Area
from xltool.intake.formulas import Shift, shifted

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

    `raw` is the text as stored (of a formula, its last result), `formula` comes without its `=`. Of a shared formula it
    is the text of the cell that spells it out, and `shift` says how many rows and columns away that is. `struck` says
    that the cell or a part of its text is struck out; raised and lowered digits stand in `raw` as such (`10²`).
    """

    kind: Kind
    raw: str
    number_format: str = "General"
    formula: str | None = None
    struck: bool = False
    shift: Shift = (0, 0)

    @property
    def own_formula(self) -> str | None:
        """The formula as it reads in this cell."""
        formula = self.formula
        return formula if formula is None or self.shift == (0, 0) else shifted(formula, self.shift)

    @property
    def calculated(self) -> bool:
        """Whether it holds a formula."""
        return self[3] is not None

    @property
    def typed(self) -> str:
        """What was put into the cell: the formula with its `=`, else the raw text."""
        return f"={self.own_formula}" if self.calculated else self.raw


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet; `cells` by (row, column) from 0, only those with content.

    `protected` and `validated` (has data validations) are None where the format doesn't say.
    """

    name: str
    cells: Mapping[tuple[int, int], Cell]
    hidden: bool = False
    merges: tuple[Area, ...] = ()
    protected: bool | None = None
    validated: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A whole workbook. `source` says how faithful `raw` is: for .xls it is the text of the library's value.

    `names` are the defined names of single cells (sheet, row, column) and of what was deleted (None); `links` says
    that the workbook refers to other files, `objects` that pictures, text boxes or files lie over its sheets.
    """

    source: Source
    sheets: tuple[Sheet, ...]
    date1904: bool = False
    keywords: str = ""
    macros: bool = False
    names: Mapping[str, tuple[str, int, int] | None] = field(default_factory=dict)
    links: bool = False
    objects: bool = False

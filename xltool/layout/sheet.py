"""Collects the cells of one sheet and turns them into a `SheetPlan`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from xltool.layout.metrics import MINIMUM_HEIGHT, row_height
from xltool.model.plan import CellKind, PlanCell, Print, SheetPlan, a1, absolute_a1, rowless

KEY_COL = 0
KEY_WIDTH = 4.0
DEFAULT_WIDTH = 9.0


@dataclass(kw_only=True)
class Sheet:
    """A sheet in the making. Column A is the hidden key column; rows and columns count from 0."""

    name: str
    widths: Sequence[float]  # of the columns from B on
    landscape: bool = True
    cells: list[PlanCell] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    hidden_cols: list[int] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    formats: list[tuple[str, str, str]] = field(default_factory=list)
    freeze: tuple[int, int] | None = None
    repeat_rows: tuple[int, int] | None = None
    filtered: tuple[int, int, int, int] | None = None

    @property
    def last_col(self) -> int:
        """The last column that people see."""
        return len(self.widths)

    def put(self, row: int, col: int, kind: CellKind, style: str, **content: Any) -> PlanCell:  # noqa: ANN401
        """Add a cell; `content` are further fields of `PlanCell`."""
        cell = PlanCell(row=row, col=col, kind=kind, style=style, **content)
        self.cells.append(cell)
        return cell

    def label(self, row: int, col: int, text: str, style: str = "label", **content: Any) -> None:  # noqa: ANN401
        """Add a label; the row grows so that all of it shows."""
        self.put(row, col, CellKind.LABEL, style, text=text, **content)
        self.grow(row, text, self.width(col), style)

    def wide_label(self, row: int, cols: tuple[int, int], text: str, style: str, **content: Any) -> None:  # noqa: ANN401
        """Add a label over several columns."""
        first, last = cols
        self.put(row, first, CellKind.LABEL, style, text=text, **content)
        self.grow(row, text, sum(self.width(col) for col in range(first, last + 1)), style)
        self.merge(row, first, row, last)

    def merge(self, first_row: int, first_col: int, last_row: int, last_col: int) -> None:
        """Merge cells; a single one stays as it is."""
        if (first_row, first_col) != (last_row, last_col):
            self.merges.append((first_row, first_col, last_row, last_col))

    def key(self, row: int, text: str, col: int = KEY_COL) -> None:
        """Add a hidden key."""
        self.put(row, col, CellKind.KEY, "key", text=text)

    def key_row(self, row: int, block: str, columns: Sequence[tuple[int, str]]) -> None:
        """Add a hidden key row: `@block` in the key column, the keys of the columns below beside it."""
        self.key(row, f"@{block}")
        for col, name in columns:
            self.key(row, name, col)
        self.hidden_rows.append(row)

    def formula(self, row: int, col: int, text: str, style: str, **content: Any) -> None:  # noqa: ANN401
        """Add a formula, with its `=`."""
        self.put(row, col, CellKind.FORMULA, style, text=rowless(text, row), **content)

    def width(self, col: int) -> float:
        """Width of a column in characters; helper columns have the default."""
        if col == KEY_COL:
            return KEY_WIDTH
        return self.widths[col - 1] if col <= len(self.widths) else DEFAULT_WIDTH

    def grow(self, row: int, text: str, width: float, style: str) -> None:
        """Make a row at least as high as its text."""
        height = row_height(text, width, style)
        if height > max(self.heights.get(row, 0.0), MINIMUM_HEIGHT):
            self.heights[row] = height

    def address(self, row: int, col: int, *, absolute: bool = True) -> str:
        """A cell's address with the sheet's name, for formulas on any sheet."""
        return f"{quoted(self.name)}!{absolute_a1(row, col) if absolute else a1(row, col)}"

    def plan(self) -> SheetPlan:
        """The finished sheet."""
        widths = ((KEY_COL, KEY_WIDTH), *((col, width) for col, width in enumerate(self.widths, start=1)))
        return SheetPlan(
            name=self.name,
            cells=tuple(sorted(self.cells, key=lambda cell: (cell.row, cell.col))),
            widths=widths,
            heights=tuple(sorted(self.heights.items())),
            hidden_cols=(KEY_COL, *self.hidden_cols),
            hidden_rows=tuple(self.hidden_rows),
            merges=tuple(self.merges),
            freeze=self.freeze,
            print=Print(landscape=self.landscape, repeat_rows=self.repeat_rows),
            formats=tuple(self.formats),
            filtered=self.filtered,
        )


def quoted(name: str) -> str:
    """A sheet's name as formulas write it."""
    return "'" + name.replace("'", "''") + "'"


def span(first: tuple[int, int], last: tuple[int, int]) -> str:
    """An absolute range from one (row, col) to another."""
    return f"{absolute_a1(*first)}:{absolute_a1(*last)}"


def text_literal(text: str) -> str:
    """A text inside a formula."""
    return '"' + text.replace('"', '""') + '"'

"""One sheet of xlsxwriter, typed, where every call that can fail by a return code or a warning raises instead."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from xltool.errors import EditionError
from xltool.model.plan import a1

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""

PAPER_A4 = 9
NOTE_LINE = 24
"""Chinese characters in a line of a note."""
PERMITTED = {
    "objects": True,  # comments
    "format_cells": False,
    "format_columns": True,
    "format_rows": True,
    "autofilter": True,
    "sort": False,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}


class SheetWriter:
    """Writes cells of one worksheet; `Format`s come from `workbook.styles`."""

    def __init__(self, sheet: Any, name: str) -> None:  # noqa: ANN401 - xlsxwriter has no types
        """Wrap an xlsxwriter worksheet."""
        self._sheet = sheet
        self.name = name

    def text(self, row: int, col: int, text: str, style: Any) -> None:  # noqa: ANN401
        """Write text as text, whatever it begins with; nothing as a blank cell."""
        if text:
            self._done(self._sheet.write_string(row, col, text, style), row, col)
        else:
            self.blank(row, col, style)

    def number(self, row: int, col: int, number: float, style: Any) -> None:  # noqa: ANN401
        """Write a number."""
        self._done(self._sheet.write_number(row, col, number, style), row, col)

    def blank(self, row: int, col: int, style: Any) -> None:  # noqa: ANN401
        """Write a cell that has a format only."""
        self._done(self._sheet.write_blank(row, col, None, style), row, col)

    def formula(self, row: int, col: int, formula: str, style: Any) -> None:  # noqa: ANN401
        """Write a formula with its `=`, without a result, so that every program calculates it on opening."""
        self._done(self._sheet.write_formula(row, col, formula, style, ""), row, col)

    def link(self, row: int, col: int, target: tuple[str, str], text: str, style: Any) -> None:  # noqa: ANN401
        """Write a text that leads to a sheet and a cell."""
        sheet, cell = target
        place = "internal:'" + sheet.replace("'", "''") + f"'!{cell}"
        self._done(self._sheet.write_url(row, col, place, style, text), row, col)

    def note(self, cell: str, text: str) -> None:
        """Add a note to a cell, shown when the cell is pointed at."""
        lines = 2 + len(text) // NOTE_LINE + text.count("\n")
        options = {"author": "", "x_scale": 2.2, "y_scale": max(1.0, lines / 5), "font_size": 9}
        self._done(self._sheet.write_comment(cell, text, options), 0, 0)

    def merge(self, area: Area, style: Any) -> None:  # noqa: ANN401
        """Merge cells; their content is written afterwards."""
        self._done(self._sheet.merge_range(*area, "", style), area[0], area[1])

    def validate(self, areas: Sequence[Area], options: Mapping[str, object]) -> None:
        """Add one validation for several areas."""
        first, *others = areas
        content = dict(options, other_cells=[list(area) for area in others]) if others else dict(options)
        self._done(self._sheet.data_validation(*first, content), first[0], first[1])

    def highlight(self, area: str, formula: str, style: Any) -> None:  # noqa: ANN401
        """Add a conditional format; `formula` without `=`, for the area's first cell."""
        options = {"type": "formula", "criteria": f"={formula}", "format": style}
        self._done(self._sheet.conditional_format(area.replace("$", ""), options), 0, 0)

    def column(self, col: int, width: float, *, hidden: bool = False) -> None:
        """Set a column's width in characters."""
        self._done(self._sheet.set_column(col, col, width, None, {"hidden": hidden}), 0, col)

    def row(self, row: int, height: float | None, *, hidden: bool = False) -> None:
        """Set a row's height in points."""
        self._done(self._sheet.set_row(row, height, None, {"hidden": hidden}), row, 0)

    def freeze(self, row: int, col: int) -> None:
        """Keep the rows above and the columns left of a cell in view."""
        self._sheet.freeze_panes(row, col)

    def protect(self, password: str) -> None:
        """Lock all but the inputs; what does no harm stays allowed."""
        self._sheet.protect(password, PERMITTED)

    def hide(self) -> None:
        """Hide the sheet so that no menu shows it."""
        self._sheet.very_hidden()

    def select(self, row: int, col: int) -> None:
        """Put the cursor on a cell."""
        self._sheet.set_selection(row, col, row, col)

    def print_area(self, area: Area) -> None:
        """What is printed."""
        self._done(self._sheet.print_area(*area), area[0], area[1])

    def paper(self, *, landscape: bool, repeat: tuple[int, int] | None) -> None:
        """A4, one page wide, with the rows that each page repeats."""
        sheet = self._sheet
        sheet.set_paper(PAPER_A4)
        if landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.75, bottom=0.7)
        sheet.center_horizontally()
        sheet.hide_gridlines(2)
        if repeat is not None:
            self._done(sheet.repeat_rows(*repeat), repeat[0], 0)

    def filter(self, area: Area) -> None:
        """Arrows to filter by, on the first row of an area; protection lets people use them, not add them."""
        self._done(self._sheet.autofilter(*area), area[0], area[1])

    def page_texts(self, header: str, footer: str) -> None:
        """Page header and footer."""
        self._done(self._sheet.set_header(header), 0, 0)
        self._done(self._sheet.set_footer(footer), 0, 0)

    def allow_text_numbers(self, area: Area) -> None:
        """No green corners on texts that look like numbers."""
        first, last = a1(area[0], area[1]), a1(area[2], area[3])
        self._done(self._sheet.ignore_errors({"number_stored_as_text": f"{first}:{last}"}), area[0], area[1])

    def _done(self, code: object, row: int, col: int) -> None:
        """Raise where xlsxwriter says that it left something out."""
        if isinstance(code, int) and code != 0:
            raise limit_fault(self.name, a1(row, col), f"代码{code}")


def limit_fault(sheet: str, cell: str, reason: str) -> EditionError:
    """What the edition asks for doesn't fit into a workbook."""
    return EditionError("edition_faulty", reason=f"工作表“{sheet}”的{cell}无法写入（{reason}）")


@contextmanager
def strictly() -> Iterator[None]:
    """Turn xlsxwriter's warnings into faults: it warns where it leaves something out."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        try:
            yield
        except UserWarning as warning:
            raise EditionError("edition_faulty", reason=f"无法写入工作簿（{warning}）") from warning

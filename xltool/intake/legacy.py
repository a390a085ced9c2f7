"""Excel 97-2003 workbooks (.xls) through python-calamine; the only module that imports it.

The library gives values, not what was typed; formats, errors and formulas come from the records themselves.
Locked formulas can't be compared (their tokens aren't all read), and `Grid.source` says so.
"""

from __future__ import annotations

import datetime as dt
from io import BytesIO

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from xltool.errors import RefusedFile
from xltool.intake import limits
from xltool.intake.biff import require_bounded, workbook_stream
from xltool.intake.biff_cells import Mark, Records, cells_of
from xltool.intake.grid import Cell, Grid, Kind, Sheet

_Scalar = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


def read_xls(data: bytes) -> Grid:
    """Read a workbook's cells.

    Raises:
        RefusedFile: its used rectangle is absurd, or the library stumbles.
    """
    workbook = workbook_stream(data)
    require_bounded(workbook)
    try:
        return _read(CalamineWorkbook.from_filelike(BytesIO(data)), cells_of(workbook) or Records())
    except BaseException as error:  # a panic of the library is no Exception
        if isinstance(error, Exception | KeyboardInterrupt | SystemExit):
            raise
        raise RefusedFile("damaged") from error


def _read(book: CalamineWorkbook, marked: Records) -> Grid:
    sheets: list[Sheet] = []
    count = 0
    for index, meta in enumerate(book.sheets_metadata):
        if meta.typ is not SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(meta.name)
        marks = marked.sheets[index] if index < len(marked.sheets) else {}
        cells = {place: _marked(Cell(Kind.TEXT, ""), mark) for place, mark in marks.items() if mark.error is not None}
        for row, values in enumerate(sheet.to_python(skip_empty_area=False)):
            for column, value in enumerate(values):
                if value != "":
                    cells[row, column] = _marked(_cell(value), marks.get((row, column)))
        count += len(cells)
        limits.count(count)
        sheets.append(Sheet(name=meta.name, cells=cells, hidden=meta.visible is not SheetVisibleEnum.Visible))
    return Grid(source="xls", sheets=tuple(sheets), date1904=marked.date1904)


def _marked(cell: Cell, mark: Mark | None) -> Cell:
    """The library's cell with what its record says."""
    if mark is None:
        return cell
    cell = cell._replace(number_format=mark.number_format, formula=mark.formula, struck=mark.struck)
    if mark.error is not None:
        return cell._replace(kind=Kind.ERROR, raw=mark.error)
    if mark.number is not None:
        return cell._replace(kind=Kind.NUMBER, raw=_digits(mark.number))
    return cell if mark.text is None else cell._replace(raw=mark.text)


def _digits(number: float) -> str:
    return repr(int(number)) if number.is_integer() else repr(number)


def _cell(value: _Scalar) -> Cell:
    if isinstance(value, bool):
        return Cell(Kind.BOOLEAN, "TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        return Cell(Kind.NUMBER, _digits(float(value)))
    if isinstance(value, dt.date):  # a datetime is one too
        return Cell(Kind.DATE, value.isoformat())
    return Cell(Kind.TEXT, str(value))

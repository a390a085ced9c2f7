"""Excel 97-2003 workbooks (.xls) through python-calamine; the only module that imports it.

The library gives values, not what was typed: formulas, formats and error cells are not seen there, so
`raw` is the text of its value and `Grid.source` says so.
"""

from __future__ import annotations

import datetime as dt
from io import BytesIO

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from xltool.errors import RefusedFile
from xltool.intake import limits
from xltool.intake.biff import require_bounded, workbook_stream
from xltool.intake.grid import Cell, Grid, Kind, Sheet

_Scalar = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


def read_xls(data: bytes) -> Grid:
    """Read a workbook's cells.

    Raises:
        RefusedFile: its used rectangle is absurd, or the library stumbles.
    """
    require_bounded(workbook_stream(data))
    try:
        return _read(CalamineWorkbook.from_filelike(BytesIO(data)))
    except BaseException as error:  # a panic of the library is no Exception
        if isinstance(error, Exception | KeyboardInterrupt | SystemExit):
            raise
        raise RefusedFile("damaged") from error


def _read(book: CalamineWorkbook) -> Grid:
    sheets: list[Sheet] = []
    count = 0
    for meta in book.sheets_metadata:
        if meta.typ is not SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(meta.name)
        cells = {}
        for row, values in enumerate(sheet.to_python(skip_empty_area=False)):
            for column, value in enumerate(values):
                if value != "":
                    cells[row, column] = _cell(value)
        count += len(cells)
        limits.count(count)
        sheets.append(Sheet(name=meta.name, cells=cells, hidden=meta.visible is not SheetVisibleEnum.Visible))
    return Grid(source="xls", sheets=tuple(sheets))


def _cell(value: _Scalar) -> Cell:
    if isinstance(value, bool):
        return Cell(Kind.BOOLEAN, "TRUE" if value else "FALSE")
    if isinstance(value, float):
        return Cell(Kind.NUMBER, repr(int(value)) if value.is_integer() else repr(value))
    if isinstance(value, int):
        return Cell(Kind.NUMBER, str(value))
    if isinstance(value, dt.date):  # a datetime is one too
        return Cell(Kind.DATE, value.isoformat())
    return Cell(Kind.TEXT, str(value))

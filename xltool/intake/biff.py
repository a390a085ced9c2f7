"""The records of an Excel 97-2003 workbook, looked over before anything is read from them.

The library for these files allocates each sheet's used rectangle at once, as the file says or as its cells
make it; so both are bounded here first.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from xltool.errors import RefusedFile
from xltool.intake import limits
from xltool.intake.ole import stream

_BOF, _FILEPASS, _DIMENSIONS = 0x809, 0x2F, 0x200
_CELLS = {0x06, 0x201, 0x203, 0x204, 0x205, 0x27E, 0xD6, 0xFD}  # a row, a column
_RUNS = {0xBD, 0xBE}  # a row, the first column, …, the last column
_OLD_DIMENSIONS = 10  # bytes; with rows of 16 bits, before Excel 97


def workbook_stream(data: bytes) -> bytes:
    """The stream that holds the workbook.

    Raises:
        RefusedFile: `damaged`: there is none.
    """
    found = stream(data, "Workbook", "Book")
    if found is None:
        raise RefusedFile("damaged")
    return found


def is_encrypted(workbook: bytes) -> bool:
    """Whether the workbook asks for a password: then only its first records can be read."""
    return any(kind == _FILEPASS for kind, _ in records(workbook))


def require_bounded(workbook: bytes) -> None:
    """Refuse a workbook with a sheet whose used rectangle no one fills.

    Raises:
        RefusedFile: `too_large`.
    """
    row = column = 0
    for kind, body in records(workbook):
        if kind == _BOF:
            row = column = 0
        elif kind == _DIMENSIONS:
            form = "<HHHH" if len(body) == _OLD_DIMENSIONS else "<IIHH"
            if len(body) >= struct.calcsize(form):
                _, rows, _, columns = struct.unpack_from(form, body)
                row, column = max(row, rows), max(column, columns)
        elif kind in _CELLS and len(body) >= 4:  # noqa: PLR2004 - two numbers of 16 bits
            here, across = struct.unpack_from("<HH", body)
            row, column = max(row, here + 1), max(column, across + 1)
        elif kind in _RUNS and len(body) >= 6:  # noqa: PLR2004 - three of them
            here, last = *struct.unpack_from("<H", body), *struct.unpack_from("<H", body, len(body) - 2)
            row, column = max(row, here + 1), max(column, last + 1)
        if row * column > limits.DENSE:
            raise RefusedFile("too_large", said="range_too_large")


def records(workbook: bytes, place: int = 0) -> Iterator[tuple[int, bytes]]:
    """Kind and body of each record from a place on, until the stream ends or makes no sense."""
    while place + 4 <= len(workbook):
        kind, length = struct.unpack_from("<HH", workbook, place)
        yield kind, workbook[place + 4 : place + 4 + length]
        place += 4 + length

"""Bounds on what is read, so that no file can exhaust the reader. Sizes are bytes."""

from __future__ import annotations

from xltool.errors import RefusedFile

MIB = 1 << 20

FILE = 50 * MIB
"""A returned file; a filled workbook has well under 1 MiB."""

PARTS = 2_000
"""Parts in a workbook's package."""

PART = 64 * MIB
"""One part, inflated."""

INFLATED = 256 * MIB
"""All parts of a package together, inflated."""

TAGS = 12_000_000
"""Tags in one part."""

CELLS = 300_000
"""Cells with content in a workbook; a district's workbook has some 20,000."""

SHEETS = 300
"""Sheets in a workbook."""

NAMES = 10_000
"""Defined names that are looked at."""

DENSE = 4_000_000
"""Cells of the used rectangle of one .xls sheet, which its library keeps whole."""

ARCHIVE_MEMBERS = 20_000
"""Files in one zip."""

NESTING = 3
"""How many zips deep inside a zip files are looked for."""

NESTED = 100 * MIB
"""A zip inside a zip, which is held in memory."""

FOLDERS = 32
"""How many folders deep inside a folder files are looked for."""

WORK = 10.0
"""Seconds of processor time for one file; a filled workbook takes well under one."""

WAIT = 30.0
"""Seconds for one file by the clock, so that a device or network that never answers ends too."""

MEMORY = 512 * MIB
"""The process that reads a file."""

LAST_ROW = 1_048_575
LAST_COLUMN = 16_383
"""Excel's own limits, counted from 0; cells beyond them can't exist in a workbook."""


def too_large(found: str) -> RefusedFile:
    """The refusal of a file that goes over a bound."""
    return RefusedFile("too_large", found=found)


def require_size(size: int) -> None:
    """Refuse a file that no filled workbook comes near to.

    Raises:
        RefusedFile: it is too large.
    """
    if size > FILE:
        raise too_large(f"超过{FILE // MIB}MB")


def count(cells: int) -> None:
    """Refuse a workbook with more cells than anyone fills in.

    Raises:
        RefusedFile: too many cells.
    """
    if cells > CELLS:
        raise too_large(f"单元格超过{CELLS}个")

"""A returned file's bytes to a grid, or a refusal with its reason."""

from __future__ import annotations

from pathlib import Path

from xltool.errors import RefusedFile
from xltool.intake import limits
from xltool.intake.grid import Grid
from xltool.intake.ods import read_ods
from xltool.intake.sniff import Format, Sniffed, sniff
from xltool.intake.workbook_parts import read_xlsx

_REFUSED = {Format.EMPTY: "empty", Format.ENCRYPTED: "encrypted", Format.TRUNCATED: "damaged"}


def open_file(path: Path) -> Grid:
    """Read a workbook from disk.

    Raises:
        RefusedFile: it can't be read; see `read_bytes`.
    """
    try:
        if path.stat().st_size > limits.FILE:
            raise limits.too_large(f"超过{limits.FILE // limits.MIB}MB")
        data = path.read_bytes()
    except OSError as error:
        raise RefusedFile("damaged", place=str(path)) from error
    return read_bytes(str(path), data)


def read_bytes(name: str, data: bytes) -> Grid:
    """Read a workbook.

    Raises:
        RefusedFile: `empty`, `encrypted`, `not_a_workbook`, `damaged`, `too_large` or `unsafe`.
    """
    sniffed = sniff(data)
    if len(data) > limits.FILE:
        raise limits.too_large(f"超过{limits.FILE // limits.MIB}MB")
    if sniffed.format in _REFUSED:
        raise RefusedFile(_REFUSED[sniffed.format], place=name, found=sniffed.found)
    if sniffed.format in {Format.ARCHIVE, Format.OTHER}:
        raise RefusedFile("not_a_workbook", place=name, found=sniffed.found)
    try:
        return _read(sniffed, data)
    except RefusedFile as refused:
        raise RefusedFile(refused.code, place=name, **{"found": sniffed.found, **refused.context}) from refused
    except Exception as error:  # parsers meet every kind of damage, and each ends the same way
        raise RefusedFile("damaged", place=name, found=sniffed.found) from error


def _read(sniffed: Sniffed, data: bytes) -> Grid:
    if sniffed.format is Format.XLSX:
        return read_xlsx(data)
    if sniffed.format is Format.ODS:
        return read_ods(data)
    from xltool.intake.legacy import read_xls  # noqa: PLC0415 - its library is needed for old files only

    return read_xls(data)

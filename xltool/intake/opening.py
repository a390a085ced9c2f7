"""A returned file's bytes to a grid, or a refusal with its reason."""

from __future__ import annotations

from pathlib import Path

from xltool.errors import RefusedFile
from xltool.intake import limits
from xltool.intake.biff import is_encrypted, workbook_stream
from xltool.intake.grid import Grid
from xltool.intake.ods import read_ods
from xltool.intake.sniff import Format, Sniffed, sniff
from xltool.intake.workbook_parts import read_xlsx

# The refusal's code, and its text in the catalogue.
_REFUSED = {
    Format.EMPTY: ("empty", ""),
    Format.TRUNCATED: ("damaged", ""),
    Format.ARCHIVE: ("not_a_workbook", ""),
    Format.PACKED: ("not_a_workbook", "other_archive"),
    Format.FOREIGN: ("not_a_workbook", "other_spreadsheet"),
    Format.OTHER: ("not_a_workbook", ""),
}


def open_file(path: Path) -> Grid:
    """Read a workbook from disk.

    Raises:
        RefusedFile: it can't be read; see `read_bytes`.
    """
    try:
        limits.require_size(path.stat().st_size)
        data = path.read_bytes()
    except OSError as error:
        raise RefusedFile("damaged", place=str(path)) from error
    return read_bytes(str(path), data)


def read_bytes(name: str, data: bytes, password: str | None = None) -> Grid:
    """Read a workbook; an encrypted one with the password, if it is the right one.

    Raises:
        RefusedFile: `empty`, `encrypted`, `not_a_workbook`, `damaged`, `too_large` or `unsafe`.
        MemoryError: the process has too little of it; nothing else ends here that a file can bring about.
    """
    limits.require_size(len(data))
    sniffed = sniff(data)
    try:
        if _is_locked(sniffed, data):
            from xltool.intake.encryption import unlocked  # noqa: PLC0415 - its library is needed for these only

            data = unlocked(data, password)
            sniffed = sniff(data)
        return _read(sniffed, data, password)
    except RefusedFile as refused:
        context = {"found": sniffed.found, **refused.context}
        raise RefusedFile(refused.code, said=refused.said, place=name, **context) from refused
    except MemoryError:
        raise
    except Exception as error:  # parsers meet every kind of damage, and each ends the same way
        raise RefusedFile("damaged", place=name, found=sniffed.found) from error


def _is_locked(sniffed: Sniffed, data: bytes) -> bool:
    """Whether it is an encrypted .xlsx or .xls; .ods encrypts its parts one by one."""
    if sniffed.format is Format.XLS:
        return is_encrypted(workbook_stream(data))
    return sniffed.format is Format.ENCRYPTED


def _read(sniffed: Sniffed, data: bytes, password: str | None) -> Grid:
    if sniffed.format in _REFUSED:
        code, said = _REFUSED[sniffed.format]
        raise RefusedFile(code, said=said)
    if sniffed.format is Format.XLSX:
        return read_xlsx(data)
    if sniffed.format is Format.ODS:
        return read_ods(data, password)
    from xltool.intake.legacy import read_xls  # noqa: PLC0415 - its library is needed for old files only

    return read_xls(data)

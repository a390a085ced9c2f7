"""Many workbooks recalculated by LibreOffice in one run; tests that need it are skipped where it isn't installed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook

Sheets = dict[str, dict[str, object]]
"""Sheet -> address -> result, cells with nothing left out."""

SECONDS_A_BOOK = 60


def recalculated(books: Mapping[str, bytes], folder: Path) -> dict[str, Sheets]:
    """By file name, what each cell shows. The workbooks must carry no results, else they would be believed."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    for name, data in books.items():
        (folder / name).write_bytes(data)
    subprocess.run(  # noqa: S603 - the installed program, our own arguments
        [
            soffice,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(folder / "out"),
            *(str(folder / name) for name in books),
        ],
        check=True,
        capture_output=True,
        timeout=SECONDS_A_BOOK * (len(books) + 1),
    )
    return {name: _results(folder / "out" / name) for name in books}


def _results(path: Path) -> Sheets:
    book = load_workbook(path, data_only=True)
    return {
        sheet.title: {
            cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None
        }
        for sheet in book.worksheets
    }

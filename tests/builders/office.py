"""LibreOffice as the other program; tests that need it are skipped where it isn't installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

FILTERS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods:calc8", "xls": "xls:MS Excel 97"}
SECONDS = 120


def resaved(data: bytes, ending: str, folder: Path) -> bytes:
    """The workbook as LibreOffice saves it."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    (folder / "in.xlsx").write_bytes(data)
    target = folder / ending
    subprocess.run(  # noqa: S603 - the installed program, our own arguments
        [
            soffice,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            FILTERS[ending],
            "--outdir",
            str(target),
            str(folder / "in.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=SECONDS,
    )
    return (target / f"in.{ending}").read_bytes()

"""Files of a campaign: names that every system takes, and writes that are whole or not there."""

from __future__ import annotations

import csv
import io
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from xltool.errors import CampaignError, UsageError
from xltool.messages import os_reason
from xltool.model.harmless import harmless

TABLES = (".xlsx", ".csv")
FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def safe_name(text: str) -> str:
    """A file name part that Windows, macOS and Linux take."""
    return FORBIDDEN.sub("_", unicodedata.normalize("NFC", text)).strip(" .")


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file whole: a reader sees the old one or the new one, never half of it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(temporary).chmod(0o644)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise CampaignError("output_unwritable", path=path, reason=os_reason(error)) from error


def remove(path: Path) -> None:
    """Take away a file that the tool wrote, or an empty folder of its own; one that isn't there is no fault."""
    try:
        path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)
    except OSError as error:
        raise CampaignError("output_unwritable", path=path, reason=os_reason(error)) from error


def table_format(path: Path) -> str:
    """The ending that says how a table is written: `.xlsx` for people, `.csv` for programs.

    Raises:
        UsageError: Another ending.
    """
    ending = path.suffix.casefold()
    if ending not in TABLES:
        raise UsageError("output_format", path=path, known="、".join(TABLES))
    return ending


def write_csv(path: Path, fields: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Rows as .csv for programs; text that a spreadsheet program would take for a formula is neutralised."""
    text = io.StringIO()
    writer = csv.DictWriter(text, fields)
    writer.writeheader()
    writer.writerows({key: harmless(value) for key, value in row.items()} for row in rows)
    write_atomically(path, text.getvalue().encode("utf-8-sig"))

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

from xltool.errors import CampaignError
from xltool.model.harmless import harmless

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
        raise CampaignError("output_unwritable", path=path, reason=error.strerror or error) from error


def write_csv(path: Path, fields: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Rows as .csv for programs; text that a spreadsheet program would take for a formula is neutralised."""
    text = io.StringIO()
    writer = csv.DictWriter(text, fields)
    writer.writeheader()
    writer.writerows({key: harmless(value) for key, value in row.items()} for row in rows)
    write_atomically(path, text.getvalue().encode("utf-8-sig"))

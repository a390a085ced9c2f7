"""Files of a campaign: names that every system takes, and writes that are whole or not there."""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from pathlib import Path

from xltool.errors import CampaignError

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

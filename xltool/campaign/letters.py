"""The scan of a confirmation letter: read within bounds, tied to what is under review, archived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xltool import review
from xltool.campaign.opened import Campaign
from xltool.errors import UsageError
from xltool.messages import os_reason
from xltool.model.review import Event, LetterCheck
from xltool.review import Printed

MAX_BYTES = 50 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A scan's file, and the snapshot id that the clerk read from the paper."""

    file: Path
    snapshot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """A scan in the archive, and how it was tied to the snapshot under review."""

    sha256: str
    check: LetterCheck


def archived(campaign: Campaign, letter: Letter, log: Sequence[Event], snapshot: str) -> Archived:
    """Take a scan; one that is none, or of something else, is a `UsageError`, and nothing is archived."""
    from xltool.review import scans  # noqa: PLC0415 - loads the PDF library

    data = read_file(letter.file)
    scan = scans.read_pdf(data, str(letter.file))
    check = review.check_letter(review.printed(scan.text, campaign.district_names), log, snapshot, letter.snapshot)
    return Archived(sha256=campaign.store.archive.put(data), check=check)


def read_printed(campaign: Campaign, file: Path, data: bytes) -> Printed:
    """What a letter, scanned or as a Word file, says of itself."""
    from xltool.review import scans  # noqa: PLC0415 - loads the PDF library

    suffix = file.suffix.casefold()
    if suffix == ".docx":
        text = scans.read_word(data, str(file))
    elif suffix == ".pdf":
        text = scans.read_pdf(data, str(file)).text
    else:
        raise UsageError("letter_format", path=file)
    return review.printed(text, campaign.district_names)


def read_file(path: Path) -> bytes:
    """The bytes of a file that was named on the command line."""
    if not path.exists():
        raise UsageError("path_missing", path=path)
    if not path.is_file():
        raise UsageError("letter_folder", path=path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UsageError("letter_too_large", path=path, limit=MAX_BYTES // 2**20)
        return path.read_bytes()
    except OSError as error:
        raise UsageError("letter_unreadable", path=path, reason=os_reason(error)) from error

"""Every byte that came back, kept under its SHA-256.

`archive/ab/abcdef....bin`: the extension says nothing, since nobody should open these files by a double
click; the original one is in the database. A file appears whole or not at all, and is never written again.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from xltool.errors import CampaignError
from xltool.messages import os_reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """The archive in a folder."""

    root: Path

    def path(self, sha256: str) -> Path:
        """Where the content with this hash lies."""
        return self.root / sha256[:2] / f"{sha256}.bin"

    def put(self, content: bytes) -> str:
        """Keep content; returns its hash. What is there and whole is left alone."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self.path(sha256)
        try:
            if not (path.is_file() and path.read_bytes() == content):
                _write(path, content)
        except OSError as error:
            raise CampaignError("campaign_unwritable", path=path.parent, reason=os_reason(error)) from error
        return sha256

    def holds(self, content: bytes) -> bool:
        """Whether this very content is kept."""
        return self.path(hashlib.sha256(content).hexdigest()).is_file()

    def get(self, sha256: str) -> bytes:
        """Content by its hash, which is verified."""
        try:
            content = self.path(sha256).read_bytes()
        except OSError as error:
            raise CampaignError("archive_missing", sha256=sha256) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise CampaignError("archive_damaged", sha256=sha256)
        return content


def _write(path: Path, content: bytes) -> None:
    """Put a file in place by a rename, after its bytes are on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable, where the system can (Windows can't open folders)."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # network drives have no such thing
                raise
        finally:
            os.close(descriptor)

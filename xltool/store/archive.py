"""Every byte that came back, kept under its SHA-256; several machines may share the folder.

`archive/ab/abcdef....bin`: the extension says nothing, since nobody should open these files by a double
click; the original one is in the database. A file appears whole or not at all, and is never changed: that is all
that writers on different machines need to agree on, and network drives keep no other promise. A mark says whose
archive it is: where a network drive isn't connected, its empty place must not be taken for it.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from xltool.errors import CampaignError
from xltool.messages import os_reason, reason

MARK = "归档说明.txt"
_TEXT = """项目编号：{campaign}
这里是学习型城区监测项目的归档，由程序保存返回的文件。请勿改动、改名或删除，包括本文件：程序凭它确认归档文件夹已经连接。
"""
_READ_AND_WRITE = 0o666
_SHOWN = 40  # characters of a mark that is not ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """The archive in a folder: of a `campaign` (its id), in its own folder, or in one that others share."""

    root: Path
    campaign: str | None = None
    shared: bool = False

    def path(self, sha256: str) -> Path:
        """Where the content with this hash lies."""
        return self.root / sha256[:2] / f"{sha256}.bin"

    def put(self, content: bytes, sha256: str | None = None) -> str:
        """Keep content; returns its hash, which may be given. What is there and whole is left alone."""
        sha256 = sha256 or hashlib.sha256(content).hexdigest()
        path = self.path(sha256)
        self.prepare()
        try:
            if not _is_whole(path, content):
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
        except FileNotFoundError as error:
            if self.shared:
                self._require_mark()
            raise CampaignError("archive_missing", sha256=sha256) from error
        except OSError as error:
            raise CampaignError("archive_unreachable", path=self.root, reason=os_reason(error)) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise CampaignError("archive_damaged", sha256=sha256)
        return content

    def prepare(self) -> None:
        """Make a folder of one's own and mark it; a shared one must be there and marked."""
        if self.shared:
            self._require_mark()
            return
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            if self.campaign is not None and not (self.root / MARK).is_file():
                _write(self.root / MARK, _TEXT.format(campaign=self.campaign).encode())
        except OSError as error:
            raise CampaignError("campaign_unwritable", path=self.root, reason=os_reason(error)) from error

    def _require_mark(self) -> None:
        try:
            found = (self.root / MARK).read_text("utf-8", "replace").partition("\n")[0]
        except FileNotFoundError as error:
            why = "archive_unmarked" if self.root.is_dir() else "os_missing"
            raise CampaignError("archive_unreachable", path=self.root, reason=reason(why, mark=MARK)) from error
        except OSError as error:
            raise CampaignError("archive_unreachable", path=self.root, reason=os_reason(error)) from error
        if found.strip() != _TEXT.partition("\n")[0].format(campaign=self.campaign):
            raise CampaignError(
                "archive_unreachable", path=self.root, reason=reason("archive_other", found=found[:_SHOWN])
            )


def _is_whole(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _write(path: Path, content: bytes) -> None:
    """Put a file in place by a rename, after its bytes are on the disk.

    Another one may put the same there at the same time, which makes the rename fail on Windows; and a network drive
    may say that a rename failed when it did not: then what is there decides.
    """
    _make_folder(path.parent)
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _open_to_all(temporary, path.parent.stat().st_mode & _READ_AND_WRITE)
        try:
            temporary.replace(path)
        except OSError:
            if not _is_whole(path, content):
                raise
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _make_folder(folder: Path) -> None:
    """Make a folder that whoever may write above it may write in, whatever the maker's own mask is."""
    if not folder.is_dir():
        folder.mkdir(exist_ok=True)
        _open_to_all(folder, folder.parent.stat().st_mode & 0o7777)


def _open_to_all(path: Path, mode: int) -> None:
    """Set the permissions, where the drive has such a thing."""
    with suppress(OSError):
        path.chmod(mode)


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

"""Zips: what is in them, and the bytes of each member, read where it is.

Nothing is extracted, so a member's path is a name and never followed. Names without the UTF-8 flag are GBK, as
Chinese Windows writes them. Zips in zips are opened to a depth (`limits.NESTING`).
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from xltool.errors import RefusedFile
from xltool.intake import limits
from xltool.intake.sniff import begins_package, is_package

_UTF8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1
_ZIP, _EMPTY_ZIP = b"PK\x03\x04", b"PK\x05\x06"
_NAME_LENGTH, _NAME = 26, 30  # where they stand in the header of a member
_BEGINNING = 1024

Places = tuple[int, ...]
"""Where a member stands: its number in its zip's directory, after those of the zips that it is in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file in a zip: `name` with those of the zips that it is in, joined by `!`; `refused` if it is not opened."""

    name: str
    places: Places
    refused: RefusedFile | None = None


def may_be_archive(path: Path) -> bool:
    """Whether a file is a zip and not plainly a document, by its beginning alone."""
    try:
        with path.open("rb") as stream:
            start = stream.read(_BEGINNING)
    except OSError:
        return False
    return start.startswith(_EMPTY_ZIP) or _begins_archive(start)


def members_of(path: Path, password: str | None = None) -> tuple[Member, ...] | None:
    """The files in a zip, in the order of their names; None if it is no zip of files, or can't be listed.

    Raises:
        RefusedFile: it holds too many files.
    """
    try:
        archive = _opened(path, path.stat().st_mtime_ns, (), password)
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if is_package(archive.namelist()):
        return None
    return tuple(sorted(_listed(archive, "", (), password), key=lambda member: (member.name, member.places)))


def read_member(path: Path, places: Places, password: str | None = None) -> bytes:
    """The bytes of a member.

    Raises:
        RefusedFile: it is too large, or encrypted and not to be opened with the password.
    """
    archive = _opened(path, path.stat().st_mtime_ns, places[:-1], password)
    return _content(archive, archive.infolist()[places[-1]], limits.FILE, password)


def size_of(path: Path, places: Places) -> int:
    """How many bytes a file or a member has, as its folder or zip says."""
    found = path.stat()
    return (
        _opened(path, found.st_mtime_ns, places[:-1], None).infolist()[places[-1]].file_size
        if places
        else found.st_size
    )


@lru_cache(maxsize=limits.NESTING + 1)
def _opened(path: Path, changed: int, places: Places, password: str | None) -> zipfile.ZipFile:
    """A zip, or one inside it, kept for its next member: directories may be long, and zips take time to inflate."""
    if not places:
        return zipfile.ZipFile(path)
    outer = _opened(path, changed, places[:-1], password)
    return zipfile.ZipFile(BytesIO(_content(outer, outer.infolist()[places[-1]], limits.NESTED, password)))


def _listed(archive: zipfile.ZipFile, above: str, places: Places, password: str | None) -> Iterator[Member]:
    infos = archive.infolist()
    if len(infos) > limits.ARCHIVE_MEMBERS:
        raise RefusedFile("too_large", said="too_many_members", limit=limits.ARCHIVE_MEMBERS)
    for place, info in enumerate(infos):
        if not info.is_dir():
            yield from _member(archive, info, above + _name(info), (*places, place), password)


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, places: Places, password: str | None
) -> tuple[Member, ...]:
    """A file, or the files of a zip inside the zip."""
    single = Member(name=name, places=places)
    try:
        if not _begins_archive(_content(archive, info, limits.NESTED, password, _BEGINNING)):
            return (single,)
        if len(places) > limits.NESTING:
            refused = RefusedFile("unsafe", said="zips_too_deep", limit=limits.NESTING)
            return (Member(name=name, places=places, refused=refused),)
        inner = zipfile.ZipFile(BytesIO(_content(archive, info, limits.NESTED, password)))
        return (single,) if is_package(inner.namelist()) else tuple(_listed(inner, f"{name}!", places, password))
    except MemoryError:
        raise
    except RefusedFile as refused:  # an encrypted one says so when it is read
        return (single if refused.code == "encrypted" else Member(name=name, places=places, refused=refused),)
    except Exception:  # noqa: BLE001 - a damaged one does, too; the others can be read
        return (single,)


def _begins_archive(start: bytes) -> bool:
    length = int.from_bytes(start[_NAME_LENGTH:_NAME], "little")
    return start.startswith(_ZIP) and not begins_package(start[_NAME : _NAME + length].decode("latin-1"))


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name as its writer meant it, without control characters."""
    name = info.filename
    if not info.flag_bits & _UTF8_FLAG:
        try:
            stored = name.encode("cp437")
        except UnicodeEncodeError:
            stored = b""
        for encoding in ("utf-8", "gb18030"):
            try:
                name = stored.decode(encoding) or name
                break
            except UnicodeDecodeError:
                continue
    return "".join(letter for letter in name.replace("\\", "/") if letter.isprintable())


def _content(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, bound: int, password: str | None, wanted: int | None = None
) -> bytes:
    """A member's bytes, or the first `wanted` of them; at most `bound`, whatever its directory says."""
    if info.file_size > bound:
        said = "nested_too_large" if bound == limits.NESTED else ""
        raise RefusedFile("too_large", said=said, found=f"超过{bound // limits.MIB}MB", limit=bound // limits.MIB)
    if not info.flag_bits & _ENCRYPTED_FLAG:
        return _inflated(archive, info, wanted or bound, None)
    if password is None:
        raise RefusedFile("encrypted")
    # programs differ in how they write a Chinese password
    spellings = dict.fromkeys(password.encode(encoding) for encoding in ("utf-8", "gb18030"))
    fitting = [spelling for spelling in spellings if _seems_right(archive, info, spelling)]
    if len(fitting) > 1:  # only the checksum behind the last byte tells them apart
        return _content_by_checksum(archive, info, bound, fitting)[:wanted]
    return _content_by_checksum(archive, info, wanted or bound, fitting)


def _seems_right(archive: zipfile.ZipFile, info: zipfile.ZipInfo, password: bytes) -> bool:
    """Whether a password may be the right one; of 256 wrong ones, one does."""
    try:
        archive.open(info, pwd=password).close()
    except NotImplementedError as error:
        raise RefusedFile("encrypted", said="unknown_encryption") from error
    except RuntimeError:
        return False
    return True


def _content_by_checksum(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, wanted: int, passwords: Iterable[bytes]
) -> bytes:
    for password in passwords:
        try:
            return _inflated(archive, info, wanted, password)
        except (zipfile.BadZipFile, zlib.error):  # the wrong one
            continue
    raise RefusedFile("encrypted", said="wrong_password")


def _inflated(archive: zipfile.ZipFile, info: zipfile.ZipInfo, wanted: int, password: bytes | None) -> bytes:
    with archive.open(info, pwd=password) as stream:
        data = stream.read(wanted + 1)
    return data[:wanted]

"""Finds what there is to ingest: files, folders and zips, whose members are read where they are.

Nothing is extracted, so a member's path is a name and never followed. A zip may hold zips, and those no
further: depth 1. Names in zips without the UTF-8 flag are GBK, as Chinese Windows writes them.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath

from xltool.errors import RefusedFile, UsageError
from xltool.intake import limits
from xltool.intake.sniff import Format, sniff

NESTING = 1
"""How many zips deep inside a zip files are looked for."""

_UTF8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1
_SYSTEM = {"thumbs.db", "desktop.ini", ".ds_store"}
_SYSTEM_STARTS = ("~$", "._", ".~lock.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One file to ingest; it can be handed to another process, which reads it there.

    `name` is as given, `archive.zip!member` inside a zip. `root` is the argument it was found under,
    `given` whether it was itself the argument. `archive` is the outermost zip's name, `members` the
    places of the file in its zips' directories. `system` marks lock and system files.
    """

    name: str
    root: str
    given: bool
    path: Path
    archive: str | None = None
    members: tuple[int, ...] = ()
    system: bool = False

    def read(self) -> bytes:
        """The file's bytes.

        Raises:
            RefusedFile: it is too large, encrypted inside its zip, or can't be read.
        """
        try:
            if not self.members:
                return _read_file(self.path)
            with zipfile.ZipFile(self.path) as archive:
                return _read_member(archive, self.members)
        except RefusedFile:
            raise
        except Exception as error:  # zipfile and the disk fail in many ways, each ends the same
            raise RefusedFile("damaged", place=self.name) from error

    def size(self) -> int | None:
        """The file's size in bytes, without reading it; None where that can't be told."""
        try:
            if not self.members:
                return self.path.stat().st_size
            with zipfile.ZipFile(self.path) as archive:
                return archive.infolist()[self.members[0]].file_size if len(self.members) == 1 else None
        except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
            return None


def walk(paths: Iterable[Path]) -> Iterator[Incoming]:
    """Everything under the given paths, in the order of names; links to folders are not followed.

    Raises:
        UsageError: a path does not exist.
    """
    for path in paths:
        if path.is_dir():
            for file in _files(path):
                yield from _open(file, str(file), root=str(path), given=False)
        elif path.exists():
            yield from _open(path, str(path), root=str(path), given=True)
        else:
            raise UsageError("path_missing", path=str(path))


def is_system(name: str) -> bool:
    """Whether a file belongs to a program or system, not to a person."""
    path = PurePosixPath(name.replace("\\", "/").replace("!", "/"))
    base = path.name.casefold()
    return base in _SYSTEM or base.startswith(_SYSTEM_STARTS) or "__MACOSX" in path.parts


def _files(folder: Path) -> list[Path]:
    found = []
    for here, folders, names in os.walk(folder):
        folders.sort()
        found += [Path(here, name) for name in names]
    return sorted(file for file in found if file.is_file())


def _open(path: Path, name: str, *, root: str, given: bool) -> Iterator[Incoming]:
    single = Incoming(name=name, root=root, given=given, path=path, system=is_system(name))
    if single.system or not _is_archive(path):
        yield single
        return
    try:
        with zipfile.ZipFile(path) as archive:
            members = list(_members(archive, name, ()))
    except Exception:  # noqa: BLE001 - a zip that can't be listed is one file that can't be read
        yield single
        return
    for member, places in members:
        yield Incoming(
            name=member, root=root, given=False, path=path, archive=name, members=places, system=is_system(member)
        )


def _is_archive(path: Path) -> bool:
    """Whether a file is a zip of files, told from a workbook by its members' names."""
    try:
        if not zipfile.is_zipfile(path):
            return False
        with path.open("rb") as stream, zipfile.ZipFile(stream) as archive:
            names = {name.replace("\\", "/").lstrip("/").casefold() for name in archive.namelist()}
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    return not names & {"[content_types].xml", "mimetype"} and not any(name.startswith("xl/") for name in names)


def _members(archive: zipfile.ZipFile, name: str, above: tuple[int, ...]) -> Iterator[tuple[str, tuple[int, ...]]]:
    infos = archive.infolist()
    if len(infos) > limits.ARCHIVE_MEMBERS:
        raise limits.too_large(f"压缩包内文件超过{limits.ARCHIVE_MEMBERS}个")
    named = [(_name(info), place) for place, info in enumerate(infos) if not info.is_dir()]
    for member, place in sorted(named):
        full, places = f"{name}!{member}", (*above, place)
        inner = _inner_archive(archive, infos[place]) if len(above) < NESTING else None
        if inner is None or is_system(member):
            yield full, places
        else:
            with inner:
                yield from _members(inner, full, places)


def _inner_archive(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> zipfile.ZipFile | None:
    """A member that is itself a zip of files, opened in memory."""
    if info.flag_bits & _ENCRYPTED_FLAG or info.file_size > limits.NESTED:
        return None
    try:
        with archive.open(info) as stream:
            start = stream.read(4)
            if start != b"PK\x03\x04":
                return None
            data = start + stream.read(limits.NESTED)
        return zipfile.ZipFile(BytesIO(data)) if sniff(data).format is Format.ARCHIVE else None
    except Exception:  # noqa: BLE001 - a damaged member is a file that can't be read; the others can
        return None


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


def _read_file(path: Path) -> bytes:
    if path.stat().st_size > limits.FILE:
        raise limits.too_large(f"超过{limits.FILE // limits.MIB}MB")
    return path.read_bytes()


def _read_member(archive: zipfile.ZipFile, members: tuple[int, ...]) -> bytes:
    info = archive.infolist()[members[0]]
    bound = limits.FILE if len(members) == 1 else limits.NESTED
    if info.flag_bits & _ENCRYPTED_FLAG:
        raise RefusedFile("encrypted")
    if info.file_size > bound:
        raise limits.too_large(f"超过{bound // limits.MIB}MB")
    with archive.open(info) as stream:
        data = stream.read(bound + 1)
    if len(members) == 1:
        return data
    with zipfile.ZipFile(BytesIO(data)) as inner:
        return _read_member(inner, members[1:])

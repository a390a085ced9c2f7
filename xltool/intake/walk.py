"""Finds what there is to ingest: files, and in folders everything, whatever it is.

Nothing is left out silently: links, devices, folders that are too deep or can't be read are given with the
reason why they are not opened.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from xltool.errors import RefusedFile, UsageError
from xltool.intake import limits
from xltool.intake.archives import Places, may_be_archive, members_of, read_member, size_of
from xltool.messages import os_reason

SEPARATOR = "/"
_SYSTEM = {"thumbs.db", "desktop.ini", ".ds_store"}
_SYSTEM_STARTS = ("~$", "._", ".~lock.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One file to ingest; it can be handed to another process, which reads it there.

    `name` is as given, `archive.zip!member` inside a zip. `root` is the argument it was found under,
    `given` whether it was itself the argument. `archive` is the outermost zip's name, `places` are those of the
    file in its zips' directories. `system` marks lock and system files; `refused` says why what is not to
    be opened isn't.
    """

    name: str
    root: str
    given: bool
    path: Path
    archive: str | None = None
    places: Places = ()
    system: bool = False
    refused: RefusedFile | None = None

    @property
    def may_be_archive(self) -> bool:
        """Whether files may be in it: then `members` says which."""
        return not (self.system or self.refused or self.places) and may_be_archive(self.path)

    def members(self, password: str | None = None) -> tuple[Incoming, ...]:
        """The files in a zip; the file itself where it is none.

        Raises:
            RefusedFile: the zip holds too many files.
        """
        found = members_of(self.path, password)
        if found is None:
            return (self,)
        inside = replace(self, archive=self.name, given=False)
        named = ((f"{self.name}!{member.name}", member) for member in found)
        return tuple(
            replace(inside, name=name, places=member.places, refused=member.refused, system=is_system(name))
            for name, member in named
        )

    def read(self, password: str | None = None) -> bytes:
        """The file's bytes.

        Raises:
            RefusedFile: it is too large, not to be opened, encrypted inside its zip, or can't be read.
            MemoryError: the process has too little of it.
        """
        if self.refused is not None:
            raise self.refused
        try:
            return read_member(self.path, self.places, password) if self.places else _read_file(self.path)
        except (RefusedFile, MemoryError):
            raise
        except OSError as error:
            raise RefusedFile("damaged", said="unreadable", place=self.name, reason=os_reason(error)) from error
        except Exception as error:  # zipfile fails in many ways, each ends the same
            raise RefusedFile("damaged", place=self.name) from error

    def size(self) -> int | None:
        """How many bytes it has, as its folder or zip says; None where neither says."""
        try:
            return size_of(self.path, self.places)
        except (RefusedFile, OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
            return None


def walk(paths: Iterable[Path]) -> Iterator[Incoming]:
    """Everything under each given path in the order of names, zips unopened; links in folders are not followed.

    Nothing is kept but the names in the folders on the way down to where it is.

    Raises:
        UsageError: a path does not exist.
    """
    for path in paths:
        if path.is_dir():
            yield from _folder(path)
        elif path.exists():
            yield _found(path, str(path), regular=path.is_file(), given=True)
        else:
            raise UsageError("path_missing", path=str(path))


def is_system(name: str) -> bool:
    """Whether a file belongs to a program or system, not to a person."""
    path = PurePosixPath(name.replace("\\", "/").replace("!", "/"))
    base = path.name.casefold()
    return base in _SYSTEM or base.startswith(_SYSTEM_STARTS) or "__MACOSX" in path.parts


def _folder(root: Path) -> Iterator[Incoming]:
    """What is in a folder and the folders in it; not recursive, since a path may hold thousands of them."""
    waiting = [(root, _entries(root))]
    while waiting:
        folder, entries = waiting[-1]
        if entries is None:
            waiting.pop()
            yield _refused(folder, str(root), "damaged", "folder_unreadable")
        elif (name := next(entries, None)) is None:
            waiting.pop()
        elif not name.endswith(SEPARATOR):
            yield _in_folder(folder / name, root)
        elif len(waiting) <= limits.FOLDERS:
            waiting.append((folder / name[:-1], _entries(folder / name[:-1])))
        else:
            yield _refused(folder / name[:-1], str(root), "unsafe", "folders_too_deep")


def _entries(folder: Path) -> Iterator[str] | None:
    """The names in a folder, those of folders with a separator behind them, so that whole paths come in order.

    None where it can't be looked into.
    """
    try:
        with os.scandir(folder) as found:
            names = [entry.name + SEPARATOR * entry.is_dir(follow_symlinks=False) for entry in found]
    except OSError:
        return None
    return iter(sorted(names))


def _in_folder(path: Path, root: Path) -> Incoming:
    if path.is_symlink():
        return _refused(path, str(root), "unsafe", "link")
    regular = path.is_file() or not path.exists()  # one that is gone by now says so when it is read
    return _found(path, str(root), regular=regular, given=False)


def _found(path: Path, root: str, *, regular: bool, given: bool) -> Incoming:
    if not regular:
        return _refused(path, root, "unsafe", "special_file", given=given)
    return Incoming(name=str(path), root=root, given=given, path=path, system=is_system(str(path)))


def _refused(path: Path, root: str, code: str, said: str, *, given: bool = False) -> Incoming:
    refused = RefusedFile(code, said=said, place=str(path), limit=limits.FOLDERS)
    return Incoming(name=str(path), root=root, given=given, path=path, refused=refused)


def _read_file(path: Path) -> bytes:
    with path.open("rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        limits.require_size(size)
        data = stream.read(size + 1)  # room is made for as much as is asked for
        if len(data) > size:  # it has grown meanwhile
            data += stream.read(limits.FILE + 1 - len(data))
    limits.require_size(len(data))
    return data

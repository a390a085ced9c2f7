from __future__ import annotations

import errno
import hashlib
import os
import shutil
import signal
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from unittest.mock import patch

import pytest

from xltool.errors import CampaignError
from xltool.messages import fault, reason
from xltool.store.archive import MARK, Archive

OWN = "0a1b2c3d"
WRITERS = 4
SECONDS = 60
CONTENTS = tuple(bytes([number]) * (200 << 10) for number in range(40))


def test_content_is_kept_by_its_hash_and_nothing_else_is_there(tmp_path: Path) -> None:
    archive = Archive(root=tmp_path / "archive")

    sha256 = archive.put(b"content")

    assert sha256 == hashlib.sha256(b"content").hexdigest()
    assert archive.get(sha256) == b"content"
    assert [path.name for path in (tmp_path / "archive").rglob("*") if path.is_file()] == [f"{sha256}.bin"]
    assert archive.path(sha256).parent.name == sha256[:2]


def test_what_is_there_is_never_written_again(tmp_path: Path) -> None:
    archive = Archive(root=tmp_path)
    path = archive.path(archive.put(b"content"))
    before = path.stat()

    archive.put(b"content")

    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_damaged_content_is_never_given_out_and_is_healed_when_it_comes_again(tmp_path: Path) -> None:
    archive = Archive(root=tmp_path)
    sha256 = archive.put(b"content")
    archive.path(sha256).write_bytes(b"conten")

    with pytest.raises(CampaignError, match="archive_damaged"):
        archive.get(sha256)
    archive.put(b"content")

    assert archive.get(sha256) == b"content"


def test_lost_content_is_said(tmp_path: Path) -> None:
    with pytest.raises(CampaignError, match="archive_missing"):
        Archive(root=tmp_path).get("0" * 64)


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(CampaignError) as error:
        Archive(root=tmp_path).put(b"content")

    assert error.value.code == "campaign_unwritable"
    assert error.value.context["reason"] == "磁盘已满"
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def shared(folder: Path) -> Archive:
    """An archive that was made in a campaign's folder and moved to where all reach it."""
    own = Archive(root=folder / "监测" / "archive", campaign=OWN)
    own.root.parent.mkdir()
    own.prepare()
    shutil.move(own.root, folder / "共享")
    return Archive(root=folder / "共享", campaign=OWN, shared=True)


def put_all(writer: int, archive: Archive) -> list[str]:
    return [archive.put(content) for content in (*CONTENTS[writer:], *CONTENTS[:writer])]


def read_all(_reader: int, archive: Archive) -> set[str]:
    """Read whatever is there, again and again, until all is: what isn't whole would be said to be damaged."""
    names: set[str] = set()
    until = time.monotonic() + SECONDS
    while len(names) < len(CONTENTS) and time.monotonic() < until:
        names = {path.stem for path in archive.root.rglob("*.bin")}
        for name in names:
            archive.get(name)
    return names


def test_writers_of_the_same_at_once_and_readers_beside_them_meet_whole_files_only(tmp_path: Path) -> None:
    archive = shared(tmp_path)

    with ProcessPoolExecutor(WRITERS + 1, mp_context=get_context("spawn")) as pool:
        reading = pool.submit(read_all, 0, archive)
        written = list(pool.map(partial(put_all, archive=archive), range(WRITERS)))

    assert reading.result() == set(written[0]) == set(written[1])
    assert len([path for path in archive.root.rglob("*") if path.is_file()]) == len(CONTENTS) + 1


@pytest.mark.skipif(os.name != "posix", reason="ends itself by a signal of POSIX systems")
def test_what_a_writer_left_that_died_is_no_content(tmp_path: Path) -> None:
    archive = shared(tmp_path)
    child = get_context("fork").Process(target=die_writing, args=(archive,))
    child.start()
    child.join()

    assert child.exitcode == -signal.SIGKILL
    assert len(list(archive.root.rglob(".*.tmp"))) == 1
    assert not archive.holds(CONTENTS[1])
    assert archive.get(archive.put(CONTENTS[1])) == CONTENTS[1]


def die_writing(archive: Archive) -> None:
    with patch("os.fsync", lambda _: os.kill(os.getpid(), signal.SIGKILL)):
        archive.put(CONTENTS[1])


def test_a_rename_that_fails_or_seems_to_is_judged_by_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = shared(tmp_path)
    replace = Path.replace

    def told_twice(path: Path, target: Path) -> None:
        replace(path, target)
        raise FileNotFoundError(errno.ENOENT, "as network drives say when they were asked twice")

    monkeypatch.setattr(Path, "replace", told_twice)
    assert archive.get(archive.put(b"content")) == b"content"

    def refused(_path: Path, _target: Path) -> None:
        raise PermissionError(errno.EACCES, "as Windows says where somebody reads")

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(CampaignError, match="campaign_unwritable"):
        archive.put(b"other")
    assert not archive.holds(b"other")


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX systems")
def test_whoever_may_write_to_the_share_may_write_beside_what_another_put(tmp_path: Path) -> None:
    archive = shared(tmp_path)
    archive.root.chmod(0o2770)
    before = os.umask(0o077)
    try:
        path = archive.path(archive.put(b"content"))
    finally:
        os.umask(before)

    assert path.parent.stat().st_mode & 0o7777 == 0o2770
    assert path.stat().st_mode & 0o777 == 0o660


def why(archive: Archive) -> str:
    with pytest.raises(CampaignError) as error:
        archive.put(b"new")
    assert error.value.code == "archive_unreachable"
    message, action = fault(error.value.code, **error.value.context)
    assert "\n" not in message + action
    return str(error.value.context["reason"])


def test_a_share_that_is_not_there_or_not_ours_takes_and_gives_nothing(tmp_path: Path) -> None:
    archive = shared(tmp_path)
    sha256 = archive.put(b"content")

    away = archive.root.rename(tmp_path / "断开")
    assert why(archive) == reason("os_missing")
    archive.root.mkdir()  # the place of a drive that isn't connected
    assert why(archive) == reason("archive_unmarked", mark=MARK)
    with pytest.raises(CampaignError, match="archive_unreachable"):
        archive.get(sha256)
    assert list(archive.root.iterdir()) == []
    other = Archive(root=away, campaign="f" * 8, shared=True)
    assert OWN in why(other)

    archive.root.rmdir()
    away.rename(archive.root)
    assert archive.get(sha256) == b"content"

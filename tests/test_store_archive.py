from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from xltool.errors import CampaignError
from xltool.store.archive import Archive


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

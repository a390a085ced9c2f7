"""Clerks with a copy of the campaign's folder each, and one archive on a shared folder."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from builders import disks, rounds
from builders.rounds import DISTRICT, rows, xltool

from xltool.campaign import Campaign
from xltool.messages import fault, reason
from xltool.store.archive import MARK

CLERKS = 3
FILES = 6
"""Files that all have; each clerk has one more."""


def share(root: Path, folder: Path) -> Path:
    """Move a campaign's archive to a folder that others reach, as the manual says, and name it in the settings."""
    moved = Path(shutil.move(root / "archive", folder / "共享"))
    settings = root / "campaign.toml"
    text = settings.read_text("utf-8")
    assert text.count('\narchive = ""\n') == 1
    settings.write_text(text.replace('\narchive = ""\n', f"\narchive = '{moved}'\n"), "utf-8")
    return moved


def kept(archive: Path) -> list[str]:
    return sorted(path.name for path in archive.rglob("*") if path.is_file() and path.name != MARK)


def test_what_comes_back_is_kept_in_the_shared_folder_and_read_from_there(tmp_path: Path) -> None:
    root = rounds.campaign(tmp_path)
    archive = share(root, tmp_path)
    returned = rounds.returned(tmp_path / "返回.xlsx", {("library_area", None, None): "约3000"})

    (row,) = xltool("ingest", returned, "--json", folder=root).json

    assert row["outcome"] == "accepted"
    assert kept(archive) == [f"{row['sha256']}.bin"]
    assert not (root / "archive").exists()
    assert [row["kind"] for row in rows("feedback", "--district", DISTRICT, folder=root)] == ["marked", "notice"]


def test_while_the_shared_folder_is_away_nothing_is_stored_and_the_same_again_does_it(tmp_path: Path) -> None:
    root = rounds.campaign(tmp_path)
    archive = share(root, tmp_path)
    rounds.variants(tmp_path / "返回", 2)
    away = archive.rename(tmp_path / "断开")
    archive.mkdir()

    said = xltool("ingest", tmp_path / "返回", folder=root)

    unmarked = reason("archive_unmarked", mark=MARK)
    assert said.code == 2
    assert said.fault.startswith(fault("archive_unreachable", path=archive, reason=unmarked)[0])
    assert Campaign.open(root).store.current_returns() == ()
    assert list(archive.iterdir()) == []
    assert xltool("status", folder=root).code == 0  # what the database says is there
    archive.rmdir()
    away.rename(archive)
    assert [row["outcome"] for row in rows("ingest", tmp_path / "返回", folder=root)] == ["accepted"] * 2


@pytest.mark.server
def test_clerks_at_once_keep_every_file_once_and_each_reads_what_the_others_put(tmp_path: Path) -> None:
    root = rounds.campaign(tmp_path)
    archive = share(root, tmp_path)
    common = rounds.variants(tmp_path / "都有的", FILES + CLERKS)
    clerks = [Path(shutil.copytree(root, tmp_path / f"第{number}人")) for number in range(CLERKS)]  # of one database
    for number, own in enumerate(common[FILES:]):
        (tmp_path / f"返回{number}").mkdir()
        for path in (*common[:FILES], own):
            shutil.copy(path, tmp_path / f"返回{number}")

    processes = [
        subprocess.Popen(  # noqa: S603 - our own
            disks.command(clerk, "ingest", tmp_path / f"返回{number}", "--workers", 1, "--json"),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for number, clerk in enumerate(clerks)
    ]
    said = [process.communicate() for process in processes]

    assert [err for _, err in said] == [b""] * CLERKS
    found = [row for out, _ in said for row in json.loads(out)]
    accepted = [row for row in found if row["outcome"] == "accepted"]
    assert len(found) - len(accepted) == (CLERKS - 1) * FILES
    assert sorted(row["version"] for row in accepted) == list(range(1, FILES + CLERKS + 1))
    assert kept(archive) == sorted(f"{row['sha256']}.bin" for row in accepted)
    for clerk in clerks:
        store = Campaign.open(clerk).store
        assert all(len(store.archive.get(row["sha256"])) for row in accepted)
        assert not (clerk / "archive").exists()

"""What goes wrong around a run: it ends with a list of what was not done, and the same command again does the rest."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import campaigns, rounds
from builders.rounds import Row, rows
from builders.stores import START, stored

from xltool.campaign import Campaign, Workforce, ingest_each
from xltool.errors import Unfinished
from xltool.messages import fault, reason
from xltool.model.evidence import Attachment
from xltool.store import Store

FILES = 12
linux = pytest.mark.skipif(sys.platform != "linux", reason="the system's: Linux here")


def returns(folder: Path) -> tuple[Path, Path]:
    root, inbox = rounds.campaign(folder), folder / "返回"
    rounds.variants(inbox, FILES)
    return root, inbox


def ended(campaign: Campaign, inbox: Path, disturb: Callable[[], object]) -> tuple[list[Row], Unfinished]:
    """Ingest, disturb it after the first row, and give the rows and how it ended."""
    taken: list[Row] = []

    def run() -> None:
        for row in ingest_each(campaign, [inbox], force=Workforce(workers=1)):
            if not taken:
                disturb()
            taken.append(row)

    with pytest.raises(Unfinished) as caught:
        run()
    return taken, caught.value


def went_on(root: Path, inbox: Path, taken: list[Row], undone: list[str]) -> None:
    """Nothing was lost or done twice, and the same again does the rest."""
    files = [str(path) for path in sorted(inbox.iterdir())]
    assert [str(row["file"]) for row in taken] + undone == files
    assert undone
    again = rows("ingest", inbox, folder=root)
    assert [row["outcome"] for row in again] == ["repeated"] * len(taken) + ["accepted"] * len(undone)
    assert [row["version"] for row in again] == list(range(1, FILES + 1))


def test_a_folder_that_vanishes_ends_the_run(tmp_path: Path) -> None:
    root, inbox = returns(tmp_path)
    away = tmp_path / "断开"
    taken, how = ended(Campaign.open(root), inbox, lambda: inbox.rename(away))
    assert (how.code, how.context) == ("source_gone", {"path": str(inbox)})
    undone = list(how.undone)
    away.rename(inbox)
    went_on(root, inbox, taken, undone)


def test_a_file_that_can_not_be_read_is_rejected_alone(tmp_path: Path) -> None:
    root, inbox = returns(tmp_path)
    found = ingest_each(Campaign.open(root), [inbox], force=Workforce(workers=1))
    first = next(found)
    last = max(inbox.iterdir())
    last.rename(tmp_path / "拿走")
    others = list(found)
    assert {row["outcome"] for row in (first, *others[:-1])} == {"accepted"}
    assert (others[-1]["outcome"], others[-1]["file"]) == ("rejected", str(last))
    assert str(others[-1]["reason"]).startswith(fault("unreadable", reason=reason("os_missing"))[0])
    (tmp_path / "拿走").rename(last)
    again = rows("ingest", inbox, folder=root)
    assert [row["outcome"] for row in again] == ["repeated"] * (FILES - 1) + ["accepted"]


@pytest.mark.sqlite
def test_a_database_that_another_program_keeps_ends_the_run(tmp_path: Path) -> None:
    root, inbox = returns(tmp_path)
    campaign = Campaign.open(root)
    impatient = Store.open(campaign.workspace.database, campaign.workspace.archive, busy_seconds=0.1)
    other = sqlite3.connect(root / "campaign.db", isolation_level=None)
    taken, how = ended(replace(campaign, store=impatient), inbox, lambda: other.execute("BEGIN IMMEDIATE"))
    assert how.context == {"reason": reason("database_locked")}
    other.close()
    went_on(root, inbox, taken, list(how.undone))


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Callable[[str], object]]:
    """A file system of its own of a size that can be changed."""
    mount = ("/bin/mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder))
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:  # noqa: S603
        pytest.skip("file systems can't be mounted here")
    try:
        yield lambda new: subprocess.run(  # noqa: S603
            ("/bin/mount", "-o", f"remount,size={new}", str(folder)), check=True
        )
    finally:
        subprocess.run(("/bin/umount", "-l", str(folder)), check=True)  # noqa: S603


@linux
@pytest.mark.sqlite
def test_a_full_disk_ends_the_run(tmp_path: Path) -> None:
    whole, inbox = returns(tmp_path)
    disk = tmp_path / "小盘"
    disk.mkdir()
    with small_disk(disk, "64m") as resize:
        root = rounds.copied(whole, disk / "监测")
        used = sum(path.stat().st_blocks * 512 for path in disk.rglob("*"))
        resize(str(used + (800 << 10)))
        campaign = Campaign.open(root)
        taken, how = ended(campaign, inbox, lambda: None)
        assert how.context["reason"] in (reason("os_full"), reason("database_full"))
        assert not list((root / "archive").rglob(".*"))
        undone = list(how.undone)
        campaign.store.close()
        resize("64m")
        went_on(root, inbox, taken, undone)


@linux
def test_a_reader_that_somebody_kills_loses_no_file(tmp_path: Path) -> None:
    root, inbox = returns(tmp_path)
    found = ingest_each(Campaign.open(root), [inbox], force=Workforce(workers=1))
    taken = [next(found)]
    (worker,) = multiprocessing.active_children()
    worker.kill()
    taken += found
    assert [row["outcome"] for row in taken] == ["accepted"] * FILES


class Turned:
    """A clock of a machine that is an hour behind the others, from the second look on."""

    def __init__(self) -> None:
        self.looks = 0

    def __call__(self) -> dt.datetime:
        self.looks += 1
        return START - dt.timedelta(hours=self.looks)


def test_clocks_that_disagree_change_no_order(tmp_path: Path) -> None:
    options: dict[str, Any] = {"clock": Turned()}
    store = stored(tmp_path, **options)
    first, second = (
        replace(campaigns.issued(), identity=campaigns.identity(serial=name * 10), file=f"outbox/{name}.xlsx")
        for name in "ba"
    )
    store.record_issued([first])
    store.record_issued([second])
    last = store.issued_last(first.identity.district, first.identity.unit)
    assert last is not None
    assert last.file == second.file

    for content in (b"1", b"2"):
        store.accept(campaigns.submission(content), (), content)
    (current,) = store.current_returns()
    assert current.version == 2

    owner = frozenset({("东区", None)})
    for sha256 in ("1" * 64, "2" * 64):
        store.add_attachments([Attachment(file=f"{sha256}.pdf", sha256=sha256, size=1, problem=None, owners=owner)])
    assert [file.sha256 for file in store.attachments()] == ["1" * 64, "2" * 64]

"""What goes wrong around a run: it ends with a list of what was not done, and the same command again does the rest."""

from __future__ import annotations

import datetime as dt
import json
import multiprocessing
import os
import random
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import campaigns, disks, rounds
from builders.rounds import DISTRICT, OTHER_UNIT, UNIT, Row, rows, xltool
from builders.stores import START, stored
from sqlalchemy import event  # noqa: TID251 - limits the database that is tested

from xltool.campaign import Campaign, Workforce, ingest_each
from xltool.errors import Unfinished
from xltool.messages import fault, reason
from xltool.model.evidence import Attachment
from xltool.store import Store

FILES = 12
FULL = ("os_full", "database_full", "database_io")
"""What is said of a full disk; the last where SQLite can't even make its shared memory."""
posix = pytest.mark.skipif(os.name != "posix", reason="sets a limit of the system: POSIX here")
apart = pytest.mark.skipif(not disks.may_mount(), reason="file systems can't be mounted here")
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


def test_a_database_that_another_program_keeps_ends_the_run(tmp_path: Path) -> None:
    root, inbox = returns(tmp_path)
    campaign = Campaign.open(root)
    impatient = Store.open(campaign.workspace.database, campaign.workspace.archive, busy_seconds=0.1)
    with ExitStack() as other:
        held = campaign.store.database.write()
        taken, how = ended(replace(campaign, store=impatient), inbox, lambda: other.enter_context(held))
    assert (how.code, how.context) == ("database_hindered", {"reason": reason("database_locked")})
    went_on(root, inbox, taken, list(how.undone))


def told(done: subprocess.CompletedProcess[str], *reasons: str) -> tuple[list[Row], list[str]]:
    """The rows and the names of what was not done, of a run that ended for one of some reasons."""
    first, heading, *names, count = done.stderr.splitlines()
    assert any(reason(one) in first for one in reasons)
    assert (done.returncode, heading, count) == (2, reason("undone"), reason("undone_count", count=len(names)))
    return json.loads(done.stdout), [name.strip() for name in names]


@pytest.mark.sqlite
def test_a_database_that_has_no_room_ends_the_run(tmp_path: Path) -> None:
    root, inbox = returns(tmp_path)
    with closing(sqlite3.connect(root / "campaign.db")) as database:
        database.execute("VACUUM")
        (pages,) = database.execute("PRAGMA page_count").fetchone()
    campaign = Campaign.open(root)

    def limit() -> None:
        @event.listens_for(campaign.store.database.engine, "connect")
        def limited(connection: sqlite3.Connection, _record: object) -> None:
            connection.execute(f"PRAGMA max_page_count = {pages}")

    taken, how = ended(campaign, inbox, limit)
    assert (how.code, how.context) == ("database_hindered", {"reason": reason("database_full")})
    went_on(root, inbox, taken, list(how.undone))


@posix
def test_an_archive_that_takes_no_more_ends_the_run(tmp_path: Path) -> None:
    root, inbox = returns(tmp_path)
    with zipfile.ZipFile(inbox / f"{FILES // 2:05}.xlsx", "a") as book:
        book.writestr("docProps/custom.bin", random.Random(0).randbytes(6 << 20))  # noqa: S311 - it can't be compressed
    done = disks.limited(5 << 20, disks.command(root, "ingest", inbox, "--workers", 1, "--json"))
    assert not list((root / "archive").rglob(".*"))
    went_on(root, inbox, *told(done, "os_too_large"))


@apart
@pytest.mark.sqlite
def test_a_full_disk_ends_the_run(tmp_path: Path) -> None:
    root, inbox = returns(tmp_path)
    done, after = disks.full(tmp_path / "小盘", root, 800 << 10, "ingest", inbox, "--workers", 1, "--json")
    assert not list((after / "archive").rglob(".*"))
    went_on(after, inbox, *told(done, *FULL))


def written(root: Path) -> dict[str, bytes]:
    folders = (root / "outbox", root / "reports")
    return {str(file.relative_to(root)): file.read_bytes() for each in folders for file in each.rglob("*.*")}


@apart
@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("left", "command"),
    [
        (220 << 10, ("generate", "--district", DISTRICT, "--unit", UNIT, "--unit", OTHER_UNIT)),
        (100 << 10, ("feedback",)),
        (8 << 10, ("report", "notice")),
    ],
)
def test_a_full_disk_leaves_no_file_half_written(tmp_path: Path, left: int, command: tuple[str, ...]) -> None:
    root = rounds.campaign(tmp_path)
    xltool("ingest", rounds.returned(tmp_path / "返回.xlsx", {("library_area", None, None): "约3000"}), folder=root)
    (root / f"outbox/{DISTRICT}.zip").write_bytes(b"an older one")
    whole = rounds.copied(root, tmp_path / "无扰")
    assert xltool(*command, folder=whole).code == 0
    before, complete = written(root), written(whole)

    done, after = disks.full(tmp_path / "小盘", root, left, *command)

    assert done.returncode == 2
    assert any(reason(one) in done.stderr.splitlines()[0] for one in FULL)
    assert written(after) == before
    assert xltool(*command, folder=after).code == 0
    assert written(after) == complete


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the system's device that is always full")
@pytest.mark.parametrize("command", ["status", "findings --json", "--help"])
def test_results_that_nothing_takes_are_one_line(tmp_path: Path, command: str) -> None:
    typed = disks.command(rounds.campaign(tmp_path), *command.split())
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(typed, stdout=full, stderr=subprocess.PIPE, text=True, check=False)  # noqa: S603 - ours
    (line,) = done.stderr.splitlines()
    assert (done.returncode, line.partition("。")[0]) == (2, fault("result_unwritable", reason=reason("os_full"))[0])


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

"""How many processes do the work changes nothing; ending a run at any moment leaves it clean and resumable."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import killing
import pytest
from builders import contents, rounds
from builders.rounds import DISTRICT, OTHER_UNIT, UNIT, rows, xltool

from xltool.campaign import workforce
from xltool.campaign.files import write_atomically
from xltool.campaign.workforce import Workforce, make
from xltool.errors import CampaignError, Unfinished
from xltool.messages import reason

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_one_and_three_workers_store_the_same(tmp_path: Path) -> None:
    root, inbox = killing.campaign(tmp_path, 8)
    rounds.variants(inbox, 12)
    other = rounds.copied(root, tmp_path / "另一个")

    one = rows("ingest", inbox, "--workers", 1, folder=root)
    three = rows("ingest", inbox, "--workers", 3, folder=other)

    assert one == three
    assert contents.of(root) == contents.of(other)
    assert files(root / "archive") == files(other / "archive")


@pytest.mark.parametrize("command", [("generate", "--district", DISTRICT), ("feedback",), ("report", "notice")])
def test_one_and_three_workers_write_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setattr(workforce, "FEW", 0)
    root = rounds.campaign(tmp_path)
    returned = rounds.returned(tmp_path / "返回.xlsx", {("library_area", None, None): "约3000"})
    assert xltool("ingest", returned, folder=root).code == 1
    other = rounds.copied(root, tmp_path / "另一个")

    one = rows(*command, "--workers", 1, folder=root)
    three = rows(*command, "--workers", 3, folder=other)

    assert one == three
    assert one
    for folder in ("outbox", "reports"):
        assert files(root / folder) == files(other / folder)


def children(process: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[1] == str(process) and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def stopped(command: Iterable[object], number: int) -> subprocess.CompletedProcess[str]:
    """Run a command and signal it once workers do its work; none of them may outlive it."""
    text = [str(part) for part in command]
    process = subprocess.Popen(text, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603 - ours
    while not (workers := children(process.pid)):
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(number)
    process.send_signal(number)  # the impatient press twice
    out, err = process.communicate(timeout=20)
    assert not [worker for worker in workers if Path(f"/proc/{worker}").exists()]
    return subprocess.CompletedProcess(text, process.returncode, out, err)


@linux
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_ingest_says_how_to_go_on_and_goes_on(tmp_path: Path, number: int) -> None:
    root, inbox = rounds.campaign(tmp_path), tmp_path / "返回"
    rounds.variants(inbox, 40)
    alone = rounds.copied(root, tmp_path / "无扰")
    killing.ingest(alone, inbox)

    done = stopped([*killing.command(root, inbox), "--workers", 2], number)

    assert done.returncode == 128 + number
    (line,) = done.stderr.splitlines()
    assert line.startswith("已中断")
    assert "再次运行同一命令" in line
    assert not list((root / "archive").rglob(".*"))
    killing.ingest(root, inbox)
    assert rounds.dump(root) == rounds.dump(alone)


@linux
def test_a_stopped_generate_leaves_whole_workbooks_only(tmp_path: Path) -> None:
    root = tmp_path / "监测"
    rounds.new(root)

    done = stopped(
        [sys.executable, "-m", "xltool", "-w", root, "generate", "--district", DISTRICT, "--workers", 2], signal.SIGINT
    )

    assert done.returncode == 130
    assert len(done.stderr.splitlines()) == 1
    written = files(root / "outbox")
    assert all(name.endswith(".xlsx") for name in written)
    assert xltool("generate", "--district", DISTRICT, folder=root).code == 0
    again = files(root / "outbox")
    assert {name: again[name] for name in written} == written


def deadly(task: str) -> str:
    if task == "b":
        os.kill(os.getpid(), signal.SIGKILL)
    return task.upper()


@linux
def test_what_a_dying_worker_had_is_named_and_the_rest_is_made() -> None:
    kept: dict[str, str] = {}

    with pytest.raises(Unfinished) as caught:
        make(deadly, ["a", "b", "c", "d"], kept.__setitem__, named="{}号".format, force=Workforce(workers=2))

    assert kept == {"a": "A", "c": "C", "d": "D"}
    assert list(caught.value.undone) == ["b号"]
    assert caught.value.context == {"reason": reason("worker_death")}


def test_where_nothing_can_be_kept_any_more_the_rest_is_named() -> None:
    kept: list[str] = []

    def keep(_task: str, answer: str) -> None:
        if len(kept) == 2:
            raise CampaignError("output_unwritable", path="x", reason="y")
        kept.append(answer)

    with pytest.raises(Unfinished) as caught:
        make(str.upper, ["a", "b", "c", "d"], keep, named=str, force=Workforce(workers=2))

    assert (kept, list(caught.value.undone), caught.value.code) == (["A", "B"], ["c", "d"], "output_unwritable")


def test_the_list_of_what_was_not_done_follows_the_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = rounds.campaign(tmp_path)

    def full(path: Path, content: bytes) -> None:
        if OTHER_UNIT in path.name:
            raise CampaignError("output_unwritable", path=path, reason=reason("os_full"))
        write_atomically(path, content)

    monkeypatch.setattr("xltool.campaign.issue.write_atomically", full)
    said = xltool("generate", "--district", DISTRICT, "--unit", UNIT, "--unit", OTHER_UNIT, folder=root)

    first, heading, name, count = said.err.splitlines()
    assert (said.code, said.out) == (2, "")
    assert reason("os_full") in first
    assert heading == reason("undone")
    assert name.strip() == f"outbox/{DISTRICT}/成员单位/{DISTRICT}_{OTHER_UNIT}_2023.xlsx"
    assert count == reason("undone_count", count=1)


UNHEARD = """
import signal, time, weakref
from xltool.cli.stopping import AGAIN, Stopped, stoppable
class Thing: pass
def callback(_):
    signal.raise_signal(signal.SIGINT)
    time.sleep(0)
try:
    with stoppable():
        thing = Thing()
        watched = weakref.ref(thing, callback)
        del thing
        time.sleep(5 * AGAIN)
        print("went on")
except Stopped as stop:
    print(stop.exit_code)
"""


@linux
def test_a_stop_that_python_could_not_raise_is_raised_again() -> None:
    done = subprocess.run([sys.executable, "-c", UNHEARD], capture_output=True, text=True, check=True)  # noqa: S603
    assert (done.stdout.split(), done.stderr) == (["130"], "")

"""One task can end neither the run nor the others, whatever it does to its process."""

from __future__ import annotations

import mmap
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from xltool.campaign import crew
from xltool.campaign.crew import End, each
from xltool.campaign.worker import Bounds
from xltool.errors import CampaignError

BOUNDS = Bounds(work=0.3, wait=20, memory=256 << 20)
linux = pytest.mark.skipif(sys.platform != "linux", reason="bounds of work and memory are the system's: Linux here")


def spin() -> None:
    while True:
        pass


DEADLY: dict[str, tuple[Callable[[], object], End]] = {
    "abort": (os.abort, End.DEATH),
    "kill": (lambda: os.kill(os.getpid(), signal.SIGKILL), End.DEATH),
    "exit": (lambda: os._exit(0), End.DEATH),
    "spin": (spin, End.TIME),
    "hoard": (lambda: len(b"x" * (300 << 20)), End.MEMORY),
    "raise": (lambda: 1 / 0, End.FAULT),
    "leave": (sys.exit, End.FAULT),
}


def work(task: str) -> str:
    return str(DEADLY[task][0]()) if task in DEADLY else task.upper()


def run(tasks: list[str], workers: int = 2, bounds: Bounds = BOUNDS) -> list[str]:
    return list(each(work, tasks, lambda task, end, fault: f"{task}:{end}{fault}", workers=workers, bounds=bounds))


@linux
def test_a_process_that_is_larger_than_the_bound_leaves_its_workers_room() -> None:
    bounds = replace(BOUNDS, memory=48 << 20)  # less than any process of the tests has
    assert list(each(mapped, [8 << 20], nothing, workers=1, bounds=bounds)) == [8 << 20]
    assert list(each(mapped, [64 << 20], nothing, workers=1, bounds=bounds)) == [0]


def mapped(size: int) -> int:
    return len(mmap.mmap(-1, size))


def nothing(_size: int, _end: End, _fault: str) -> int:
    return 0


@linux
@pytest.mark.parametrize("workers", [1, 2])
def test_tasks_end_alone_and_answers_keep_their_order(workers: int) -> None:
    tasks = ["a", *DEADLY, "b", "c", "abort", "d"]
    assert run(tasks, workers) == [
        "A",
        "abort:death",
        "kill:death",
        "exit:death",
        "spin:time",
        "hoard:memory",
        "raise:faultZeroDivisionError",
        "leave:faultSystemExit",
        "B",
        "C",
        "abort:death",
        "D",
    ]


def test_what_waits_without_working_ends_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(DEADLY, "sleep", (lambda: time.sleep(60), End.TIME))
    started = time.monotonic()
    assert run(["sleep", "a"], 1, replace(BOUNDS, wait=0.3)) == ["sleep:time", "A"]
    assert time.monotonic() - started < 10


def test_a_fault_of_the_run_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise CampaignError("campaign_faulty", reason="x")

    monkeypatch.setitem(DEADLY, "fail", (fail, End.FAULT))
    with pytest.raises(CampaignError) as caught:
        run(["a", "fail", "b"])
    assert caught.value.context == {"reason": "x"}


def test_many_tasks_on_many_workers_come_in_order() -> None:
    tasks = [f"t{number}" for number in range(500)]
    assert run(tasks, 5) == [task.upper() for task in tasks]
    assert run([]) == []


def test_without_forking_workers_are_started_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows; everything that a worker gets must be picklable then."""
    monkeypatch.setattr(crew, "FORKED", False)
    bounds = replace(BOUNDS, work=9)
    answers = each(str.upper, ["a", "b"], lambda task, *_: task, workers=1, bounds=bounds)
    assert list(answers) == ["A", "B"]


SCRIPT = """
import os, time
from xltool.campaign.crew import each
from xltool.campaign.worker import Bounds
def work(task):
    print(os.getpid(), flush=True)
    time.sleep(task)
for _ in each(work, [0, 0, 0, 1, 1], print, workers=2, bounds=Bounds(work=9, wait=90, memory=2**30)):
    pass
"""


def is_gone(process: int) -> bool:
    """Whether a process has ended, be it that nobody asked yet how."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@linux
def test_workers_of_a_killed_run_end_too(tmp_path: Path) -> None:
    said = tmp_path / "out"
    with said.open("w") as out:
        process = subprocess.Popen([sys.executable, "-c", SCRIPT], stdout=out)  # noqa: S603 - our own
    while len(lines := said.read_text().split()) < 5:
        time.sleep(0.02)
    assert len(set(lines)) == 2
    process.kill()
    process.wait()
    deadline = time.monotonic() + 10
    while not all(is_gone(int(worker)) for worker in lines):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def grown(task: bytes) -> bytes:
    return task * 5


@linux
def test_a_task_waits_where_its_worker_may_be_waiting_too() -> None:
    def too_long(*_: object) -> None:
        raise AssertionError("both wait")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(20)
    try:
        tasks = [bytes([number]) * (700 << 10) for number in range(6)]  # one fits in a pipe, an answer doesn't
        answers = each(grown, tasks, lambda *_: b"", workers=1, bounds=replace(BOUNDS, work=9))
        assert [len(answer) for answer in answers] == [5 * len(task) for task in tasks]
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def written(path: Path | None, begun: Path, after: float) -> Path:
    """The first task writes a file after a while; the other one ends the run as soon as that has begun."""
    if path is None:
        while not begun.exists():
            time.sleep(0.01)
        raise CampaignError("campaign_unwritable", path="", reason="")
    begun.touch()
    time.sleep(after)
    path.touch()
    return path


def ended(folder: Path, after: float) -> Path:
    path = folder / "written"
    work = partial(written, begun=folder / "begun", after=after)
    with pytest.raises(CampaignError):
        list(each(work, [path, None], lambda *_: Path(), workers=2, bounds=BOUNDS))
    return path


@linux
def test_who_is_at_something_when_a_run_ends_may_finish_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "LEAVE", 60.0)
    assert ended(tmp_path, 0.3).exists()


@linux
def test_who_takes_long_when_a_run_ends_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "LEAVE", 0.1)
    begun = time.monotonic()
    assert not ended(tmp_path, 60).exists()
    assert time.monotonic() - begun < 30

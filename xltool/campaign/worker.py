"""The inside of a worker process: tasks from a pipe, answers into it, within bounds that the system enforces."""

from __future__ import annotations

import faulthandler
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from xltool.errors import XltoolError

OUT_OF_MEMORY = 86
"""The exit code of a worker that ran out of memory; any number that nothing else uses."""

FORKED = sys.platform == "linux"
"""Forking is some 400 ms faster than a new interpreter; elsewhere it is not safe or not there."""

STDERR = 2

RARELY = 200_000
"""Objects made before a worker looks for garbage: plans and grids are many small objects that live on, and
looking through them as often as usual (every 700) takes a third of the time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What one task may take.

    `work` are seconds of processor time, so that a busy machine changes no result; `wait` are seconds by the
    clock, for whatever waits without working. `memory` is the whole process, in bytes. Windows has neither a
    clock of work nor a bound of memory for a process: there `wait` alone ends a task.
    """

    work: float
    wait: float
    memory: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """What a worker sends where a task has no answer: `error` ends the run, `fault` (in a word) the task."""

    error: XltoolError | None = None
    fault: str = ""


def serve(
    tasks: Connection,
    answers: Connection,
    others: Iterable[Connection],
    work: Callable[[Any], Any],
    bounds: Bounds,
) -> None:
    """Work until the other side closes the pipe or is gone.

    Args:
        tasks: Gives (number, task).
        answers: Takes (number, answer or `Failed`).
        others: Pipe ends that were inherited; while a copy of one is open, its end is never seen.
        work: What to do with a task.
        bounds: Where the process ends instead of answering.
    """
    for other in others:
        other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run, which ends its workers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if FORKED:
        signal.pthread_sigmask(signal.SIG_SETMASK, ())  # what was kept away while it was forked
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a name of the system
        os.dup2(nowhere.fileno(), STDERR)  # what a library prints before it aborts is not for people
    faulthandler.disable()
    gc.set_threshold(RARELY)
    _bound_memory(bounds.memory)
    while True:
        try:
            number, task = tasks.recv()
            bound_work(bounds.work)
            answer = answered(work, task)
            bound_work(0)
            answers.send((number, answer))
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        except (EOFError, OSError):
            os._exit(0)


def ran_out_of_time(exitcode: int | None) -> bool:
    """Whether a process was ended by its clock of work."""
    return sys.platform != "win32" and exitcode == -signal.SIGPROF


def answered(work: Callable[[Any], Any], task: object) -> object:
    """The answer to a task, or `Failed`."""
    try:
        return work(task)
    except XltoolError as error:
        return Failed(error=error)
    except MemoryError:
        raise
    except BaseException as error:  # noqa: BLE001 - panics of libraries too: whatever one file brings about must not end the others
        return Failed(fault=type(error).__name__)


def bound_work(seconds: float) -> None:
    """Let the system end this process after so many seconds of work; 0 takes the bound away."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _bound_memory(memory: int) -> None:
    """Let allocations fail beyond a size of the process.

    The system counts addresses, of which a process reserves more than it uses; what is reserved and not in use
    now is added. Of what a forked process has from a large one that it comes of, half of the bound counts at most:
    else a task would have no room at all.
    """
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 - not on Windows

        numbers = Path("/proc/self/statm").read_text(encoding="ascii").split()
        size, resident = (int(number) * os.sysconf("SC_PAGE_SIZE") for number in numbers[:2])
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = size + memory - min(resident, memory // 2)
        resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))

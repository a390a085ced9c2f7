"""Runs tasks in worker processes, so that no file can end a run or hang it.

A task that takes too much time or memory, or kills its process, ends alone: its worker is replaced and the
other tasks go on. Each worker has a pipe of its own and shares no lock, so one that dies at any moment leaves
nothing held (why no library does this: docs/decisions/0023-opening.md).
"""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from xltool.campaign.worker import OUT_OF_MEMORY, Bounds, Failed, ran_out_of_time, serve

Task = TypeVar("Task")
Answer = TypeVar("Answer")

AHEAD = 4
"""Answers a worker that may wait for the one before them."""

AT_HAND = 2
"""Tasks that a worker has, so that it goes on while its answer is stored."""

FORKED = sys.platform == "linux"
"""Forking is some 400 ms faster than a new interpreter; elsewhere it is not safe or not there."""


class End(StrEnum):
    """How a task ended without an answer."""

    TIME = "time"
    MEMORY = "memory"
    DEATH = "death"  # its process was killed or aborted
    FAULT = "fault"  # an exception that nobody expected


Work = Callable[[Task], Answer]
Lost = Callable[[Task, End, str], Answer]
"""Gives the answer of a task that ended without one; the text is the kind of an unexpected exception."""


def unprepared() -> None:
    """What workers need to prepare that need nothing."""


def each(
    work: Work[Task, Answer],
    tasks: Sequence[Task],
    lost: Lost[Task, Answer],
    *,
    workers: int,
    bounds: Bounds,
    prepare: Callable[[], None] = unprepared,
) -> Iterator[Answer]:
    """The answer to each task, in their order; `prepare` is run once in each worker.

    Raises:
        XltoolError: `work` raised it: the run can't go on.
    """
    crew = _Crew(tasks, lost, (work, prepare, bounds), workers)
    try:
        for number in range(len(tasks)):
            yield crew.answer(number)
    finally:
        crew.dismiss()


@dataclass(slots=True, kw_only=True)
class _Worker:
    """A process, its pipe, and the numbers of the tasks that it has; it works on the first of them."""

    process: Any  # the class differs by the way of starting
    pipe: Connection
    tasks: deque[int] = field(default_factory=deque)
    deadline: float = 0.0
    overdue: bool = False


class _Crew(Generic[Task, Answer]):
    def __init__(
        self,
        tasks: Sequence[Task],
        lost: Lost[Task, Answer],
        serving: tuple[Work[Task, Answer], Callable[[], None], Bounds],
        most: int,
    ) -> None:
        self._tasks = tasks
        self._lost = lost
        self._serving = serving
        self._most = most
        self._wait = serving[2].wait
        self._waiting = deque(range(len(tasks)))
        self._answers: dict[int, Answer] = {}
        self._workers: list[_Worker] = []

    def answer(self, number: int) -> Answer:
        """The answer to a task; they are asked for in order."""
        while number not in self._answers:
            self._hand_out(number)
            self._take_in()
        self._hand_out(number + 1)
        return self._answers.pop(number)

    def dismiss(self) -> None:
        """End all workers."""
        for worker in self._workers:
            worker.process.kill()
            worker.process.join()
            worker.pipe.close()
        self._workers.clear()

    def _hand_out(self, first: int) -> None:
        """Give out tasks, not too far ahead of the first one without an answer."""
        while self._waiting and self._waiting[0] < first + AHEAD * self._most:
            worker = min(self._workers, key=lambda one: len(one.tasks), default=None)
            if (worker is None or worker.tasks) and len(self._workers) < self._most:
                worker = self._start()
            if worker is None or len(worker.tasks) >= AT_HAND:
                return
            number = self._waiting.popleft()
            if not worker.tasks:
                worker.deadline = time.monotonic() + self._wait
            worker.tasks.append(number)
            try:
                worker.pipe.send((number, self._tasks[number]))
            except OSError:  # the worker is dead, which its pipe says next
                return

    def _take_in(self) -> None:
        """Wait until a worker has answered, has ended, or has run out of time."""
        busy = [worker for worker in self._workers if worker.tasks]
        left = min(worker.deadline for worker in busy) - time.monotonic()
        ready = wait([worker.pipe for worker in busy], max(left, 0))
        for worker in busy:
            if worker.pipe in ready:
                self._receive(worker)
            elif worker.deadline <= time.monotonic():
                worker.overdue = True
                worker.deadline += self._wait
                worker.process.kill()  # then its pipe ends

    def _receive(self, worker: _Worker) -> None:
        try:
            number, answer = worker.pipe.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return
        worker.tasks.popleft()
        worker.deadline = time.monotonic() + self._wait
        if not isinstance(answer, Failed):
            self._answers[number] = answer
        elif answer.error is not None:
            raise answer.error
        else:
            self._answers[number] = self._lost(self._tasks[number], End.FAULT, answer.fault)

    def _bury(self, worker: _Worker) -> None:
        """Say what the first task of a dead worker ended of; the others were not begun and are given out again."""
        worker.process.join()
        worker.pipe.close()
        self._workers.remove(worker)
        number = worker.tasks.popleft()
        self._waiting.extendleft(reversed(worker.tasks))
        if worker.overdue or ran_out_of_time(worker.process.exitcode):
            end = End.TIME
        else:
            end = End.MEMORY if worker.process.exitcode == OUT_OF_MEMORY else End.DEATH
        self._answers[number] = self._lost(self._tasks[number], end, "")

    def _start(self) -> _Worker:
        context: Any = multiprocessing.get_context("fork" if FORKED else "spawn")
        ours, theirs = context.Pipe()
        others = [ours, *(worker.pipe for worker in self._workers)] if FORKED else []
        process = context.Process(target=serve, args=(theirs, others, *self._serving), daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process=process, pipe=ours)
        self._workers.append(worker)
        return worker

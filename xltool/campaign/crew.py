"""Runs tasks in worker processes, so that no file can end a run or hang it.

A task that takes too much time or memory, or kills its process, ends alone: its worker is replaced and the
other tasks go on. Each worker has pipes of its own and shares no lock, so one that dies at any moment leaves
nothing held (why no library does this: docs/decisions/0023-opening.md).
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from multiprocessing.connection import Connection, wait
from multiprocessing.reduction import ForkingPickler
from typing import Any, Generic, TypeVar

from xltool.campaign.worker import FORKED, OUT_OF_MEMORY, Bounds, Failed, ran_out_of_time, serve

Task = TypeVar("Task")
Answer = TypeVar("Answer")

AHEAD = 8
"""Answers a worker that may wait for the one before them."""

AT_HAND = 4
"""Tasks that a worker has, so that it goes on while answers are stored."""

LEAVE = 1.0
"""Seconds for a worker to finish what it is at when a run ends: most files take less, and may be half archived."""

WIDE = 1 << 20
"""Bytes of answers that wait in a pipe without stopping their worker, where the system lets us say so."""

SURE = 4096
"""Bytes that a pipe takes anywhere while nobody reads it."""


class End(StrEnum):
    """How a task ended without an answer."""

    TIME = "time"
    MEMORY = "memory"
    DEATH = "death"  # its process was killed or aborted, twice: the first time may have been somebody else's doing
    FAULT = "fault"  # an exception that nobody expected


Work = Callable[[Task], Answer]
Lost = Callable[[Task, End, str], Answer]
"""Gives the answer of a task that ended without one; the text is the kind of an unexpected exception."""


def each(
    work: Work[Task, Answer],
    tasks: Iterable[Task],
    lost: Lost[Task, Answer],
    *,
    workers: int,
    bounds: Bounds,
) -> Iterator[Answer]:
    """The answer to each task, in their order.

    Tasks are taken as they are needed, and none is kept once it is answered.

    Raises:
        XltoolError: `work` raised it: the run can't go on.
    """
    crew = _Crew(iter(tasks), lost, (work, bounds), workers)
    try:
        yield from crew.answers()
    finally:
        crew.dismiss()


@dataclass(slots=True, kw_only=True)
class _Worker:
    """A process, its pipes, and the numbers of the tasks that it has; it works on the first of them.

    `room` are the bytes of tasks that can be sent without waiting for it to read them: it may wait for us.
    """

    process: Any  # the class differs by the way of starting
    inlet: Connection
    outlet: Connection
    room: int
    tasks: deque[int] = field(default_factory=deque)
    deadline: float = 0.0
    overdue: bool = False


class _Crew(Generic[Task, Answer]):
    def __init__(
        self,
        tasks: Iterator[Task],
        lost: Lost[Task, Answer],
        serving: tuple[Work[Task, Answer], Bounds],
        most: int,
    ) -> None:
        self._tasks = tasks
        self._lost = lost
        self._serving = serving
        self._most = most
        self._wait = serving[1].wait
        self._taken = 0  # tasks so far
        self._open: dict[int, Task] = {}  # without an answer yet
        self._messages: dict[int, bytes] = {}  # these as they are sent
        self._waiting: deque[int] = deque()  # of these, those that no worker has
        self._buried: set[int] = set()  # those whose worker died once
        self._answers: dict[int, Answer] = {}
        self._workers: list[_Worker] = []

    def answers(self) -> Iterator[Answer]:
        """All answers, in the order of the tasks."""
        number = 0
        self._hand_out(number)
        while self._open or self._answers:
            while number not in self._answers:
                self._take_in()
                self._hand_out(number)
            answer = self._answers.pop(number)
            number += 1
            self._hand_out(number)
            yield answer

    def dismiss(self) -> None:
        """End all workers: without pipes they end by themselves after the task they are at, or soon are killed."""
        for worker in self._workers:
            worker.inlet.close()
            worker.outlet.close()
        until = time.monotonic() + LEAVE
        for worker in self._workers:
            worker.process.join(max(until - time.monotonic(), 0))
            worker.process.kill()
            worker.process.join()
        self._workers.clear()

    def _hand_out(self, first: int) -> None:
        """Give out tasks, not too far ahead of the first one without an answer."""
        while self._has_task(first + AHEAD * self._most):
            worker = min(self._workers, key=lambda one: len(one.tasks), default=None)
            if (worker is None or worker.tasks) and len(self._workers) < self._most:
                worker = self._start()
            if worker is None or not self._takes_one_more(worker, self._waiting[0]):
                return
            number = self._waiting.popleft()
            if not worker.tasks:
                worker.deadline = time.monotonic() + self._wait
            worker.tasks.append(number)
            try:
                worker.inlet.send_bytes(self._messages[number])
            except OSError:  # the worker is dead, which its pipe says next
                return

    def _takes_one_more(self, worker: _Worker, number: int) -> bool:
        """Whether a worker should have another task, and it can be sent to it without waiting."""
        size = sum(len(self._messages[task]) for task in (*worker.tasks, number))
        return not worker.tasks or (len(worker.tasks) < AT_HAND and size <= worker.room)

    def _has_task(self, end: int) -> bool:
        """Whether a task waits whose number is below `end`; one is taken where none does."""
        if not self._waiting and self._taken < end:
            for task in self._tasks:
                self._open[self._taken] = task
                self._messages[self._taken] = bytes(ForkingPickler.dumps((self._taken, task)))
                self._waiting.append(self._taken)
                self._taken += 1
                break
        return bool(self._waiting) and self._waiting[0] < end

    def _take_in(self) -> None:
        """Wait until a worker has answered, has ended, or has run out of time."""
        busy = [worker for worker in self._workers if worker.tasks]
        left = min(worker.deadline for worker in busy) - time.monotonic()
        ready = wait([worker.outlet for worker in busy], max(left, 0))
        for worker in busy:
            if worker.outlet in ready:
                self._receive(worker)
            elif worker.deadline <= time.monotonic():
                worker.overdue = True
                worker.deadline += self._wait
                worker.process.kill()  # then its pipe ends

    def _receive(self, worker: _Worker) -> None:
        try:
            number, answer = worker.outlet.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return
        worker.tasks.popleft()
        worker.deadline = time.monotonic() + self._wait
        if not isinstance(answer, Failed):
            self._close(number, answer)
        elif answer.error is not None:
            raise answer.error
        else:
            self._lose(number, End.FAULT, answer.fault)

    def _bury(self, worker: _Worker) -> None:
        """Say what the first task of a dead worker ended of; the others were not begun and are given out again."""
        worker.process.join()
        worker.inlet.close()
        worker.outlet.close()
        self._workers.remove(worker)
        number = worker.tasks.popleft()
        self._waiting.extendleft(reversed(worker.tasks))
        if worker.overdue or ran_out_of_time(worker.process.exitcode):
            self._lose(number, End.TIME)
        elif worker.process.exitcode == OUT_OF_MEMORY:
            self._lose(number, End.MEMORY)
        elif number in self._buried:
            self._lose(number, End.DEATH)
        else:
            self._buried.add(number)
            self._waiting.appendleft(number)

    def _lose(self, number: int, end: End, fault: str = "") -> None:
        self._close(number, self._lost(self._open[number], end, fault))

    def _close(self, number: int, answer: Answer) -> None:
        self._answers[number] = answer
        del self._open[number], self._messages[number]
        self._buried.discard(number)

    def _start(self) -> _Worker:
        context: Any = multiprocessing.get_context("fork" if FORKED else "spawn")
        tasks, inlet = context.Pipe(duplex=False)
        outlet, answers = context.Pipe(duplex=False)
        room = _widened(inlet)
        _widened(answers)
        known = [end for worker in self._workers for end in (worker.inlet, worker.outlet)]
        others = [inlet, outlet, *known] if FORKED else []
        process = context.Process(target=serve, args=(tasks, answers, others, *self._serving), daemon=True)
        with _undisturbed():
            process.start()
        tasks.close()
        answers.close()
        worker = _Worker(process=process, inlet=inlet, outlet=outlet, room=room)
        self._workers.append(worker)
        return worker


def _widened(pipe: Connection) -> int:
    """Let a pipe take more, if the system does so; gives how many bytes it takes while nobody reads it."""
    if sys.platform != "linux":
        return SURE
    import fcntl  # noqa: PLC0415 - not on Windows

    try:
        return fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, WIDE)
    except OSError:  # all pipes of this person together have as much as they may
        return SURE


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Signals wait while a process is forked: neither side's preparations may be cut short."""
    if not FORKED:
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

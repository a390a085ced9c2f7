"""Has work done by a Dask cluster: the same tasks, answers and order as `crew`, on other machines.

The cluster's processes open the same files as this one: the folder of the campaign and of the returns lies where all
can read it, and the database is a server's or on the same machine. They must be processes of one thread each, since a
task that takes too long ends its process; Dask starts another one and gives the task to it a few times.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from xltool.campaign.crew import AHEAD, End, Lost, Work
from xltool.campaign.worker import Bounds, Failed, answered, bound_work
from xltool.errors import CampaignError, UsageError

Task = TypeVar("Task")
Answer = TypeVar("Answer")

CONNECTING = 15
"""Seconds within which the scheduler must answer, and a worker be there."""


def each(
    work: Work[Task, Answer],
    tasks: Iterable[Task],
    lost: Lost[Task, Answer],
    *,
    scheduler: str,
    bounds: Bounds,
) -> Iterator[Answer]:
    """The answer to each task, in their order; see `crew.each`.

    Raises:
        UsageError: nobody answers at the address, or no worker is there.
        XltoolError: `work` raised it: the run can't go on.
    """
    client, most = _connected(scheduler)
    try:
        from distributed import KilledWorker  # noqa: PLC0415 - an extra

        # Made by a task of its own, so that the cluster can make it again where those that hold it are gone.
        shared = client.submit(_itself, work, bounds, pure=False)
        waiting: deque[tuple[Task, Any]] = deque()
        coming = iter(tasks)
        while True:
            while len(waiting) < AHEAD * most and (task := next(coming, _NONE)) is not _NONE:
                waiting.append((task, client.submit(_answered, shared, task, pure=False)))
            if not waiting:
                return
            task, future = waiting.popleft()
            try:
                answer = future.result()
            except KilledWorker:
                yield lost(task, End.DEATH, "")
                continue
            except (OSError, TimeoutError) as error:
                raise CampaignError("scheduler_lost", address=scheduler) from error
            if not isinstance(answer, Failed):
                yield answer
            elif answer.error is not None:
                raise answer.error
            else:
                yield lost(task, End.FAULT, answer.fault)
    finally:
        client.close()


_NONE: Any = object()


def _connected(scheduler: str) -> tuple[Any, int]:
    """A client, and how many tasks the cluster works on at once."""
    try:
        import distributed  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise UsageError("scheduler_extra") from error
    client_class: Any = distributed.Client  # it has no types
    try:
        client = client_class(scheduler, timeout=CONNECTING, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise UsageError("scheduler_silent", address=scheduler) from error
    try:
        client.wait_for_workers(1, timeout=CONNECTING)
    except TimeoutError as error:
        client.close()
        raise UsageError("scheduler_idle", address=scheduler) from error
    return client, sum(client.nthreads().values())


def _itself(work: Work[Any, Any], bounds: Bounds) -> tuple[Work[Any, Any], Bounds]:
    return work, bounds


def _answered(shared: tuple[Work[Any, Any], Bounds], task: object) -> object:
    """The answer, or `Failed`; runs in a process of the cluster."""
    work, bounds = shared
    bound_work(bounds.work)
    try:
        return answered(work, task)
    except MemoryError as error:
        return Failed(fault=type(error).__name__)
    finally:
        bound_work(0)

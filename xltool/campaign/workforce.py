"""The one way in which commands have work done by several processes: to read files, and to make them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from xltool.campaign import cluster
from xltool.campaign.crew import End, Lost, Work, each
from xltool.campaign.opened import Advance, quietly
from xltool.campaign.worker import Bounds
from xltool.errors import CampaignError, Unfinished, XltoolError
from xltool.messages import reason

Task = TypeVar("Task")
Answer = TypeVar("Answer")

BOUNDS = Bounds(work=900.0, wait=1800.0, memory=4 << 30)
"""Of our own work, where nothing hostile is read: only what hangs or runs away ends by them."""

FEW = 4
"""Fewer tasks than this are done in this process."""

_ENDS = {
    End.TIME: "worker_time",
    End.MEMORY: "worker_memory",
    End.DEATH: "worker_death",
    End.FAULT: "worker_fault",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Workforce:
    """How many processes do the work, by default one a core; or, by the address of its scheduler, which cluster."""

    workers: int | None = None
    scheduler: str | None = None

    def each(
        self, work: Work[Task, Answer], tasks: Iterable[Task], lost: Lost[Task, Answer], *, bounds: Bounds
    ) -> Iterator[Answer]:
        """The answer to each task, in their order; what `work` is bound to must be picklable.

        Raises:
            XltoolError: `work` raised it: the run can't go on.
        """
        if self.scheduler is not None:
            return cluster.each(work, tasks, lost, scheduler=self.scheduler, bounds=bounds)
        return each(work, tasks, lost, workers=self.workers or os.cpu_count() or 1, bounds=bounds)


CORES = Workforce()


@dataclass(frozen=True, slots=True)
class _Lost:
    """A task without an answer, and why."""

    end: End
    fault: str


def make(
    work: Callable[[Task], Answer],
    tasks: Sequence[Task],
    keep: Callable[[Task, Answer], object],
    *,
    named: Callable[[Task], str],
    force: Workforce,
    advance: Advance = quietly,
) -> None:
    """Have something made for each task by workers, and keep it here, one after the other in the tasks' order.

    Workers give back what they make, so ending them at any moment leaves nothing half written. `named` says which task
    it is.

    Raises:
        Unfinished: some or all could not be made or kept, and which; a fault before anything was kept is raised
            as it is.
    """
    answers = answers_to(work, tasks, force)
    lost: list[tuple[Task, _Lost]] = []
    done = 0
    try:
        for done, (task, answer) in enumerate(zip(tasks, answers, strict=True)):
            if isinstance(answer, _Lost):
                lost.append((task, answer))
            else:
                keep(task, answer)
            advance(done + 1, len(tasks))
    except XltoolError as error:
        if not done:
            raise
        raise Unfinished(error, [*(named(task) for task, _ in lost), *map(named, tasks[done:])]) from error
    if lost:
        _, first = lost[0]
        why = reason(_ENDS[first.end], found=first.fault)
        raise Unfinished(CampaignError("work_lost", reason=why), [named(task) for task, _ in lost])


def results_of(
    work: Callable[[Task], Answer], tasks: Sequence[Task], force: Workforce, *, few: int = FEW
) -> Iterator[Answer]:
    """What comes of each task, in their order; fewer than `few` are done in this process.

    Raises:
        CampaignError: a task ended its worker.
    """
    for answer in answers_to(work, tasks, force, few=few):
        if isinstance(answer, _Lost):
            raise CampaignError("check_lost", reason=reason(_ENDS[answer.end], found=answer.fault))
        yield answer


def answers_to(
    work: Callable[[Task], Answer], tasks: Sequence[Task], force: Workforce, *, few: int = FEW
) -> Iterator[Answer | _Lost]:
    """The answers in the tasks' order; of fewer than `few` tasks, which aren't worth a process, by this one."""
    if len(tasks) < few:
        return map(work, tasks)
    attempt: Work[Task, Answer | _Lost] = work
    return force.each(attempt, tasks, _lost, bounds=BOUNDS)


def _lost(_task: object, end: End, fault: str) -> _Lost:
    return _Lost(end, fault)

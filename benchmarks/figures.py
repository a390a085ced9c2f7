"""What a benchmark says: a measured figure beside the mark it is held to."""

from __future__ import annotations

import gc
import resource
import statistics
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Figure:
    """`measured` against `mark`: at most that, or at least; in words what was measured against what."""

    what: str
    against: str
    measured: float
    mark: float
    at_least: bool = False
    unit: str = "x"

    @property
    def holds(self) -> bool:
        """Whether the mark is kept."""
        return self.measured >= self.mark if self.at_least else self.measured <= self.mark


def in_a_fresh_process(call: Callable[..., T], *arguments: object) -> T:
    """The answer of a process that did nothing before."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
        return fresh.submit(call, *arguments).result()


def table(figures: Iterable[Figure]) -> str:
    """A Markdown table."""
    lines = ["| what | against | measured | goal | kept |", "|---|---|---|---|---|"]
    for one in figures:
        goal = f"{'>=' if one.at_least else '<='} {one.mark:g} {one.unit}"
        kept = "yes" if one.holds else "no"
        lines.append(f"| {one.what} | {one.against} | {one.measured:.2f} {one.unit} | {goal} | {kept} |")
    return "\n".join(lines)


def clock(call: Callable[[], object]) -> float:
    """Seconds of one call by the clock."""
    gc.collect()
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def work(call: Callable[[], object]) -> float:
    """Seconds of one call on the processor, its processes included: other work on the machine doesn't count."""
    gc.collect()
    return used(call)


def used(call: Callable[[], object]) -> float:
    """The same where garbage is not collected before: of many calls in a row."""
    start = spent()
    call()
    return spent() - start


def spent() -> float:
    """Seconds on the processor so far, of this process and of those that it waited for."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def interleaved(
    *calls: Callable[[], object], rounds: int = 7, timed: Callable[[Callable[[], object]], float] = work
) -> list[float]:
    """The median seconds of each call, all called in turn; before that each once, for what is loaded and cached."""
    for call in calls:
        call()
    found = [[timed(call) for call in calls] for _ in range(rounds)]
    return [statistics.median(seconds) for seconds in zip(*found, strict=True)]

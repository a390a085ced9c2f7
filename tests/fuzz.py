"""Mutate workbooks at random and read them: no crash, no hang, bounded memory, nothing misread without a word.

    python tests/fuzz.py [--count 20000] [--seed 0] [--workers 1]

Most files come of a small workbook, every twentieth of a unit's of the edition; every eighth is what LibreOffice makes
of the small one as .ods or .xls (left out where it isn't installed). Those are read as ingest reads all, in processes
that end alone: the library for .xls may end its process. A failure names its seed, and `--count 1 --seed N` runs it
again.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from types import FrameType

from builders.mutations import MUTATIONS, changed_bytes, good, misread, mutated_xml, read, type_cells
from builders.office import resaved
from builders.returns import CAMPAIGN, KEY, parts_of, zipped
from corpus.bases import base

from xltool import intake
from xltool.campaign.crew import End, each
from xltool.campaign.worker import Bounds
from xltool.errors import RefusedFile

SLOWEST = 10
"""Seconds of work that a file may take."""

MEMORY = 512
"""MiB that reading one file may take at most, above what the program itself takes."""

OTHERS = 8
"""Every so manieth file is an .ods or .xls."""

CHUNK = 100
"""Files that one process reads before it makes room for a new one."""


class HangError(BaseException):
    """A file took too long; no Exception, which the reader would take for damage of the file."""


def one(seed: int) -> str:
    """The outcome of one file: `read`, the code of its refusal, or what is wrong, marked with `!`."""
    rng = random.Random(seed)  # noqa: S311 - repeatable, not secret
    kind = seed % (len(MUTATIONS) + 1)
    if kind == len(MUTATIONS):
        data, chosen = type_cells(rng, good())
        found = read(data)
        wrong = [found] if isinstance(found, str) else misread(found, chosen)
        return f"!{wrong[0]}" if wrong else "read"
    if seed % 20 == 1:
        return real(MUTATIONS[kind](rng, base("unit").parts))
    outcome = read(MUTATIONS[kind](rng, good()))
    return outcome if isinstance(outcome, str) else "read"


@cache
def others() -> tuple[bytes, bytes] | None:
    """The small workbook as .ods and .xls; None without LibreOffice."""
    if shutil.which("soffice") is None:
        return None
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        return resaved(zipped(good()), "ods", Path(one)), resaved(zipped(good()), "xls", Path(two))


def other(seed: int) -> str:
    """The outcome of an .ods or .xls, changed in its XML or anywhere."""
    rng = random.Random(seed)  # noqa: S311 - repeatable, not secret
    ods, xls = others() or (b"", b"")
    way = rng.randrange(3)
    data = mutated_xml(rng, parts_of(ods)) if way == 0 else changed_bytes(rng, ods if way == 1 else xls)
    outcome = read(data)
    return outcome if isinstance(outcome, str) else "read"


def lost(_seed: int, end: End, _fault: str) -> str:
    """What became of a file whose process ended: only one that hung is a failure."""
    return f"!{end}" if end is End.TIME else f"its process ended: {end}"


def isolated(seeds: Sequence[int], workers: int) -> Counter[str]:
    """Outcomes of files read in processes that end alone."""
    bounds = Bounds(work=SLOWEST, wait=3 * SLOWEST, memory=MEMORY << 20)
    answers = each(other, seeds, lost, workers=workers, bounds=bounds)
    found = zip(seeds, answers, strict=True)
    return Counter(f"{outcome} (seed {seed})" if outcome.startswith("!") else outcome for seed, outcome in found)


def real(data: bytes) -> str:
    """A workbook of the edition."""
    of = base("unit")
    try:
        grid = intake.read_bytes("a.xlsx", data)
        intake.recognise(grid, KEY, CAMPAIGN, lambda _: of.identity)
        intake.read(grid, of.plan, of.recipient, of.identity, "a.xlsx", "0" * 64)
    except RefusedFile as refused:
        return refused.code
    return "read"


def chunk(seeds: Sequence[int]) -> tuple[Counter[str], float, int]:
    """Outcomes of some files, the slowest one's seconds, and the MiB that they took at most."""
    signal.signal(signal.SIGPROF, ring)
    read(b"")
    before = peak()
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    for seed in seeds:
        started = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, SLOWEST)
        try:
            outcome = one(seed)
        except (Exception, HangError) as error:  # noqa: BLE001 - a crash is what is looked for
            outcome = f"!{error!r}"
        signal.setitimer(signal.ITIMER_PROF, 0)
        slowest = max(slowest, time.process_time() - started)
        outcomes[f"{outcome} (seed {seed})" if outcome.startswith("!") else outcome] += 1
    return outcomes, slowest, peak() - before


def ring(_signal: int, _frame: FrameType | None) -> None:
    raise HangError


def peak() -> int:
    """MiB that this process took at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def run(first: int, count: int, workers: int) -> Iterator[tuple[Counter[str], float, int]]:
    """Outcomes, the slowest file's seconds and the MiB of the largest, of some files after the other."""
    good()
    seeds = range(first, first + count)
    apart = [seed for seed in seeds if seed % OTHERS == 0] if others() is not None else []
    if apart:
        yield isolated(apart, workers), 0.0, 0
    rest = [seed for seed in seeds if not apart or seed % OTHERS]
    chunks = [rest[start : start + CHUNK] for start in range(0, len(rest), CHUNK)]
    if count > 1:
        base("unit")  # made once, before the processes are forked
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(workers, mp_context=fork, max_tasks_per_child=None) as pool:
        yield from pool.map(chunk, chunks)


def main() -> int:
    """Print the figures; exit with 1 where something went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=1)
    given = parser.parse_args()
    outcomes: Counter[str] = Counter()
    slowest, most = 0.0, 0
    for found, seconds, memory in run(given.seed, given.count, given.workers):
        outcomes += found
        slowest, most = max(slowest, seconds), max(most, memory)
    wrong = {outcome: times for outcome, times in outcomes.items() if outcome.startswith("!")}
    fine = {outcome: times for outcome, times in outcomes.most_common() if outcome not in wrong}
    print(f"files: {outcomes.total()} {fine}")
    print(f"crashes, hangs over {SLOWEST} s and silent differences: {sum(wrong.values())}")
    for outcome in list(wrong)[:50]:
        print(f"  {outcome}")
    print(f"slowest file: {slowest:.1f} s; memory above the program's own: {most} MiB (bound: {MEMORY})")
    return int(bool(wrong) or most > MEMORY)


if __name__ == "__main__":
    sys.exit(main())

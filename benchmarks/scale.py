"""Thousands of filled workbooks ingested in one run: time, rate from beginning to end, memory of each process.

They are those of a campaign with so many made-up districts, each with its member units, generated and filled with the
sample answers; all districts are checked at the end, each by itself and beside the others.

    python benchmarks/scale.py [--files 2000] [--workers 2]
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import filled
from figures import Figure, in_a_fresh_process, table

from xltool import campaign as office
from xltool.campaign import Campaign, Workforce
from xltool.campaign.ingest import context_of
from xltool.campaign.reading import read_one
from xltool.intake import Incoming

NATION = 100_000
MIB = 1 << 20
EACH = 29
"""Workbooks of a made-up district: its own and those of its units."""

SAMPLES = 16
"""Districts until answers come again."""
MEMORY, STEADY, WORKERS = 64.0, 0.9, 0.62
"""The marks: MiB of a process above its imports, the rate at the end by that at the beginning, two workers' time."""

COMPARED, ROUNDS = 2000, 2
"""Files that one worker and two ingest in turn: so many that loading the plans twice hardly counts."""

OWN = {"__main__", "__mp_main__", *(file.stem for file in Path(__file__).parent.glob("*.py"))}

HIDDEN = shutil.ignore_patterns("inbox", "outbox")


@dataclass
class Measured:
    """What was seen of a run: (files, seconds) at each commit, and by process the most memory in bytes."""

    commits: list[tuple[int, float]] = field(default_factory=list)
    memory: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def rate(self, first: float, last: float) -> float:
        """Files a second between two parts of the whole."""
        total = self.commits[-1][0]
        start, end = (next(at for at in self.commits if at[0] >= part * total) for part in (first, last))
        return (end[0] - start[0]) / (end[1] - start[1])


def returned(folder: Path, files: int) -> tuple[Campaign, list[Path]]:
    """A campaign of so many districts that at least so many files come back, and these."""
    campaign = filled.campaign(folder, districts=-(-files // EACH))
    found = filled.returns(campaign)
    shutil.rmtree(campaign.workspace.outbox)  # gigabytes
    return campaign, found


def processes() -> Iterator[tuple[str, int]]:
    """This process and its workers, each with the most memory it has had."""
    own = Path("/proc/self").resolve().name
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
        except OSError:
            continue
        if status.parent.name == own or f"\nPPid:\t{own}\n" in text:
            peak = re.search(r"VmHWM:\s+([0-9]+) kB", text)
            if peak:
                yield status.parent.name, int(peak[1]) << 10


def imports(modules: Iterable[str]) -> int:
    """Bytes of a process that has imported these modules, and done nothing."""
    script = (
        "import importlib, re, sys\n"
        "for name in sys.stdin.read().split():\n"
        "    try: importlib.import_module(name)\n"
        "    except Exception: pass\n"
        "print(re.search(r'VmRSS:\\s+([0-9]+)', open('/proc/self/status').read())[1])"
    )
    names = "\n".join(name for name in modules if name.partition(".")[0] not in OWN)
    said = subprocess.run([sys.executable, "-c", script], input=names, capture_output=True, text=True, check=True)  # noqa: S603
    return int(said.stdout) << 10


def modules_of_a_reader(root: Path, files: Sequence[Path]) -> list[str]:
    """What a process has imported that read these files; the solver that names wrong figures only some make it load."""
    context = context_of(Campaign.open(root))
    for file in files:
        read_one(Incoming(name=file.name, root=str(file), given=True, path=file), context)
    return list(sys.modules)


def ingested(campaign: Campaign, folder: Path, workers: int) -> Measured:
    """Ingest a folder."""
    seen = Measured()
    start = time.monotonic()

    def advance(done: int, _total: int) -> None:
        seen.commits.append((done, time.monotonic() - start))
        for process, peak in processes():
            seen.memory[process] = max(seen.memory[process], peak)

    for row in office.ingest_each(campaign, [folder], force=Workforce(workers=workers), advance=advance):
        assert row["outcome"] == "accepted", row
    seen.commits.append((seen.commits[-1][0], time.monotonic() - start))
    return seen


def measured(count: int, workers: int) -> tuple[list[Figure], str]:
    """The figures, and everything else in words."""
    with tempfile.TemporaryDirectory() as name:
        campaign, files = returned(Path(name, "campaign"), count)
        size = sum(file.stat().st_size for file in files)
        readers = imports(in_a_fresh_process(modules_of_a_reader, campaign.workspace.root, files[: SAMPLES * EACH]))
        figures, words = in_a_fresh_process(measured_here, campaign.workspace.root, workers, readers)
    return figures, f"- {size / MIB:.0f} MiB of workbooks, of {len(campaign.district_names)} made-up districts\n{words}"


def measured_here(root: Path, workers: int, readers: int) -> tuple[list[Figure], str]:
    """The same, in a process that did nothing before; `readers` are the bytes of the imports of one that reads."""
    opened = Campaign.open(root)
    found = ingested(opened, opened.workspace.inbox, workers)
    opened.store.close()
    own = str(os.getpid())
    stored, seconds = found.commits[-1]
    reading = found.commits[-2][1]
    first, last = found.rate(0.05, 0.25), found.rate(0.75, 0.95)
    base = imports(sys.modules)
    most = max(peak for process, peak in found.memory.items() if process != own)
    figures = [
        Figure(
            what=f"most memory of a process that reads, {stored} files",
            against=f"above its imports, {readers / MIB:.0f} MiB",
            measured=(most - readers) / MIB,
            mark=MEMORY,
            unit="MiB",
        ),
        Figure(
            what="the same of the process that stores",
            against=f"above its imports, {base / MIB:.0f} MiB",
            measured=(found.memory[own] - base) / MIB,
            mark=MEMORY,
            unit="MiB",
        ),
        Figure(
            what="files a second at the end of the same run",
            against=f"those at its beginning, {first:.1f}",
            measured=last / first,
            mark=STEADY,
            at_least=True,
        ),
    ]
    return figures, "\n".join(
        (
            f"- {stored} files, {workers} workers: {seconds:.0f} s by the clock, of which",
            f"  {seconds - reading:.1f} s for the checks of districts at the end",
            f"- files a second: {first:.1f} in the first fifth, {last:.1f} in the last; {stored / reading:.1f} in all",
            f"- extrapolated, not measured: {NATION} files in {NATION / stored * seconds / 60:.0f} min on this machine",
        )
    )


def two_workers() -> Figure:
    """Their time by the clock, by that of one worker; a process that stores is beside either."""
    with tempfile.TemporaryDirectory() as name:
        campaign, _ = returned(Path(name, "campaign"), COMPARED)
        each = (campaign.workspace.root, campaign.workspace.inbox)
        rounds = [[in_a_fresh_process(seconds_of, *each, workers) for workers in (1, 2)] for _ in range(ROUNDS)]
    return Figure(
        what="full ingest, two workers, by the clock",
        against=f"one worker beside the process that stores, {COMPARED} files",
        measured=statistics.median(double / single for single, double in rounds),
        mark=WORKERS,
    )


def seconds_of(root: Path, folder: Path, workers: int) -> float:
    """By the clock, of an ingest of a folder into a copy of the campaign."""
    with tempfile.TemporaryDirectory() as name:
        opened = Campaign.open(Path(shutil.copytree(root, Path(name, "copy"), ignore=HIDDEN)))
        seconds = ingested(opened, folder, workers).commits[-1][1]
        opened.store.close()
    return seconds


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    figures, words = measured(options.files, options.workers)
    figures.append(two_workers())
    print(table(figures), words, sep="\n\n")


if __name__ == "__main__":
    main()

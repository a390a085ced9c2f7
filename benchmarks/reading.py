"""Reading and ingesting returned workbooks, against bare python-calamine and a plain openpyxl script.

Filled workbooks of one district and its member units; calls alternate in one run, and each figure is the ratio of
the medians. Bare calamine opens the file and gives the values of every sheet, nothing more.

    python benchmarks/reading.py [--city]

With `--city` the whole city's workbooks are ingested as well, by the command itself with two workers.
"""

from __future__ import annotations

import gc
import resource
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import filled
import plain
from python_calamine import CalamineWorkbook  # noqa: TID251 - the yardstick

from xltool import campaign as office
from xltool import intake
from xltool.campaign import Campaign
from xltool.campaign.plans import loaded_plan

DISTRICT = "浦东新区"
ROUNDS = 7
READ, INGEST, SCRIPT, CITY = 2.5, 5.0, 12.0, 60.0
"""The marks: ratios to bare calamine, times faster than the script, seconds."""


def calamine(path: Path) -> None:
    """The bare library: every value of every sheet."""
    book = CalamineWorkbook.from_path(str(path))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


class Reader:
    """Read, raw text and integrity, as ingest does it."""

    def __init__(self, campaign: Campaign) -> None:
        """What recognising and reading need."""
        self.key = campaign.secret.key
        self.campaign = campaign.config.id
        self.issued = campaign.store.issued()
        self.plans = {digest: loaded_plan(payload) for digest, payload in campaign.store.plans().items()}

    def read(self, path: Path) -> None:
        """One file."""
        grid = intake.read_bytes(path.name, path.read_bytes())
        identity = intake.recognise(grid, self.key, self.campaign)
        recipient = self.issued[identity.serial].recipient
        intake.read(grid, self.plans[identity.plan], recipient, identity, path.name, "0" * 64)


def timed(call: Callable[[], object]) -> float:
    """CPU seconds of one call, its processes included: other work on the machine doesn't count."""
    gc.collect()
    start = spent()
    call()
    return spent() - start


def spent() -> float:
    """CPU seconds so far, of this process and of those that it waited for."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def interleaved(*calls: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """The median seconds of each call, all called in turn."""
    seconds: list[list[float]] = [[] for _ in calls]
    for call in calls:
        call()  # what is loaded and cached once
    for _ in range(rounds):
        for call, found in zip(calls, seconds, strict=True):
            found.append(timed(call))
    return [statistics.median(found) for found in seconds]


def ingested(root: Path, files: Sequence[Path], workers: int) -> float:
    """Seconds of an ingest into a copy of the campaign."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(root, Path(folder, "copy"), ignore=shutil.ignore_patterns("inbox", "outbox")))
        campaign = Campaign.open(copy)
        seconds = timed(lambda: office.ingest(campaign, files, workers=workers))
        assert len(campaign.store.current_returns()) == len(files)
        campaign.store.close()
    return seconds


def one_district(root: Path) -> None:
    """The ratios on the workbooks of one district."""
    campaign = filled.campaign(root)
    files = filled.returns(campaign, (DISTRICT,))
    whole = next(file for file in files if file.parent.name == DISTRICT)
    reader = Reader(campaign)
    bare, read = interleaved(lambda: calamine(whole), lambda: reader.read(whole))
    print(f"district's workbook, {whole.stat().st_size >> 10} KiB: bare calamine {bare * 1000:.0f} ms")
    print(f"read, raw text and integrity: {read / bare:.2f} x bare calamine (mark: at most {READ})")

    def script() -> None:
        with sqlite3.connect(":memory:") as database:
            by_plan = {digest: plain.Script(plan, database) for digest, plan in reader.plans.items()}
            for file, digest in digests.items():
                by_plan[digest].ingest(file)

    by_file = {campaign.workspace.root / issued.file: issued.identity.plan for issued in reader.issued.values()}
    outbox, inbox = campaign.workspace.outbox, campaign.workspace.inbox
    digests = {file: by_file[outbox / file.relative_to(inbox)] for file in files}
    ours = [ingested(root, files, workers=1) for _ in range(3)]
    bare = statistics.median(timed(lambda: [calamine(file) for file in files]) for _ in range(3))
    theirs = timed(script)
    ratio = statistics.median(ours) / bare
    print(f"full ingest of {len(files)} files into SQLite: {ratio:.2f} x bare calamine (mark: at most {INGEST})")
    faster = theirs / statistics.median(ours)
    print(f"plain openpyxl and cerberus: {theirs / bare:.0f} x bare calamine; ours is {faster:.1f} times as fast")
    print(f"  (mark: at least {SCRIPT:.0f} times)")


def whole_city(root: Path) -> None:
    """Every district and member unit."""
    files = filled.returns(filled.campaign(root))
    bare = timed(lambda: [calamine(file) for file in files])
    start = time.perf_counter()
    work = ingested(root, files, workers=2)
    seconds = time.perf_counter() - start
    print(f"the whole city, {len(files)} files, two workers: {seconds:.1f} s (mark: under {CITY:.0f} s)")
    print(f"  {work / bare:.2f} x bare calamine (mark: at most {INGEST})")


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        one_district(Path(folder, "district"))
        if "--city" in sys.argv[1:]:
            whole_city(Path(folder, "city"))


if __name__ == "__main__":
    main()

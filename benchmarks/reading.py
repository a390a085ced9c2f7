"""Reading and ingesting returned workbooks, against bare python-calamine and a plain openpyxl script.

The filled workbooks of a whole city, each read once, as in a real run: first ones of their kind, and later ones that
are quicker. Bare calamine opens the file and gives the values of every sheet, nothing more; it reads each file in the
same run. Seconds are those of the processor, but for the last figure.

    python benchmarks/reading.py
"""

from __future__ import annotations

import gc
import resource
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import filled
import plain
from python_calamine import CalamineWorkbook  # noqa: TID251 - the yardstick

from xltool import campaign as office
from xltool import intake
from xltool.campaign import Campaign
from xltool.campaign.plans import loaded_plan

DISTRICT = "浦东新区"
READ, INGEST, SCRIPT, CITY = 2.0, 3.0, 20.0, 60.0
"""The marks: ratios to bare calamine, times faster than the script, seconds by the clock."""


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


def ingested(campaign: Campaign, files: Sequence[Path], workers: int) -> tuple[float, float]:
    """Seconds of the processor and by the clock of an ingest into a copy of the campaign."""
    with tempfile.TemporaryDirectory() as folder:
        hidden = shutil.ignore_patterns("inbox", "outbox")
        copy = Campaign.open(Path(shutil.copytree(campaign.workspace.root, Path(folder, "copy"), ignore=hidden)))
        start = time.perf_counter()
        seconds = timed(lambda: office.ingest(copy, files, force=office.Workforce(workers=workers)))
        clock = time.perf_counter() - start
        assert len(copy.store.current_returns()) == len(files)
        copy.store.close()
    return seconds, clock


def by_script(campaign: Campaign, reader: Reader, files: Sequence[Path]) -> float:
    """Seconds of the plain script."""
    by_file = {campaign.workspace.root / issued.file: issued.identity.plan for issued in reader.issued.values()}
    outbox, inbox = campaign.workspace.outbox, campaign.workspace.inbox
    with sqlite3.connect(":memory:") as database:
        known = {digest: plain.Script(plan, database) for digest, plan in reader.plans.items()}
        return timed(lambda: [known[by_file[outbox / file.relative_to(inbox)]].ingest(file) for file in files])


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        campaign = filled.campaign(Path(folder, "city"))
        files = filled.returns(campaign)
        reader = Reader(campaign)
        pairs = [(timed(partial(calamine, file)), timed(partial(reader.read, file))) for file in files]
        bare, read = (sum(seconds) for seconds in zip(*pairs, strict=True))
        print(f"{len(files)} files, {sum(file.stat().st_size for file in files) >> 20} MiB")
        print(f"bare calamine: {bare / len(files) * 1000:.1f} ms a file")
        print(f"read, raw text and integrity: {read / bare:.2f} x bare calamine (mark: at most {READ})")
        one, _ = ingested(campaign, files, workers=1)
        print(f"full ingest into SQLite, one worker: {one / bare:.2f} x bare calamine (mark: at most {INGEST})")
        own = [file for file in files if DISTRICT in file.parts]
        script = by_script(campaign, reader, own) / timed(lambda: [calamine(file) for file in own])
        print(f"plain openpyxl and cerberus ({DISTRICT}, {len(own)} files): {script:.1f} x bare calamine,")
        print(f"  {script / (one / bare):.1f} times our ingest (mark: at least {SCRIPT})")
        two, clock = ingested(campaign, files, workers=2)
        print(
            f"the whole city, two workers: {clock:.1f} s by the clock (mark: under {CITY:.0f} s), {two:.1f} s of work"
        )


if __name__ == "__main__":
    main()

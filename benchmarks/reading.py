"""Reading and ingesting returned workbooks, against bare python-calamine and a plain openpyxl script.

The filled workbooks of a whole city, each read once, as in a real run: first ones of their kind, and later ones that
are quicker. Bare calamine opens the file and gives the values of every sheet, nothing more; it reads each file in the
same run. Seconds are those of the processor.

    python benchmarks/reading.py
"""

from __future__ import annotations

import gc
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import filled
import plain
from figures import Figure, in_a_fresh_process, table, used, work
from python_calamine import CalamineWorkbook  # noqa: TID251 - the yardstick

from xltool import campaign as office
from xltool import intake, layout
from xltool.campaign import Campaign
from xltool.campaign.worker import RARELY

DISTRICT = "浦东新区"
READ, INGEST, SCRIPT = 2.0, 3.0, 20.0
"""The marks: ratios to bare calamine, times faster than the script."""


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
        self.plans = {digest: layout.loads(payload) for digest, payload in campaign.store.plans().items()}

    def read(self, path: Path) -> None:
        """One file."""
        grid = intake.read_bytes(path.name, path.read_bytes())
        identity = intake.recognise(grid, self.key, self.campaign)
        recipient = self.issued[identity.serial].recipient
        intake.read(grid, self.plans[identity.plan], recipient, identity, path.name, "0" * 64)


def ingested(campaign: Campaign, files: Sequence[Path]) -> float:
    """Seconds of the processor of an ingest into a copy of the campaign, by one worker of a process of its own."""
    return in_a_fresh_process(ingested_here, campaign.workspace.root, files)


def ingested_here(root: Path, files: Sequence[Path]) -> float:
    """The same, of this process."""
    with tempfile.TemporaryDirectory() as folder:
        hidden = shutil.ignore_patterns("inbox", "outbox")
        copy = Campaign.open(Path(shutil.copytree(root, Path(folder, "copy"), ignore=hidden)))
        seconds = work(lambda: office.ingest(copy, files, force=office.Workforce(workers=1)))
        assert len(copy.store.current_returns()) == len(files)
        copy.store.close()
    return seconds


def by_script(campaign: Campaign, reader: Reader, files: Sequence[Path]) -> float:
    """Seconds of the plain script."""
    by_file = {campaign.workspace.root / issued.file: issued.identity.plan for issued in reader.issued.values()}
    outbox, inbox = campaign.workspace.outbox, campaign.workspace.inbox
    with sqlite3.connect(":memory:") as database:
        known = {digest: plain.Script(plan, database) for digest, plan in reader.plans.items()}
        return work(lambda: [known[by_file[outbox / file.relative_to(inbox)]].ingest(file) for file in files])


def figures(campaign: Campaign, files: Sequence[Path]) -> Iterator[Figure]:
    """Of a city's filled workbooks."""
    reader = Reader(campaign)
    usual = gc.get_threshold()
    gc.set_threshold(RARELY)  # as in a worker, and for both
    pairs = [(used(partial(calamine, file)), used(partial(reader.read, file))) for file in files]
    gc.set_threshold(*usual)
    bare, read = (sum(seconds) for seconds in zip(*pairs, strict=True))
    against = f"bare calamine, {len(files)} files, {bare / len(files) * 1000:.1f} ms each"
    yield Figure(what="read, raw text and integrity", against=against, measured=read / bare, mark=READ)
    one = ingested(campaign, files)
    yield Figure(what="full ingest into SQLite, one worker", against=against, measured=one / bare, mark=INGEST)
    own = [file for file in files if DISTRICT in file.parts]
    script = by_script(campaign, reader, own) / work(lambda: [calamine(file) for file in own])
    yield Figure(
        what="full ingest, one worker",
        against=f"openpyxl and cerberus by a plain script, {len(own)} files, {script:.0f} x bare calamine",
        measured=script / (one / bare),
        mark=SCRIPT,
        at_least=True,
    )


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        campaign = filled.campaign(Path(folder, "city"))
        print(table(figures(campaign, filled.returns(campaign))))


if __name__ == "__main__":
    main()

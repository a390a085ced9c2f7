"""Kill an ingest at random moments, run it again, and compare the final state with that of one left alone.

    python tests/killing.py [--kills 100] [--files 100] [--seed 0]

The files are many versions of two units' workbooks, a zip, an attachment and a damaged file. A killed ingest
is started again at once, until it comes to its end; then the next begins from nothing, until there were enough kills.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from builders import rounds
from builders.returns import zipped
from builders.rounds import OTHER_UNIT, dump

from xltool.campaign import Campaign

LIBRARY = ("library_area", None, None)
START = 1.0
"""Seconds that the program takes before it reads; no kill is that early. From then on one comes within a third of
the time that the whole ingest takes, so that each campaign is killed in many places."""

QUERIES = (
    "SELECT file, sha256, outcome, code, district, unit, version, current FROM returns ORDER BY file, sha256",
    "SELECT file, sha256, size, problem FROM attachments ORDER BY file, sha256",
)


@dataclass(frozen=True)
class Killed:
    """How often an ingest was killed, and what differs in the end; nothing should."""

    kills: int
    runs: int
    differences: tuple[str, ...]


def campaign(folder: Path, files: int) -> tuple[Path, Path]:
    """A campaign where nothing came back yet, and the folder of what does."""
    root, inbox = rounds.campaign(folder), folder / "返回"
    for number in range(files - 3):
        path = inbox / f"{number:03}.xlsx"
        if number % 2:
            source, cells = rounds.issued_file(root, OTHER_UNIT), rounds.places(OTHER_UNIT)
            rounds.filled(source, path, {("staff_total", None, None): 100 + number}, cells=cells)
        else:
            rounds.returned(path, {LIBRARY: 18000 + number})
    (inbox / "包.zip").write_bytes(zipped({"内.xlsx": rounds.returned(folder / "内.xlsx", {LIBRARY: 7}).read_bytes()}))
    (inbox / "通知.pdf").write_bytes(b"%PDF-1.4 ...")
    (inbox / "半截.xlsx").write_bytes((inbox / "000.xlsx").read_bytes()[:2000])
    return root, inbox


def command(root: Path, inbox: Path) -> list[str]:
    return [sys.executable, "-m", "xltool", "-w", str(root), "ingest", str(inbox), "--json"]


def ingest(root: Path, inbox: Path) -> float:
    """Ingest to the end; the seconds it took."""
    started = time.monotonic()
    done = subprocess.run(command(root, inbox), capture_output=True, check=False)  # noqa: S603 - our own
    if done.returncode not in (0, 1) or done.stderr:
        raise AssertionError(done.stderr.decode())
    return time.monotonic() - started


def ingest_together(root: Path, inbox: Path) -> list[tuple[int, bytes]]:
    """Ingest in two processes at once; exit code and stderr of each."""
    both = [
        subprocess.Popen(command(root, inbox), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # noqa: S603
        for _ in range(2)
    ]
    return [(process.returncode, said) for process in both for _, said in [process.communicate()]]


def killed(root: Path, inbox: Path, after: float) -> bool:
    """Ingest and kill it after some seconds; whether it was still running then."""
    process = subprocess.Popen(command(root, inbox), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.kill()
    return process.wait() == -signal.SIGKILL


def state(root: Path) -> dict[str, object]:
    """Everything that an ingest leaves: what commands say, the records, the archive."""
    store = Campaign.open(root).store
    with store.database.read() as database:
        records, attached = (list(map(tuple, database.exec_driver_sql(query))) for query in QUERIES)
    store.close()
    archive = sorted(path.name for path in (root / "archive").rglob("*.bin"))
    return {**dump(root), "records": records, "attachments": attached, "archive": archive}


def run(kills: int, files: int, seed: int = 0) -> Killed:
    """Kill so many times, and compare each campaign with one that was left alone."""
    rng = random.Random(seed)  # noqa: S311 - repeatable, not secret
    with tempfile.TemporaryDirectory() as name:
        root, inbox = campaign(Path(name), files)
        alone = rounds.copied(root, Path(name) / "无扰")
        whole = ingest(alone, inbox)
        expected = state(alone)
        done, runs, differences = 0, 0, list[str]()
        while done < kills:
            runs += 1
            copy = rounds.copied(root, Path(name) / f"第{runs}次")
            while done < kills and killed(copy, inbox, rng.uniform(START, START + whole / 3)):
                done += 1
            ingest(copy, inbox)
            found = state(copy)
            differences += [f"{runs}: {part}" for part, what in expected.items() if found[part] != what]
            shutil.rmtree(copy)
    return Killed(done, runs, tuple(differences))


def main() -> int:
    """Exit with 1 where a final state differs."""
    parser = argparse.ArgumentParser()
    for option, default in (("--kills", 100), ("--files", 100), ("--seed", 0)):
        parser.add_argument(option, type=int, default=default)
    options = parser.parse_args()
    result = run(options.kills, options.files, options.seed)
    print(f"kills: {result.kills}\ncampaigns: {result.runs}\ndiffering: {len(result.differences)}")
    print(*result.differences, sep="\n", end="")
    return int(bool(result.differences))


if __name__ == "__main__":
    sys.exit(main())

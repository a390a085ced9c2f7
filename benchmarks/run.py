"""Measures every goal of speed and memory in one run, prints the table, and writes `docs/benchmarks.md`.

Each figure is a ratio against its yardstick, both in this run, in turn, medians. Nothing fails where a goal is missed:
the table says so.

    make bench    or    python benchmarks/run.py [--files 2000]
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import sys
import tempfile
from itertools import chain
from pathlib import Path

import filled
import reading
import rendering
import scale
import starting
import writing
from figures import Figure, table

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
TEXT = """# Benchmarks

Written by `make bench` (`python benchmarks/run.py --files {files}`) on {day}: Python {python}, {cores} cores, load
{load} at the end. Each figure is a ratio against its yardstick, measured in turn in the same run; what the yardsticks
are and do stands in `benchmarks/`. Differences under a tenth mean nothing.

{table}

## Many files in one run

{scale}
"""


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=2000, help="how many files are ingested in the run of many")
    files = parser.parse_args().files
    found: list[Figure] = []

    def note(figure: Figure) -> None:
        found.append(figure)
        print(table([figure]).splitlines()[-1], file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory() as name:
        for figure in chain(starting.figures(), writing.figures(), rendering.figures()):
            note(figure)
        campaign = filled.campaign(Path(name, "city"))
        returned = filled.returns(campaign)
        for figure in reading.figures(campaign, returned):
            note(figure)
    note(scale.two_workers())
    figures, words = scale.measured(files, workers=2)
    for figure in figures:
        note(figure)
    page = TEXT.format(
        files=files,
        day=dt.datetime.now(dt.UTC).date(),
        python=platform.python_version(),
        cores=os.cpu_count(),
        load=f"{os.getloadavg()[0]:.1f}",
        table=table(found),
        scale=words,
    )
    PAGE.write_text(page, "utf-8")
    print(page)


if __name__ == "__main__":
    main()

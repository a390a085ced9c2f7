"""All kinds of reports for all districts of a campaign, against replacing strings in the same files and zipping them.

The campaign is the demo's, or another with returns; what is made is what the commands make, each from a snapshot of
its own. The yardstick takes each finished file, replaces one text in its parts and writes the zip again. Seconds are
by the clock.

    xltool demo FOLDER && python benchmarks/reports.py FOLDER
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from xltool import campaign as office
from xltool.campaign import Campaign

ALL = 60.0
"""The mark: seconds for all kinds for all districts."""


def timed(call: Callable[[], list[bytes]]) -> tuple[float, list[bytes]]:
    """Seconds of one call, and what it gave."""
    start = time.perf_counter()
    found = call()
    return time.perf_counter() - start, found


def replaced(documents: list[bytes]) -> list[bytes]:
    """The yardstick: a text replaced in every part of XML, and the zip written again."""
    found = []
    for document in documents:
        target = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                content = old.read(name)
                new.writestr(name, content.replace("区".encode(), "區".encode()) if name.endswith(".xml") else content)
        found.append(target.getvalue())
    return found


def written(campaign: Campaign, write: Callable[[], list[dict[str, object]]]) -> list[bytes]:
    """What a command wrote."""
    return [(campaign.workspace.root / str(row["file"])).read_bytes() for row in write()]


def workbook(campaign: Campaign) -> list[bytes]:
    """The workbook of indicators."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.xlsx")
        office.save_indicators(campaign, path)
        return [path.read_bytes()]


def main() -> None:
    """Print the figures."""
    campaign = Campaign.open(Path(sys.argv[1]))
    names = campaign.district_names
    kinds: dict[str, Callable[[], list[bytes]]] = {
        "sub-reports": lambda: written(campaign, lambda: office.report_districts(campaign, names)),
        "notices": lambda: written(campaign, lambda: office.report_notices(campaign, ())),
        "reports on the city": lambda: written(campaign, lambda: office.report_city(campaign, ("analysis", "city"))),
        "workbook of indicators": lambda: workbook(campaign),
        "data package": lambda: written(campaign, lambda: office.report_package(campaign)),
    }
    start = time.perf_counter()
    documents = []
    for kind, make in kinds.items():
        seconds, made = timed(make)
        print(f"{kind}: {len(made)}, {seconds:.1f} s, {seconds / len(made):.2f} s each")
        documents += made
    total = time.perf_counter() - start
    bare, _ = timed(lambda: replaced(documents))
    print(f"all kinds for {len(names)} districts: {total:.1f} s (mark: under {ALL:.0f} s),")
    print(f"  {total / bare:.1f} x replacing and zipping, which takes {bare:.2f} s")


if __name__ == "__main__":
    main()

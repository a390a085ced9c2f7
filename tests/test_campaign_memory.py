"""Memory doesn't grow with the number of files: neither in the process that stores, nor in those that read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from builders import rounds

from xltool.campaign import Campaign, Workforce, ingest_each
from xltool.campaign.row_store import TOGETHER, Rows

FILES = 150
MIB = 1 << 20


def resident() -> list[int]:
    """Bytes in memory of this process, and of its workers."""
    own = os.getpid()
    found: list[int] = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            pages = int((stat.parent / "statm").read_text().split()[1])
        except OSError:
            continue
        if int(stat.parent.name) == own:
            found.insert(0, pages * os.sysconf("SC_PAGE_SIZE"))
        elif parent == own:
            found.append(pages * os.sysconf("SC_PAGE_SIZE"))
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
def test_memory_is_the_same_after_a_third_and_at_the_end(tmp_path: Path) -> None:
    root, inbox = rounds.campaign(tmp_path), tmp_path / "返回"
    rounds.variants(inbox, FILES)
    seen: list[tuple[int, list[int]]] = []

    def advance(done: int, _total: int) -> None:
        seen.append((done, resident()))

    campaign = Campaign.open(root)
    for number, row in enumerate(ingest_each(campaign, [inbox], force=Workforce(workers=1), advance=advance), start=1):
        assert (row["outcome"], row["version"]) == ("accepted", number)

    both = [(done, memory) for done, memory in seen if len(memory) == 2]
    third = next(memory for done, memory in both if done >= FILES / 3)
    done, last = both[-1]
    assert done >= FILES * 2 / 3
    for before, after in zip(third, last, strict=True):
        assert after - before < 8 * MIB  # 80 files and more of 25 KiB, and what they say several times that


def test_rows_that_wait_are_given_as_they_were() -> None:
    rows = Rows()
    assert not rows
    given = [None if number % 5 == 0 else {"file": f"甲{number}", "version": number} for number in range(3 * TOGETHER)]
    for row in given:
        rows.append(row)
    assert rows
    assert list(rows) == list(rows) == given

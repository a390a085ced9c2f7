"""An ingest that is killed, or meets another one, leaves what one by itself leaves."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path

import killing
import pytest
from builders import rounds
from builders.rounds import rows, xltool

from xltool.campaign.opened import Row
from xltool.campaign.reading import Read
from xltool.campaign.taking import Run


def test_a_killed_ingest_goes_on_to_the_same_end() -> None:
    """The same with 100 kills of 100 files: `python tests/killing.py`."""
    result = killing.run(kills=5, files=6)
    assert (result.kills, result.differences) == (5, ())


def test_two_at_once_double_nothing_and_lose_nothing(tmp_path: Path) -> None:
    root, inbox = killing.campaign(tmp_path, 6)
    alone = rounds.copied(root, tmp_path / "无扰")
    killing.ingest(alone, inbox)
    assert killing.ingest_together(root, inbox) == [(1, b""), (1, b"")]  # of each, for the damaged file
    assert killing.state(root) == killing.state(alone)


def test_versions_of_a_run_that_went_on_are_still_of_one_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = rounds.campaign(tmp_path)
    folder = tmp_path / "返回"
    for number in range(2):
        rounds.returned(folder / f"{number}.xlsx", {("library_area", None, None): 18000 + number})

    def ended(run: Run, reads: Sequence[Read]) -> list[Row | None]:
        if run.own:
            raise KeyboardInterrupt
        return take(run, reads)

    take = Run.take
    with monkeypatch.context() as patch:
        patch.setattr(Run, "take", ended)
        patch.setattr(importlib.import_module("xltool.campaign.ingest"), "BATCH", 1)
        xltool("ingest", folder, folder=root)
    assert [row["version"] for row in rows("ingest", folder, folder=root)] == [1, 2]
    assert "several_in_run" in {found["code"] for found in rows("findings", folder=root)}

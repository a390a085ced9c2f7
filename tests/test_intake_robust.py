"""Mutated workbooks: whatever comes back ends as values and findings, or as a refusal; never as a crash.

Outside CI `python tests/fuzz.py` reads 20,000 of them.
"""

from __future__ import annotations

import time

import pytest
from builders.mutations import good, read
from builders.returns import values_of, zipped
from fuzz import one

from xltool.intake import slots
from xltool.intake.display import Display
from xltool.model.submission import Submission

FILES = 500
CHUNKS = 10
SECONDS = 5


@pytest.mark.parametrize("start", range(0, FILES, FILES // CHUNKS))
def test_mutated_workbooks_are_read_or_refused_and_nothing_is_misread(start: int) -> None:
    outcomes = set()
    for seed in range(start, start + FILES // CHUNKS):
        started = time.process_time()
        outcomes.add(one(seed))
        assert time.process_time() - started < SECONDS
    assert [outcome for outcome in outcomes if outcome.startswith("!")] == []
    assert {"read", "damaged"} <= outcomes


def test_the_unmutated_workbook_is_read() -> None:
    found = read(zipped(good()))
    assert isinstance(found, Submission)
    assert values_of(found)["special_funds", 1, "budget"] == 3


def test_a_reader_that_overlooks_number_formats_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "display", lambda _code, _number: Display(faithful=True))
    typed = [seed for seed in range(400) if seed % 4 == 3]
    assert any(one(seed).startswith("!") for seed in typed)

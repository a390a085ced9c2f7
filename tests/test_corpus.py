"""Every kind of damage: what must be said, what must be read, and nothing else."""

from __future__ import annotations

from functools import cache

import pytest
from corpus import TYPED, damaged
from corpus.kinds import Damaged, Typed
from corpus.running import SLOWEST
from corpus.table import Result, markdown, of_all_typed, of_damaged
from damage import PAGE

KINDS = 120


@cache
def typed_results() -> dict[tuple[str, str], Result]:
    return {(result.group.value, result.name): result for result in of_all_typed()}


@cache
def damaged_result(case: Damaged) -> Result:
    return of_damaged(case)


@pytest.mark.parametrize("case", damaged(), ids=lambda case: f"{case.group.name.lower()}-{case.name}")
def test_a_damaged_workbook_is_read_or_refused_as_expected(case: Damaged) -> None:
    result = damaged_result(case)
    assert result.wrong == ()
    assert result.seconds < SLOWEST


@pytest.mark.parametrize("case", TYPED, ids=lambda case: f"{case.group.name.lower()}-{case.name}")
def test_a_cells_content_is_read_or_said_as_expected(case: Typed) -> None:
    assert typed_results()[case.group.value, case.name].wrong == ()


def test_the_corpus_is_large_and_names_each_kind_once() -> None:
    kinds: list[Damaged | Typed] = [*damaged(), *TYPED]
    names = [(case.group, case.name) for case in kinds]
    titles = [(case.group, case.title) for case in kinds]
    assert len(names) == len(set(names)) == len(set(titles)) >= KINDS


def test_the_page_is_up_to_date() -> None:
    """Else: `python tests/damage.py --docs`."""
    found = (*map(damaged_result, damaged()), *typed_results().values())
    assert PAGE.read_text("utf-8") == markdown(found)

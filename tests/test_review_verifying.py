"""A log that was touched by hand is found, whatever was done to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest
from builders import reviews
from builders.reviews import KEY
from hypothesis import given
from hypothesis import strategies as st

from xltool import review
from xltool.model.review import Event, Status

Log = tuple[Event, ...]
WHOLE = reviews.walked(5)


def codes(log: Log) -> list[str]:
    return [problem.code for problem in review.verify_chain(log, KEY)]


def test_a_log_as_it_was_written_is_whole() -> None:
    for length in range(6):
        log = reviews.walked(length)
        last = log[-1] if log else None
        assert codes(log) == []
        assert not list(review.verify_end(log, last.after if last else None, last.digest if last else None))


OTHERS: dict[str, Any] = {"number": 9, "step": "reopen", "before": "letter", "after": "done", "letter_check": "none"}


@pytest.mark.parametrize("name", [field.name for field in fields(Event)])
@pytest.mark.parametrize("place", range(5))
def test_a_changed_field_is_found(place: int, name: str) -> None:
    old = getattr(WHOLE[place], name)
    new = OTHERS.get(name, f"{old}改")
    changes: dict[str, Any] = {name: new if new != old else "submit"}
    changed = replace(WHOLE[place], **changes)

    problems = list(review.verify_chain((*WHOLE[:place], changed, *WHOLE[place + 1 :]), KEY))

    assert ("changed", WHOLE[place].number if name != "number" else 9) in {(one.code, one.number) for one in problems}


HANDS: dict[str, Callable[[Log], Log]] = {
    "first deleted": lambda log: log[1:],
    "one deleted": lambda log: (*log[:2], *log[3:]),
    "swapped": lambda log: (log[0], log[2], log[1], *log[3:]),
    "doubled": lambda log: (*log[:2], log[1], *log[2:]),
    "deleted and numbered anew": lambda log: (*log[:2], *(replace(one, number=one.number - 1) for one in log[3:])),
    "inserted": lambda log: (*log[:1], replace(log[0], note="补记"), *log[1:]),
}


@pytest.mark.parametrize("hand", HANDS)
def test_deleted_reordered_and_inserted_entries_are_found(hand: str) -> None:
    assert codes(HANDS[hand](WHOLE))


def test_a_log_with_another_key_is_said_once() -> None:
    assert [one.code for one in review.verify_chain(WHOLE, b"x" * 32)] == ["other_key"]


def test_an_entry_that_the_table_does_not_allow_is_found_though_it_is_sealed() -> None:
    log = reviews.walked(1)
    skipped = reviews.event(log, reviews.WALK[2])
    wrong_role = reviews.event(log, reviews.WALK[1], role="市级")

    assert codes((*log, skipped)) == ["not_allowed"]
    assert codes((*log, wrong_role)) == ["not_allowed"]


def test_a_tail_that_was_cut_off_is_found_by_the_stored_end() -> None:
    last = WHOLE[-1]

    assert codes(WHOLE[:3]) == []
    assert [one.code for one in review.verify_end(WHOLE[:3], last.after, last.digest)] == ["cut"]
    assert [one.code for one in review.verify_end((), last.after, last.digest)] == ["emptied"]
    assert [one.code for one in review.verify_end(WHOLE[:3], None, None)] == ["cut"]
    assert [one.code for one in review.verify_end(WHOLE, Status.DONE, last.digest)] == ["status_differs"]


def test_a_tail_that_was_cut_off_with_the_stored_end_is_found_by_a_snapshot_that_names_it() -> None:
    named = [("a" * 64, WHOLE[1].digest), ("b" * 64, WHOLE[4].digest)]

    assert list(review.verify_named(WHOLE, named)) == []
    (problem,) = review.verify_named(WHOLE[:3], named)
    assert (problem.code, problem.context) == ("named_missing", {"snapshot": "b" * 12})


@given(st.permutations(range(5)), st.integers(0, 5))
def test_only_the_log_itself_and_its_beginnings_are_whole(order: list[int], length: int) -> None:
    log = tuple(WHOLE[place] for place in order[:length])

    assert (codes(log) == []) == (order[:length] == list(range(length)))


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_texts_that_run_together_differ_in_their_digests(by: str, recorder: str, note: str) -> None:
    one = reviews.event((), reviews.WALK[0], by=by, recorded_by=recorder, note=note)
    other = reviews.event((), reviews.WALK[0], by=by + recorder, recorded_by="", note=note)

    assert (one.digest == other.digest) == (recorder == "")

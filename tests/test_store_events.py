"""The log in the database: added to whole or not at all, and where it leads, returns are held or let in."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from builders import campaigns, reviews
from builders.stores import opened, stored

from xltool.errors import CampaignError
from xltool.model.plan import Prefilled
from xltool.model.review import Event, LetterCheck, Status
from xltool.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with one return of a district."""
    store = stored(tmp_path)
    store.accept(campaigns.submission(b"a", campaigns.value(1)), (), b"a")
    return store


def in_order(store: Store, length: int) -> tuple[Event, ...]:
    for kind in reviews.WALK[:length]:
        assert reviews.recorded(store, kind) == ()
    return store.events("东区")


def test_entries_read_back_as_they_were_recorded(store: Store, tmp_path: Path) -> None:
    assert in_order(store, 3) == reviews.walked(3)
    last = reviews.event(reviews.walked(3), reviews.WALK[3], letter="f" * 64, letter_check=LetterCheck.NONE)
    store.record_event(last, revision=store.revision("东区"))

    again = opened(tmp_path)
    assert again.events("东区") == (*reviews.walked(3), last)
    head = again.heads()["东区"]
    assert (head.status, head.digest) == (Status.DONE, last.digest)
    assert again.events("西区") == ()
    assert set(again.heads()) == {"东区"}


def test_an_entry_that_does_not_go_on_from_the_last_one_changes_nothing(store: Store) -> None:
    in_order(store, 1)
    late = reviews.event((), reviews.WALK[0], by="另一人")
    other = reviews.event(reviews.walked(1), reviews.WALK[1], previous="0" * 64)

    for event in (late, other):
        assert store.record_event(event, revision=store.revision("东区"), snapshot=reviews.SNAPSHOT) is None
    assert store.events("东区") == reviews.walked(1)


def test_an_entry_about_data_that_changed_since_changes_nothing(store: Store) -> None:
    seen = store.revision("东区")
    store.accept(campaigns.submission(b"b", campaigns.value(2)), (), b"b")

    assert store.record_event(reviews.event((), reviews.WALK[0]), revision=seen, snapshot=reviews.SNAPSHOT) is None
    assert (store.events("东区"), store.heads(), store.snapshot_ids()) == ((), {}, ())


@pytest.mark.parametrize("back", [1, 4])
def test_a_step_back_lets_the_newest_held_return_of_each_workbook_count(store: Store, back: int) -> None:
    in_order(store, back)
    for number, unit in enumerate((None, None, "甲局")):
        content = bytes([number])
        store.accept(campaigns.submission(content, campaigns.value(10 + number), unit=unit), (), content)
    seen = store.revision("东区")

    released = reviews.recorded(store, reviews.RETURN if back == 1 else reviews.WALK[4])

    assert released == store.current_returns("东区")
    assert [(one.unit, one.version) for one in released] == [(None, 3), ("甲局", 1)]
    assert {one.outcome for one in released} == {"accepted"}
    assert [value.value for value in store.current_values("东区")] == [11, 12]
    assert (store.count_held("东区"), store.held_returns("东区")) == (0, ())
    assert store.revision("东区") > seen
    assert "东区" in store.unchecked_districts()
    before = store.return_before(released[0])
    assert before is not None
    assert before.version == 1  # the held one in between never counted
    assert store.accept(campaigns.submission(b"later"), (), b"later").outcome == "accepted"


def test_values_of_other_systems_stay_as_they_were_submitted(store: Store) -> None:
    in_order(store, 1)
    entry = Prefilled(item="library_area", value=5, source="平台.csv", raw="5", date="2023-06-30")

    closed = store.save_prefilled([("东区", entry), ("西区", entry)])

    assert closed == {"东区"}
    assert (store.prefilled("东区"), store.prefilled("西区")) == ((), (entry,))


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("table", "column", "code"),
    [
        ("events", "step", "review_log_unreadable"),
        ("events", "after", "review_log_unreadable"),
        ("reviews", "status", "review_state_unreadable"),
    ],
)
def test_a_log_edited_beyond_reading_is_said(store: Store, tmp_path: Path, table: str, column: str, code: str) -> None:
    in_order(store, 1)
    with sqlite3.connect(tmp_path / "campaign.db") as other:
        other.execute(f"UPDATE {table} SET {column} = '完成'")  # noqa: S608 - the test's own names
    other.close()

    with pytest.raises(CampaignError) as error:
        (store.events("东区"), store.heads())
    assert error.value.code == code


@pytest.mark.sqlite
def test_a_snapshot_whose_content_was_changed_is_said(store: Store, tmp_path: Path) -> None:
    one, two = (store.save_snapshot({"a": number}, cut_off=None) for number in (1, 2))
    with sqlite3.connect(tmp_path / "campaign.db") as other:
        other.execute("UPDATE snapshots SET content = (SELECT content FROM snapshots WHERE id = ?)", [two.id])
    other.close()

    assert store.load_snapshot(two.id) == replace(two)
    with pytest.raises(CampaignError) as error:
        store.load_snapshot(one.id)
    assert error.value.code == "snapshot_damaged"

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from builders import campaigns
from builders.stores import opened, stored
from sqlalchemy import Connection, text  # noqa: TID251 - the store's own tests

from xltool.errors import CampaignError
from xltool.messages import fault
from xltool.store import Store, migrations

pytestmark = pytest.mark.sqlite


def reason_of(action: Callable[[], object]) -> str:
    with pytest.raises(CampaignError) as error:
        action()
    assert error.value.code in ("database_unusable", "database_hindered")
    assert "\n" not in "".join(fault(error.value.code, **error.value.context))
    return str(error.value.context["reason"])


def test_a_lost_database_does_not_come_back_empty(tmp_path: Path) -> None:
    with pytest.raises(CampaignError) as error:
        opened(tmp_path)

    assert (error.value.code, error.value.context) == ("campaign_incomplete", {"missing": "campaign.db"})
    assert list(tmp_path.iterdir()) == []


def test_opening_an_existing_database_with_create_changes_nothing(tmp_path: Path) -> None:
    stored(tmp_path).accept(campaigns.submission(b"a"), (), b"a")

    assert len(opened(tmp_path, create=True).current_returns()) == 1


def test_a_file_that_is_no_database_is_said_and_left_alone(tmp_path: Path) -> None:
    content = b"not a database at all, but long enough to be read as one" * 20
    (tmp_path / "campaign.db").write_bytes(content)

    for create in (False, True):
        assert "不是数据库" in reason_of(lambda create=create: opened(tmp_path, create=create))  # type: ignore[misc]
    assert (tmp_path / "campaign.db").read_bytes() == content


def test_a_damaged_database_is_said(tmp_path: Path) -> None:
    store = stored(tmp_path)
    for number in range(50):
        content = str(number).encode()
        store.accept(campaigns.submission(content), (), content)
    path = tmp_path / "campaign.db"
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * 20000 + whole[28192:])

    assert "损坏" in reason_of(store.current_values)


def test_an_empty_file_and_a_database_of_another_program_are_said(tmp_path: Path) -> None:
    (tmp_path / "campaign.db").touch()
    assert "不是xltool" in reason_of(lambda: opened(tmp_path))
    with sqlite3.connect(tmp_path / "campaign.db") as other:
        other.execute("CREATE TABLE addresses (name TEXT)")
    other.close()
    assert "不是xltool" in reason_of(lambda: opened(tmp_path, create=True))


def test_a_database_of_another_campaign_is_said(tmp_path: Path) -> None:
    stored(tmp_path)

    assert "另一个监测项目" in reason_of(lambda: opened(tmp_path, campaign="ffffffff"))


def test_a_folder_in_the_place_of_the_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "campaign.db").mkdir()

    assert "打不开" in reason_of(lambda: opened(tmp_path))


def test_a_database_that_another_program_holds_is_said_and_nothing_is_stored(tmp_path: Path) -> None:
    store = stored(tmp_path, busy_seconds=0.05)
    other = sqlite3.connect(tmp_path / "campaign.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    assert "占用" in reason_of(lambda: store.accept(campaigns.submission(b"a"), (), b"a"))
    other.execute("ROLLBACK")
    other.close()

    assert store.current_returns() == ()
    assert store.accept(campaigns.submission(b"a"), (), b"a").version == 1


def test_readers_do_not_wait_for_a_writer(tmp_path: Path) -> None:
    store = stored(tmp_path, busy_seconds=0.05)
    store.accept(campaigns.submission(b"a"), (), b"a")

    with store.database.write() as connection:
        connection.execute(text("DELETE FROM findings"))
        assert len(store.current_returns()) == 1


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("no address", "写法不对"),
        ("oracle://server/data", "写法不对"),
        ("nonsense://server/data", "写法不对"),
        ("postgresql+psycopg://clerk:hush@server:port/data", "写法不对"),
    ],
)
def test_an_address_that_cannot_be_used_is_said_without_its_password(
    tmp_path: Path, address: str, expected: str
) -> None:
    said = reason_of(lambda: Store.open(address, tmp_path))

    assert expected in said
    assert "hush" not in said


def test_a_newer_database_is_not_touched(tmp_path: Path) -> None:
    stored(tmp_path)
    with sqlite3.connect(tmp_path / "campaign.db") as other:
        other.execute("INSERT INTO migrations VALUES (99, 'future', '2030')")
    other.close()

    assert "更新版本" in reason_of(lambda: opened(tmp_path))


def add_notes(connection: Connection) -> None:
    connection.execute(text("CREATE TABLE notes (note TEXT)"))


def fail(connection: Connection) -> None:
    connection.execute(text("CREATE TABLE half (note TEXT)"))
    connection.execute(text("INSERT INTO nowhere VALUES (1)"))


def tables_and_records(folder: Path) -> tuple[set[str], list[tuple[int, str]]]:
    connection = sqlite3.connect(folder / "campaign.db")
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    records = connection.execute("SELECT number, name FROM migrations ORDER BY number").fetchall()
    connection.close()
    return tables, records


def test_an_older_database_gets_the_new_steps_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "STEPS", ())
    stored(tmp_path).accept(campaigns.submission(b"a"), (), b"a")
    monkeypatch.setattr(migrations, "STEPS", (migrations.Step(name="notes", apply=add_notes),))

    for _ in range(2):
        assert len(opened(tmp_path).current_returns()) == 1

    tables, records = tables_and_records(tmp_path)
    assert "notes" in tables
    assert records == [(1, "first tables"), (2, "notes")]


def test_a_step_that_fails_leaves_the_older_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "STEPS", ())
    stored(tmp_path)
    steps = (migrations.Step(name="notes", apply=add_notes), migrations.Step(name="fails", apply=fail))
    monkeypatch.setattr(migrations, "STEPS", steps)

    assert "nowhere" in reason_of(lambda: opened(tmp_path))

    tables, records = tables_and_records(tmp_path)
    assert ("notes" in tables, "half" in tables) == (True, False)
    assert records == [(1, "first tables"), (2, "notes")]


def test_a_database_of_the_first_tables_gets_all_that_came_later(tmp_path: Path) -> None:
    snapshot = stored(tmp_path).save_snapshot({"a": 1}, cut_off=None)
    later = {"prefilled", "events", "reviews", "attachment_owners", "attachments", "field_returns", "explanations"}
    with sqlite3.connect(tmp_path / "campaign.db") as other:
        for name in later:
            other.execute(f"DROP TABLE {name}")
        other.execute("ALTER TABLE snapshots ADD COLUMN turn INTEGER NOT NULL DEFAULT 1")
        other.execute("DELETE FROM migrations WHERE number > 1")
    other.close()

    store = opened(tmp_path)

    assert store.load_snapshot(snapshot.id) == snapshot
    assert store.save_snapshot({"a": 2}, cut_off=None) != snapshot
    tables, records = tables_and_records(tmp_path)
    assert later <= tables
    assert records == list(enumerate((migrations.FIRST, *(step.name for step in migrations.STEPS)), start=1))


def test_a_new_database_needs_no_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "STEPS", (migrations.Step(name="fails", apply=fail),))

    stored(tmp_path)

    assert tables_and_records(tmp_path)[1] == [(1, "first tables"), (2, "fails")]


def test_the_folder_can_be_moved_and_opened_again(tmp_path: Path) -> None:
    before = tmp_path / "a"
    before.mkdir()
    store = stored(before)
    added = store.accept(campaigns.submission(b"a"), (campaigns.finding(),), b"a")
    snapshot = store.save_snapshot({"a": 1}, cut_off=None)

    shutil.move(before, tmp_path / "b")

    moved = opened(tmp_path / "b")
    assert moved.current_returns() == (added,)
    assert moved.archive.get(added.sha256) == b"a"
    assert len(moved.findings()) == 1
    assert moved.load_snapshot(snapshot.id) == snapshot

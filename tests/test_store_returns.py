from __future__ import annotations

import hashlib
import multiprocessing
import os
from dataclasses import replace
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from builders import campaigns, reviews
from builders.stores import opened, stored
from hypothesis import given
from hypothesis import strategies as st

from xltool.store import Store, findings, schema, values
from xltool.store.returns import suffix_of


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """All tables with their rows."""
    with store.database.read() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(table.select())), key=str)
            for table in schema.metadata.sorted_tables
        }


def test_a_return_is_stored_with_values_and_findings(tmp_path: Path) -> None:
    store = stored(tmp_path)
    submission = campaigns.submission(b"a", unit="甲局", file="包.zip!甲/表.XLSX")

    added = store.accept(submission, (campaigns.finding(unit="甲局"),), b"a")

    assert (added.district, added.unit, added.version, added.outcome) == ("东区", "甲局", 1, "accepted")
    assert (added.suffix, added.serial, added.edition) == (".xlsx", submission.identity.serial, "2023")
    assert added.received_at == store.last_return_at() == "2023-07-01T00:00:02.000000+00:00"
    [value] = store.current_values("东区")
    expected = {"file": "包.zip!甲/表.XLSX", "sha256": added.sha256, "version": 1}
    assert value == replace(submission.values[0], **expected)  # type: ignore[arg-type]
    assert [finding.version for finding in store.findings("东区")] == [1]
    assert store.archive.get(added.sha256) == b"a"


def test_the_same_content_again_changes_nothing(tmp_path: Path) -> None:
    store = stored(tmp_path)
    first = store.accept(campaigns.submission(b"a"), (campaigns.finding(),), b"a")
    store.accept(campaigns.submission(b"b"), (), b"b")
    before = everything(store)

    again = store.accept(campaigns.submission(b"a", file="改名.xlsx"), (campaigns.finding(),), b"a")

    assert again == replace(first, outcome="repeated", current=False)
    assert everything(store) == before


def test_a_newer_return_supersedes_and_the_older_one_stays(tmp_path: Path) -> None:
    store = stored(tmp_path)
    old = store.accept(campaigns.submission(b"a", campaigns.value(1)), (campaigns.finding("old"),), b"a")
    new = store.accept(campaigns.submission(b"b", campaigns.value(2)), (campaigns.finding("new"),), b"b")
    store.accept(campaigns.submission(b"c", unit="甲局"), (), b"c")

    assert (new.version, new.current) == (2, True)
    assert [returned.version for returned in store.current_returns("东区")] == [2, 1]
    assert [value.value for value in store.current_values("东区") if value.unit is None] == [2]
    assert [finding.code for finding in store.findings()] == ["new"]
    assert store.known(old.sha256) == replace(old, current=False)
    assert [(value.value, value.version) for value in store.values_of(old)] == [(1, 1)]
    assert all(store.has(hashlib.sha256(content).hexdigest()) for content in (b"a", b"b", b"c"))
    assert [one.version for one in store.newest_returns("东区")] == [2, 1]


def test_a_return_of_a_district_that_submitted_is_held_and_does_not_count(tmp_path: Path) -> None:
    store = stored(tmp_path)
    store.accept(campaigns.submission(b"a"), (), b"a")
    reviews.recorded(store, reviews.WALK[0])

    held = store.accept(campaigns.submission(b"b"), (campaigns.finding(),), b"b")

    assert (held.version, held.outcome, held.current) == (2, "held", False)
    assert (store.count_held("东区"), store.count_held("西区")) == (1, 0)
    assert [returned.version for returned in store.current_returns()] == [1]
    assert store.findings() == ()
    assert store.known(held.sha256) == held
    assert store.held_returns("东区") == (held,)
    assert store.accept(campaigns.submission(b"c"), (), b"c").outcome == "held"
    assert store.accept(campaigns.submission(b"d", district="西区"), (), b"d").outcome == "accepted"


def test_returns_come_by_district_its_own_workbook_first(tmp_path: Path) -> None:
    store = stored(tmp_path)
    for number, (district, unit) in enumerate([("西区", None), ("东区", "乙局"), ("东区", "甲局"), ("东区", None)]):
        content = str(number).encode()
        store.accept(campaigns.submission(content, district=district, unit=unit), (), content)

    whose = [(returned.district, returned.unit) for returned in store.current_returns()]

    assert whose == [("东区", None), ("东区", "乙局"), ("东区", "甲局"), ("西区", None)]
    assert [(value.district, value.unit) for value in store.current_values()] == whose
    assert [value.district for value in store.current_values("西区")] == ["西区"]


def test_other_files_are_archived_and_recorded_and_may_become_returns(tmp_path: Path) -> None:
    store = stored(tmp_path)

    for file in ("a.xlsx", "a.xlsx", "b.xlsx"):
        rejected = store.set_aside(file, b"a", outcome="rejected", code="unknown_recipient")

    assert (rejected.version, rejected.unit, rejected.current) == (None, None, False)
    assert store.archive.get(rejected.sha256) == b"a"
    assert store.known(rejected.sha256) is None
    assert not store.has(rejected.sha256)
    assert store.last_return_at() is None
    assert len(everything(store)["returns"]) == 2
    assert store.accept(campaigns.submission(b"a"), (), b"a").version == 1


@pytest.mark.parametrize("place", [(values, "insert"), (findings, "insert"), (findings, "touch")])
def test_a_failure_in_the_middle_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: tuple[object, str]
) -> None:
    store = stored(tmp_path)
    store.accept(campaigns.submission(b"a"), (campaigns.finding(),), b"a")
    before = everything(store)

    def fail(*_arguments: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(*place, fail)
        with pytest.raises(MemoryError):
            store.accept(campaigns.submission(b"b"), (campaigns.finding(),), b"b")

    assert everything(store) == before
    assert store.accept(campaigns.submission(b"b"), (), b"b").version == 2


def accept_many(folder: Path, worker: int, ready: Barrier) -> None:
    """Store 10 returns of one workbook, 10 of an own one, and 10 that every worker has."""
    store = opened(folder)
    ready.wait()
    for number in range(10):
        for name, unit in (
            (f"{worker} {number}", "甲局"),
            (f"own {worker} {number}", f"{worker}"),
            (f"{number}", None),
        ):
            content = name.encode()
            store.accept(campaigns.submission(content, unit=unit), (campaigns.finding(unit=unit),), content)


def run(target: object, arguments: list[tuple[object, ...]]) -> list[int | None]:
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(len(arguments))
    processes = [context.Process(target=target, args=(*given, barrier)) for given in arguments]  # type: ignore[arg-type]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return [process.exitcode for process in processes]


def test_processes_that_store_at_once_lose_nothing_and_count_nothing_twice(tmp_path: Path) -> None:
    store = stored(tmp_path)

    assert run(accept_many, [(tmp_path, 0), (tmp_path, 1)]) == [0, 0]

    versions = {returned.unit: returned.version for returned in store.current_returns("东区")}
    assert versions == {None: 10, "甲局": 20, "0": 10, "1": 10}
    assert store.last_return() == 50
    assert len(store.findings("东区")) == 4
    assert store.revision("东区") == 50


def die_in_the_middle(folder: Path, ready: Barrier) -> None:
    store = opened(folder)
    ready.wait()
    findings.touch = lambda *_arguments: os._exit(9)
    store.accept(campaigns.submission(b"b"), (), b"b")


def test_a_process_that_is_killed_leaves_nothing_half_stored(tmp_path: Path) -> None:
    store = stored(tmp_path)
    store.accept(campaigns.submission(b"a"), (), b"a")
    before = everything(store)

    assert run(die_in_the_middle, [(tmp_path,)]) == [9]

    assert everything(store) == before
    assert opened(tmp_path).accept(campaigns.submission(b"b"), (), b"b").version == 2


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return stored(tmp_path_factory.mktemp("shared"))


@given(
    st.lists(
        st.tuples(
            st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
            st.text() | st.none(),
            st.integers(1, 500) | st.none(),
            st.booleans(),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_values_read_back_as_they_were(
    shared: Store, rows: list[tuple[int | float | str | None, str | None, int | None, bool]]
) -> None:
    read = tuple(
        campaigns.value(
            content, raw=raw, row=row, prefilled=prefilled, sheet=raw, file="单位名单.xlsx" if prefilled else None
        )
        for content, raw, row, prefilled in rows
    )
    content = os.urandom(16)

    added = shared.accept(campaigns.submission(content, *read), (), content)

    back = shared.current_values("东区")
    assert back == shared.values_of(added)
    own = {"file": added.file, "sha256": added.sha256, "version": added.version}
    expected = [value if value.prefilled else replace(value, **own) for value in read]  # type: ignore[arg-type]
    assert [visible(value.value) for value in back] == [visible(value.value) for value in expected]
    assert [type(value.value) for value in back] == [type(value.value) for value in expected]
    assert [visible(value.raw) for value in back] == [visible(value.raw) for value in expected]
    assert [replace(value, value=0, raw=None, sheet=None) for value in back] == [
        replace(value, value=0, raw=None, sheet=None) for value in expected
    ]


def visible(content: float | str | None) -> int | float | str | None:
    """What no database takes is replaced by U+FFFD."""
    if isinstance(content, str):
        return "".join("\ufffd" if char == "\0" or "\ud800" <= char <= "\udfff" else char for char in content)
    return content


@pytest.mark.parametrize("wrong", [float("nan"), float("inf")])
def test_a_number_that_is_none_is_a_bug_and_not_stored(tmp_path: Path, wrong: float) -> None:
    store = stored(tmp_path)

    with pytest.raises(ValueError, match=str(wrong)):
        store.accept(campaigns.submission(b"a", campaigns.value(wrong)), (), b"a")

    assert store.current_returns() == ()


@pytest.mark.parametrize(
    ("file", "suffix"),
    [("表.XLSX", ".xlsx"), ("a.zip!b.c/表.xls", ".xls"), ("C:\\收件\\表.ods", ".ods"), ("a.b/无", "")],
)
def test_the_extension_is_the_members(file: str, suffix: str) -> None:
    assert suffix_of(file) == suffix

"""Returns that are stored in one go are stored as if each had come by itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from builders import campaigns, reviews
from builders.stores import stored
from hypothesis import given, settings
from hypothesis import strategies as st

from xltool.store import Accepted, Parcel, Return, Store, parcel_of, schema

SUBMITTED = "东区"
NOW = dt.datetime(2023, 5, 1, tzinfo=dt.UTC)
EXAMPLES = count()


def in_review(folder: Path) -> Store:
    """A campaign of which one district has submitted, and then sent more."""
    store = stored(folder, clock=lambda: NOW)
    store.accept(campaigns.submission(b"a"), (), b"a")
    reviews.recorded(store, reviews.WALK[0])
    return store


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, Store]:
    return in_review(tmp_path_factory.mktemp("at once")), in_review(tmp_path_factory.mktemp("one by one"))


def rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """What was stored of returns, row by row; and which districts are to be checked."""
    tables = (schema.returns, schema.entries, schema.findings)
    with store.database.read() as connection:
        found = {
            table.name: [tuple(row) for row in connection.execute(table.select().order_by(*table.primary_key))]
            for table in tables
        }
    return {**found, "unchecked": [tuple(store.unchecked_districts())]}


def parcel(content: bytes, district: str, unit: str | None, found: int) -> Parcel:
    submission = campaigns.submission(content, campaigns.value(len(content)), district=district, unit=unit)
    return parcel_of(submission, [campaigns.finding(district=district, unit=unit)] * found)


def singly(store: Store, parcels: list[Parcel]) -> list[Accepted]:
    return [accepted for one in parcels for accepted in store.accept_all([one])]


def plain(accepted: Accepted) -> tuple[object, ...]:
    """What became of a return; which of several counts is known when all are stored."""
    earlier = accepted.earlier
    return replace(accepted.returned, current=False), earlier.id if earlier is not None else None


@given(
    st.lists(
        st.lists(
            st.tuples(
                st.integers(0, 5),  # few contents, so that some come again
                st.sampled_from((SUBMITTED, "西区", "南区")),
                st.sampled_from((None, "甲局", "乙局")),
                st.integers(0, 2),
            ),
            max_size=6,
        ),
        min_size=1,
        max_size=3,
    )
)
@settings(deadline=None)  # a server takes its time for each transaction
def test_at_once_is_as_one_by_one(
    stores: tuple[Store, Store], batches: list[list[tuple[int, str, str | None, int]]]
) -> None:
    example = next(EXAMPLES)
    together, alone = stores
    for batch in batches:
        parcels = [
            parcel(f"{example} {content}".encode(), district, unit and f"{unit}{example}", found)
            for content, district, unit, found in batch
        ]
        assert [*map(plain, together.accept_all(parcels))] == [*map(plain, singly(alone, parcels))]
    assert rows(together) == rows(alone)


def test_each_is_told_the_one_before_it(tmp_path: Path) -> None:
    store = stored(tmp_path)
    parcels = [parcel(content, "东区", None, 1) for content in (b"1", b"2", b"3")]

    first = store.accept_all(parcels[:1])[0]
    second, third = store.accept_all(parcels[1:])

    assert (first.earlier, second.earlier, third.earlier) == (None, first.returned, second.returned)
    assert [one.returned.version for one in (first, second, third)] == [1, 2, 3]
    assert current(store) == [third.returned]
    assert third.returned.current


def test_the_same_content_twice_at_once_is_stored_once(tmp_path: Path) -> None:
    store = stored(tmp_path)

    first, again = store.accept_all([parcel(b"1", "东区", None, 1), parcel(b"1", "东区", None, 1)])

    assert again.returned == replace(first.returned, outcome="repeated")
    assert current(store) == [first.returned]
    assert store.revision("东区") == 1


def test_what_is_found_afterwards_stands_behind_the_other_findings(tmp_path: Path) -> None:
    store = stored(tmp_path)
    (accepted,) = store.accept_all([parcel(b"1", "东区", None, 2)])

    store.add_finding(accepted.returned, campaigns.finding("several_in_run"))

    assert [one.code for one in store.findings_of(accepted.returned)] == ["required", "required", "several_in_run"]


def test_text_that_no_database_takes_is_stored_as_what_it_can_take(tmp_path: Path) -> None:
    store = stored(tmp_path)
    read = campaigns.value("甲\0\ud800", raw="\0乙", sheet="丙\udfff")
    content = b"1"

    added = store.accept(campaigns.submission(content, read), (campaigns.finding(message="“\0\ud800”"),), content)

    (value,) = store.values_of(added)
    assert (value.value, value.raw, value.sheet) == ("甲\ufffd\ufffd", "\ufffd乙", "丙\ufffd")
    assert [one.message for one in store.findings_of(added)] == ["“\0\ufffd”"]  # NUL is written as an escape


def current(store: Store) -> list[Return]:
    return list(store.current_returns("东区"))

"""Several clerks on one database: eight processes lose nothing and count nothing twice; a lost server is said."""

from __future__ import annotations

import re
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest
from builders import campaigns, reviews, servers
from builders.stores import opened, stored

from xltool.errors import CampaignError
from xltool.messages import fault, reason
from xltool.model.review import Status
from xltool.store import Store

CLERKS = 8
FILES = 12
"""Files that each clerk ingests."""


def returns_of(clerk: int, folder: Path, *, own: bool) -> list[tuple[str, int | None]]:
    """What one clerk's process stores: outcomes and versions, of files of its own or of those that all have."""
    store = opened(folder)
    said: list[tuple[str, int | None]] = []
    for number in range(FILES):
        content = f"{clerk if own else 0}-{number}".encode()
        stored_as = store.accept(campaigns.submission(content), (campaigns.finding(),), content)
        said.append((stored_as.outcome, stored_as.version))
    return said


def at_once(folder: Path, *, own: bool) -> list[tuple[str, int | None]]:
    with ProcessPoolExecutor(CLERKS, mp_context=get_context("spawn")) as pool:
        return [one for said in pool.map(partial(returns_of, folder=folder, own=own), range(CLERKS)) for one in said]


def test_every_return_of_every_clerk_gets_a_version_of_its_own(tmp_path: Path) -> None:
    store = stored(tmp_path)

    said = at_once(tmp_path, own=True)

    assert sorted(version or 0 for _, version in said) == list(range(1, CLERKS * FILES + 1))
    assert {outcome for outcome, _ in said} == {"accepted"}
    (current,) = store.current_returns()
    assert current.version == CLERKS * FILES
    assert len(store.findings()) == 1


def test_the_same_files_from_every_clerk_are_stored_once(tmp_path: Path) -> None:
    store = stored(tmp_path)

    said = at_once(tmp_path, own=False)

    accepted = [version for outcome, version in said if outcome == "accepted"]
    assert sorted(version or 0 for version in accepted) == list(range(1, FILES + 1))
    assert len(said) - len(accepted) == (CLERKS - 1) * FILES
    assert store.last_return() == FILES


@pytest.mark.server
def test_a_server_that_is_gone_is_said_and_nothing_is_stored(tmp_path: Path) -> None:
    stored(tmp_path)
    gone = re.sub(r":\d+/", ":1/", servers.database_of(tmp_path))

    with pytest.raises(CampaignError) as error:
        Store.open(gone, tmp_path / "archive").accept(campaigns.submission(b"a"), (), b"a")

    message, _ = fault(error.value.code, **error.value.context)
    assert reason("database_gone") in message
    assert opened(tmp_path).current_returns() == ()


def reviewing(clerk: int, folder: Path) -> list[bool]:
    """One clerk's process: sends the district on and back again and again, and stores a return in between."""
    store = opened(folder)
    said = []
    for number in range(FILES):
        revision, log = store.revision("东区"), store.events("东区")  # one reading: the step follows from what it says
        step = reviews.event(log, reviews.RETURN if len(log) % 2 else reviews.WALK[0], district="东区")
        said.append(store.record_event(step, revision=revision, snapshot=reviews.SNAPSHOT) is not None)
        content = f"{clerk}-{number}".encode()
        store.accept(campaigns.submission(content, unit=f"{clerk}局"), (), content)
    return said


def test_reviews_and_returns_of_eight_clerks_lose_no_step_and_no_return(tmp_path: Path) -> None:
    store = stored(tmp_path)
    store.accept(campaigns.submission(b"first"), (), b"first")

    with ProcessPoolExecutor(CLERKS, mp_context=get_context("spawn")) as pool:
        said = [one for own in pool.map(partial(reviewing, folder=tmp_path), range(CLERKS)) for one in own]

    log = store.events("东区")
    assert len(log) == sum(said)
    assert [event.previous for event in log] == ["", *(event.digest for event in log[:-1])]
    assert [event.after for event in log] == [Status.FIRST_REVIEW, Status.DRAFT] * (len(log) // 2) + (
        [Status.FIRST_REVIEW] if len(log) % 2 else []
    )
    newest = {returned.unit: returned.version for returned in store.newest_returns("东区")}
    assert newest.pop(None) == 1
    assert newest == {f"{clerk}局": FILES for clerk in range(CLERKS)}
    waiting = store.count_held("东区")
    assert (waiting > 0) <= bool(len(log) % 2)


@pytest.mark.server
def test_a_server_that_goes_in_the_middle_leaves_nothing_half_stored(tmp_path: Path) -> None:
    store = stored(tmp_path)

    def batch() -> None:
        with store.together() as joined:
            joined.accept(campaigns.submission(b"a", campaigns.value(1)), (campaigns.finding(),), b"a")
            servers.cut_off(tmp_path)
            joined.accept(campaigns.submission(b"b", unit="甲局"), (), b"b")

    with pytest.raises(CampaignError) as error:
        batch()

    assert error.value.context == {"reason": reason("database_gone")}
    assert opened(tmp_path).current_returns() == ()
    batches = opened(tmp_path)
    with batches.together() as joined:
        joined.accept(campaigns.submission(b"a", campaigns.value(1)), (campaigns.finding(),), b"a")
        joined.accept(campaigns.submission(b"b", unit="甲局"), (), b"b")
    assert [returned.version for returned in batches.current_returns()] == [1, 1]

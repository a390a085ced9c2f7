from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from builders.stores import opened, stored
from hypothesis import given
from hypothesis import strategies as st

from xltool.errors import UsageError
from xltool.store import Store
from xltool.store.records import canonical

CONTENT = {"indicators": [{"district": "东区", "value": 12, "mean": 0.1 + 0.2, "reason": None}], "edition": "d" * 64}


def test_a_snapshot_is_named_by_its_content_alone(tmp_path: Path) -> None:
    store = stored(tmp_path)

    first = store.save_snapshot(CONTENT, cut_off="2023-09-30")
    again = store.save_snapshot(dict(reversed(CONTENT.items())), cut_off="2023-10-31")

    assert again == first
    assert first.cut_off == "2023-09-30"
    assert first.content == CONTENT
    assert first.id == hashlib.sha256(canonical(CONTENT).encode()).hexdigest()


def test_other_content_is_another_snapshot_and_the_earlier_stays(tmp_path: Path) -> None:
    store = stored(tmp_path)
    first = store.save_snapshot({"a": 1}, cut_off=None)
    second = store.save_snapshot({"a": 1.5}, cut_off=None)

    assert opened(tmp_path).load_snapshot(second.id) == second
    assert store.load_snapshot(first.id[:12].upper()) == first
    assert store.snapshot_ids() == (first.id, second.id)


def test_there_may_be_none(tmp_path: Path) -> None:
    assert stored(tmp_path).snapshot_ids() == ()


@pytest.mark.parametrize("name", ["", "%", "_", "zz", "0" * 65, "f" * 64])
def test_an_unknown_snapshot_is_said(tmp_path: Path, name: str) -> None:
    store = stored(tmp_path)
    store.save_snapshot({"a": 1}, cut_off=None)

    with pytest.raises(UsageError) as error:
        store.load_snapshot(name)

    assert (error.value.code, error.value.context) == ("unknown_snapshot", {"name": name})


def test_a_beginning_that_several_snapshots_have_is_said(tmp_path: Path) -> None:
    store = stored(tmp_path)
    names = [store.save_snapshot({"a": number}, cut_off=None).id for number in range(17)]
    first = next(name[0] for name in names if sum(other[0] == name[0] for other in names) > 1)

    with pytest.raises(UsageError, match="ambiguous_snapshot"):
        store.load_snapshot(first)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return stored(tmp_path_factory.mktemp("shared"))


@given(
    st.dictionaries(
        st.text(st.characters(codec="utf-8")),
        st.none()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(st.characters(codec="utf-8")),
    )
)
def test_content_reads_back_exactly(shared: Store, content: dict[str, object]) -> None:
    saved = shared.save_snapshot(content, cut_off=None)

    assert shared.load_snapshot(saved.id).content == content

"""Formulas as XML spells them are kept once for a whole list, and come back to the last character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xltool.intake import spelling
from xltool.intake.spelling import SHORT, Spelling, Spellings

LONG = b"A12+B12*12&quot;2012&quot;" * SHORT


@given(
    st.text(st.sampled_from("A$B120\x02+<>"), max_size=20).flatmap(
        lambda text: st.sampled_from([text.encode(), text.encode() * SHORT])
    ),
    (st.integers(1, 12) | st.integers(1, 1_048_576)).map(lambda row: b"%d" % row),
)
def test_a_spelling_gives_back_the_characters_and_their_hash(spelt: bytes, row: bytes) -> None:
    kept = Spellings().of(spelt, row)
    assert bytes(kept) == spelt
    assert hash(kept) == hash(spelt)
    assert kept == spelt


def test_formulas_of_a_list_are_kept_once() -> None:
    spellings = Spellings()
    rows = [b"%d" % row for row in range(31, 40)]
    kept = [spellings.of(b"SUM(A%b:C%b)" % (row, row) * SHORT, row) for row in rows]
    assert all(isinstance(one, Spelling) for one in kept)
    assert len({id(one._common) for one in kept if isinstance(one, Spelling)}) == 1  # noqa: SLF001


def test_where_the_room_is_taken_characters_are_kept_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spelling, "ROOM", len(LONG))
    spellings = Spellings()
    assert isinstance(spellings.of(LONG, b"12"), Spelling)
    assert spellings.of(LONG + b"1", b"12") == LONG + b"1"
    assert isinstance(spellings.of(LONG + b"1", b"12"), bytes)
    assert isinstance(spellings.of(LONG, b"12"), Spelling)

"""Zips of members compressed before are those that zipfile writes."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from xltool.workbook.packing import joined, member, packed, piece

NAMES = st.text("abcXYZ09._/[]", min_size=1, max_size=20)


@given(st.dictionaries(NAMES, st.binary(max_size=300), max_size=5))
def test_the_bytes_are_those_of_zipfile(parts: dict[str, bytes]) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)

    assert packed(member(name, content) for name, content in parts.items()) == target.getvalue()


@given(st.lists(st.binary(max_size=300), max_size=6))
def test_a_member_of_pieces_is_read_as_their_contents_together(pieces: list[bytes]) -> None:
    made = packed([joined("a.xml", map(piece, pieces)), member("b.xml", b"b")])

    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        assert archive.read("a.xml") == b"".join(pieces)
        assert archive.read("b.xml") == b"b"

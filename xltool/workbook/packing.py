"""Zips of members that were compressed before: what `zipfile` can't write, since it compresses each member anew.

The bytes are those that `zipfile` writes for the same members.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

DEFLATED, VERSION, UNIX = 8, 20, 3
DATE = 0x21  # 1980-01-01, the first day that a zip can say: the same parts give the same bytes
MODE = 0o600 << 16
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s2B5H3L5H2L")
_END = struct.Struct("<4s4H2LH")


@dataclass(frozen=True, slots=True)
class Member:
    """A compressed part of a package; its name is ASCII, as all of a workbook's are."""

    name: bytes
    crc: int
    size: int
    packed: bytes


def member(name: str, content: bytes) -> Member:
    """Compress a part."""
    deflate = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = deflate.compress(content) + deflate.flush()
    return Member(name.encode("ascii"), zlib.crc32(content), len(content), packed)


def packed(members: Iterable[Member]) -> bytes:
    """The zip of some members, in their order."""
    parts: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for one in members:
        told = (0, DEFLATED, 0, DATE, one.crc, len(one.packed), one.size, len(one.name), 0)
        parts += (_LOCAL.pack(b"PK\x03\x04", VERSION, *told), one.name, one.packed)
        directory += (
            _CENTRAL.pack(b"PK\x01\x02", VERSION, UNIX, VERSION, *told, 0, 0, 0, MODE, offset),
            one.name,
        )
        offset += _LOCAL.size + len(one.name) + len(one.packed)
    count, size = len(directory) // 2, sum(map(len, directory))
    return b"".join((*parts, *directory, _END.pack(b"PK\x05\x06", 0, 0, count, count, size, offset, 0)))

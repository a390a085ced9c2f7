"""Zips of members, and members of pieces, that were compressed before.

`zipfile` compresses each member anew. For whole members the bytes are those that it writes. A member of pieces is one
stream of deflated blocks; each piece ends at a full flush, so that it needs nothing of what stands before it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

DEFLATED, VERSION, UNIX = 8, 20, 3
DATE = 0x21  # 1980-01-01, the first day that a zip can say: the same parts give the same bytes
MODE = 0o600 << 16
LAST = b"\x03\x00"  # an empty block that ends a stream
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


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a member, compressed by itself."""

    content: bytes
    packed: bytes


def piece(content: bytes) -> Piece:
    """Compress a part of a member."""
    deflate = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Piece(content, deflate.compress(content) + deflate.flush(zlib.Z_FULL_FLUSH))


def joined(name: str, pieces: Iterable[Piece]) -> Member:
    """A member of its pieces, one after the other."""
    crc = size = 0
    parts = []
    for one in pieces:
        crc = zlib.crc32(one.content, crc)
        size += len(one.content)
        parts.append(one.packed)
    return Member(name.encode("ascii"), crc, size, b"".join((*parts, LAST)))


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

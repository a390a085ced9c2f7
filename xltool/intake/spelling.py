"""Formulas as sheet XML spells them: compared by hash, made into text only where somebody looks at them."""

from __future__ import annotations

from typing import cast

from xltool.errors import RefusedFile
from xltool.intake import scan
from xltool.intake.grid import Cell

_ROW = b"\x02"
"""In a common spelling in place of the row's number; no XML can hold it."""

SHORT = 100
"""Characters of a formula that is kept as it is."""

ROOM = 4 << 20
"""Bytes of the common spellings of a process; a city's have some 1 MB."""


class Spelling:
    """A long formula's characters in XML, without its row's number: then it is the same in a whole list.

    It has the hash of the characters.
    """

    __slots__ = ("_common", "_hash", "_row")

    def __init__(self, common: bytes, row: bytes, spelt: int) -> None:
        """The characters with `_ROW` for the row's number, that number, and the hash of the characters."""
        self._common = common
        self._row = row
        self._hash = spelt

    def __bytes__(self) -> bytes:
        """The characters."""
        return self._common.replace(_ROW, self._row)

    def __hash__(self) -> int:
        """That of the characters."""
        return self._hash

    def __eq__(self, other: object) -> bool:
        """Whether it has the same characters."""
        return isinstance(other, Spelling | bytes) and bytes(self) == bytes(other)


class Spellings:
    """The spellings of the formulas of all workbooks of a process: those of a list are one text."""

    def __init__(self) -> None:
        """None yet."""
        self._common: dict[bytes, bytes] = {}
        self._room = ROOM

    def of(self, spelt: bytes, row: bytes) -> bytes | Spelling:
        """A formula's characters, those of a long one shared with other rows."""
        if len(spelt) < SHORT or _ROW in spelt:
            return spelt
        common = spelt.replace(row, _ROW)  # in any number, even a part of one: putting it back is exact
        known = self._common.get(common)
        if known is None:
            if self._room < len(common):
                return spelt
            self._room -= len(common)
            known = self._common[common] = common
        return Spelling(known, row, hash(spelt))


class PlainCell(Cell):
    """A cell whose formula is still spelt as in the XML: nearly all are as issued, and never looked into."""

    __slots__ = ()

    @property
    def spelling(self) -> bytes | Spelling:
        """The formula's characters in XML, or what gives them."""
        return cast("bytes | Spelling", self[3])

    @property
    def formula(self) -> str:  # worked out when asked for
        """The formula's text.

        Raises:
            RefusedFile: it has an entity that XML doesn't define.
        """
        try:
            return scan.text(bytes(self.spelling))
        except scan.NotPlainError as error:
            raise RefusedFile("damaged") from error

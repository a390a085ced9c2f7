"""Texts of an Excel 97-2003 workbook: names of formats, and the table of texts with their runs of fonts."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from xltool.intake.runs import ALIGNED

_WIDE, _FAR_EAST, _RUNS = 0x01, 0x04, 0x08
_ALIGNMENTS = {1: "superscript", 2: "subscript"}


class Font(NamedTuple):
    """What of a font changes how a text is read."""

    struck: bool = False
    alignment: str = ""

    @classmethod
    def of(cls, body: bytes) -> Font:
        """The font of a record."""
        marks, position = struct.unpack_from("<2xH4xH", body)
        return cls(struck=bool(marks & 0x08), alignment=_ALIGNMENTS.get(position, ""))


def plain(body: bytes) -> str:
    """A text with its length in two bytes."""
    length, flags = struct.unpack_from("<HB", body)
    return body[3 : 3 + 2 * length].decode("utf-16-le") if flags & _WIDE else body[3 : 3 + length].decode("latin-1")


def in_runs(bodies: Sequence[bytes], font: Callable[[int], Font]) -> Mapping[int, tuple[str, bool]]:
    """The texts in several fonts, by their index: as people see them, and whether a part is struck out.

    `bodies` are the table's record and those that continue it.
    """
    if not bodies:
        return {}
    found = {}
    table = _Table(bodies)
    _, count = struct.unpack("<II", table.take(8))
    for index in range(count):
        text, runs = table.text()
        if runs:
            found[index] = _seen(text, runs, font)
    return found


def _seen(text: str, runs: Sequence[tuple[int, int]], font: Callable[[int], Font]) -> tuple[str, bool]:
    parts, struck = [text[: runs[0][0]]], False
    for (start, number), (end, _) in zip(runs, [*runs[1:], (len(text), 0)], strict=True):
        part, own = text[start:end], font(number)
        struck = struck or (own.struck and bool(part.strip()))
        parts.append(part.translate(ALIGNED.get(own.alignment, {})))
    return "".join(parts), struck


class _Table:
    """Reads through the records; a text that is cut says anew in the next one how wide its letters are."""

    def __init__(self, bodies: Sequence[bytes]) -> None:
        self._bodies = bodies
        self._record = self._place = 0

    def take(self, count: int) -> bytes:
        """Bytes that may go on in the next record."""
        found = b""
        while len(found) < count:
            if self._place == len(self._bodies[self._record]):
                self._record, self._place = self._record + 1, 0
            part = self._bodies[self._record][self._place : self._place + count - len(found)]
            self._place += len(part)
            found += part
        return found

    def text(self) -> tuple[str, list[tuple[int, int]]]:
        """The next text, and the runs of fonts in it as (first letter, font)."""
        length, flags = struct.unpack("<HB", self.take(3))
        runs = struct.unpack("<H", self.take(2))[0] if flags & _RUNS else 0
        extra = struct.unpack("<I", self.take(4))[0] if flags & _FAR_EAST else 0
        parts: list[str] = []
        while length:
            if self._place == len(self._bodies[self._record]):
                self._record, self._place = self._record + 1, 0
                flags = self.take(1)[0]
            width = 2 if flags & _WIDE else 1
            here = min(length, (len(self._bodies[self._record]) - self._place) // width)
            if not here:
                raise IndexError  # half a letter before the record's end
            parts.append(self.take(here * width).decode("utf-16-le" if width > 1 else "latin-1", "replace"))
            length -= here
        found = [struct.unpack("<HH", self.take(4)) for _ in range(runs)]
        self.take(extra)
        return "".join(parts), [(first, number) for first, number in found]

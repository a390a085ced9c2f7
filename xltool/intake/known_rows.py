"""Rows of sheet XML that many returns spell alike, made into cells once a process.

Most rows of a return are the office's own: labels, and formulas over cells that nobody filled. What a row's bytes
make depends on the workbook's strings and styles too, so they are a part of what it is remembered by. A row with a
shared formula, which another row spells out, is never remembered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xltool.intake.grid import Cell
from xltool.intake.runs import Text

Cells = dict[tuple[int, int], Cell]

LARGEST = 1 << 14
"""Bytes of a row that is worth remembering."""

ROOM = 24 << 20
"""Bytes of all rows together whose cells are remembered; a city's rows that recur have some 15 MB."""

MET = 200_000
"""Rows that are known to have been met once; what was typed makes most of them."""

_SHARED = b' si="'


class KnownRows:
    """The cells of rows that were met before; one for all workbooks of a process.

    Rows are known by their hashes: they are long, and hashes are keyed afresh in each process, so nobody can aim.
    """

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._made: dict[int, tuple[Sequence[bytes], dict[tuple[object, ...], Cells]]] = {}
        self._met: set[int] = set()
        self._room = ROOM

    def find(self, row: bytes, strings: Mapping[bytes, Text], styles: int) -> Cells | None:
        """The cells of a row, if they are known for these strings and that table of styles.

        Raises:
            KeyError: a string isn't in the table.
        """
        known = self._made.get(hash(row))
        if known is None:
            return None
        used, made = known
        return made.get((styles, *map(strings.__getitem__, used)))

    def keep(self, row: bytes, used: Sequence[bytes], strings: Mapping[bytes, Text], styles: int, cells: Cells) -> None:
        """Remember what a row was made into, from the second time that it is met."""
        size, key = len(row), hash(row)
        if key not in self._met:
            if len(self._met) < MET:
                self._met.add(key)
            return
        if size <= min(LARGEST, self._room) and _SHARED not in row:
            self._room -= size
            _, made = self._made.setdefault(key, (used, {}))
            made[(styles, *map(strings.__getitem__, used))] = cells

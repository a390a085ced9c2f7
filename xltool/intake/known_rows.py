"""Rows of sheet XML that many returns spell alike, made into cells once a process.

Most rows of a return are the office's own: labels, and formulas over cells that nobody filled. What a row's bytes
make depends on the workbook's strings and styles too, so they are a part of what it is remembered by. A row with a
shared formula, which another row spells out, is never remembered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xltool.intake.grid import Cell

Cells = dict[tuple[int, int], Cell]

LARGEST = 1 << 14
"""Bytes of a row that is worth remembering."""

ROOM = 20 << 20
"""Bytes of all cells together that are remembered; a city's rows that recur have some 18 MB."""

CELL = 300
"""Bytes of a cell and its address as objects."""

MET = 16_000
"""Rows that are known to have been met once, most of them typed; a city's returns have some 15,000."""

_SHARED = b' si="'


class KnownRows:
    """The cells of rows that were met before; one for all workbooks of a process.

    Rows, and what they are remembered by, are known by their hashes: they are long, and hashes are keyed afresh in each
    process, so nobody can aim.
    """

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._used: dict[int, Sequence[bytes]] = {}  # by row: the strings that it uses
        self._made: dict[int, Cells] = {}  # by row, styles and these strings
        self._met: set[int] = set()
        self._room = ROOM

    def find(self, row: bytes, strings: Mapping[bytes, int], styles: int) -> Cells | None:
        """The cells of a row, if they are known for these strings, each by its hash, and that table of styles.

        Raises:
            KeyError: a string isn't in the table.
        """
        key = hash(row)
        used = self._used.get(key)
        return None if used is None else self._made.get(hash((key, styles, *map(strings.__getitem__, used))))

    def keep(self, row: bytes, used: Sequence[bytes], strings: Mapping[bytes, int], styles: int, cells: Cells) -> None:
        """Remember what a row was made into, from the second time that it is met.

        Where there is no room left, all is forgotten: what the files of now have in common is soon known again.
        """
        key = hash(row)
        if key not in self._met:
            if len(self._met) == MET:
                self._met.clear()
            self._met.add(key)
            return
        if len(row) > LARGEST or _SHARED in row:
            return
        size = sum(map(_size, cells.values()))
        if size > self._room:
            self._used.clear()
            self._made.clear()
            self._room = ROOM
        self._room -= size
        self._used[key] = tuple(used)
        self._made[hash((key, styles, *map(strings.__getitem__, used)))] = cells


def _size(cell: Cell) -> int:
    formula = cell[3]  # characters, or what a list has in common
    return CELL + len(cell.raw) + (len(formula) if isinstance(formula, str | bytes) else 0)

"""Whose a file is that came beside returns: theirs that lie nearest to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from xltool.model.evidence import Owner, path_parts

Folder = tuple[str, ...]


class Nearby:
    """Where returns lay, so that the owners of what lies beside them can be told."""

    def __init__(self, returns: Iterable[tuple[str, Owner]] = ()) -> None:
        """Pairs of a return's name and its owner; more can be added."""
        self.placed: defaultdict[Folder, set[Owner]] = defaultdict(set)
        self._known: dict[Folder, frozenset[Owner]] = {}
        for name, owner in returns:
            self.add(name, owner)

    @classmethod
    def joined(cls, several: Iterable[Nearby]) -> Nearby:
        """Of several groups of returns together."""
        whole = cls()
        for one in several:
            for folder, owners in one.placed.items():
                whole.placed[folder] |= owners
        return whole

    def add(self, name: str, owner: Owner) -> None:
        """Remember where a return lay."""
        self.placed[path_parts(name)[:-1]].add(owner)
        self._known.clear()

    def owners_of(self, file: str) -> frozenset[Owner]:
        """The owners of the returns that lie in the file's own folder, else in or below the next one up that has any.

        In a folder with returns of its own, those are nearer than the ones below it. A zip counts as a folder.
        Without any return in a common folder the file belongs to all of them.
        """
        folder = path_parts(file)[:-1]
        if folder not in self._known:
            self._known[folder] = self._nearest(folder)
        return self._known[folder]

    def _nearest(self, folder: Folder) -> frozenset[Owner]:
        while folder:
            if folder in self.placed:
                return frozenset(self.placed[folder])
            below = [owners for place, owners in self.placed.items() if place[: len(folder)] == folder]
            if below:
                return frozenset().union(*below)
            folder = folder[:-1]
        return frozenset().union(*self.placed.values())

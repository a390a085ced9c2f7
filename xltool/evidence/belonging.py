"""Whose a file is that came beside returns: theirs that lie nearest to it."""

from __future__ import annotations

from collections.abc import Iterable

from xltool.model.evidence import Owner, path_parts


def owners_of(file: str, returns: Iterable[tuple[str, Owner]]) -> frozenset[Owner]:
    """The owners of the returns that lie in the file's own folder, else in or below the next folder up that has any.

    In a folder with returns of its own, those are nearer than the ones below it. A zip counts as a folder. Without
    any return in a common folder the file belongs to all of them.
    """
    placed = [(path_parts(name)[:-1], owner) for name, owner in returns]
    folder = path_parts(file)[:-1]
    while folder:
        found = [(place, owner) for place, owner in placed if place[: len(folder)] == folder]
        if found:
            here = frozenset(owner for place, owner in found if place == folder)
            return here or frozenset(owner for _, owner in found)
        folder = folder[:-1]
    return frozenset(owner for _, owner in placed)

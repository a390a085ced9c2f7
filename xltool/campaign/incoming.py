"""The files of one ingest, found as they are needed, and which of them are still to be taken."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from xltool import intake
from xltool.campaign.reading import opened
from xltool.intake import Incoming


class Source:
    """Gives each file once, in the order of names, with those in zips in place of the zips.

    `total` is how many files there are as far as is known: zips are counted when they are opened. `done` is how many
    were taken, and set by whoever takes them. `roots` are the given paths that files were found under.
    """

    def __init__(self, paths: Sequence[Path], password: str | None) -> None:
        """Count the files.

        Raises:
            UsageError: a path doesn't exist.
        """
        self._paths = sorted(paths, key=str)
        self._password = password
        self._given = 0
        self._names: deque[str] = deque()  # of files that were given and not taken
        self._files = self._find()
        self.total = sum(1 for _ in intake.walk(self._paths))
        self.done = 0
        self.roots: set[str] = set()

    def __iter__(self) -> Iterator[Incoming]:
        """The files that were not given yet."""
        return self._files

    def left(self, unsettled: Iterable[str]) -> Iterator[str]:
        """The names of the files that were not taken; `unsettled` are those that were, and are not settled yet."""
        yield from unsettled
        self._forget_taken()
        yield from self._names
        for file in self._files:
            yield file.name

    def _find(self) -> Iterator[Incoming]:
        for one in intake.walk(self._paths):
            files = opened(one, self._password) if one.may_be_archive else (one,)
            self.total += len(files) - 1
            for file in files:
                self.roots.add(file.root)
                self._forget_taken()
                self._names.append(file.name)
                self._given += 1
                yield file

    def _forget_taken(self) -> None:
        while self._given - len(self._names) < self.done:
            self._names.popleft()

"""Rows that wait to be given, kept small: a hundred thousand take a few MiB."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator

from xltool.campaign.opened import Row

TOGETHER = 256
"""Rows that are compressed at once."""


class Rows:
    """Rows of JSON values in the order in which they came; None stands for one that is not known yet."""

    def __init__(self) -> None:
        """None so far."""
        self._packed: list[bytes] = []
        self._last: list[Row | None] = []

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._packed or self._last)

    def append(self, row: Row | None) -> None:
        """Add one at the end."""
        self._last.append(row)
        if len(self._last) == TOGETHER:
            self._packed.append(zlib.compress(json.dumps(self._last).encode("utf-8"), 1))
            self._last = []

    def __iter__(self) -> Iterator[Row | None]:
        """All of them, from the first on."""
        for packed in self._packed:
            yield from json.loads(zlib.decompress(packed))
        yield from self._last

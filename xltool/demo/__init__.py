"""The whole round trip on sample data: samples, the people who fill workbooks in, and the story they play.

run(folder)     everything, in a new folder
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

Progress = Callable[[str], AbstractContextManager[Callable[[int, int], None]]]


def silently(_label: str) -> AbstractContextManager[Callable[[int, int], None]]:
    """Progress that nobody watches."""
    return nullcontext(lambda _done, _total: None)


def run(folder: Path, *, progress: Progress = silently) -> None:
    """Play the demo in a new folder; `progress` makes a bar from a label."""
    from xltool.demo.round_trip import play  # noqa: PLC0415 - the samples alone need no program

    play(folder, progress)

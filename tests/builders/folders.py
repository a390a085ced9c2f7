"""Folders that the tests of one process have in common, for campaigns that are made once and copied."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path


def lasting() -> Path:
    """A new folder that is there until this process ends: each worker of a run removes its own."""
    folder = Path(tempfile.mkdtemp(prefix="xltool-test-"))
    atexit.register(_remove, folder, os.getpid())
    return folder


def _remove(folder: Path, owner: int) -> None:
    if os.getpid() == owner:  # not what was forked from it
        shutil.rmtree(folder, ignore_errors=True)

"""Where the packaged data stands: in a wheel beside the code, in a checkout beside the package."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent


def folder(kind: Literal["rules", "templates", "samples"]) -> Path:
    """The folder of the shipped editions, Word templates or samples."""
    packaged = _PACKAGE / "data" / kind
    return packaged if packaged.is_dir() else _PACKAGE.parent / kind

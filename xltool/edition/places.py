"""Where editions stand: the shipped ones by id, others by the path of their folder."""

from __future__ import annotations

from pathlib import Path

from xltool import data
from xltool.errors import UsageError

MAIN_FILE = "edition.yaml"


def available() -> tuple[str, ...]:
    """Ids of the shipped editions, oldest first."""
    return tuple(sorted(path.parent.name for path in data.folder("rules").glob(f"*/{MAIN_FILE}")))


def locate(name_or_path: str | Path) -> Path:
    """The folder of a shipped edition, or the folder itself if a path is given."""
    known = available()
    if str(name_or_path) in known:
        return data.folder("rules") / str(name_or_path)
    folder = Path(name_or_path)
    if not folder.is_dir():
        raise UsageError("unknown_edition", name=str(name_or_path), known="、".join(known))
    return folder

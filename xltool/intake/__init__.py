"""What comes back: opened safely, recognised, and read by its plan. Stored nowhere, judged nowhere."""

from __future__ import annotations

from xltool.intake.aliases import with_units_named
from xltool.intake.comments import comments
from xltool.intake.grid import Cell, Grid, Kind, Sheet
from xltool.intake.identity import recognise
from xltool.intake.opening import open_file, read_bytes
from xltool.intake.read import read
from xltool.intake.sniff import Format, Sniffed, sniff
from xltool.intake.walk import Incoming, walk

__all__ = [
    "Cell",
    "Format",
    "Grid",
    "Incoming",
    "Kind",
    "Sheet",
    "Sniffed",
    "comments",
    "open_file",
    "read",
    "read_bytes",
    "recognise",
    "sniff",
    "walk",
    "with_units_named",
]

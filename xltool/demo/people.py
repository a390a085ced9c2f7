"""People who fill workbooks: open one in a program of their own (openpyxl), type into the open cells, save."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path

from openpyxl import Workbook, load_workbook

from xltool.campaign import Campaign
from xltool.campaign import cells as describe
from xltool.demo.attachments import FOLDER
from xltool.demo.entries import Key
from xltool.demo.mistakes import Typed

Cell = Mapping[str, object]
"""One row of `cells --json`."""

WORKERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """One workbook to fill: `samples` are typed as their cells want them, `mistaken` as it stands here; None clears.

    `files` are laid beside it, in a folder of their own.
    """

    source: Path
    target: Path
    samples: Mapping[Key, str]
    mistaken: Mapping[Key, Typed | None]
    files: Mapping[str, bytes] = field(default_factory=dict)


def fill(filling: Filling, cells: Sequence[Cell]) -> None:
    """Type the answers into the open cells and save; a `KeyError` names an answer that has no open cell."""
    workbook = load_workbook(filling.source)
    places = open_cells(cells)
    for key, text in filling.samples.items():
        write(workbook, places[key], as_wanted(text, str(places[key]["type"])))
    for key, typed in filling.mistaken.items():
        write(workbook, places[key], typed)
    filling.target.parent.mkdir(parents=True, exist_ok=True)
    workbook.save(filling.target)
    for name, content in filling.files.items():
        beside = filling.target.parent / FOLDER / name
        beside.parent.mkdir(exist_ok=True)
        beside.write_bytes(content)


def open_cells(cells: Sequence[Cell]) -> dict[Key, Cell]:
    """The input cells by (item, row, column)."""
    return {key_of(cell): cell for cell in cells if cell["kind"] == "input"}


def key_of(cell: Cell) -> Key:
    """(item, row, column) of a described cell."""
    item, row, column = cell["item"], cell["row"], cell["column"]
    return (str(item), row if isinstance(row, int) else None, None if column is None else str(column))


def as_wanted(text: str, kind: str) -> Typed:
    """A sample's text as a careful person types it into a cell of that type."""
    if kind == "integer":
        return int(text)
    if kind == "number":
        return float(text)
    return dt.date.fromisoformat(text) if kind == "date" else text


def write(workbook: Workbook, cell: Cell, typed: Typed | None) -> None:
    """Type into one cell, or clear it."""
    workbook[str(cell["sheet"])][str(cell["cell"])].value = typed


def fill_all(root: Path, fillings: Sequence[Filling], advance: Callable[[int, int], None]) -> None:
    """Fill workbooks of the campaign in `root`, each by a person of its own, two at a time."""
    with ProcessPoolExecutor(WORKERS) as pool:
        for done, _ in enumerate(pool.map(partial(fill_one, root), fillings, chunksize=2), start=1):
            advance(done, len(fillings))


def fill_one(root: Path, filling: Filling) -> None:
    """Look where the workbook's cells stand, and fill it.

    A workbook is many small objects that all live until it is saved: looking for garbage among them meanwhile
    takes a quarter of the time.
    """
    campaign = opened(root)
    gc.disable()
    try:
        fill(filling, describe(campaign, filling.source))
    finally:
        gc.enable()


@lru_cache(maxsize=1)
def opened(root: Path) -> Campaign:
    """The campaign, opened once a process."""
    return Campaign.open(root)

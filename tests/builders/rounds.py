"""A campaign's rounds through the command line, in this process; one small campaign is made once and copied."""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any
from unittest.mock import patch

from corpus.book import Book
from openpyxl import load_workbook

from builders import folders, servers
from xltool import edition as editions
from xltool.campaign import Campaign, issue
from xltool.campaign.recipients import district_recipient
from xltool.cli import main
from xltool.model.edition import Edition
from xltool.model.plan import Recipient

DISTRICT = "黄浦区"
UNIT = "区文化旅游局"
OTHER_UNIT = "区体育局"
Row = dict[str, Any]
Key = tuple[str, int | None, str | None]
Typed = str | float

ANSWERS: Mapping[Key, Typed] = {
    ("culture_venue_area", None, None): 41250.5,
    ("library_area", None, None): 18300,
    ("library_holdings", None, None): 912345,
    ("unit_special_budget", None, None): 500,
    ("special_funds", 1, "fund_name"): "全民阅读专项",
    ("special_funds", 1, "budget"): 120.5,
    ("special_funds", 2, "fund_name"): "市民艺术夜校专项",
    ("special_funds", 2, "budget"): 79.5,
    ("staff_total", None, None): 85,
    ("industry_training_attendance", None, None): 170,
    ("activities", 1, "activity"): "读书节",
    ("activities", 1, "attendance"): 3200,
}


@dataclass(frozen=True)
class Said:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def fault(self) -> str:
        """The one line on stderr; more than one is a failure of the test."""
        (line,) = self.err.splitlines()
        assert not self.out
        return line


def xltool(*arguments: object, folder: Path | None = None) -> Said:
    """Run the command as typed (in a campaign, with `-w`); streams are UTF-8 as of a real process."""
    where = [] if folder is None else ["-w", str(folder)]
    out, err = (TextIOWrapper(BytesIO(), "utf-8", write_through=True) for _ in range(2))
    code = None
    with ExitStack() as stack:
        stack.enter_context(patch.object(sys, "argv", ["xltool", *where, *map(str, arguments)]))
        stack.enter_context(patch.object(editions, "load", load_once))
        stack.enter_context(redirect_stdout(out))
        stack.enter_context(redirect_stderr(err))
        try:
            main()
        except SystemExit as stop:
            code = stop.code
    said, complained = (str(stream.buffer.getvalue(), "utf-8") for stream in (out, err))
    return Said(int(code or 0), said, complained)


def load_once(folder: Path) -> Edition:
    """The edition in a folder; one with the same files is parsed once in a test run."""
    return _loaded(folder if not folder.is_dir() else _Files(folder))


class _Files:
    """A folder that is equal to any with the same YAML."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.content = tuple((file.name, file.read_bytes()) for file in sorted(folder.glob("*.yaml")))

    def __hash__(self) -> int:
        return hash(self.content)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Files) and self.content == other.content


_load = editions.load


@cache
def _loaded(files: Path | _Files) -> Edition:
    return _load(files if isinstance(files, Path) else files.folder)


def rows(*arguments: object, folder: Path) -> list[Row]:
    """What a command prints with `--json`."""
    said = xltool(*arguments, "--json", folder=folder)
    assert said.err == ""
    found: list[Row] = said.json
    return found


@cache
def issued() -> Path:
    """A campaign with the workbooks of two units; not to be changed."""
    root = folders.lasting() / "监测"
    new(root)
    chosen = ("--district", DISTRICT, "--unit", UNIT, "--unit", OTHER_UNIT)
    assert xltool("generate", *chosen, folder=root).code == 0
    return root


def new(root: Path) -> None:
    """A new campaign without workbooks."""
    assert xltool("init", root).code == 0
    if servers.SERVER:
        use_database(root, servers.database_of(root))


def campaign(folder: Path) -> Path:
    """A copy of that campaign, in a folder of its own."""
    return copied(issued(), folder / "监测")


def copied(source: Path, folder: Path) -> Path:
    """A copy of any campaign: on a server with a database of its own."""
    root = Path(shutil.copytree(source, folder))
    if servers.SERVER:
        use_database(root, servers.copy(source, root))
    return root


def use_database(root: Path, address: str) -> None:
    """Name a server's database in the settings, as the office does by hand."""
    settings = root / "campaign.toml"
    text = settings.read_text("utf-8")
    settings.write_text(re.sub(r'(?m)^database = ".*"$', f'database = "{address}"', text), "utf-8")


def issued_file(root: Path, unit: str = UNIT, district: str = DISTRICT) -> Path:
    return root / "outbox" / district / "成员单位" / f"{district}_{unit}_2023.xlsx"


@cache
def places(unit: str = UNIT) -> Mapping[Key, Row]:
    """The input cells of a unit's workbook."""
    described = rows("cells", issued_file(issued(), unit), folder=issued())
    return {(row["item"], row["row"], row["column"]): row for row in described if row["kind"] == "input"}


def filled(
    source: Path, target: Path, answers: Mapping[Key, Typed] = ANSWERS, *, cells: Mapping[Key, Row] | None = None
) -> Path:
    """The workbook with answers typed into its open cells, saved by openpyxl."""
    book = load_workbook(source)
    for key, answer in answers.items():
        cell = (cells or places())[key]
        book[cell["sheet"]][cell["cell"]] = answer
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)
    return target


def generate_own(root: Path, district: str = DISTRICT) -> Path:
    """Generate a district's own workbook without those of its 27 units."""

    def own(campaign: Campaign, districts: Sequence[str], _units: object) -> list[Recipient]:
        return [district_recipient(campaign, name) for name in districts]

    with patch.object(issue, "select", own):
        made = rows("generate", "--district", district, folder=root)
    assert [row["kind"] for row in made] == ["district", "zip"]
    return Path(root, made[0]["file"])


def typed(source: Path, target: Path, cells: Mapping[tuple[str, str], Typed]) -> Path:
    """The workbook with contents put into its cells and nothing else changed: much faster than a program's saving."""
    with zipfile.ZipFile(source) as archive:
        book = Book({name: archive.read(name) for name in archive.namelist()})
    for (sheet, cell), content in cells.items():
        book.sheet(sheet).put(cell, content)
    target.write_bytes(book.save())
    return target


@cache
def _returned(changes: tuple[tuple[Key, Typed], ...]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return filled(issued_file(issued()), Path(folder, "a.xlsx"), {**ANSWERS, **dict(changes)}).read_bytes()


def returned(target: Path, changes: Mapping[Key, Typed] | None = None) -> Path:
    """The unit's filled workbook, with some answers changed; the same bytes for the same answers."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(_returned(tuple((changes or {}).items())))
    return target


def variants(folder: Path, count: int) -> list[Path]:
    """So many returns of one unit, each with another figure; made by rewriting one file's sheet, in milliseconds."""
    with zipfile.ZipFile(BytesIO(_returned(()))) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    typed = f"<v>{ANSWERS['library_area', None, None]}</v>".encode()
    (sheet,) = (name for name, content in parts.items() if typed in content)
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{number:05}.xlsx" for number in range(count)]
    for number, path in enumerate(paths):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
            for name, content in parts.items():
                told = content.replace(typed, f"<v>{20000 + number}</v>".encode()) if name == sheet else content
                book.writestr(zipfile.ZipInfo(name), told, zipfile.ZIP_DEFLATED, 1)
    return paths


def dump(root: Path) -> dict[str, list[Row]]:
    """Everything that a campaign says of its data."""
    return {name: json.loads(xltool(name, "--json", folder=root).out) for name in ("values", "findings", "indicators")}

"""The files that people lay beside a workbook, and what goes wrong with some of them (`files.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from xltool.demo.entries import Key
from xltool.demo.papers import paper
from xltool.evidence import names_in
from xltool.model.edition import Edition
from xltool.model.evidence import ATTACHMENT_COLUMNS

FILES_FILE = "files.toml"
FOLDER = "附件"
NOTE = "示例文件，供演示和测试使用，不是真实文档。"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFault:
    """A file that isn't sent as it should be; `finding` is what must be found, at (item, row) where it has a cell."""

    district: str
    unit: str | None = None
    name: str
    action: Literal["leave", "empty", "rename", "copy", "add"]
    other: str = ""
    item: str | None = None
    row: int | None = None
    finding: str | None = None
    check: str | None = None
    of: str | None = None


def loads(text: str) -> tuple[FileFault, ...]:
    """The faults in a TOML text, in its order."""
    return tuple(FileFault(**entry) for entry in tomllib.loads(text)["file"])


def files_beside(edition: Edition, typed: Mapping[Key, str], faults: Iterable[FileFault]) -> dict[str, bytes]:
    """Name -> content of the files that come with a workbook in which `typed` stands."""
    cells = (
        text
        for (item, _, column), text in typed.items()
        if item in edition.document_by_id and column in ATTACHMENT_COLUMNS
    )
    files = {name: paper(name, NOTE) for text in cells for name in names_in(text)}
    for fault in faults:
        match fault.action:
            case "leave":
                del files[fault.name]
            case "empty":
                files[fault.name] = b""
            case "rename":
                files[fault.other] = files.pop(fault.name)
            case "copy":
                files[fault.name] = files[fault.other]
            case "add":
                files[fault.name] = paper(fault.name, NOTE)
    return files

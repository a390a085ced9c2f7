"""What a kind of damage is: what happened to a workbook, and exactly what the tool must say and read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from builders.returns import Address

from corpus.book import Book, Content

Kind = Literal["district", "unit"]
Expected = float | str | None
"""A value, `missing` or `not_applicable`; None where nothing at all is read."""

Said = tuple[str, str | None]
"""Code and cell of a finding, the cell with its sheet: `基础信息表!D5`."""


class Group(StrEnum):
    """The groups of the corpus, as the table in `docs/damage.zh.md` names them."""

    CONTAINER = "文件"
    IDENTITY = "标识"
    STRUCTURE = "表格结构"
    CELLS = "填写的内容"
    FORMULAS = "公式"
    ALTERED = "锁定的内容"
    RESAVED = "其他程序另存"


@dataclass(frozen=True, kw_only=True)
class Typed:
    """One cell filled in some way; `slot` names a pool of input cells of the district's workbook (`pools.py`)."""

    group: Group
    name: str
    title: str
    slot: str
    content: Content
    number_format: str | None = None
    strike: bool = False
    value: Expected = None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)  # each is itself
class Damaged:
    """A whole workbook damaged; `values` are those that differ from the undamaged workbook's.

    `damage` edits the book in place, or returns the bytes of the damaged file, `file` is the damaged file's name.
    """

    group: Group
    name: str
    title: str
    damage: Callable[[Book], bytes | None]
    book: Kind = "unit"
    file: str = "返回.xlsx"
    refused: str | None = None
    said: tuple[Said, ...] = ()
    values: Mapping[Address, Expected] = field(default_factory=dict)

"""Tables for other programs: their columns with types, what identifies a row, and what it leads to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

FieldType = Literal["string", "number", "integer", "boolean"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A column: its name for programs, its Chinese title; `enum` are all the values that it can have."""

    name: str
    title: str
    type: FieldType = "string"
    required: bool = False
    enum: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A column whose values stand in a column of another table (or, where `table` is empty, of its own)."""

    column: str
    table: str
    key: str


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table with its rows; a row has every field, None where there is nothing."""

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    rows: Sequence[Mapping[str, Any]]
    key: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()

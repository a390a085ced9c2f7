"""Sample answers as plain data: who answers what, in a CSV that people can read and edit."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from io import StringIO

Key = tuple[str, int | None, str | None]
"""(item, row, column) of a cell, as `cells --json` names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One answer. `unit` None: the district answers by itself; `value` as a person would type it."""

    district: str
    unit: str | None
    item: str
    row: int | None = None
    column: str | None = None
    value: str

    @property
    def key(self) -> Key:
        """Where it stands in its owner's workbook."""
        return (self.item, self.row, self.column)


VALUES_FILE = "values.csv"
HEADINGS = tuple(field.name for field in fields(Entry))


def dumps(entries: Iterable[Entry]) -> str:
    """The CSV text of the entries, one a line."""
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(HEADINGS)
    for entry in entries:
        writer.writerow(["" if (cell := getattr(entry, name)) is None else cell for name in HEADINGS])
    return buffer.getvalue()


def loads(text: str) -> tuple[Entry, ...]:
    """The entries of a CSV text."""
    return tuple(_entry(row) for row in csv.DictReader(StringIO(text)))


def _entry(row: Mapping[str, str]) -> Entry:
    return Entry(
        district=row["district"],
        unit=row["unit"] or None,
        item=row["item"],
        row=int(row["row"]) if row["row"] else None,
        column=row["column"] or None,
        value=row["value"],
    )

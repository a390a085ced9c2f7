"""What should be there and isn't: single items, lists, and the required cells of filled rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from xltool.checks.notes import Key, faulty_cells, note
from xltool.model.edition import Edition, Item, Level
from xltool.model.entries import UNIT_COLUMN, Entry, Listing, contradicts, listing
from xltool.model.finding import Finding
from xltool.model.plan import Plan, Recipient
from xltool.model.submission import Submission
from xltool.model.values import Value

NONE = "none"  # the column of a table's 本表无内容
_TOTAL = re.compile(r"[合小总共累]计数?|总数|总和|汇总")


@dataclass(frozen=True, kw_only=True)
class Completeness:
    """One file, looked at for what is missing.

    A cell that an error was already said of gets no second finding, nor does one that is not in the file any
    more: then its loss is the finding.
    """

    submission: Submission
    plan: Plan
    edition: Edition
    recipient: Recipient

    def findings(self) -> Iterator[Finding]:
        """All of it, items in the edition's order, then documents."""
        for item in self.edition.items:
            if item.id not in self.plan.answers:
                continue
            if item.is_table:
                yield from self._table(item.id, item)
            elif item.rules is not None and item.rules.required and not self._left_to_others(item):
                yield from self._required((item.id, None, None))
        for document in self.edition.documents:
            yield from self._table(document.id, None)

    @cached_property
    def _faulty(self) -> frozenset[Key]:
        return faulty_cells(self.submission.findings)

    @cached_property
    def _values(self) -> Mapping[Key, Value]:
        return {(value.item, value.row, value.column): value for value in self.submission.values}

    def _left_to_others(self, item: Item) -> bool:
        """Whether the blank cell is the units' business, or was filled in beforehand."""
        by_units = self.plan.kind == "district" and item.left_to_units
        return by_units or any(entry.item == item.id and entry.column is None for entry in self.recipient.prefilled)

    def _required(self, key: Key, code: str = "required", **context: object) -> Iterator[Finding]:
        value = self._values.get(key)
        if (value is None or value.is_blank) and key not in self._faulty and key in self.submission.places:
            raw = value.raw if value is not None else None
            yield note(self.submission, self.plan, code, key, raw, **context)

    def _table(self, table: str, item: Item | None) -> Iterator[Finding]:
        """A table item, or a document type (None), which may be empty: documents are the union of all workbooks."""
        of_units = self.plan.kind == "district" and item is not None and item.level is Level.EACH_UNIT
        found = listing(value for value in self.submission.values if value.item == table)
        label = item.label if item is not None else self.edition.document_by_id[table].label
        if found.declared is not None and found.entries:
            yield note(self.submission, self.plan, "table_contradiction", (table, None, NONE), label=label, whose="")
        elif not (found.entries or found.declared or of_units or item is None):
            yield from self._required((table, None, NONE), "table_empty", label=label)
        elif of_units and item is not None:
            yield from self._contradictions(item, found)
        for entry in found.entries:
            silent = of_units and item is not None and entry.says_nothing(item)
            yield from self._row(table, item, entry, silent=silent)

    def _contradictions(self, item: Item, found: Listing) -> Iterator[Finding]:
        """Units whose list the district both declares empty and fills; at the row that declares it."""
        for unit in dict.fromkeys(entry.unit for entry in found.entries):
            own = found.of_unit(unit) if unit is not None else Listing()
            if contradicts(item, own, by_district=True):
                row = next(entry.row for entry in own.entries if entry.says_nothing(item))
                key, whose = (item.id, row, item.entry), f"（{unit}）"
                raw = self._values[key].raw
                yield note(self.submission, self.plan, "table_contradiction", key, raw, label=item.label, whose=whose)

    def _row(self, table: str, item: Item | None, entry: Entry, *, silent: bool) -> Iterator[Finding]:
        """The required cells of a filled row; one that declares a unit's list empty needs only the unit."""
        columns = self.plan.required_columns.get((table, entry.row), ())
        for column in columns if not silent else (UNIT_COLUMN,):
            key = (table, entry.row, column)
            if item is not None and column == item.total:
                yield from self._required(key, "row_without_number", table=item.label, row=entry.row)
            else:
                yield from self._required(key)
        name = entry.cells.get(item.entry or "") if item is not None else None
        if name is not None and name.column is not None and item is not None and says_total(name):
            key = (table, entry.row, name.column)
            yield note(self.submission, self.plan, "total_row", key, name.raw, table=item.label, row=entry.row)


def says_total(name: Value) -> bool:
    """Whether an entry is named as people name the row in which they add up the others."""
    letters = unicodedata.normalize("NFKC", str(name.value or ""))
    return _TOTAL.fullmatch("".join(letters.split()).rstrip(":")) is not None

"""A list as its sheets show it: which columns, how many rows on the sheet itself and on its continuation (续表)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xltool.layout.draft import Draft
from xltool.layout.sheet import quoted, span
from xltool.model.edition import Column, DocumentType, Item, Level
from xltool.model.entries import UNIT_COLUMN

NOTE_ROW, HEAD_ROW, NONE_KEYS, NONE_ROW, KEYS, TOTAL_ROW, PREVIOUS_ROW, HEADER_ROW, FIRST_ROW = range(2, 11)
NUMBER_COL, FIRST_COL = 1, 2
CHECK_WIDTH = 38
DOCUMENT_CHECK_WIDTH = 28
SOURCE_WIDTH = 26
SPARE = 20  # rows left blank behind those that are filled when the workbook goes out
CROWDED = 6  # more columns than these must be narrow to fit on A4
CONTINUED = "（续）"
CONTINUATION_ROWS, UNIT_CONTINUATION_ROWS = "continuation", "unit_continuation"  # in the edition's `rows`


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The rows on one sheet: entries `first` to `first` + `rows` - 1, the first one in row `FIRST_ROW`."""

    sheet: str
    first: int
    rows: int

    @property
    def last_row(self) -> int:
        """The row of the last entry."""
        return FIRST_ROW + self.rows - 1

    def range(self, col: int) -> str:
        """All entries of a column, with the sheet's name."""
        return f"{quoted(self.sheet)}!{self.area(col)}"

    def block(self, first: int, last: int) -> str:
        """All entries of several columns, with the sheet's name."""
        return f"{quoted(self.sheet)}!{span((FIRST_ROW, first), (self.last_row, last))}"

    def area(self, col: int) -> str:
        """All entries of a column, on the sheet itself."""
        return span((FIRST_ROW, col), (self.last_row, col))


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a list's sheets are made from: a table item or a document type.

    Behind the inputs stand the row's self-check, where its answer comes from, if it was carried, then, hidden, whether
    the row is filled (1 or 0) and the verdicts.
    """

    id: str
    name: str
    title: str
    columns: tuple[Column, ...]
    parts: tuple[Part, ...]
    guidance: str
    total: str | None = None
    entry: str | None = None
    by_unit: bool = False  # a district's list of an each_unit item, with the unit in the first column
    required: bool = True
    left_to: str = ""  # who may answer instead, in a district's workbook
    sources: tuple[str, ...] | None = None  # of the first rows, where units' answers were carried into the list

    @property
    def first_col(self) -> int:
        """The column of the first of `columns`."""
        return FIRST_COL + 1 if self.by_unit else FIRST_COL

    @property
    def is_crowded(self) -> bool:
        """Whether its columns must be narrow."""
        return len(self.columns) > CROWDED

    @property
    def check_col(self) -> int:
        """The column that says what is wrong."""
        return self.first_col + len(self.columns)

    @property
    def last_col(self) -> int:
        """The last column that people see: that of the sources, where there are any, else the self-check."""
        return self.check_col + (self.sources is not None)

    @property
    def filled_col(self) -> int:
        """The hidden column that holds 1 in filled rows, else 0."""
        return self.last_col + 1

    @property
    def verdict_col(self) -> int:
        """The first of the hidden columns of verdicts."""
        return self.filled_col + 1

    def col(self, column: str) -> int:
        """Where a column stands."""
        if column == UNIT_COLUMN and self.by_unit:
            return FIRST_COL
        return self.first_col + [c.id for c in self.columns].index(column)

    def added(self, formula: Callable[[Callable[[int], str]], str]) -> str:
        """A formula's sum over the sheets; `formula` makes it from what gives a column's range."""
        return "+".join(formula(part.range) for part in self.parts)

    @property
    def filled(self) -> str:
        """A formula (no `=`) for the number of filled rows."""
        return f"SUM({','.join(part.range(self.filled_col) for part in self.parts)})"


def item_table(draft: Draft, item: Item) -> Table:
    """The list of a table item."""
    texts = (f"责任单位：{item.responsible}", item.source and f"来源：{item.source}", item.guidance)
    name = item.sheet or item.label
    carried = draft.from_units.sources(item.id) if draft.from_units is not None and item.left_to_units else None
    return Table(
        id=item.id,
        name=name,
        title=item.label,
        columns=item.columns,
        parts=_parts(draft, name, draft.rows or _reserved(draft, item.id, "table"), len(carried or ())),
        guidance="；".join(text for text in texts if text) + "。",
        total=item.total,
        entry=item.entry,
        by_unit=draft.for_district and item.level is Level.EACH_UNIT,
        left_to=item.responsible if draft.left_to_units(item) else "",
        sources=carried,
    )


def document_table(draft: Draft, document: DocumentType) -> Table:
    """The list of a document type."""
    return Table(
        id=document.id,
        name=document.sheet,
        title=f"文档采集：{document.label}",
        columns=document.columns,
        parts=_parts(draft, document.sheet, _reserved(draft, document.id, "document")),
        guidance="每份文档填一行；附件与本表放在同一文件夹内一并报送，“附件”栏只填文件名。",
        required=False,
    )


def widths(table: Table) -> tuple[float, ...]:
    """Widths of the columns that people see, in characters."""
    crowded = table.is_crowded
    units = (24.0,) if table.by_unit else ()
    columns = (_width(column, crowded=crowded) for column in table.columns)
    sources = (SOURCE_WIDTH,) if table.sources is not None else ()
    return (9.0, *units, *columns, DOCUMENT_CHECK_WIDTH if crowded else CHECK_WIDTH, *sources)


def _parts(draft: Draft, name: str, rows: int, carried: int = 0) -> tuple[Part, ...]:
    """The rows as the edition reserves them, and enough beyond those that are filled already."""
    more = draft.edition.rows.get(CONTINUATION_ROWS if draft.for_district else UNIT_CONTINUATION_ROWS, 0)
    short = max(carried + SPARE - rows - more, 0) if carried else 0
    rows, more = (rows, more + short) if more else (rows + short, 0)
    own = Part(sheet=name, first=1, rows=rows)
    return (own, Part(sheet=name + CONTINUED, first=rows + 1, rows=more)) if more else (own,)


def _reserved(draft: Draft, table: str, kind: str) -> int:
    rows = draft.edition.rows
    if draft.for_district:
        return rows.get(table, rows[kind])
    return rows[f"unit_{kind}"]


def _width(column: Column, *, crowded: bool) -> float:
    if column.rules.type in ("integer", "number", "date"):
        return (9.0 if column.rules.type == "integer" else 11.0) if crowded else 16.0
    if column.choices is not None and column.choices.list.startswith("framework"):
        return 16.0
    if column.rules.type == "choice":
        return 11.0
    if column.rules.tags is not None:
        return 14.0
    long = (column.rules.maxlength or 0) > 200  # noqa: PLR2004
    if crowded:
        return 22.0 if long else 17.0
    return 40.0 if long else 30.0

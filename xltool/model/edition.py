"""An edition of the monitoring scheme: what is asked, of whom, how it is checked and computed.

Everything here comes from `rules/<edition>/*.yaml` through `xltool.edition`; no code names an item,
a district or a year.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Literal

from xltool.model.comparison import Comparisons
from xltool.model.scheme import FieldScheme
from xltool.model.severity import Severity as Severity  # noqa: PLC0414 - part of this module too

ValueType = Literal["integer", "number", "text", "date", "choice"]
Direction = Literal["up", "down", "none"]


class Level(StrEnum):
    """Where a value is answered (dictionary, "Data items")."""

    DISTRICT = "district"
    PLATFORM = "platform"
    ONE_UNIT = "one_unit"
    EACH_UNIT = "each_unit"


class Combine(StrEnum):
    """How the answers of member units become the district's (`combine` of an item)."""

    SUM = "sum"  # the total over the units
    ONE_UNIT = "one_unit"  # the answer of the unit that gives one, where the district gives none
    LATEST = "latest"  # several units may answer: the one whose return came in last
    DISTRICT = "district"  # the district's own answer alone; a unit's is only compared with it
    NONE = "none"  # each unit's answer stands by itself


COMBINED = {
    Level.DISTRICT: Combine.DISTRICT,
    Level.PLATFORM: Combine.DISTRICT,
    Level.ONE_UNIT: Combine.ONE_UNIT,
    Level.EACH_UNIT: Combine.SUM,
}
"""How a level's items are combined where they say nothing else."""


class Scope(StrEnum):
    """Over what a check is evaluated."""

    ROW = "row"
    UNIT = "unit"
    DISTRICT = "district"
    CITY = "city"


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """One node of the indicator framework (Attachment 1); level 1-3 are indicators, 4 monitoring points."""

    id: str
    level: int
    name: str
    parent: str | None
    answers: str | None = None  # 对象, on level 2 only
    short: str | None = None  # our own short name for sheet tabs, on level 2 only

    @property
    def choice(self) -> str:
        """The text that stands in dropdowns for this node."""
        return f"{self.id} {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What one cell may hold, in Cerberus's vocabulary (`min`, `max`, `maxlength`, `allowed`)."""

    type: ValueType
    required: bool = True
    min: float | dt.date | None = None
    max: float | dt.date | None = None
    maxlength: int | None = None
    allowed: tuple[str, ...] = ()
    tags: int | None = None  # space-separated tags, each at most this many characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """A dropdown's source: a list of the edition by name, or `units` (the district's member units)."""

    list: str
    depends_on: str | None = None  # a column of the same row whose value selects the list


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table item or a document type."""

    id: str
    label: str
    rules: Rules
    unit_of_measure: str | None = None
    choices: Choices | None = None
    guidance: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A data item (数据项): one figure or text, or a list whose total is the figure."""

    id: str
    label: str
    unit_of_measure: str | None
    level: Level
    responsible: str
    belongs_to: str | None  # a framework id of level 2 or 3; None is the base table
    source: str = ""
    guidance: str = ""
    rules: Rules | None = None  # None for tables
    columns: tuple[Column, ...] = ()  # tables only
    total: str | None = None  # tables: the column that is summed
    entry: str | None = None  # tables: the column that names an entry; 无 there declares a unit's list empty
    sheet: str | None = None  # tables: the sheet's tab
    not_applicable: bool = False  # 不适用 may be chosen
    informational: bool = False  # collected, though no formula or check uses it
    combine: Combine | None = None  # None: as its level has it
    doubled_within: float | None = None  # tables: units' entries of one name and numbers this close are asked about

    @property
    def is_table(self) -> bool:
        """Whether the item is a list of entries."""
        return bool(self.columns)

    @property
    def combined(self) -> Combine:
        """How the units' answers become the district's."""
        return self.combine or COMBINED[self.level]

    @property
    def left_to_units(self) -> bool:
        """Whether a district may leave the item to its member units."""
        return self.level in (Level.ONE_UNIT, Level.EACH_UNIT) and self.combined is not Combine.DISTRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentType:
    """One of the text-evidence tables (文档采集, Attachment 3)."""

    id: str
    label: str
    sheet: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorPart:
    """A part of an indicator that the notice computes by itself (shown in `trace` and in appendices)."""

    label: str
    formula: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A computed indicator; `formula` is in the expression language."""

    id: str
    label: str
    unit_of_measure: str
    belongs_to: str
    formula: str
    direction: Direction
    decimals: int = 2
    parts: tuple[IndicatorPart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A rule over several values; it holds, is violated, or can't be judged while inputs are missing."""

    id: str
    scope: Scope
    severity: Severity
    label: str
    why: str
    expression: str
    message: str  # names values as {item} or {column}, a total as {table}, else {count_table}, {previous_item}
    action: str
    table: str | None = None  # scope row: the table or document type
    trial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """A district, in the notice's order, and the member units of the default list that it lacks."""

    name: str
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A member unit (成员单位) of the default list."""

    name: str
    answers_for: tuple[str, ...] = ()  # one_unit items
    aliases: tuple[str, ...] = ()
    workbook: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A date of the notice's calendar."""

    id: str
    label: str
    start: dt.date | None
    end: dt.date


@dataclass(frozen=True, kw_only=True)
class Edition:
    """The whole scheme. `constants` are names that expressions may use (dates as Excel serials)."""

    id: str
    title: str
    notice: str
    short_title: str  # for headings, file names and prompts
    city: str
    office: str
    monitoring_year: int
    data_year: int
    period_start: dt.date
    period_end: dt.date
    framework: tuple[Framework, ...]
    items: tuple[Item, ...]
    form: tuple[str, ...] = ()  # items in the order of the form that figures are retyped into, where it is another
    indicators: tuple[Indicator, ...]
    checks: tuple[Check, ...]
    documents: tuple[DocumentType, ...]
    districts: tuple[District, ...]
    units: tuple[Unit, ...]
    main_figures: tuple[str, ...] = ()  # items that a confirmation letter shows
    statuses: tuple[str, ...]
    calendar: tuple[Deadline, ...]
    decisions: tuple[str, ...]
    lists: Mapping[str, tuple[str, ...]]  # named dropdown lists
    rows: Mapping[str, int]  # entries: by list id, else `table`, `document`; in units `unit_table`, `unit_document`
    instructions: Mapping[str, tuple[str, ...]]  # cover texts by kind of workbook: district, unit
    constants: Mapping[str, float]
    comparisons: Comparisons = field(default_factory=Comparisons)
    field_scheme: FieldScheme | None = None  # None: no field monitoring
    name_other_districts: bool  # disclosure: may a sub-report name other districts
    digest: str  # SHA-256 over the YAML files
    files: Mapping[str, str] = field(repr=False)  # YAML file names -> text, to keep with the campaign

    @cached_property
    def item_by_id(self) -> Mapping[str, Item]:
        """Items by id."""
        return {item.id: item for item in self.items}

    @cached_property
    def in_form_order(self) -> tuple[Item, ...]:
        """Items in the order of the form that figures are retyped into; what it doesn't name comes last."""
        named = tuple(self.item_by_id[name] for name in self.form)
        return (*named, *(item for item in self.items if item.id not in self.form))

    @cached_property
    def document_by_id(self) -> Mapping[str, DocumentType]:
        """Document types by id."""
        return {document.id: document for document in self.documents}

    @cached_property
    def indicator_by_id(self) -> Mapping[str, Indicator]:
        """Indicators by id."""
        return {indicator.id: indicator for indicator in self.indicators}

    @cached_property
    def framework_by_id(self) -> Mapping[str, Framework]:
        """Framework nodes by id."""
        return {node.id: node for node in self.framework}

    def columns_of(self, table: str) -> tuple[Column, ...]:
        """Columns of a table item or a document type."""
        if table in self.document_by_id:
            return self.document_by_id[table].columns
        return self.item_by_id[table].columns

"""What the sheets of one workbook share while they are being planned."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from xltool.expression import parse, to_excel
from xltool.layout.sheet import Sheet
from xltool.model.companions import CHANGE, PREVIOUS
from xltool.model.edition import Edition, Item
from xltool.model.from_units import FromUnits
from xltool.model.identity import Kind
from xltool.model.numbers import shown
from xltool.model.plan import CellKind, PlanList, Slot, absolute_a1
from xltool.model.quantity import count_key, previous_key, total_key
from xltool.model.states import SHOWN, State

COVER = "封面"
SELF_CHECK = "自查"
Anchor = tuple[str, int | None, str | None]
STATUS_ADDRESS = "'自查'!$D$3"
MISSING = SHOWN[State.MISSING]
MISSING_LIST = "missing"  # one hidden cell with the word, for operands that the workbook doesn't hold
AGREE_LIST = "agree"
NOTHING_LIST = "nothing"  # what people write where they have nothing to write
REFUSING_LIST = "refusing"  # the same and 不适用, which they mean where an item may be not applicable
ANY_NUMBER = '">-1E+300"'  # a criterion that passes over texts and error values
LEFT_TO_UNITS = "可由"  # a cell that says so isn't counted as missing
WRONG = "应"  # begins every text that says what a single cell should hold
DOUBTFUL = "请核对"  # begins every text that asks whether a value is meant
UNFINISHED, FAULTY, READY = "未完成", "有错误", "可以提交"


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A sheet's line on the self-check sheet; the counts are formulas without `=`."""

    sheet: str
    what: str
    required: int
    missing: str = "0"
    wrong: str = "0"
    left: str = "0"
    entries: str = "0"  # of a list


@dataclass(frozen=True, slots=True, kw_only=True)
class Single:
    """A single value's row, and the cell on its sheet that says what is wrong with the value by itself."""

    sheet: Sheet
    row: int
    state: str


@dataclass(kw_only=True)
class Draft:
    """A workbook in the making.

    `addresses` maps operands of the expression language to the cells that hold them; `unit_columns` maps those over
    units to the range of the member units' own quantities in a district's workbook. `verdicts` maps checks over rows
    or units to the ranges that hold one verdict each, `verdict_places` to the (sheet, cell) that says the first one in
    words. `typed` are the ranges of all inputs but remarks; `singles` are the rows of single values by item.
    `from_units` are the returns that a district's workbook is made from, where it is.
    """

    edition: Edition
    kind: Kind
    items: tuple[Item, ...]
    units: int
    rows: int | None
    from_units: FromUnits | None = None
    lists: dict[str, PlanList] = field(default_factory=dict)
    slots: dict[str, Slot] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    unit_columns: dict[str, str] = field(default_factory=dict)
    verdicts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    verdict_places: dict[str, tuple[str, str]] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)
    summaries: list[Summary] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    continuations: list[Sheet] = field(default_factory=list)
    singles: dict[str, Single] = field(default_factory=dict)

    @property
    def for_district(self) -> bool:
        """Whether this is a district's workbook."""
        return self.kind == "district"

    def left_to_units(self, item: Item) -> bool:
        """Whether a district may leave the item to its member units."""
        return self.for_district and item.left_to_units

    def place_input(self, sheet: Sheet, place: tuple[int, int], slot: Slot, anchor: Anchor) -> None:
        """Add an input cell that holds (item, entry, column)."""
        self.slots[slot.id] = slot
        item, entry, column = anchor
        style = input_style(slot)
        sheet.put(*place, CellKind.INPUT, style, item=item, entry=entry, column=column, slot=slot.id)

    def place_previous(self, sheet: Sheet, place: tuple[int, int], slot: Slot, item: str) -> None:
        """Add the locked cell of last year's value, blank where the office doesn't know it."""
        rules = replace(slot.rules, required=False)
        known = replace(slot, id=f"{slot.id}.{PREVIOUS}", label=f"{slot.label}（上年）", rules=rules, condition="")
        self.slots[known.id] = known
        style = input_style(slot).replace("input.", "prefilled.")
        sheet.put(*place, CellKind.PREFILLED, style, item=item, column=PREVIOUS, slot=known.id)

    def place_change(self, sheet: Sheet, place: tuple[int, int], cells: tuple[str, str], item: str) -> None:
        """Add the change in % from last year's value, `cells[1]`, to this year's, marked beyond the edition's limit."""
        this, last = cells
        text = f'=IF(COUNT({this},{last})<2,"",IF({last}=0,"",({this}-{last})/ABS({last})))'
        sheet.formula(*place, text, "result.change", item=item, column=CHANGE)
        limit = next((limit for limit in self.edition.comparisons.changes if limit.item == item), None)
        if limit is not None and not limit.trial:
            within = to_excel(parse(limit.expression), {limit.operand: this, previous_key(item): last}.__getitem__)
            sheet.formats.append((absolute_a1(*place), f"IF(COUNT({this},{last})<2,FALSE,NOT({within}))", "open"))

    @property
    def nothing(self) -> str:
        """The range of the words for nothing."""
        return self.lists[NOTHING_LIST].formula.removeprefix("=")

    def blank(self, cell: str) -> str:
        """A condition (no `=`): nothing stands in the cell, or a word for nothing."""
        return f'OR({cell}="",SUMPRODUCT(--({self.nothing}={cell}))>0)'

    def refusable(self, key: str) -> str:
        """The range of the words that mean 不适用 in an operand's cell; blank where it can't be not applicable."""
        item = self.edition.item_by_id.get(key)
        refuses = item is not None and item.not_applicable and not item.is_table and key in self.addresses
        return self.lists[REFUSING_LIST].formula.removeprefix("=") if refuses else ""

    def constant(self, name: str) -> str | None:
        """The literal of one of the edition's constants."""
        value = self.edition.constants.get(name)
        return None if value is None else shown(value)

    def named(self, name: str) -> str:
        """The operand that a check's message names: a list by its total, `count_<list>`, `previous_<item>`."""
        kind, _, rest = name.partition("_")
        if kind == "count" and rest in self.edition.item_by_id:
            return count_key(rest)
        if kind == "previous" and rest in self.edition.item_by_id:
            return previous_key(rest)
        item = self.edition.item_by_id.get(name)
        return name if item is None or item.total is None else total_key(item.id, item.total)

    def address(self, key: str) -> str:
        """The cell or literal of an operand; what this workbook doesn't hold is missing."""
        return self.addresses.get(key) or self.constant(key) or self.lists[MISSING_LIST].formula.removeprefix("=")


def input_style(slot: Slot) -> str:
    """The style of an input; numbers without a unit, such as years, have no thousands separators."""
    plain = slot.type == "integer" and slot.unit_of_measure is None
    return "input.plain" if plain else f"input.{slot.type}"


def heading(sheet: Sheet, title: str) -> None:
    """The two rows on top of every sheet: title; owner, status of the whole workbook, way back to the cover."""
    sheet.wide_label(0, (1, sheet.last_col), title, "title")
    owner_row(sheet)
    sheet.formula(1, 3, f"={STATUS_ADDRESS}", "status")
    top = absolute_a1(1, 3)
    for word, style in ((FAULTY, "bad"), (UNFINISHED, "open"), (READY, "good")):
        sheet.formats.append((top, f'{top}="{word}"', style))


def owner_row(sheet: Sheet) -> None:
    """Whose sheet it is, and the way back to the cover."""
    sheet.put(1, 1, CellKind.LABEL, "plain", bound="owner")
    sheet.merge(1, 1, 1, 2)
    sheet.label(1, sheet.last_col, "返回封面", "link", link=COVER)

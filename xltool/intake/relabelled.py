"""What a reworded label means for the figures beside it: another item, another unit, another column, or nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from xltool.intake.altered import Altered, Contents
from xltool.intake.anchors import Anchor
from xltool.intake.characters import folded
from xltool.intake.placing import Placement
from xltool.intake.planned import Planned
from xltool.intake.planned_sheet import PlannedSheet
from xltool.intake.units import spellings
from xltool.model.plan import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Relabelled:
    """What is said of a label: `anchor` is the input concerned, `unread` what can't be attributed any more.

    Labels that stand beside no input have the code `labels_changed` and no anchor.
    """

    code: str
    altered: Altered
    anchor: Anchor | None = None
    unread: frozenset[Key] = frozenset()

    @property
    def raw(self) -> str:
        """What stands there now."""
        return self.altered.found.typed if self.altered.found is not None else ""


def relabelled(
    planned: Planned, contents: Contents, placed: Placement, altered: Iterable[Altered]
) -> Iterator[Relabelled]:
    """Judge the altered labels of one sheet."""
    rows: dict[int, list[Altered]] = defaultdict(list)
    for one in altered:
        rows[one.cell.row].append(one)
    if not rows:
        return
    names = _Names(planned, placed.sheet)
    for row, found in rows.items():
        anchor = names.values.get(row)
        if anchor is not None:
            yield from _in_item_row(names, contents, found, anchor)
        else:
            yield from (_head(names, one) for one in found)


class _Names:
    """The names that tell figures of a sheet apart: of its items by row, of its columns by head."""

    def __init__(self, planned: Planned, sheet: PlannedSheet) -> None:
        self.plan = planned.plan
        self.sheet = sheet
        self.values = {one.cell.row: one for one in sheet.anchors if one.key[1] is None and one.key[2] is None}
        self.by_row: dict[int, list[Anchor]] = defaultdict(list)
        for one in sheet.anchors:
            self.by_row[one.cell.row].append(one)
        self.items = {row: folded(self.label(one)) for row, one in self.values.items()}
        counts = Counter(folded(cell.text) for cell in sheet.labels if len(cell.text) > 1)
        self.unique = {text for text, times in counts.items() if times == 1}
        self.heads = sheet.heads

    def label(self, anchor: Anchor) -> str:
        """The name of an anchor's item."""
        slot = self.plan.slots.get(anchor.cell.slot or "")
        return slot.label if slot is not None else ""

    def unit(self, anchor: Anchor) -> str | None:
        """Its unit of measure."""
        slot = self.plan.slots.get(anchor.cell.slot or "")
        return slot.unit_of_measure if slot is not None else None

    def own(self, row: int) -> set[str]:
        """The texts of a row that no other has."""
        return {folded(cell.text) for cell in self.sheet.rows.get(row, ())} & self.unique


def _in_item_row(names: _Names, contents: Contents, found: list[Altered], anchor: Anchor) -> Iterator[Relabelled]:
    first = found[0]
    row = first.cell.row
    whole = frozenset(one.key for one in names.by_row[row])
    cells = contents.grid.sheets[first.spot.sheet].cells
    here = {
        folded(cell.raw): cell.raw for (at, _), cell in cells.items() if at == first.spot.row and not cell.calculated
    }
    own = names.own(row)
    others = [text for text in here if text in names.unique and text not in own]
    if own and others and not own & here.keys():
        moved = next((one for one in found if one.found is not None and folded(one.found.raw) == others[0]), first)
        yield Relabelled(code="label_moved", altered=moved, anchor=anchor, unread=whole)
        return
    for one in found:
        yield _one_of_row(names, one, anchor, whole)


def _one_of_row(names: _Names, one: Altered, anchor: Anchor, whole: frozenset[Key]) -> Relabelled:
    text = folded(one.found.raw) if one.found is not None else ""
    if folded(one.expected) == names.items[one.cell.row]:
        others = {label for row, label in names.items.items() if row != one.cell.row}
        if text in others:
            return Relabelled(code="label_moved", altered=one, anchor=anchor, unread=whole)
        return Relabelled(code="label_changed", altered=one, anchor=anchor)
    unit = names.unit(anchor)
    if unit and one.expected == unit and text:
        if text in spellings(unit):
            return Relabelled(code="labels_changed", altered=one)
        return Relabelled(code="unit_changed", altered=one, anchor=anchor, unread=frozenset({anchor.key}))
    return Relabelled(code="labels_changed", altered=one)


def _head(names: _Names, one: Altered) -> Relabelled:
    below = names.heads.get((one.cell.row, one.cell.col), ())
    if not below:
        return Relabelled(code="labels_changed", altered=one)
    first = below[0]
    items = {anchor.key[0] for anchor in below}
    anchor = replace(first, key=(first.key[0], None, first.key[2])) if len(items) == 1 else None
    text = folded(one.found.raw) if one.found is not None else ""
    others = {folded(cell.text) for cell in names.sheet.rows.get(one.cell.row, ()) if cell is not one.cell}
    unread = frozenset(anchor.key for anchor in below)
    if text and text in others:
        return Relabelled(code="head_moved", altered=one, anchor=anchor, unread=unread)
    unit = folded(names.unit(first) or "")
    if text and unit and unit in folded(one.expected) and unit not in text:
        return Relabelled(code="head_unit_changed", altered=one, anchor=anchor, unread=unread)
    return Relabelled(code="head_changed", altered=one, anchor=anchor)

"""Everything that is said of altered content, one answer a kind and sheet, and which inputs it leaves uncertain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence

from xltool.intake.altered import (
    Altered,
    Contents,
    altered_formulas,
    altered_labels,
    altered_lists,
    columns_moved,
    suspects,
)
from xltool.intake.anchors import Anchor
from xltool.intake.around import around
from xltool.intake.grid import Grid
from xltool.intake.locate import Gone, Located, Spot
from xltool.intake.merged import merged
from xltool.intake.notes import Notes
from xltool.intake.placing import Placement, placements
from xltool.intake.planned import Planned
from xltool.intake.relabelled import Relabelled, relabelled
from xltool.intake.strays import strays
from xltool.model.plan import Key, Recipient, a1
from xltool.model.wording import quoted

_NAMED = 5
"""Cells that a text names; the others are counted."""

_NAMED_ROWS = 10


class Alterations:
    """Compares one returned workbook with its plan; `unread` are the keys of inputs that can't be attributed."""

    def __init__(self, grid: Grid, planned: Planned, located: Located, recipient: Recipient, notes: Notes) -> None:
        """Of a workbook whose inputs were searched for."""
        self._grid = grid
        self._planned = planned
        self._located = located
        self._recipient = recipient
        self._notes = notes
        self._contents = Contents(grid)
        self._moved: set[Key] = set()
        self.unread: set[Key] = set()

    def say(self, *, copied: bool, cut: bool) -> None:
        """Add a finding for each kind of alteration.

        In a workbook that values were `copied` to all else is its own; where cells were `cut` and pasted, formulas
        follow them.
        """
        for gone in _by_sheet(self._located.gone, self._planned.anchors):
            self._say_gone(gone)
        self._say_strays()
        if copied:
            return
        placed = placements(self._grid, self._planned, self._located)
        suspected = [(one, suspects(self._grid, one)) for one in placed]
        moved = cut or self._located.unmoved is None or any(columns_moved(self._contents, *each) for each in suspected)
        for one, formulas_of_sheet in suspected:
            self._say_labels(one)
            formulas = altered_formulas(self._contents, one, formulas_of_sheet, moved=moved)
            for code, found in _by_code(formulas, self._uncertain_rows(one)).items():
                self._say_cells(code, found)
            lists = list(altered_lists(self._grid, one, self._recipient))
            if lists:
                self._say_cells("lists_changed", lists)
            self._say_merged(one)
        self._say_around(placed)

    def _say_gone(self, gone: Gone) -> None:
        anchor, label = self._named(gone)
        spots = [self._notes.place(spot) for spot in gone.spots]
        where = "、".join(f"{spot.sheet}!{spot.cell}" for spot in spots)
        self._notes.add(gone.code, anchor, spots[0] if spots else None, label=label, places=where)

    def _named(self, gone: Gone) -> tuple[Anchor, str]:
        """What stands for a loss: the item of a single row, the column of a lost column, else the sheet."""
        first = next((anchor for anchor in gone.anchors if anchor.key[2] is None), gone.anchors[0])
        slot = self._notes.slot(first)
        rows, columns = ({anchor.row for anchor in gone.anchors}, {anchor.column for anchor in gone.anchors})
        one = slot is not None and (len(rows) == 1 or len(columns) == 1)
        return first, slot.label if slot is not None and one else first.sheet

    def _say_labels(self, placed: Placement) -> None:
        others: list[Altered] = []
        altered = altered_labels(self._contents, placed, self._recipient)
        for one in relabelled(self._planned, self._contents, placed, altered):
            self.unread |= one.unread
            if one.code == "label_moved":
                self._moved |= one.unread
            if one.code == "labels_changed":
                others.append(one.altered)
            else:
                self._say_label(placed, one)
        if others:
            self._say_cells("labels_changed", others)

    def _uncertain_rows(self, placed: Placement) -> set[int]:
        """Rows of other items than planned, whose formulas went with them."""
        if not self._moved:
            return set()
        return {one.cell.row for one in placed.sheet.anchors if one.key[2] is None and one.key in self._moved}

    def _say_label(self, placed: Placement, one: Relabelled) -> None:
        """At the input that a label names; of a head at the head itself."""
        spot, where = one.altered.spot, one.altered.spot
        if one.anchor is not None and one.anchor.key[1] is None and not one.code.startswith("head"):
            spot = placed.at(one.anchor.cell.row, one.anchor.cell.col) or spot
        slot = self._notes.slot(one.anchor) if one.anchor is not None else None
        self._notes.add(
            one.code,
            one.anchor,
            self._notes.place(spot),
            raw=one.raw,
            expected=one.altered.expected,
            label=slot.label if slot is not None else one.altered.expected,
            where=a1(where.row, where.col),
            found=_quoted(one.raw),
        )

    def _say_cells(self, code: str, found: Sequence[Altered]) -> None:
        """One answer for many cells: the first in full, some more by their addresses."""
        first = found[0]
        place = self._notes.place(first.spot)
        raw = first.found.typed if first.found is not None else ""
        self._notes.add(
            code,
            None,
            place,
            raw=raw,
            expected=first.expected,
            sheet=place.sheet,
            cells=_addresses([one.spot for one in found]),
            count=len(found),
            found=_quoted(raw),
        )

    def _say_merged(self, placed: Placement) -> None:
        for one in merged(self._grid, placed):
            cell = self._grid.sheets[one.spot.sheet].cells[one.spot.row, one.spot.col]
            top, left, bottom, right = one.area
            self.unread.add(one.key)
            place = self._notes.place(one.spot)
            area = f"{a1(top, left)}:{a1(bottom, right)}"
            self._notes.add("merged_cells", self._planned.anchor(one.key), place, raw=cell.typed, area=area)

    def _say_strays(self) -> None:
        for one in strays(self._grid, self._planned, self._located):
            place = self._notes.place(one.spots[0])
            count = len(one.spots)
            if one.code == "unkeyed_rows":
                rows = "、".join(str(spot.row + 1) for spot in one.spots[:_NAMED_ROWS])
                more = "等" if count > _NAMED_ROWS else ""
                self._notes.add(one.code, None, place, sheet=place.sheet, count=count, rows=rows + more)
            else:
                first = one.spots[0]
                raw = self._grid.sheets[first.sheet].cells[first.row, first.col].typed
                cells = _addresses(one.spots)
                self._notes.add(one.code, None, place, raw=raw, sheet=place.sheet, count=count, cells=cells)

    def _say_around(self, placed: Sequence[Placement]) -> None:
        copies = {spot.sheet for gone in self._located.gone for spot in gone.spots}
        for one in around(self._grid, placed, copies):
            names = "、".join(f"“{name}”" for name in one.sheets[:_NAMED])
            self._notes.add(one.code, sheets=names + ("等" if len(one.sheets) > _NAMED else ""), count=len(one.sheets))


def _quoted(raw: str) -> str:
    """What stands in a cell, as a text says it."""
    return f"“{quoted(raw)}”" if raw.strip() else "空白"


def _addresses(spots: Sequence[Spot]) -> str:
    return "、".join(a1(spot.row, spot.col) for spot in spots[:_NAMED]) + ("等" if len(spots) > _NAMED else "")


def _by_code(found: Iterable[tuple[str, Altered]], besides: Container[int]) -> dict[str, list[Altered]]:
    """The altered cells by what is said of them, but for those in some rows."""
    groups: dict[str, list[Altered]] = defaultdict(list)
    for code, one in found:
        if one.cell.row not in besides:
            groups[code].append(one)
    return groups


def _by_sheet(gone: Iterable[Gone], anchors: Iterable[Anchor]) -> list[Gone]:
    """The losses, those of a whole sheet as one."""
    gone = list(gone)
    if not gone:
        return []
    whole: dict[str, set[Key]] = defaultdict(set)
    for anchor in anchors:
        whole[anchor.sheet].add(anchor.key)
    lost: dict[str, set[Key]] = defaultdict(set)
    for loss in gone:
        if loss.code == "content_lost":
            lost[loss.anchors[0].sheet].update(anchor.key for anchor in loss.anchors)
    sheets = {sheet: keys == whole[sheet] for sheet, keys in lost.items()}
    kept = [loss for loss in gone if loss.code != "content_lost" or not sheets[loss.anchors[0].sheet]]
    for sheet, is_whole in sheets.items():
        if is_whole:
            kept.append(Gone(code="content_lost", anchors=tuple(a for a in anchors if a.sheet == sheet)))
    return kept

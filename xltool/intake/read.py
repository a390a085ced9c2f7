"""A recognised grid, read by its plan: values with their raw text and place, and what could not be read."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from xltool.errors import RefusedFile
from xltool.intake.altered import moved_labels, strays
from xltool.intake.anchors import Anchor, Key, anchors_of
from xltool.intake.characters import folded
from xltool.intake.grid import Cell, Grid, Kind
from xltool.intake.labels import with_labels
from xltool.intake.locate import Gone, Located, Spot, locate
from xltool.intake.notes import Notes, as_shown
from xltool.intake.reading import Reading
from xltool.intake.references import References
from xltool.intake.shown import shown_verdicts
from xltool.intake.slots import read_cell
from xltool.model.companions import EXPLANATION, NONE, REMARK
from xltool.model.identity import Identity
from xltool.model.plan import CellKind, Plan, Prefilled, Recipient, Slot
from xltool.model.states import DECLARED, State
from xltool.model.submission import Place, Submission
from xltool.model.values import Scalar, Value

FREE_TEXTS = frozenset({REMARK, EXPLANATION})
UNIT_COLUMN = "unit"


def read(
    grid: Grid,
    plan: Plan,
    recipient: Recipient,
    identity: Identity,
    file: str,
    sha256: str,
    *,
    assigned: bool = False,
) -> Submission:
    """Read every planned input, wherever it stands now. All findings come in one pass.

    Args:
        grid: The workbook.
        plan: What was issued to the recipient.
        recipient: Who it was issued to.
        identity: As found in the workbook, or of the recipient that the office named (`assigned`): then inputs
            without keys are found by their labels, too.
        file: The name that values and findings give.
        sha256: Of the file.
        assigned: Whether the office named the recipient.

    Raises:
        RefusedFile: `no_identity`: nothing that is asked stands in an assigned workbook.
    """
    return _Reader(grid, plan, recipient, identity, file, sha256).submission(assigned=assigned)


class _Reader:
    def __init__(
        self, grid: Grid, plan: Plan, recipient: Recipient, identity: Identity, file: str, sha256: str
    ) -> None:
        self._grid = grid
        self._plan = plan
        self._recipient = recipient
        self._identity = identity
        self._file = file
        self._sha256 = sha256
        self._notes = Notes(grid, plan, identity, file)
        self._anchors = anchors_of(plan)
        self._prefilled = {(known.item, known.row, known.column): known for known in recipient.prefilled}
        self._entry_names = _entry_names(self._anchors) if identity.kind == "district" else frozenset()
        self._references = References(grid)
        self._uncertain: set[tuple[str, str]] = set()
        self._values: list[Value] = []

    def submission(self, *, assigned: bool) -> Submission:
        located = locate(self._grid, self._anchors)
        if assigned:
            located = with_labels(located, self._grid, self._plan, self._anchors, self._recipient)
            self._require_content(located)
            self._notes.add("assigned_by_hand", whose=self._identity.whose)
        self._say_of_file()
        self._say_of_gone(located)
        self._say_of_altered(located)
        places = {key: self._notes.place(spot) for key, spot in located.spots.items()}
        cells = {
            key: self._grid.sheets[spot.sheet].cells.get((spot.row, spot.col)) for key, spot in located.spots.items()
        }
        for anchor in self._anchors:
            if self._is_prefilled(anchor):
                self._compare(anchor, cells.get(anchor.key), places.get(anchor.key))
        for anchor in self._anchors:
            cell = cells.get(anchor.key)
            if cell is not None and not self._is_prefilled(anchor):
                self._read_input(anchor, cell, located.spots[anchor.key])
        return Submission(
            identity=self._identity,
            file=self._file,
            sha256=self._sha256,
            values=tuple(self._values),
            findings=tuple(self._notes.findings),
            places=places,
            verdicts=shown_verdicts(self._grid, self._plan),
        )

    def _require_content(self, located: Located) -> None:
        """Refuse an assigned workbook in which no input is filled: it is no return, whoever it is from."""
        filled = (
            (spot.row, spot.col) in self._grid.sheets[spot.sheet].cells
            for anchor in self._anchors
            if not self._is_prefilled(anchor) and (spot := located.spots.get(anchor.key)) is not None
        )
        if not any(filled):
            raise RefusedFile("no_identity", said="nothing_to_map")

    def _is_prefilled(self, anchor: Anchor) -> bool:
        return anchor.cell.kind is CellKind.PREFILLED or anchor.key in self._prefilled

    def _say_of_file(self) -> None:
        if self._grid.source == "xls":
            self._notes.add("legacy_format")
        if self._grid.macros:
            self._notes.add("macros")

    def _say_of_gone(self, located: Located) -> None:
        for gone in _by_sheet(located.gone, self._anchors):
            anchor, label = self._named(gone)
            spots = [self._notes.place(spot) for spot in gone.spots]
            place = spots[0] if spots else None
            where = "、".join(f"{spot.sheet}!{spot.cell}" for spot in spots)
            self._notes.add(gone.code, anchor, place, label=label, places=where)

    def _named(self, gone: Gone) -> tuple[Anchor, str]:
        """What stands for a loss: the item of a single row, the column of a lost column, else the sheet."""
        first = next((anchor for anchor in gone.anchors if anchor.key[2] is None), gone.anchors[0])
        slot = self._notes.slot(first)
        rows, columns = ({anchor.row for anchor in gone.anchors}, {anchor.column for anchor in gone.anchors})
        one = slot is not None and (len(rows) == 1 or len(columns) == 1)
        return first, slot.label if slot is not None and one else first.sheet

    def _say_of_altered(self, located: Located) -> None:
        for moved in moved_labels(self._grid, self._plan, self._anchors, located):
            self._uncertain.add((moved.anchor.block, moved.anchor.row))
            self._notes.add("label_moved", moved.anchor, self._notes.place(moved.spot), raw=moved.found)
        for added in strays(self._grid, self._plan, self._anchors, located):
            place = self._notes.place(added.spots[0])
            rows = "、".join(str(spot.row + 1) for spot in added.spots[:10])
            more = "等" if len(added.spots) > 10 else ""  # noqa: PLR2004 - as many as were named
            self._notes.add("unkeyed_rows", None, place, sheet=place.sheet, count=len(added.spots), rows=rows + more)

    def _compare(self, anchor: Anchor, cell: Cell | None, place: Place | None) -> None:
        """Say it where a locked, prefilled cell holds something else; what it holds is not read."""
        expected = self._expected(anchor)
        if cell is None or expected is None or _same(cell, expected, self._notes.slot(anchor), self._grid):
            return
        units = {folded(unit) for unit in self._recipient.units}
        if anchor.key[2] == UNIT_COLUMN and folded(cell.raw) in units:
            self._uncertain.add((anchor.block, anchor.row))
            self._notes.add("unit_name_moved", anchor, place, raw=cell.typed, expected=as_shown(expected))
            return
        slot = self._notes.slot(anchor)
        label = slot.label if slot is not None else anchor.sheet
        self._notes.add("prefilled_changed", anchor, place, raw=cell.typed, label=label, expected=as_shown(expected))

    def _expected(self, anchor: Anchor) -> Scalar | None:
        known: Prefilled | None = self._prefilled.get(anchor.key)
        if known is not None:
            return known.word if known.value is None else known.value
        entry = anchor.cell.entry
        if anchor.cell.bound == "units" and entry is not None and entry <= len(self._recipient.units):
            return self._recipient.units[entry - 1]
        return None

    def _read_input(self, anchor: Anchor, cell: Cell, spot: Spot) -> None:
        slot, place = self._notes.slot(anchor), self._notes.place(spot)
        if slot is None:
            raise ValueError(f"{anchor.sheet}: {anchor.cell}")
        free = anchor.key[2] in FREE_TEXTS or anchor.key in self._entry_names
        at = (spot.sheet, spot.row, spot.col)
        reading = read_cell(
            cell,
            slot,
            self._choices(slot),
            date1904=self._grid.date1904,
            free=free,
            recompute=lambda formula: self._references.result(formula, at),
        )
        if reading is None:
            return
        if (anchor.block, anchor.row) in self._uncertain:
            self._keep(anchor, cell, place, slot, Reading(value=None, state=State.MISSING))
            return
        if anchor.key[2] == NONE:
            reading = self._declaration(anchor, cell, place, reading)
        self._keep(anchor, cell, place, slot, reading)
        if reading.code is not None:
            raw = cell.typed if reading.raw is None else reading.raw
            self._notes.add(reading.code, anchor, place, raw=raw, value=as_shown(reading.value))

    def _declaration(self, anchor: Anchor, cell: Cell, place: Place, reading: Reading) -> Reading:
        """本表无内容 is a total of 0, and nothing but 是 says it."""
        if reading.value == DECLARED:
            return Reading(value=0, state=State.VALUE, code=reading.code, raw=reading.raw)
        if reading.value is not None:
            self._notes.add("not_in_list", anchor, place, raw=cell.typed)
        return Reading(value=None, state=State.MISSING, code=reading.code, raw=reading.raw)

    def _choices(self, slot: Slot) -> tuple[str, ...]:
        """The texts of a slot's dropdown; of a dependent one all that any parent offers."""
        if slot.choices is None:
            return slot.rules.allowed
        source = self._plan.lists[slot.choices.name]
        if source.bound == "units":
            return self._recipient.units
        return source.values + tuple(choice for _, choices in source.by_parent for choice in choices)

    def _keep(self, anchor: Anchor, cell: Cell, place: Place, slot: Slot, reading: Reading) -> None:
        item, row, column = anchor.key
        self._values.append(
            Value(
                district=self._identity.district,
                unit=self._identity.unit,
                item=item,
                row=row,
                column=None if column == NONE else column,
                value=reading.value,
                state=reading.state,
                raw=cell.typed if cell.kind is not Kind.ERROR else cell.raw,
                unit_of_measure=slot.unit_of_measure,
                file=self._file,
                sha256=self._sha256,
                sheet=place.sheet,
                cell=place.cell,
            )
        )


def _entry_names(anchors: Iterable[Anchor]) -> frozenset[Key]:
    """In a district's tables of units' lists the cells that name an entry: those right of the unit's column."""
    rows: dict[tuple[str, int], dict[str, Anchor]] = {}
    for anchor in anchors:
        item, entry, column = anchor.key
        if entry is not None and column is not None and anchor.cell.kind is CellKind.INPUT:
            rows.setdefault((item, entry), {})[column] = anchor
    names = set()
    for row in rows.values():
        if UNIT_COLUMN in row:
            unit = row[UNIT_COLUMN].cell.col
            right = [anchor for anchor in row.values() if anchor.cell.col > unit]
            if right:
                names.add(min(right, key=lambda anchor: anchor.cell.col).key)
    return frozenset(names)


def _by_sheet(gone: Iterable[Gone], anchors: Iterable[Anchor]) -> list[Gone]:
    """The losses, those of a whole sheet as one."""
    whole: dict[str, set[Key]] = {}
    for anchor in anchors:
        whole.setdefault(anchor.sheet, set()).add(anchor.key)
    lost: dict[str, set[Key]] = {}
    for loss in gone:
        if loss.code == "content_lost":
            lost.setdefault(loss.anchors[0].sheet, set()).update(anchor.key for anchor in loss.anchors)
    sheets: Mapping[str, bool] = {sheet: keys == whole[sheet] for sheet, keys in lost.items()}
    kept = [loss for loss in gone if loss.code != "content_lost" or not sheets[loss.anchors[0].sheet]]
    for sheet, is_whole in sheets.items():
        if is_whole:
            kept.append(Gone(code="content_lost", anchors=tuple(a for a in anchors if a.sheet == sheet)))
    return kept


def _same(cell: Cell, expected: Scalar, slot: Slot | None, grid: Grid) -> bool:
    """Whether a prefilled cell still holds what was put there."""
    if isinstance(expected, str) and folded(cell.raw) == folded(expected):
        return True
    if slot is None:
        return cell.raw.strip() == as_shown(expected)
    reading = read_cell(cell, slot, date1904=grid.date1904)
    if reading is None:
        return True
    if isinstance(expected, int | float) and isinstance(reading.value, int | float):
        return math.isclose(reading.value, expected, rel_tol=1e-9, abs_tol=1e-9)
    return reading.value == expected

"""A recognised grid, read by its plan: values with their raw text and place, and what could not be read."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from xltool.errors import RefusedFile
from xltool.intake.alterations import Alterations
from xltool.intake.anchors import Anchor
from xltool.intake.characters import folded
from xltool.intake.grid import Cell, Grid, Kind
from xltool.intake.labels import with_labels
from xltool.intake.locate import Located, Spot, filled, locate
from xltool.intake.notes import Notes, as_shown
from xltool.intake.planned import Planned, planned
from xltool.intake.reading import Reading
from xltool.intake.references import References
from xltool.intake.shown import shown
from xltool.intake.slots import read_cell
from xltool.intake.witnesses import Contradiction, contradictions, with_witnessed
from xltool.model.companions import EXPLANATION, NONE, REMARK
from xltool.model.identity import Identity
from xltool.model.plan import CellKind, Key, Plan, Prefilled, Recipient, Slot
from xltool.model.states import DECLARED, State
from xltool.model.submission import Place, Submission
from xltool.model.values import Scalar, Value

FREE_TEXTS = frozenset({REMARK, EXPLANATION})
NAMED = 5
"""Items that a text names; the others are counted."""

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
    return _Reader(grid, planned(plan), recipient, identity, file, sha256).submission(assigned=assigned)


class _Reader:
    def __init__(
        self, grid: Grid, arranged: Planned, recipient: Recipient, identity: Identity, file: str, sha256: str
    ) -> None:
        self._grid = grid
        self._planned = arranged
        self._plan = arranged.plan
        self._recipient = recipient
        self._identity = identity
        self._file = file
        self._sha256 = sha256
        self._notes = Notes(grid, arranged.plan, identity, file)
        self._prefilled = {(known.item, known.row, known.column): known for known in recipient.prefilled}
        self._entry_names = arranged.entry_names if identity.kind == "district" else frozenset()
        self._unread: set[Key] = set()
        self._references = References(grid)
        self._values: list[Value] = []

    def submission(self, *, assigned: bool) -> Submission:
        located, names = with_witnessed(self._grid, self._planned, locate(self._grid, self._planned))
        if assigned:
            located = with_labels(located, self._grid, self._planned, self._recipient)
            self._require_content(located)
            self._notes.add("assigned_by_hand", whose=self._identity.whose)
        self._say_of_file()
        self._say_of_names(names)
        alterations = Alterations(self._grid, self._planned, located, self._recipient, self._notes)
        contradicting = list(contradictions(self._grid, self._planned, located))
        alterations.say(copied=assigned, cut=bool(contradicting))
        self._unread = alterations.unread
        gone = self._say_of_contradictions(contradicting)
        content = list(filled(self._grid, self._planned, located))
        for anchor, spot, cell in content:
            if self._is_prefilled(anchor):
                self._compare(anchor, cell, self._notes.place(spot))
        for anchor, spot, cell in content:
            if not self._is_prefilled(anchor) and anchor.key not in gone:
                self._read_input(anchor, cell, spot)
        verdicts, figures = shown(self._grid, self._planned)
        return Submission(
            identity=self._identity,
            file=self._file,
            sha256=self._sha256,
            values=tuple(self._values),
            findings=tuple(self._notes.findings),
            places=self._places(located),
            verdicts=verdicts,
            figures=figures,
        )

    def _require_content(self, located: Located) -> None:
        """Refuse an assigned workbook in which no input is filled: it is no return, whoever it is from."""
        found = filled(self._grid, self._planned, located)
        if all(self._is_prefilled(anchor) for anchor, _, _ in found):
            raise RefusedFile("no_identity", said="nothing_to_map")

    def _places(self, located: Located) -> Mapping[Key, Place]:
        if located.unmoved is not None:
            return self._planned.places
        return {key: self._notes.place(spot) for key, spot in located.spots.items()}

    def _is_prefilled(self, anchor: Anchor) -> bool:
        return anchor.cell.kind is CellKind.PREFILLED or anchor.key in self._prefilled

    def _say_of_file(self) -> None:
        if self._grid.source == "xls":
            self._notes.add("legacy_format")
        if self._grid.macros:
            self._notes.add("macros")

    def _say_of_names(self, found: Sequence[tuple[Anchor, Spot]]) -> None:
        """One answer a sheet for values that only their names found."""
        sheets: dict[str, list[tuple[Anchor, Spot]]] = {}
        for anchor, spot in found:
            sheets.setdefault(anchor.sheet, []).append((anchor, spot))
        for group in sheets.values():
            slots = (self._notes.slot(anchor) for anchor, _ in group)
            names = [f"“{slot.label}”" for slot in slots if slot is not None]
            labels = "、".join(names[:NAMED]) + (f"等{len(names)}项" if len(names) > NAMED else "")
            anchor, spot = group[0]
            place = self._notes.place(spot)
            self._notes.add("found_by_name", anchor if len(group) == 1 else None, place, labels=labels)

    def _say_of_contradictions(self, found: Sequence[Contradiction]) -> set[Key]:
        """Cells cut and pasted elsewhere; gives the values that then have two places, so that none is read."""
        gone: set[Key] = set()
        for one in found:
            self._say_of_contradiction(one)
            if one.code == "two_candidates":
                gone.add(one.anchor.key)
        return gone

    def _say_of_contradiction(self, one: Contradiction) -> None:
        place = self._notes.place(one.target)
        cell = self._grid.sheets[one.target.sheet].cells[one.target.row, one.target.col]
        origin = self._notes.slot(one.origin) if one.origin is not None else None
        spots = "、".join(f"{at.sheet}!{at.cell}" for at in map(self._notes.place, one.spots))
        self._notes.add(
            one.code,
            one.anchor,
            place,
            raw=cell.typed,
            where=f"{place.sheet}!{place.cell}",
            places=spots,
            origin=origin.label if origin is not None else "",
        )

    def _compare(self, anchor: Anchor, cell: Cell, place: Place) -> None:
        """Say it where a locked, prefilled cell holds something else; what it holds is not read."""
        expected = self._expected(anchor)
        if expected is None:
            self._say_of_filled(anchor, cell, place)
            return
        if _same(cell, expected, self._notes.slot(anchor), self._grid):
            return
        units = {folded(unit) for unit in self._recipient.units}
        if anchor.key[2] == UNIT_COLUMN and folded(cell.raw) in units:
            self._unread |= {other.key for other in self._planned.wanted[anchor.block][anchor.row]}
            self._notes.add("unit_name_moved", anchor, place, raw=cell.typed, expected=as_shown(expected))
            return
        slot = self._notes.slot(anchor)
        label = slot.label if slot is not None else anchor.sheet
        self._notes.add("prefilled_changed", anchor, place, raw=cell.typed, label=label, expected=as_shown(expected))

    def _say_of_filled(self, anchor: Anchor, cell: Cell, place: Place) -> None:
        """Say it where something was typed into a locked cell that was left blank."""
        if cell.raw.strip():
            slot = self._notes.slot(anchor)
            label = slot.label if slot is not None else anchor.sheet
            self._notes.add("prefilled_changed", anchor, place, raw=cell.typed, label=label, expected="空白")

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
        if anchor.key in self._unread:
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

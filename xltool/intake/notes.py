"""Findings of reading, in the catalogue's words and at their cells."""

from __future__ import annotations

from xltool.intake.anchors import Anchor
from xltool.intake.grid import Grid
from xltool.intake.locate import Spot
from xltool.model.catalogued import catalogued
from xltool.model.finding import Finding
from xltool.model.identity import Identity
from xltool.model.numbers import shown
from xltool.model.plan import Plan, Slot, a1
from xltool.model.submission import Place
from xltool.model.wording import quoted, words_of

NO_WORDS = {"label": "", "expected": "", "unit_of_measure": "", "unit_hint": ""}
"""What is said of a cell that takes nothing."""


class Notes:
    """Collects the findings of one file."""

    def __init__(self, grid: Grid, plan: Plan, identity: Identity, file: str) -> None:
        self._grid = grid
        self._plan = plan
        self._identity = identity
        self._file = file
        self.findings: list[Finding] = []

    def place(self, spot: Spot) -> Place:
        """A spot as people name it."""
        return Place(sheet=self._grid.sheets[spot.sheet].name, cell=a1(spot.row, spot.col))

    def slot(self, anchor: Anchor) -> Slot | None:
        """What the planned cell takes."""
        return self._plan.slots[anchor.cell.slot] if anchor.cell.slot else None

    def add(
        self,
        code: str,
        anchor: Anchor | None = None,
        place: Place | None = None,
        *,
        raw: str | None = None,
        **context: object,
    ) -> None:
        """Add a finding; `context` are the further names of its text."""
        words = self._words(anchor, raw) | context
        item, row, column = anchor.key if anchor is not None else (None, None, None)
        self.findings.append(
            catalogued(
                code,
                words,
                district=self._identity.district,
                unit=self._identity.unit,
                item=item,
                row=row,
                column=column,
                file=self._file,
                sheet=place.sheet if place is not None else None,
                cell=place.cell if place is not None else None,
                raw=raw,
                expected=str(words["expected"]) or None,
            )
        )

    def _words(self, anchor: Anchor | None, raw: str | None) -> dict[str, object]:
        slot = self.slot(anchor) if anchor is not None else None
        told = words_of(slot) if slot is not None else NO_WORDS
        return {**told, "raw": quoted(raw)}


def as_shown(value: float | str | None) -> str:
    """A value as a message quotes it."""
    return shown(value) if isinstance(value, int | float) else value or ""

"""What a returned workbook is rebuilt from: the answers that were in it, and what is wrong with which cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from xltool.model.severity import Severity
from xltool.model.values import Scalar

Anchor = tuple[str, int | None, str | None]
"""Item, entry and column of a planned cell."""

Place = tuple[str, str]
"""Sheet and cell of the plan."""

SYMBOLS = {Severity.ERROR: "▲", Severity.WARNING: "△", Severity.HINT: "○"}
"""Stand beside what is wrong, so that a grey print says it too."""

PROBLEM_SHEET = "退回问题"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One line of the problem sheet; `anchor` is None where the problem isn't one cell of this workbook."""

    severity: Severity
    message: str
    action: str
    raw: str | None = None
    expected: str | None = None
    anchor: Anchor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """By anchor: the answers, and how badly each marked cell is wrong. By place: the notes on cells, marked or not.

    `carried` are the inputs that units' answers were carried into.
    """

    answers: Mapping[Anchor, Scalar] = field(default_factory=dict)
    marks: Mapping[Anchor, Severity] = field(default_factory=dict)
    notes: Mapping[Place, str] = field(default_factory=dict)
    carried: frozenset[Anchor] = frozenset()

    def notes_on(self, sheet: str) -> Iterator[tuple[str, str]]:
        """(cell, text) of the notes on a sheet."""
        return ((cell, text) for (name, cell), text in self.notes.items() if name == sheet)

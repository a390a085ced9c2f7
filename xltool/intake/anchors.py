"""The keys that find each planned input again.

Every input has three anchors: the text of its block's hidden key row (`@…`, unique), the column's key in that
row, and its row's key in the hidden key column (unique).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from xltool.model.plan import CellKind, Key, PlanCell, SheetPlan

BLOCK_MARK = "@"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A planned input or prefilled cell and the keys that find it."""

    key: Key
    cell: PlanCell
    sheet: str
    block: str
    column: str
    row: str


def sheet_anchors(sheet: SheetPlan) -> Iterable[Anchor]:
    """The anchors of every input and prefilled cell of a sheet that has an item.

    Raises:
        ValueError: the plan leaves an input without keys.
    """
    texts: dict[int, dict[int, str]] = defaultdict(dict)
    for cell in sheet.cells:
        if cell.kind is CellKind.KEY:
            texts[cell.row][cell.col] = cell.text
    inputs: dict[int, list[tuple[Key, PlanCell]]] = defaultdict(list)
    for key, cell in sheet.inputs.items():
        inputs[cell.row].append((key, cell))
    block, columns = "", {}
    for number in sorted({*texts, *inputs}):
        keys = texts.get(number, {})
        if keys.get(0, "").startswith(BLOCK_MARK):
            block, columns = keys[0], keys
            continue
        for key, cell in inputs.get(number, ()):
            if not block or cell.col not in columns or 0 not in keys:
                raise ValueError(f"{sheet.name}: {cell}")
            yield Anchor(
                key=key,
                cell=cell,
                sheet=sheet.name,
                block=block,
                column=columns[cell.col],
                row=keys[0],
            )

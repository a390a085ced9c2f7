"""The keys that find each planned input again.

Every input has three anchors: the text of its block's hidden key row (`@…`, unique), the column's key in that
row, and its row's key in the hidden key column (unique).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from xltool.model.plan import CellKind, PlanCell, SheetPlan

BLOCK_MARK = "@"
Key = tuple[str, int | None, str | None]
"""(item, entry, column) as in `Plan.inputs`."""


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
    rows: dict[int, list[PlanCell]] = defaultdict(list)
    for cell in sheet.cells:
        rows[cell.row].append(cell)
    block, columns = "", {}
    for number in sorted(rows):
        keys = {cell.col: cell.text for cell in rows[number] if cell.kind is CellKind.KEY}
        if keys.get(0, "").startswith(BLOCK_MARK):
            block, columns = keys[0], keys
            continue
        for cell in rows[number]:
            if cell.item is None or cell.kind not in {CellKind.INPUT, CellKind.PREFILLED}:
                continue
            if not block or cell.col not in columns or 0 not in keys:
                raise ValueError(f"{sheet.name}: {cell}")
            yield Anchor(
                key=(cell.item, cell.entry, cell.column),
                cell=cell,
                sheet=sheet.name,
                block=block,
                column=columns[cell.col],
                row=keys[0],
            )

"""Defined names as the third witness beside keys and labels: they follow a cell wherever it is cut and pasted to.

They are heard where keys are lost, and where they contradict; what sorting does to them says nothing, since a sorted
row's key and label move and its name stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from xltool.intake.anchors import Anchor
from xltool.intake.characters import folded
from xltool.intake.grid import Grid
from xltool.intake.locate import Located, Spot
from xltool.intake.planned import Planned
from xltool.intake.planned_sheet import PlannedSheet
from xltool.model.plan import Key

NAME = "x_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Witnessed:
    """A value whose cell the key does not find and the name does, and the cells beside it."""

    anchor: Anchor
    spots: Mapping[Key, Spot]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """A name that points elsewhere than the key: `code`, the input meant, and the cell that the name points at."""

    code: str
    anchor: Anchor
    target: Spot
    origin: Anchor | None = None
    spots: tuple[Spot, ...] = ()


def named(grid: Grid, planned: Planned) -> dict[Key, Spot | None]:
    """The cells that the names of single values point at; None where the name's cell was deleted."""
    by_name = {sheet.name.casefold(): index for index, sheet in enumerate(grid.sheets)}
    found: dict[Key, Spot | None] = {}
    for name in planned.plan.names:
        folded_name = name.casefold()
        if folded_name in grid.names:
            place = grid.names[folded_name]
            key = (name.removeprefix(NAME), None, None)
            index = by_name.get(place[0].casefold()) if place is not None else None
            found[key] = Spot(sheet=index, row=place[1], col=place[2]) if place and index is not None else None
    return found


def witnessed(grid: Grid, planned: Planned, located: Located) -> list[Witnessed]:
    """The lost values whose name points at a cell in a row with their label."""
    lost = {anchor.key: anchor for gone in located.gone if gone.code == "content_lost" for anchor in gone.anchors}
    values = {key: anchor for key, anchor in lost.items() if _is_value(key)}
    if not values or not grid.names:
        return []
    names = named(grid, planned)
    taken = set(located.spots.values())
    sheets = {sheet.name: sheet for sheet in planned.sheets}
    found = []
    for key, anchor in values.items():
        spot = names.get(key)
        if spot is None or spot in taken or not _headed(grid, sheets[anchor.sheet], anchor, spot):
            continue
        if _labelled(grid, planned, sheets[anchor.sheet], anchor, spot):
            beside = _beside(grid, sheets[anchor.sheet], anchor, spot, lost.values())
            found.append(Witnessed(anchor=anchor, spots={key: spot, **dict(beside)}))
    return found


def with_witnessed(grid: Grid, planned: Planned, located: Located) -> tuple[Located, list[tuple[Anchor, Spot]]]:
    """The cells that were found, with those that only names found; and the values among these."""
    found = witnessed(grid, planned, located)
    if not found:
        return located, []
    spots = {**located.spots, **{key: spot for one in found for key, spot in one.spots.items()}}
    gone = []
    for loss in located.gone:
        left = tuple(anchor for anchor in loss.anchors if anchor.key not in spots or loss.code != "content_lost")
        if left:
            gone.append(replace(loss, anchors=left))
    values = [(one.anchor, one.spots[one.anchor.key]) for one in found]
    return replace(located, spots=spots, gone=tuple(gone)), values


def contradictions(grid: Grid, planned: Planned, located: Located) -> Iterator[Contradiction]:
    """Values whose cells were cut and pasted elsewhere, as only their names tell.

    Where most names of a sheet disagree, a program left them behind when it inserted rows, and they say nothing.
    """
    names = named(grid, planned)
    if not names:
        return
    spots = {key: spot for key in names if (spot := located.spot(planned, key)) is not None}
    astray = {key: names[key] for key, spot in spots.items() if names[key] != spot}
    if not astray:
        return
    owners = {spot: key for key, spot in spots.items()}
    anchors = {key: planned.anchor(key) for key in spots}
    all_of, astray_of = (Counter(anchors[key].sheet for key in keys) for keys in (spots, astray))
    for key, target in astray.items():
        sheet = anchors[key].sheet
        if target is None or astray_of[sheet] * 2 > all_of[sheet]:
            continue
        content = grid.sheets[target.sheet].cells.get((target.row, target.col))
        owner = owners.get(target)
        if content is None or content.calculated:
            continue
        if owner is not None:
            # Sorted rows leave their names behind; a cell that was pasted over lost its own name, or shares it.
            if owner in names and names[owner] in (None, target):
                yield Contradiction(code="cell_moved", anchor=anchors[owner], target=target, origin=anchors[key])
            continue
        spot = spots[key]
        emptied = (spot.row, spot.col) not in grid.sheets[spot.sheet].cells
        yield Contradiction(
            code="cell_moved_away" if emptied else "two_candidates",
            anchor=anchors[key],
            target=target,
            spots=(spot, target),
        )


def _is_value(key: Key) -> bool:
    return key[1] is None and key[2] is None


def _labelled(grid: Grid, planned: Planned, sheet: PlannedSheet, anchor: Anchor, spot: Spot) -> bool:
    """Whether the item's own label stands in the row."""
    slot = planned.plan.slots.get(anchor.cell.slot or "")
    own = {folded(cell.text) for cell in sheet.rows.get(anchor.cell.row, ()) if len(cell.text) > 1}
    label = folded(slot.label) if slot is not None else ""
    cells = grid.sheets[spot.sheet].cells
    here = {folded(cell.raw) for (row, _), cell in cells.items() if row == spot.row and not cell.calculated}
    return label in here if label in own else bool(own & here)


def _beside(
    grid: Grid, sheet: PlannedSheet, anchor: Anchor, spot: Spot, lost: Iterable[Anchor]
) -> Iterator[tuple[Key, Spot]]:
    """The lost cells beside a value, in columns that still have their heads."""
    for other in lost:
        if (other.sheet, other.cell.row) != (anchor.sheet, anchor.cell.row) or other is anchor:
            continue
        at = Spot(sheet=spot.sheet, row=spot.row, col=spot.col + other.cell.col - anchor.cell.col)
        if _headed(grid, sheet, other, at):
            yield other.key, at


def _headed(grid: Grid, sheet: PlannedSheet, anchor: Anchor, spot: Spot) -> bool:
    """Whether the head of an input's column stands in the column of a cell; a column may have none."""
    heads = {folded(cell.text) for cell in sheet.labels if cell.col == anchor.cell.col and cell.text}
    cells = grid.sheets[spot.sheet].cells
    return not heads or any(place[1] == spot.col and folded(cell.raw) in heads for place, cell in cells.items())

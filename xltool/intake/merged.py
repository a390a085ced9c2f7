"""Inputs that people merged with other cells: what stands in the merged cell may belong to any of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xltool.intake.address import Area
from xltool.intake.grid import Grid
from xltool.intake.locate import Spot
from xltool.intake.placing import Placement
from xltool.model.plan import CellKind, Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A filled input in a merged area where it isn't alone, or isn't what the area shows."""

    key: Key
    spot: Spot
    area: Area


def merged(grid: Grid, placed: Placement) -> Iterator[Merged]:
    """The filled inputs of a sheet that can't be told from others since their cells were merged."""
    if placed.index is None or not placed.sheet.anchors:
        return
    sheet = grid.sheets[placed.index]
    added = [area for area in sheet.merges if placed.moved or area not in placed.sheet.merges]
    if not added:
        return
    inputs = _inputs(placed)
    for area in added:
        inside = {place: key for place, key in inputs.items() if _holds(area, place)}
        if area[:2] in inside and len(inside) == 1:
            continue
        for (row, col), key in inside.items():
            if (row, col) in sheet.cells:
                yield Merged(key=key, spot=Spot(sheet=placed.index, row=row, col=col), area=area)


def _holds(area: Area, place: tuple[int, int]) -> bool:
    return area[0] <= place[0] <= area[2] and area[1] <= place[1] <= area[3]


def _inputs(placed: Placement) -> Mapping[tuple[int, int], Key]:
    own = (one for one in placed.sheet.anchors if one.cell.kind is CellKind.INPUT)
    spots = ((placed.at(one.cell.row, one.cell.col), one.key) for one in own)
    return {(spot.row, spot.col): key for spot, key in spots if spot is not None and spot.sheet == placed.index}

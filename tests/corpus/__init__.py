"""The corpus of damage: what programs and people do to a returned workbook, and exactly what must come of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from corpus import altered, cells, container, formulas, identity, resaves, structure
from corpus.kinds import Damaged, Typed

TYPED: Sequence[Typed] = (*cells.CASES, *formulas.CASES)
"""Kinds of content; many share one workbook."""


@cache
def damaged() -> Sequence[Damaged]:
    """Kinds of damage to a whole workbook."""
    return tuple(case for module in (container, identity, structure, altered, resaves) for case in module.cases())

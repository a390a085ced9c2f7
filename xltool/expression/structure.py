"""What a formula is made of: its outermost division, and whether it compares totals over units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xltool.expression.nodes import Arithmetic, Node, Number, operands


@dataclass(frozen=True, slots=True)
class Division:
    """The operands of the outermost division, before a constant factor (`* 100`)."""

    numerator: Node
    denominator: Node
    factor: float


def division(node: Node) -> Division | None:
    """The outermost division of `x / y` or `x / y * factor`; None for any other formula."""
    match node:
        case Arithmetic("/", numerator, denominator):
            return Division(numerator, denominator, 1.0)
        case Arithmetic("*", Arithmetic("/", numerator, denominator), Number(factor)):
            return Division(numerator, denominator, factor)
        case _:
            return None


def divides_unit_totals(node: Node, is_unit_total: Callable[[str], bool]) -> bool:
    """Whether a formula divides one total over units by another, so that units must be matched."""
    divided = division(node)
    if divided is None:
        return False
    sides = (operands(divided.numerator), operands(divided.denominator))
    return all(side and all(is_unit_total(operand.key) for operand in side) for side in sides)

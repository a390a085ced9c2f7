"""What the shape of a formula says: its outermost division, and whether it divides totals over units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xltool.expression.nodes import Node, Number, Product, operands, walk


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """`numerator / denominator * factor`."""

    numerator: Node
    denominator: Node
    factor: float


def division(node: Node) -> Division | None:
    """The outermost division of `x / y` or `x / y * 100` (any literal factor), else None."""
    match node:
        case Product(op="/", left=left, right=right):
            return Division(numerator=left, denominator=right, factor=1.0)
        case Product(op="*", left=Product(op="/", left=left, right=right), right=Number(value=factor)):
            return Division(numerator=left, denominator=right, factor=factor)
        case _:
            return None


def divides_unit_totals(node: Node, is_unit_total: Callable[[str], bool]) -> bool:
    """Whether a formula divides one total over units by another (dictionary, "Matched units").

    Only units that answered both may then enter both. `is_unit_total` judges an operand's key.
    """

    def holds_total(side: Node) -> bool:
        return any(is_unit_total(leaf.key) for leaf in operands(side))

    return any(
        isinstance(part, Product) and part.op == "/" and holds_total(part.left) and holds_total(part.right)
        for part in walk(node)
    )

"""Conditions as linear inequalities, for reasoning about which operand must change; anything else is not linear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xltool.expression.nodes import Comparison, Logic, Negative, Node, Number, Operand, Product, Relation, Sum


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """`constant` plus each operand (by key) times its coefficient."""

    coefficients: Mapping[str, float]
    constant: float = 0.0

    def plus(self, other: Linear, times: float = 1.0) -> Linear:
        """This and another form times something."""
        keys = dict.fromkeys((*self.coefficients, *other.coefficients))
        both = {key: self.coefficients.get(key, 0.0) + times * other.coefficients.get(key, 0.0) for key in keys}
        kept = {key: coefficient for key, coefficient in both.items() if coefficient != 0}
        return Linear(coefficients=kept, constant=self.constant + times * other.constant)

    def times(self, factor: float) -> Linear:
        """The form multiplied."""
        return Linear(coefficients={}).plus(self, factor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inequality:
    """`left` stands in `relation` to `right`; never `!=`."""

    left: Linear
    relation: Relation
    right: Linear


def inequalities(node: Node) -> tuple[Inequality, ...] | None:
    """The inequalities that all hold where a condition does; None where it is not linear.

    Alternatives (`or`, `not`, `!=`), quotients and products of operands, and functions are not.
    """
    match node:
        case Comparison(relation=relation, left=left, right=right) if relation != "!=":
            one, other = linear(left), linear(right)
            if one is None or other is None:
                return None
            return (Inequality(left=one, relation=relation, right=other),)
        case Logic(op="and", parts=parts):
            found = [inequalities(part) for part in parts]
            return None if None in found else tuple(each for one in found if one is not None for each in one)
        case _:
            return None


def linear(node: Node) -> Linear | None:
    """A number's node as a linear form; None where it is none."""
    match node:
        case Number(value=value):
            return Linear(coefficients={}, constant=value)
        case Operand():
            return Linear(coefficients={node.key: 1.0})
        case Negative(of=of):
            inner = linear(of)
            return inner and inner.times(-1)
        case Sum(terms=terms):
            total: Linear | None = Linear(coefficients={})
            for sign, term in terms:
                part = linear(term)
                total = None if total is None or part is None else total.plus(part, -1 if sign == "-" else 1)
            return total
        case Product(op=op, left=left, right=right):
            return _product(op, linear(left), linear(right))
        case _:
            return None


def _product(op: str, left: Linear | None, right: Linear | None) -> Linear | None:
    if left is None or right is None:
        return None
    if not right.coefficients:
        if op == "*":
            return left.times(right.constant)
        return left.times(1 / right.constant) if right.constant else None
    return right.times(left.constant) if op == "*" and not left.coefficients else None

"""The syntax tree of the expression language; `str(node)` is its text and parses to the same node.

Numbers and conditions are kept apart: a `Comparison`, `Logic` or `Not` is a condition, all else a number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

OperandKind = Literal["item", "total", "count", "previous"]
Relation = Literal["==", "!=", "<", "<=", ">", ">="]
Function = Literal["abs", "min", "max", "round"]

_OR, _AND, _NOT, _COMPARISON, _SUM, _PRODUCT, _NEGATIVE, _ATOM = range(8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A literal number."""

    value: float

    def __str__(self) -> str:
        """The shortest text that reads as the same number."""
        return literal(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operand:
    """A leaf. `name` is an item, column or constant; a table for totals and counts; `column` for totals only."""

    kind: OperandKind
    name: str
    column: str | None = None

    @property
    def key(self) -> str:
        """Canonical text: `library_area`, `sum(funds.budget)`, `count(activities)`, `previous.library_area`."""
        if self.kind == "total":
            return f"sum({self.name}.{self.column})"
        if self.kind == "count":
            return f"count({self.name})"
        return f"previous.{self.name}" if self.kind == "previous" else self.name

    def __str__(self) -> str:
        """The key."""
        return self.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A chain of additions and subtractions, computed from the left; the first sign is always `+`."""

    terms: tuple[tuple[Literal["+", "-"], Node], ...]

    def __str__(self) -> str:
        """The chain; terms that are sums themselves stand in parentheses."""
        text = " ".join(f"{sign} {_inside(term, _PRODUCT)}" for sign, term in self.terms)
        return text.removeprefix("+ ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A multiplication or division."""

    op: Literal["*", "/"]
    left: Node
    right: Node

    def __str__(self) -> str:
        """Left-associative, so only the right side needs parentheses around another product."""
        return f"{_inside(self.left, _PRODUCT)} {self.op} {_inside(self.right, _NEGATIVE)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Negative:
    """Minus something."""

    of: Node

    def __str__(self) -> str:
        """With the sign before it."""
        return f"-{_inside(self.of, _NEGATIVE)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A function; `digits` is the second argument of `round`."""

    function: Function
    arguments: tuple[Node, ...]
    digits: int = 0

    def __str__(self) -> str:
        """As written, without a `digits` of 0."""
        arguments = [str(argument) for argument in self.arguments]
        return f"{self.function}({', '.join([*arguments, str(self.digits)] if self.digits else arguments)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two numbers compared, with the tolerance."""

    relation: Relation
    left: Node
    right: Node

    def __str__(self) -> str:
        """Not chained, so both sides are numbers."""
        return f"{_inside(self.left, _SUM)} {self.relation} {_inside(self.right, _SUM)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Logic:
    """Conditions joined; every one of them is evaluated."""

    op: Literal["and", "or"]
    parts: tuple[Node, ...]

    def __str__(self) -> str:
        """Parts of the same or a weaker join stand in parentheses."""
        level = _AND if self.op == "and" else _OR
        return f" {self.op} ".join(_inside(part, level + 1) for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """A condition turned round."""

    of: Node

    def __str__(self) -> str:
        """With the word before it."""
        return f"not {_inside(self.of, _NOT)}"


Node = Number | Operand | Sum | Product | Negative | Call | Comparison | Logic | Not


def literal(value: float) -> str:
    """The shortest text of a number; whole numbers without a point."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)  # noqa: PLR2004 - exact below


def is_condition(node: Node) -> bool:
    """Whether the node is true or false rather than a number."""
    return isinstance(node, Comparison | Logic | Not)


def children(node: Node) -> tuple[Node, ...]:
    """The nodes right below, from left to right."""
    match node:
        case Sum(terms=terms):
            return tuple(term for _, term in terms)
        case Product(left=left, right=right) | Comparison(left=left, right=right):
            return (left, right)
        case Negative(of=of) | Not(of=of):
            return (of,)
        case Call(arguments=arguments):
            return arguments
        case Logic(parts=parts):
            return parts
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, from left to right."""
    yield node
    for child in children(node):
        yield from walk(child)


@lru_cache(maxsize=2048)
def operands(node: Node) -> tuple[Operand, ...]:
    """The distinct leaves, in order of first occurrence."""
    return tuple(dict.fromkeys(leaf for leaf in walk(node) if isinstance(leaf, Operand)))


def _level(node: Node) -> int:
    match node:
        case Logic(op="or"):
            return _OR
        case Logic():
            return _AND
        case Not():
            return _NOT
        case Comparison():
            return _COMPARISON
        case Sum():
            return _SUM
        case Product():
            return _PRODUCT
        case Negative():
            return _NEGATIVE
        case _:
            return _ATOM


def _inside(node: Node, least: int) -> str:
    """The node's text, in parentheses where it binds weaker than `least`."""
    return str(node) if _level(node) >= least else f"({node})"

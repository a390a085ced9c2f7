"""Text to syntax tree. Python's own parser reads the text; only what is listed here passes, nothing is run."""

from __future__ import annotations

import ast
import math
import re
from functools import lru_cache
from typing import Literal, cast

from xltool.errors import ExpressionError
from xltool.expression.nodes import (
    Call,
    Comparison,
    Function,
    Logic,
    Negative,
    Node,
    Not,
    Number,
    Operand,
    Product,
    Relation,
    Sum,
    is_condition,
)

MAX_LENGTH = 1000
"""Characters of a text."""
MAX_DEPTH = 30
"""Nodes from the root to a leaf; Excel allows 64 nested functions and a node takes up to two of them."""
MAX_DIGITS = 15
"""Digits that `round` may name, before or behind the point."""

_CHARACTERS = re.compile(r"[A-Za-z0-9_.,+\-*/()<>=! ]")
_NUMBER_LIKE = re.compile(r"(?<!\w)\.?\d[\w.]*(?:(?<=[eE])[+-]\d+)?")
_NUMBER = re.compile(r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_INTEGER = re.compile(r"-?\d+")
_SINGLE_EQUALS = re.compile(r"(?<![<>=!])=(?!=)")
_RELATIONS: dict[type[ast.cmpop], Relation] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_FUNCTIONS = {
    "sum": "(表.列)",
    "count": "(表)",
    "abs": "(x)",
    "min": "(a, b, …)",
    "max": "(a, b, …)",
    "round": "(x, n)",
}
_RESERVED = {*_FUNCTIONS, "previous"}


@lru_cache(maxsize=2048)
def parse(text: str) -> Node:
    """The syntax tree of a text.

    Raises:
        ExpressionError: The text is not in the language; `place` is the text.
    """
    line = " ".join(text.split())
    _check_text(line)
    try:
        tree = ast.parse(line, mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise ExpressionError("expression_syntax", place=line) from error
    return _Reader(line).read(tree.body, 1)


def _check_text(line: str) -> None:
    if len(line) > MAX_LENGTH:
        raise ExpressionError("expression_too_long", place=f"{line[:60]}…", length=len(line), limit=MAX_LENGTH)
    strange = _CHARACTERS.sub("", line)
    if strange:
        raise ExpressionError("expression_characters", place=line, found=strange[0])
    if _SINGLE_EQUALS.search(line):
        raise ExpressionError("expression_assignment", place=line)
    for found in _NUMBER_LIKE.findall(line):
        if not _NUMBER.fullmatch(found):
            raise ExpressionError("expression_number", place=line, found=found)


class _Reader:
    """Turns Python's tree of one text into nodes."""

    def __init__(self, line: str) -> None:
        self.line = line

    def fault(self, code: str, tree: ast.expr | None = None, **context: object) -> ExpressionError:
        if tree is not None:
            context["found"] = ast.get_source_segment(self.line, tree) or self.line
        return ExpressionError(code, place=self.line, **context)

    def read(self, tree: ast.expr, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise self.fault("expression_too_deep", limit=MAX_DEPTH)
        match tree:
            case ast.Constant() | ast.Name() | ast.Attribute():
                return self.leaf(tree)
            case ast.BinOp():
                return self.arithmetic(tree, depth)
            case ast.UnaryOp(op=ast.USub(), operand=of):
                return Negative(of=self.value(of, depth))
            case ast.UnaryOp(op=ast.Not(), operand=of):
                return Not(of=self.condition(of, depth))
            case ast.BoolOp(op=op, values=parts):
                word: Literal["and", "or"] = "and" if isinstance(op, ast.And) else "or"
                return Logic(op=word, parts=tuple(self.condition(part, depth) for part in parts))
            case ast.Compare():
                return self.comparison(tree, depth)
            case ast.Call(func=ast.Name(id=name)):
                return self.call(tree, name, depth)
            case _:
                raise self.fault("expression_construct", tree)

    def value(self, tree: ast.expr, depth: int) -> Node:
        node = self.read(tree, depth + 1)
        if is_condition(node):
            raise self.fault("expression_not_a_number", tree)
        return node

    def condition(self, tree: ast.expr, depth: int) -> Node:
        node = self.read(tree, depth + 1)
        if not is_condition(node):
            raise self.fault("expression_not_a_condition", tree)
        return node

    def leaf(self, tree: ast.expr) -> Node:
        match tree:
            case ast.Constant(value=bool()):
                raise self.fault("expression_construct", tree)
            case ast.Constant(value=int() | float() as value):
                return self.number(tree, value)
            case ast.Name(id=name) if name not in _RESERVED:
                return Operand(kind="item", name=name)
            case ast.Attribute(value=ast.Name(id="previous"), attr=name) if name not in _RESERVED:
                return Operand(kind="previous", name=name)
            case _:
                raise self.fault("expression_construct", tree)

    def number(self, tree: ast.expr, value: float) -> Node:
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise self.fault("expression_number", tree)
        return Number(value=number)

    def arithmetic(self, tree: ast.BinOp, depth: int) -> Node:
        match tree.op:
            case ast.Add() | ast.Sub():
                return self.chain(tree, depth)
            case ast.Mult() | ast.Div():
                op: Literal["*", "/"] = "*" if isinstance(tree.op, ast.Mult) else "/"
                return Product(op=op, left=self.value(tree.left, depth), right=self.value(tree.right, depth))
            case _:
                raise self.fault("expression_construct", tree)

    def chain(self, tree: ast.BinOp, depth: int) -> Node:
        terms: list[tuple[Literal["+", "-"], Node]] = []
        left: ast.expr = tree
        while isinstance(left, ast.BinOp) and isinstance(left.op, ast.Add | ast.Sub):
            terms.append(("+" if isinstance(left.op, ast.Add) else "-", self.value(left.right, depth)))
            left = left.left
        terms.append(("+", self.value(left, depth)))
        return Sum(terms=tuple(reversed(terms)))

    def comparison(self, tree: ast.Compare, depth: int) -> Node:
        if len(tree.ops) > 1:
            raise self.fault("expression_chained", tree)
        relation = _RELATIONS.get(type(tree.ops[0]))
        if relation is None:
            raise self.fault("expression_construct", tree)
        left, right = self.value(tree.left, depth), self.value(tree.comparators[0], depth)
        return Comparison(relation=relation, left=left, right=right)

    def call(self, tree: ast.Call, name: str, depth: int) -> Node:
        if name not in _FUNCTIONS:
            raise self.fault("expression_function", found=name, known="、".join(_FUNCTIONS))
        match name, tree.args, tree.keywords:
            case "sum", [ast.Attribute(value=ast.Name(id=table), attr=column)], [] if table not in _RESERVED:
                return Operand(kind="total", name=table, column=column)
            case "count", [ast.Name(id=table)], [] if table not in _RESERVED:
                return Operand(kind="count", name=table)
            case "abs" | "round", [argument], []:
                return Call(function=cast("Function", name), arguments=(self.value(argument, depth),))
            case "round", [argument, digits], []:
                return Call(function="round", arguments=(self.value(argument, depth),), digits=self.digits(digits))
            case "min" | "max", [_, _, *_] as arguments, []:
                values = tuple(self.value(argument, depth) for argument in arguments)
                return Call(function=cast("Function", name), arguments=values)
            case _:
                raise self.fault("expression_arguments", found=name, expected=f"{name}{_FUNCTIONS[name]}")

    def digits(self, tree: ast.expr) -> int:
        text = (ast.get_source_segment(self.line, tree) or "").replace(" ", "")
        if not _INTEGER.fullmatch(text) or abs(int(text)) > MAX_DIGITS:
            raise self.fault("expression_digits", limit=MAX_DIGITS)
        return int(text)

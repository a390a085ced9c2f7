"""Text to tree. Python's own parser reads the syntax; only the nodes listed here are let through."""

from __future__ import annotations

import ast
import math
import re
from functools import lru_cache
from typing import Literal, NoReturn, cast

from xltool.errors import ExpressionError
from xltool.expression.nodes import (
    TRUTHS,
    Arithmetic,
    Call,
    Comparison,
    Logic,
    Negative,
    Node,
    Not,
    Number,
    Operand,
)

MAX_LENGTH = 1000
MAX_DEPTH = 32
MAX_DIGITS = 15
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_COMPARISONS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}
_LONE_EQUALS = re.compile(r"(?<![<>=!])=(?!=)")


@lru_cache(maxsize=4096)
def parse(text: str) -> Node:
    """The tree of an expression.

    Raises:
        ExpressionError: the text isn't in the language; the context says at which column and why.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError("expression_too_long", place=text[:60], limit=MAX_LENGTH)
    if lone := _LONE_EQUALS.search(text):
        raise ExpressionError("expression_lone_equals", place=text, at=lone.start() + 1)
    if text.count("(") > MAX_LENGTH // 4:
        raise ExpressionError("expression_too_deep", place=text[:60], limit=MAX_DEPTH)
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        at = getattr(error, "offset", None) or 1
        raise ExpressionError("expression_syntax", place=text, at=at) from error
    return _Converter(text).convert(tree.body, 0)


class _Converter:
    """Lets through the nodes of the language and refuses all others, saying where."""

    def __init__(self, text: str) -> None:
        self.text = text

    def refuse(self, node: ast.AST, code: str = "expression_foreign") -> NoReturn:
        text = self.text.strip()
        found = ast.get_source_segment(text, node) or text
        at = len(text.encode()[: getattr(node, "col_offset", 0)].decode()) + 1  # ast counts bytes
        raise ExpressionError(code, place=self.text, at=at, found=found)

    def convert(self, node: ast.expr, depth: int) -> Node:  # noqa: C901 - one case a node of the language
        if depth > MAX_DEPTH:
            raise ExpressionError("expression_too_deep", place=self.text, limit=MAX_DEPTH)
        match node:
            case ast.Constant():
                return self.number(node)
            case ast.Name():
                return Operand("item", self.name(node, node.id))
            case ast.Attribute(value=ast.Name(id="previous")):
                return Operand("previous", self.name(node, node.attr))
            case ast.UnaryOp(op=ast.USub()):
                return Negative(self.numeric(node.operand, depth))
            case ast.UnaryOp(op=ast.Not()):
                return Not(self.truth(node.operand, depth))
            case ast.BinOp() if type(node.op) in _SIGNS:
                sign = cast('Literal["+", "-", "*", "/"]', _SIGNS[type(node.op)])
                return Arithmetic(sign, self.numeric(node.left, depth), self.numeric(node.right, depth))
            case ast.Compare():
                return self.comparison(node, depth)
            case ast.BoolOp():
                word: Literal["and", "or"] = "and" if isinstance(node.op, ast.And) else "or"
                return Logic(word, tuple(self.truth(part, depth) for part in node.values))
            case ast.Call(func=ast.Name(), keywords=[]):
                return self.call(node, depth)
            case _:
                self.refuse(node)

    def numeric(self, node: ast.expr, depth: int) -> Node:
        converted = self.convert(node, depth + 1)
        if isinstance(converted, TRUTHS):
            self.refuse(node, "expression_number_wanted")
        return converted

    def truth(self, node: ast.expr, depth: int) -> Node:
        converted = self.convert(node, depth + 1)
        if not isinstance(converted, TRUTHS):
            self.refuse(node, "expression_truth_wanted")
        return converted

    def number(self, node: ast.Constant) -> Number:
        try:
            value = float(node.value) if type(node.value) in (int, float) else math.nan
        except OverflowError:
            value = math.nan
        if not math.isfinite(value):
            self.refuse(node)
        return Number(value)

    def name(self, node: ast.AST, name: str) -> str:
        if not _NAME.fullmatch(name):
            self.refuse(node)
        return name

    def comparison(self, node: ast.Compare, depth: int) -> Comparison:
        if len(node.ops) != 1:
            self.refuse(node, "expression_chained")
        if type(node.ops[0]) not in _COMPARISONS:
            self.refuse(node)
        sign = cast('Literal["<", "<=", ">", ">=", "==", "!="]', _COMPARISONS[type(node.ops[0])])
        return Comparison(sign, self.numeric(node.left, depth), self.numeric(node.comparators[0], depth))

    def call(self, node: ast.Call, depth: int) -> Node:
        match cast("ast.Name", node.func).id, node.args:
            case "sum", [ast.Attribute(value=ast.Name(id=table), attr=column)]:
                return Operand("total", self.name(node, table), self.name(node, column))
            case "count", [ast.Name(id=table)]:
                return Operand("count", self.name(node, table))
            case "abs", [inner]:
                return Call("abs", (self.numeric(inner, depth),))
            case ("min" | "max") as function, [_, _, *_] as arguments:
                return Call(function, tuple(self.numeric(argument, depth) for argument in arguments))
            case "round", [inner]:
                return Call("round", (self.numeric(inner, depth),))
            case "round", [inner, ast.Constant(value=int(digits))] if 0 <= digits <= MAX_DIGITS:
                return Call("round", (self.numeric(inner, depth),), digits)
            case _:
                self.refuse(node)

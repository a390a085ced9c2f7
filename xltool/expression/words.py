"""Expressions in Chinese words, for messages, the manual and the method annex."""

from __future__ import annotations

from collections.abc import Callable
from types import UnionType

from xltool.expression.nodes import (
    Call,
    Comparison,
    Logic,
    Negative,
    Node,
    Not,
    Number,
    Operand,
    Product,
    Sum,
    is_condition,
)
from xltool.model.numbers import shown

Label = Callable[[str], str]
"""A name of the language (an item, a table, `table.column`) -> what people call it."""

_SIGNS = {"+": " ＋ ", "-": " － ", "*": " × ", "/": " ÷ "}
_COMPARISONS = {"<": "小于", "<=": "不超过", ">": "大于", ">=": "大于等于", "==": "等于", "!=": "不等于"}
_INNER_QUOTES = str.maketrans("“”", "‘’")


def to_words(node: Node, label: Label) -> str:
    """The expression as a phrase; parentheses only where the order needs them.

    Labels stand in “”, so quotation marks inside them become ‘’.
    """
    return _condition(node, label) if is_condition(node) else _number(node, label)


def _number(node: Node, label: Label) -> str:
    match node:
        case Number(value=value):
            return shown(value)
        case Operand():
            return _operand(node, label)
        case Negative(of=of):
            return f"－{_within(of, label, Sum | Negative)}"
        case Sum(terms=((_, first), *rest)):
            texts = (f"{_SIGNS[sign]}{_within(term, label, Sum | Negative)}" for sign, term in rest)
            return _within(first, label, Sum) + "".join(texts)
        case Product(op=op, left=left, right=right):
            tighter = Sum | Negative | Product if op == "/" else Sum | Negative
            return f"{_within(left, label, Sum)}{_SIGNS[op]}{_within(right, label, tighter)}"
        case Call():
            return _call(node, label)
        case _:
            raise TypeError(node)


def _condition(node: Node, label: Label) -> str:
    match node:
        case Comparison(relation=relation, left=left, right=right):
            return f"{_number(left, label)}{_COMPARISONS[relation]}{_number(right, label)}"
        case Logic(op=op, parts=parts):
            joint = "，且" if op == "and" else "，或"
            return joint.join(_within(part, label, Logic) for part in parts)
        case Not(of=of):
            return f"并非（{_condition(of, label)}）"
        case _:
            raise TypeError(node)


def _operand(node: Operand, label: Label) -> str:
    name = f"{node.name}.{node.column}" if node.kind == "total" else node.name
    quoted = f"“{label(name).translate(_INNER_QUOTES)}”"
    match node.kind:
        case "total":
            return f"{quoted}合计"
        case "count":
            return f"{quoted}的项数"
        case "previous":
            return f"上年的{quoted}"
        case _:
            return quoted


def _call(node: Call, label: Label) -> str:
    if node.function in ("min", "max"):
        listed = "、".join(_number(argument, label) for argument in node.arguments)
        return f"（{listed}）中的{'最小值' if node.function == 'min' else '最大值'}"
    argument = _within(node.arguments[0], label, Sum | Product | Negative)
    if node.function == "abs":
        return f"{argument}的绝对值"
    if node.digits > 0:
        return f"{argument}四舍五入到{node.digits}位小数"
    return f"{argument}四舍五入到{'整数' if node.digits == 0 else f'{10**-node.digits}的整数倍'}"


def _within(node: Node, label: Label, kind: type | UnionType) -> str:
    text = to_words(node, label)
    return f"（{text}）" if isinstance(node, kind) else text

"""Expressions in Chinese words, for messages, the manual and the method annex."""

from __future__ import annotations

from collections.abc import Callable
from types import UnionType

from xltool.expression.nodes import Call, Comparison, Logic, Negative, Node, Not, Number, Operand, Product, Sum
from xltool.model.numbers import shown

Label = Callable[[str], str]
"""A name of the language (an item, a table, `table.column`) -> what people call it."""

_SIGNS = {"+": "＋", "-": "－", "*": "×", "/": "÷"}
_COMPARISONS = {"<": "小于", "<=": "不超过", ">": "大于", ">=": "不少于", "==": "等于", "!=": "不等于"}
_FUNCTIONS = {"min": "最小值", "max": "最大值"}


def to_words(node: Node, label: Label) -> str:
    """The expression as a phrase; parentheses only where the order needs them."""
    match node:
        case Number():
            return shown(node.value)
        case Operand():
            return _operand(node, label)
        case Negative():
            return f"－{_within(node.of, label, Sum)}"
        case Sum():
            texts = (f"{_SIGNS[sign]}{_within(term, label, Sum)}" for sign, term in node.terms)
            return "".join(texts).removeprefix("＋")
        case Product():
            right = Sum | Product if node.op == "/" else Sum
            return f"{_within(node.left, label, Sum)}{_SIGNS[node.op]}{_within(node.right, label, right)}"
        case Comparison():
            return f"{to_words(node.left, label)}{_COMPARISONS[node.relation]}{to_words(node.right, label)}"
        case Logic():
            joint = "，且" if node.op == "and" else "，或"
            return joint.join(_within(part, label, Logic) for part in node.parts)
        case Not():
            return f"并非（{to_words(node.of, label)}）"
        case Call():
            return _call(node, label)


def _operand(node: Operand, label: Label) -> str:
    match node.kind:
        case "total":
            return f"“{label(f'{node.name}.{node.column}')}”合计"
        case "count":
            return f"“{label(node.name)}”的项数"
        case "previous":
            return f"上年的“{label(node.name)}”"
        case _:
            return f"“{label(node.name)}”"


def _call(node: Call, label: Label) -> str:
    arguments = [to_words(argument, label) for argument in node.arguments]
    if node.function == "abs":
        return f"（{arguments[0]}）的绝对值"
    if node.function == "round":
        return f"（{arguments[0]}）四舍五入到{node.digits}位小数"
    return f"（{'、'.join(arguments)}）中的{_FUNCTIONS[node.function]}"


def _within(node: Node, label: Label, kind: type | UnionType) -> str:
    text = to_words(node, label)
    return f"（{text}）" if isinstance(node, kind) else text

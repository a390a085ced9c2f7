"""Expressions as Excel formulas, with functions that Excel 2010, WPS and LibreOffice all have.

A leaf's cell holds a number, nothing, or a word (不适用, 未填). The states are decided before anything is computed,
so blank cells never count as 0; errors of the computation itself are 无法计算. Subtraction in spreadsheets turns a
difference in the last digits into 0; comparisons are not touched by that, since their tolerance is far wider.
"""

from __future__ import annotations

from collections.abc import Callable

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
    operands,
)
from xltool.model.numbers import TOLERANCE
from xltool.model.states import SHOWN, State

HOLDS, VIOLATED, OPEN = "通过", "不通过", "待填"
"""What a live check shows; the fourth outcome is 不适用."""

MAX_FORMULA = 8192
MAX_NESTING = 64
MAX_ARGUMENTS = 255

Address = Callable[[str], str]
"""Operand key -> the address of its cell, or a number's text for a constant."""

_NOT_APPLICABLE = SHOWN[State.NOT_APPLICABLE]
_MISSING = SHOWN[State.MISSING]
_UNDEFINED = SHOWN[State.UNDEFINED]


def to_excel(node: Node, address: Address) -> str:
    """The bare computation, without `=` and without regard to states."""
    match node:
        case Number():
            return _literal(node.value)
        case Operand():
            return address(node.key)
        case Negative():
            return f"(-{to_excel(node.of, address)})"
        case Sum():
            terms = "".join(f"{sign}{to_excel(term, address)}" for sign, term in node.terms)
            return f"({terms.removeprefix('+')})"
        case Product():
            return f"({to_excel(node.left, address)}{node.op}{to_excel(node.right, address)})"
        case Comparison():
            return _comparison(node.relation, to_excel(node.left, address), to_excel(node.right, address))
        case Logic():
            return f"{node.op.upper()}({','.join(to_excel(part, address) for part in node.parts)})"
        case Not():
            return f"NOT({to_excel(node.of, address)})"
        case Call():
            arguments = [to_excel(argument, address) for argument in node.arguments]
            if node.function == "round":
                arguments.append(str(node.digits))
            return f"{node.function.upper()}({','.join(arguments)})"


def guarded(node: Node, address: Address, *, text: bool = False) -> str:
    """The whole formula of an indicator: 不适用, 未填, 无法计算 or the value, in the order that decides.

    With `text`, for an expression that is one operand with a text.
    """
    leaves = _cells(node, address)
    if text:
        (leaf,) = leaves
        return f'=IF({leaf}="","{_MISSING}",{leaf})'
    computed = f'IFERROR({to_excel(node, address)},"{_UNDEFINED}")'
    return f"={_by_state(leaves, _NOT_APPLICABLE, _MISSING, computed)}"


def check_formula(node: Node, address: Address) -> str:
    """The whole formula of a check: 不适用, 待填 (it can't be judged), 通过 or 不通过."""
    judged = f'IFERROR(IF({to_excel(node, address)},"{HOLDS}","{VIOLATED}"),"{OPEN}")'
    return f"={_by_state(_cells(node, address), _NOT_APPLICABLE, OPEN, judged)}"


def formula_fault(formula: str) -> str | None:
    """A fault code where a formula exceeds what Excel takes, else None."""
    if len(formula) > MAX_FORMULA:
        return "formula_too_long"
    depth = deepest = 0
    arguments = [1]
    quoted = False
    for letter in formula:
        quoted ^= letter == '"'
        if quoted:
            continue
        if letter == "(":
            depth += 1
            deepest = max(deepest, depth)
            arguments.append(1)
        elif letter == ")":
            depth -= 1
            arguments.pop()
        elif letter == ",":
            arguments[-1] += 1
            if arguments[-1] > MAX_ARGUMENTS:
                return "formula_too_many_arguments"
    return "formula_too_deep" if deepest > MAX_NESTING else None


def _cells(node: Node, address: Address) -> list[str]:
    """The distinct addresses of the operands; constants have no state and are left out."""
    addresses = dict.fromkeys(address(operand.key) for operand in operands(node))
    return [text for text in addresses if not _is_number(text)]


def _by_state(leaves: list[str], not_applicable: str, missing: str, computed: str) -> str:
    """COUNTIF and COUNT rather than comparisons: they pass over error cells, which are missing values."""
    if not leaves:
        return computed
    refused = "+".join(f'COUNTIF({leaf},"{_NOT_APPLICABLE}")' for leaf in leaves)
    numbers = "+".join(f"COUNT({leaf})" for leaf in leaves)
    return f'IF({refused}>0,"{not_applicable}",IF({numbers}<{len(leaves)},"{missing}",{computed}))'


def _comparison(sign: str, left: str, right: str) -> str:
    tolerance = f"{_literal(TOLERANCE)}*MAX(1,ABS({left}),ABS({right}))"
    match sign:
        case "<=":
            return f"({left}-{right}<={tolerance})"
        case "<":
            return f"({left}-{right}<-{tolerance})"
        case ">=":
            return f"({left}-{right}>=-{tolerance})"
        case ">":
            return f"({left}-{right}>{tolerance})"
        case "==":
            return f"(ABS({left}-{right})<={tolerance})"
        case _:
            return f"(ABS({left}-{right})>{tolerance})"


def _literal(value: float) -> str:
    text = repr(value).upper()
    return text.removesuffix(".0")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True

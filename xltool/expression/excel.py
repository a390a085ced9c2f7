"""Expressions as Excel formulas, with functions that Excel 2010, WPS and LibreOffice all have.

A leaf's cell holds a number, nothing, or a word (不适用, 未填). The states are decided before anything is computed,
so blank cells never count as 0; errors of the computation itself are 无法计算. AND and OR hand on errors of every
argument, so they don't short-circuit either.

Spreadsheets turn a difference in the last binary digits into 0, each in its own way and places. So the rule of
`evaluate.CANCELLED` is written out where terms can cancel; comparisons are safe by their far wider tolerance.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from xltool.expression.evaluate import CANCELLED
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
    literal,
    operands,
    walk,
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

Refusable = Callable[[str], str]
"""Operand key -> the range of the words that mean 不适用 in its cell; blank where none does."""

_NOT_APPLICABLE = SHOWN[State.NOT_APPLICABLE]
_MISSING = SHOWN[State.MISSING]
_UNDEFINED = SHOWN[State.UNDEFINED]
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def to_excel(node: Node, address: Address) -> str:
    """The bare computation, without `=` and without regard to states."""
    return _condition(node, address) if is_condition(node) else _number(node, address)


def guarded(node: Node, address: Address, refusable: Refusable) -> str:
    """The whole formula of an indicator: 不适用, 未填, 无法计算 or the value, in the order that decides."""
    computed = f'IFERROR({to_excel(node, address)},"{_UNDEFINED}")'
    return f"={_by_state(_cells(node, address, refusable), _MISSING, computed)}"


def check_formula(node: Node, address: Address, refusable: Refusable) -> str:
    """The whole formula of a check: 不适用, 待填 (it can't be judged), 通过 or 不通过."""
    judged = f'IFERROR(IF({to_excel(node, address)},"{HOLDS}","{VIOLATED}"),"{OPEN}")'
    return f"={_by_state(_cells(node, address, refusable), OPEN, judged)}"


def formula_fault(formula: str) -> str | None:
    """A code of `messages.FAULTS` where a formula exceeds what Excel takes, else None.

    Parentheses are counted as functions, so the verdict errs on the safe side.
    """
    if len(formula) > MAX_FORMULA:
        return "formula_too_long"
    if formula.count("(") <= MAX_NESTING and formula.count(",") < MAX_ARGUMENTS:  # nearly all: nothing to be counted
        return None
    deepest, arguments = 0, [1]
    for letter in _QUOTED.sub("", formula):
        if letter == "(":
            arguments.append(1)
            deepest = max(deepest, len(arguments) - 1)
        elif letter == ")":
            arguments.pop()
        elif letter == ",":
            arguments[-1] += 1
            if arguments[-1] > MAX_ARGUMENTS:
                return "formula_too_many_arguments"
    return "formula_too_deep" if deepest > MAX_NESTING else None


def _cells(node: Node, address: Address, refusable: Refusable) -> dict[str, str]:
    """The distinct addresses of the operands, each with its words for 不适用; constants have no state."""
    addresses = {address(operand.key): refusable(operand.key) for operand in operands(node)}
    return {text: words for text, words in addresses.items() if not _is_number(text)}


def _by_state(leaves: Mapping[str, str], missing: str, computed: str) -> str:
    """COUNTIF and COUNT rather than comparisons: they pass over error cells, which are missing values."""
    if not leaves:
        return computed
    judged = f'IF(COUNT({",".join(leaves)})<{len(leaves)},"{missing}",{computed})'
    refused = "+".join(f"SUMPRODUCT(COUNTIF({leaf},{words}))" for leaf, words in leaves.items() if words)
    return f'IF({refused}>0,"{_NOT_APPLICABLE}",{judged})' if refused else judged


def _number(node: Node, address: Address) -> str:
    match node:
        case Number(value=value):
            return literal(value).upper()
        case Operand():
            text = address(node.key)
            return f"({text})" if text.startswith("-") else text
        case Negative(of=of):
            return f"(-{_factor(of, address)})"
        case Sum():
            return _sum(node, address)
        case Product(op=op, left=left, right=right):
            return f"{_term(left, address)}{op}{_factor(right, address)}"
        case Call(function=function, arguments=arguments, digits=digits):
            texts = [_number(argument, address) for argument in arguments]
            return f"{function.upper()}({','.join([*texts, str(digits)] if function == 'round' else texts)})"
        case _:
            raise TypeError(node)


def _condition(node: Node, address: Address) -> str:
    match node:
        case Comparison():
            return _comparison(node, address)
        case Logic(op=op, parts=parts):
            return f"{op.upper()}({','.join(_condition(part, address) for part in parts)})"
        case Not(of=of):
            return f"NOT({_condition(of, address)})"
        case _:
            raise TypeError(node)


def _comparison(node: Comparison, address: Address) -> str:
    left, right = _number(node.left, address), _number(node.right, address)
    difference = f"{left}-{_term(node.right, address)}"
    tolerance = f"{literal(TOLERANCE).upper()}*MAX(1,ABS({left}),ABS({right}))"
    match node.relation:
        case "==":
            return f"ABS({difference})<={tolerance}"
        case "!=":
            return f"ABS({difference})>{tolerance}"
        case "<=" | ">":
            return f"{difference}{node.relation}{tolerance}"
        case _:
            return f"{difference}{node.relation}-{tolerance}"


def _sum(node: Sum, address: Address) -> str:
    terms = [(sign, _term(term, address)) for sign, term in node.terms]
    chain = "".join(f"{sign}{term}" for sign, term in terms).removeprefix("+")
    if not _may_cancel(node):
        return chain
    sizes = ",".join(f"ABS({term})" for _, term in terms)
    return f"IF(ABS({chain})<={literal(CANCELLED).upper()}*MAX({sizes}),0,{chain})"


def _may_cancel(node: Sum) -> bool:
    """Whether something is taken off. Plain additions are of counts and sizes, which aren't negative."""
    return any(sign == "-" for sign, _ in node.terms) or any(isinstance(part, Negative) for part in walk(node))


def _term(node: Node, address: Address) -> str:
    """What may stand beside + and -, or on the left of * and /."""
    text = _number(node, address)
    return f"({text})" if isinstance(node, Sum) and not _may_cancel(node) else text


def _factor(node: Node, address: Address) -> str:
    """What may stand on the right of * and /."""
    return f"({_number(node, address)})" if isinstance(node, Product) else _term(node, address)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True

"""Formulas that hold only constants, recomputed: `=1200+350`, `=SUM(3,4)`, `=ROUND(7/8*100,1)`."""

from __future__ import annotations

import re
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow, localcontext

from xltool.model.numbers import round_half_away

MAX_LENGTH = 500
_MAX_DEPTH = 30
_MAX_POWER = 100
_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?)|(?P<mark>[-+*/^()%,;])|(?P<name>[A-Za-z]+))"
)
_EXTERNAL = re.compile(r"\[[0-9]+\]|\[[^\]]*\.(?:xl\w+|ods|et|csv)\]|file:|https?:|\|'", re.IGNORECASE)
_STRING = re.compile(r'\s*"((?:[^"]|"")*)"\s*')
_BOOLEAN = re.compile(r"\s*(?:TRUE|FALSE)\s*(?:\(\s*\))?\s*", re.IGNORECASE)


class NotConstant(ValueError):  # noqa: N818 - an answer, not a fault
    """The formula is more than arithmetic on numbers."""


def is_external(formula: str) -> bool:
    """Whether a formula reads another file."""
    return _EXTERNAL.search(formula) is not None


def is_boolean(formula: str) -> bool:
    """Whether a formula is nothing but TRUE or FALSE."""
    return _BOOLEAN.fullmatch(formula) is not None


def constant_text(formula: str) -> str | None:
    """The text of a formula that is one quoted text."""
    match = _STRING.fullmatch(formula)
    return None if match is None else match[1].replace('""', '"')


def constant(formula: str) -> Decimal | None:
    """The result of a formula without its `=`, None where it isn't arithmetic on constants."""
    if len(formula) > MAX_LENGTH:
        return None
    try:
        with localcontext() as context:
            context.prec = 30
            result = _Parser(formula).whole()
    except (NotConstant, DivisionByZero, InvalidOperation, Overflow):
        return None
    return result if result.is_finite() else None


class _Parser:
    """Recursive descent in the spreadsheets' order: percent, sign, power, product, sum."""

    def __init__(self, text: str) -> None:
        self._tokens: list[tuple[str, str]] = []
        place = 0
        text = text.strip()
        while place < len(text):
            match = _TOKEN.match(text, place)
            if match is None or match.lastgroup is None:
                raise NotConstant
            self._tokens.append((match.lastgroup, match[match.lastgroup]))
            place = match.end()
        self._next = 0
        self._depth = 0

    def whole(self) -> Decimal:
        result = self._sum()
        if self._next != len(self._tokens):
            raise NotConstant
        return result

    def _take(self, marks: str) -> str:
        if self._next < len(self._tokens):
            kind, text = self._tokens[self._next]
            if kind == "mark" and text in marks:
                self._next += 1
                return text
        return ""

    def _sum(self) -> Decimal:
        result = self._product()
        while mark := self._take("+-"):
            right = self._product()
            result = result + right if mark == "+" else result - right
        return result

    def _product(self) -> Decimal:
        result = self._power()
        while mark := self._take("*/"):
            right = self._power()
            result = result * right if mark == "*" else result / right
        return result

    def _power(self) -> Decimal:
        result = self._signed()
        while self._take("^"):
            exponent = self._signed()
            if abs(exponent) > _MAX_POWER:
                raise NotConstant
            result = result**exponent
        return result

    def _signed(self) -> Decimal:
        negative = False
        while mark := self._take("+-"):
            negative ^= mark == "-"
        result = self._atom()
        while self._take("%"):
            result /= 100
        return -result if negative else result

    def _atom(self) -> Decimal:
        if self._next == len(self._tokens):
            raise NotConstant
        kind, text = self._tokens[self._next]
        if kind == "number":
            self._next += 1
            return Decimal(text)
        if kind == "name":
            self._next += 1
        self._depth += 1
        if self._depth > _MAX_DEPTH or not self._take("("):
            raise NotConstant
        arguments = [self._sum()]
        while kind == "name" and self._take(",;"):
            arguments.append(self._sum())
        if not self._take(")"):
            raise NotConstant
        self._depth -= 1
        return _call(text.upper(), arguments) if kind == "name" else arguments[0]


def _call(name: str, arguments: list[Decimal]) -> Decimal:
    if name == "SUM":
        return sum(arguments, Decimal(0))
    if name == "ROUND" and len(arguments) == 2 and abs(arguments[1]) <= 15:  # noqa: PLR2004 - value, digits
        return Decimal(repr(round_half_away(float(arguments[0]), int(arguments[1]))))
    raise NotConstant

"""Typed formulas recomputed: `=1200+350`, `=SUM(3,4)`, `=ROUND(7/8*100,1)`, and `=D5+D6` by other cells' numbers."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Sequence
from decimal import ROUND_DOWN, ROUND_FLOOR, ROUND_UP, Decimal, DecimalException, localcontext

from xltool.model.numbers import round_half_away

MAX_LENGTH = 500
_MAX_DEPTH = 30
_MAX_POWER = 100
_MAX_PLACES = 15
_TOKEN = re.compile(
    r"\s*(?:(?P<reference>(?:(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}"
    r"(?::\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6})?)(?![\w(!.])"
    r"|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?)|(?P<mark>[-+*/^()%,;])|(?P<name>[A-Za-z]+))"
)
_EXTERNAL = re.compile(r"\[[0-9]+\]|\[[^\]]*\.(?:xl\w+|ods|et|csv)\]|file:|https?:|\|'", re.IGNORECASE)
_STRING = re.compile(r'\s*"((?:[^"]|"")*)"\s*')
_DATE = re.compile(r"\s*DATE\s*\(\s*([0-9]{4})\s*[,;]\s*([0-9]{1,2})\s*[,;]\s*([0-9]{1,2})\s*\)\s*", re.IGNORECASE)
_BOOLEAN = re.compile(r"\s*(?:TRUE|FALSE)\s*(?:\(\s*\))?\s*", re.IGNORECASE)


class NotConstant(ValueError):  # noqa: N818 - an answer, not a fault
    """The formula is more than arithmetic on numbers."""


Resolve = Callable[[str], Sequence[Decimal | None]]
"""A reference to the numbers of its cells, None for a blank one; raises NotConstant where a cell holds no number."""


def _no_references(_reference: str) -> Sequence[Decimal | None]:
    raise NotConstant


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


def constant_date(formula: str) -> dt.date | None:
    """The date of a formula that is DATE with three numbers; others than a calendar's are none."""
    match = _DATE.fullmatch(formula)
    try:
        return dt.date(*map(int, match.groups())) if match is not None else None
    except ValueError:
        return None


def constant(formula: str, resolve: Resolve = _no_references) -> Decimal | None:
    """The result of a formula without its `=`, None where it isn't arithmetic on constants.

    With `resolve`, references to other cells are put in for their numbers.
    """
    if len(formula) > MAX_LENGTH:
        return None
    try:
        with localcontext() as context:
            context.prec = 30
            result = _Parser(formula, resolve).whole()
    except (NotConstant, DecimalException, OverflowError):
        return None
    return result if result.is_finite() else None


class _Parser:
    """Recursive descent in the spreadsheets' order: percent, sign, power, product, sum."""

    def __init__(self, text: str, resolve: Resolve) -> None:
        self._tokens: list[tuple[str, str]] = []
        self._resolve = resolve
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
        if kind != "mark":
            self._next += 1
        if kind == "number":
            return Decimal(text)
        if kind == "reference":
            found = self._resolve(text)
            # A blank counts as 0 in spreadsheets; here it is missing, and so is what is computed from it.
            if len(found) != 1 or found[0] is None:
                raise NotConstant
            return found[0]
        self._depth += 1
        if self._depth > _MAX_DEPTH or not self._take("("):
            raise NotConstant
        arguments = self._argument() if kind == "name" else [self._sum()]
        while kind == "name" and self._take(",;"):
            arguments += self._argument()
        if not self._take(")") or not arguments:
            raise NotConstant
        self._depth -= 1
        return _call(text.upper(), arguments) if kind == "name" else arguments[0]

    def _argument(self) -> list[Decimal]:
        """One argument's numbers: all of a range that stands alone, blanks left out."""
        kind, text = self._tokens[self._next] if self._next < len(self._tokens) else ("", "")
        if kind == "reference" and ":" in text:
            self._next += 1
            return [number for number in self._resolve(text) if number is not None]
        return [self._sum()]


def _call(name: str, arguments: list[Decimal]) -> Decimal:
    if name in _OF_MANY:
        return _OF_MANY[name](arguments)
    count, function = _OF_FEW.get(name, (0, None))
    if function is None or len(arguments) != count:
        raise NotConstant
    return function(*arguments)


def _rounded(number: Decimal, digits: Decimal) -> Decimal:
    return Decimal(repr(round_half_away(float(number), _places(digits))))


def _rounded_to(rounding: str) -> Callable[[Decimal, Decimal], Decimal]:
    return lambda number, digits: number.quantize(Decimal(1).scaleb(-_places(digits)), rounding=rounding)


def _places(digits: Decimal) -> int:
    if abs(digits) > _MAX_PLACES:
        raise NotConstant
    return int(digits)


_OF_MANY: dict[str, Callable[[list[Decimal]], Decimal]] = {
    "SUM": lambda numbers: sum(numbers, Decimal(0)),
    "PRODUCT": lambda numbers: math.prod(numbers, start=Decimal(1)),
    "AVERAGE": lambda numbers: sum(numbers, Decimal(0)) / len(numbers),
    "MAX": max,
    "MIN": min,
}
_OF_FEW: dict[str, tuple[int, Callable[..., Decimal]]] = {
    "ROUND": (2, _rounded),
    "ROUNDUP": (2, _rounded_to(ROUND_UP)),
    "ROUNDDOWN": (2, _rounded_to(ROUND_DOWN)),
    "ABS": (1, abs),
    "INT": (1, lambda number: number.to_integral_value(rounding=ROUND_FLOOR)),
}

"""Formulas of an Excel 97-2003 workbook from their tokens to text, as far as a typed formula can be recomputed."""

from __future__ import annotations

import struct
from collections.abc import Callable

from xltool.intake import biff_strings
from xltool.model.plan import a1

UNKNOWN = "…"
"""A formula with anything else in it, which is never recomputed."""

_OPERATORS = {0x03: "+", 0x04: "-", 0x05: "*", 0x06: "/", 0x07: "^", 0x08: "&"}
_FUNCTIONS = {4: "SUM", 5: "AVERAGE", 6: "MIN", 7: "MAX", 24: "ABS", 25: "INT", 27: "ROUND", 65: "DATE", 183: "PRODUCT"}
_FUNCTIONS |= {212: "ROUNDUP", 213: "ROUNDDOWN"}
_ARGUMENTS = {24: 1, 25: 1, 27: 2, 65: 3, 212: 2, 213: 2}  # of functions whose tokens don't say
_SUM_OF_ONE = 0x10
_DEEPEST = 100


def formula_text(tokens: bytes) -> str:
    """A formula without its `=`; `tokens` follow their own length in two bytes, left out here."""
    try:
        return _Reader(tokens).text()
    except (struct.error, IndexError, KeyError, UnicodeDecodeError):
        return UNKNOWN


class _Reader:
    """Reads tokens in the order of a stack machine."""

    def __init__(self, tokens: bytes) -> None:
        self._tokens = tokens
        self._place = 0
        self._stack: list[str] = []

    def text(self) -> str:
        while self._place < len(self._tokens):
            self._step(self._number("<B"))
            if len(self._stack) > _DEEPEST:
                return UNKNOWN
        (text,) = self._stack if len(self._stack) == 1 else (UNKNOWN,)
        return text

    def _number(self, form: str) -> int:
        found: int = struct.unpack_from(form, self._tokens, self._place)[0]
        self._place += struct.calcsize(form)
        return found

    def _step(self, token: int) -> None:
        if token in _OPERATORS:
            right, left = self._stack.pop(), self._stack.pop()
            self._stack.append(f"{left}{_OPERATORS[token]}{right}")
        elif token in _SIMPLE:
            self._stack.append(_SIMPLE[token](self))
        else:  # references and functions come in three classes
            self._stack.append(_CLASSED[token & 0x1F | 0x20](self))

    def _attribute(self) -> str:
        """Hints for the program; one of them is a sum of one argument."""
        kind = self._number("<B")
        self._place += 2
        operand = self._stack.pop()
        return f"SUM({operand})" if kind & _SUM_OF_ONE else operand

    def _string(self) -> str:
        length = self._tokens[self._place]
        body = bytes((length, 0)) + self._tokens[self._place + 1 :]
        text = biff_strings.plain(body)
        self._place += 2 + length * (2 if self._tokens[self._place + 1] & 1 else 1)
        return '"' + text.replace('"', '""') + '"'

    def _reference(self) -> str:
        row, column = self._number("<H"), self._number("<H")
        return a1(row, column & 0xFF)

    def _area(self) -> str:
        top, bottom, left, right = (self._number("<H") for _ in range(4))
        return f"{a1(top, left & 0xFF)}:{a1(bottom, right & 0xFF)}"

    def _function(self) -> str:
        number = self._number("<H")
        return self._call(number, _ARGUMENTS[number])

    def _function_of_many(self) -> str:
        count = self._number("<B") & 0x7F
        return self._call(self._number("<H") & 0x7FFF, count)

    def _call(self, number: int, count: int) -> str:
        arguments = [self._stack.pop() for _ in range(count)][::-1]
        return f"{_FUNCTIONS[number]}({','.join(arguments)})"

    def _double(self) -> str:
        found = struct.unpack_from("<d", self._tokens, self._place)[0]
        self._place += 8
        return repr(found)


_SIMPLE: dict[int, Callable[[_Reader], str]] = {
    0x12: lambda reader: f"+{reader._stack.pop()}",  # noqa: SLF001 - its own table
    0x13: lambda reader: f"-{reader._stack.pop()}",  # noqa: SLF001
    0x14: lambda reader: f"{reader._stack.pop()}%",  # noqa: SLF001
    0x15: lambda reader: f"({reader._stack.pop()})",  # noqa: SLF001
    0x17: _Reader._string,  # noqa: SLF001
    0x19: _Reader._attribute,  # noqa: SLF001
    0x1D: lambda reader: "TRUE" if reader._number("<B") else "FALSE",  # noqa: SLF001
    0x1E: lambda reader: str(reader._number("<H")),  # noqa: SLF001
    0x1F: _Reader._double,  # noqa: SLF001
}
_CLASSED: dict[int, Callable[[_Reader], str]] = {
    0x21: _Reader._function,  # noqa: SLF001
    0x22: _Reader._function_of_many,  # noqa: SLF001
    0x24: _Reader._reference,  # noqa: SLF001
    0x25: _Reader._area,  # noqa: SLF001
}

"""Texts that formulas put together: what is wrong in a row, with the values that stand there."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from xltool.layout.sheet import text_literal

LONGEST_LITERAL = 255
LONGEST_FORMULA = 8192
_NAME = re.compile(r"\{(\w+)\}")


def live_text(template: str, value: Callable[[str], str]) -> str:
    """A formula (no `=`) that gives `template` with the values of its `{names}`; `value` gives their formulas."""
    parts: list[str] = []
    for position, part in enumerate(_NAME.split(template)):
        if position % 2:
            parts.append(value(part))
        else:
            parts += literals(part)
    return "&".join(parts) or '""'


def literals(text: str) -> list[str]:
    """A text as literals that are short enough for a formula."""
    return [text_literal(text[start : start + LONGEST_LITERAL]) for start in range(0, len(text), LONGEST_LITERAL)]


def sentences(cases: Sequence[tuple[str, str]]) -> str:
    """A formula (no `=`) that joins the texts (formulas) whose condition holds; cases: (condition, text)."""
    return "&".join(f'IF({condition},{text},"")' for condition, text in cases) or '""'


def first_of(cases: Sequence[tuple[str, str]], otherwise: str) -> str:
    """A formula (no `=`) that gives the first value whose condition holds; cases: (condition, value)."""
    text = otherwise
    for condition, value in reversed(cases):
        text = f"IF({condition},{value},{text})"
    return text

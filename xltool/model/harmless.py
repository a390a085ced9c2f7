"""Text that a spreadsheet program would take for a formula, written so that it stays text and can be got back."""

from __future__ import annotations

MARK = "'"
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", MARK)
"""What begins a formula somewhere, full-width signs too, and the mark itself, so that one mark more is always ours."""


def harmless(value: object) -> object:
    """The text with an apostrophe before it where it begins with one of `STARTS`; everything else as it is."""
    return f"{MARK}{value}" if isinstance(value, str) and value.startswith(STARTS) else value


def original(text: str) -> str:
    """The text that `harmless` was given."""
    return text.removeprefix(MARK)

"""What an explanation depends on, as a short digest: it is valid while this stays the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from xltool.model.numbers import shown
from xltool.model.states import State
from xltool.model.values import Value


def digest(parts: Iterable[object]) -> str:
    """Sixteen hexadecimal digits for some words, in their order."""
    text = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def grounds_of(values: Iterable[Value]) -> str:
    """Of values, wherever they stand and whatever order they come in; blank cells say nothing.

    Numbers are compared as people read them, so that it doesn't matter which program saved the file.
    """
    return digest(sorted(_said(value) for value in values if not value.is_blank))


def _said(value: Value) -> str:
    content = value.raw if value.state is State.MISSING else value.value
    text = shown(content) if isinstance(content, int | float) else content
    return "\x1e".join("" if part is None else str(part) for part in (value.unit, value.item, value.column, text))

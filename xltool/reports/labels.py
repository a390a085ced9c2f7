"""Tables and figures that texts refer to: named here, numbered only where they stand in the finished document. Pure.

A label in a text (`f"见{label}"`) is a reference; `references.resolve` makes a field of it whose number is that of the
caption. So numbers are right whichever sections a template has, and in whatever order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

OPEN, CLOSE = "\ufdd0", "\ufdd1"
"""Around a reference in a text: code points that are no characters, and that `text.clean` takes out of values."""

REFERENCE = re.compile(f"{OPEN}([表图])([a-z0-9_]+){CLOSE}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A table (表) or figure (图) by a name of its own: lower-case letters, digits and _."""

    kind: Literal["表", "图"]
    name: str

    def __str__(self) -> str:
        """A reference to it, to stand in a text."""
        return f"{OPEN}{self.kind}{self.name}{CLOSE}"


def table(name: str) -> Label:
    """The label of a table."""
    return Label(kind="表", name=name)


def chart(name: str) -> Label:
    """The label of a figure."""
    return Label(kind="图", name=name)

"""Characters that look like others or like nothing, as Chinese input methods and web pages leave them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BACKWARDS = "\u202e"
"""Shows what follows from right to left: 021 as 120. It stays, since what is read would not be what is seen."""

_INVISIBLE = dict.fromkeys(
    (0x00AD, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202E), *range(0x2060, 0x2070), 0xFEFF)
)
_LOOK_ALIKE = {0x2212: "-", 0x2010: "-", 0x2011: "-", 0xFE63: "-", 0xFE62: "+", 0x2236: ":", 0xFFE5: "¥"}
_TABLE = {**_FULL_WIDTH, **_INVISIBLE, **_LOOK_ALIKE}
_SHORT = 64  # letters of labels, units and choices, which are compared over and over
_SPACES = re.compile(r"\s+")


def plain(text: str) -> str:
    """Full-width letters, digits and marks as ASCII, invisible characters gone, every space a plain one.

    NFKC would do more, and too much: it makes `10²` into `102`.
    """
    text = text.translate(_TABLE)
    if not text.isprintable():
        text = "".join(letter for letter in text if letter.isspace() or _visible(letter))
    return _SPACES.sub(" ", text).strip()


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """A text for comparing: NFKC, without any spaces or invisible characters, in one case."""
    return _remembered(text) if len(text) < _SHORT else _folded(text)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", plain(text)).replace(" ", "").casefold()


_remembered = lru_cache(maxsize=4096)(_folded)


def _visible(letter: str) -> bool:
    return unicodedata.category(letter) not in {"Cc", "Cf"} or letter == _BACKWARDS

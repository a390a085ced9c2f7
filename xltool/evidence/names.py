"""File names as people write them: with folders, in another case or width, quoted, numbered, without an ending."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from xltool.model.evidence import path_parts

SEPARATORS = re.compile(r"[;；,，、\n]+")
_QUOTES = re.compile(r"[《》“”‘’\"'「」【】\[\]<>]")
_NUMBER = "[0-9一二三四五六七八九十]"
_LEADING = re.compile(
    rf"^(?:见?附件{_NUMBER}*(?:[:、\-_)]|\.(?=.*\.))|\({_NUMBER}+\)|[0-9]{{1,2}}(?:[、)]|\.(?![0-9])(?=.*\.)))"
)
"""What people put before a name; a full stop counts only where another one, that of the ending, follows."""

_ENDING = re.compile(r"\.[0-9a-z]{1,5}$")


def comparable(name: str) -> str:
    """A file's name for comparing: without folder, case, width, spaces and invisible letters."""
    parts = path_parts(name)
    return _folded(parts[-1] if parts else name)


def bare(name: str) -> str:
    """A comparable name without quotes, and without what people put before it: 附件1：, （1）, 1."""
    unquoted = _QUOTES.sub("", comparable(name)).strip(".。")
    return _LEADING.sub("", unquoted) or unquoted


def stem(name: str) -> str:
    """A bare name without its ending; a full stop inside a name is no ending."""
    return _ENDING.sub("", bare(name))


def names_in(text: str) -> list[str]:
    """The names in a cell that may hold several."""
    return [name.strip() for name in SEPARATORS.split(text) if name.strip()]


def folders_of(name: str) -> tuple[str, ...]:
    """The folders that a name is written with, for comparing; a drive or root says nothing."""
    return tuple(_folded(part) for part in path_parts(name)[:-1] if not part.endswith(":"))


def lies_in(file: str, folders: tuple[str, ...]) -> bool:
    """Whether a file's path ends with these folders."""
    return bool(folders) and folders_of(file)[-len(folders) :] == folders


@lru_cache(maxsize=1 << 14)  # each is compared in several ways, with the names of all files
def _folded(text: str) -> str:
    normal = unicodedata.normalize("NFKC", text)
    return "".join(
        letter for letter in normal if not letter.isspace() and unicodedata.category(letter) not in {"Cc", "Cf"}
    ).casefold()

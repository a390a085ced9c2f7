"""Captions and references of a rendered document: numbered in the order of the document, as fields that resolve.

A caption's number is a SEQ field inside a bookmark, a reference a REF field to that bookmark. Their results are
written out, so that a reader sees them without updating anything; Word updates them after a change.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from xltool.reports.labels import REFERENCE, Label

CAPTION_OPEN, CAPTION_CLOSE = "\ufdd2", "\ufdd3"
_CAPTION = re.compile(f"{CAPTION_OPEN}([表图])([a-z0-9_]+){CAPTION_CLOSE}")
_BOOKMARKS = {"表": "table_", "图": "figure_"}
_FIRST_ID = 1000  # of our bookmarks, above those that staff set in Word
_PROPERTIES = re.compile(r"<w:r(?: [^>]*)?>(<w:rPr>.*?</w:rPr>)?", re.DOTALL)

Key = tuple[str, str]
"""Kind and name of a label."""


class UnresolvedError(Exception):
    """A reference without its caption, or a second caption of the same table or figure; `place` is in the XML."""

    def __init__(self, kind: str, place: int, *, doubled: bool) -> None:
        super().__init__(kind, place)
        self.kind = kind
        self.place = place
        self.doubled = doubled


def caption_mark(label: Label) -> str:
    """What stands for a caption's number until the document is whole."""
    return f"{CAPTION_OPEN}{label.kind}{label.name}{CAPTION_CLOSE}"


def resolve(xml: str) -> str:
    """The document's XML with the marks of captions and references replaced by fields.

    Raises:
        UnresolvedError: a reference to what has no caption; two captions of one label.
    """
    numbers = _numbers(xml)
    ids = {key: _FIRST_ID + place for place, key in enumerate(numbers)}
    captioned = _CAPTION.sub(lambda mark: _inserted(mark, _caption(_key(mark), numbers, ids)), xml)
    return REFERENCE.sub(lambda mark: _inserted(mark, _reference(mark, numbers)), captioned)


def _numbers(xml: str) -> dict[Key, int]:
    numbers: dict[Key, int] = {}
    counts: Counter[str] = Counter()
    for mark in _CAPTION.finditer(xml):
        key = _key(mark)
        if key in numbers:
            raise UnresolvedError(key[0], mark.start(), doubled=True)
        counts[key[0]] += 1
        numbers[key] = counts[key[0]]
    return numbers


def _key(mark: re.Match[str]) -> Key:
    return mark[1], mark[2]


def _bookmark(key: Key) -> str:
    kind, name = key
    return f"{_BOOKMARKS[kind]}{name}"[:40]  # Word's limit


def _caption(key: Key, numbers: Mapping[Key, int], ids: Mapping[Key, int]) -> str:
    kind, _ = key
    number = _field(rf" SEQ {kind} \* ARABIC ", str(numbers[key]))
    start = f'<w:bookmarkStart w:id="{ids[key]}" w:name="{_bookmark(key)}"/>'
    return f'{start}{_run(kind)}{number}<w:bookmarkEnd w:id="{ids[key]}"/>'


def _reference(mark: re.Match[str], numbers: Mapping[Key, int]) -> str:
    key = _key(mark)
    if key not in numbers:
        raise UnresolvedError(key[0], mark.start(), doubled=False)
    return _field(rf" REF {_bookmark(key)} \h ", f"{key[0]}{numbers[key]}")


def _run(text: str) -> str:
    return f"<w:r>%s<w:t>{text}</w:t></w:r>"


def _field(instruction: str, text: str) -> str:
    return f'<w:fldSimple w:instr="{instruction}">{_run(text)}</w:fldSimple>'


def _inserted(mark: re.Match[str], content: str) -> str:
    """The content between the two halves of the run that the mark stands in; all of it looks as that run does."""
    xml, place = mark.string, mark.start()
    run = max(0, xml.rfind("<w:r>", 0, place))
    run = max(run, xml.rfind("<w:r ", run, place))
    found = _PROPERTIES.match(xml, run)
    looks = (found[1] if found else None) or ""
    return f'</w:t></w:r>{content.replace("%s", looks)}<w:r>{looks}<w:t xml:space="preserve">'

"""The text of a string element as people see it: struck out parts told, raised and lowered digits kept as such."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from xltool.intake.package import attribute, local

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATE = re.compile("[\ud800-\udfff]")
_RAISED = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_LOWERED = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
ALIGNED = {"superscript": _RAISED, "subscript": _LOWERED}
"""Digits and signs as they stand when raised or lowered, by the alignment's name."""

_OFF = {"0", "false", "off"}


class Text(NamedTuple):
    """A string, and whether a part of it is struck out."""

    shown: str
    struck: bool = False


BLANK = Text("")


def text_of(element: etree._Element) -> Text:
    """The text of a shared or inline string: plain or in runs, phonetic readings left out."""
    parts, struck = [], False
    for child in element:
        name = local(child)
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            text = "".join(part.text or "" for part in child if local(part) == "t")
            for properties in child:
                if local(properties) == "rPr":
                    struck = struck or (bool(text.strip()) and is_struck(properties))
                    text = _aligned(text, properties)
            parts.append(text)
    return Text(plain_text("".join(parts)).shown, struck)


def plain_text(text: str) -> Text:
    """A text without runs."""
    return Text(_unescaped(text) if "_x" in text else text)


def is_struck(properties: etree._Element) -> bool:
    """Whether a font is struck out."""
    return any(local(one) == "strike" and (attribute(one, "val") or "1").lower() not in _OFF for one in properties)


def _aligned(text: str, properties: etree._Element) -> str:
    """A raised 2 is no 2: `10²` must never be read as 102, and `m²` is a unit."""
    for one in properties:
        if local(one) == "vertAlign":
            return text.translate(ALIGNED.get(attribute(one, "val") or "", {}))
    return text


def _unescaped(text: str) -> str:
    """The letters that the format writes as numbers; halves of letters are put together, or replaced."""
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    if _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text

"""How an OpenDocument spreadsheet shows its cells: struck out, raised, with a unit, scaled.

The file holds each cell's value and the text that was shown for it; where a person saw another number than the
value, that has to be known.
"""

from __future__ import annotations

import re

from lxml import etree

from xltool.intake.display import HIDDEN, SCIENTIFIC
from xltool.intake.formats import GENERAL
from xltool.intake.package import attribute, local
from xltool.intake.runs import ALIGNED

PERCENT = "0%"
_DIGITS = r"[+-]?(?:[0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+)"
_SHOWN = re.compile(rf"(?P<before>[^0-9.+-]*)(?P<digits>{_DIGITS})(?P<behind>[^0-9]*)")
_POWERS = re.compile(r"[+-]?[0-9.]+E[+-]?[0-9]+", re.IGNORECASE)
_RAISED = re.compile(r"(?:super|[1-9][0-9]*%)")
_LOWERED = re.compile(r"(?:sub|-[1-9][0-9]*%)")


class Looks:
    """The styles of a document that change how a content is read, by their names."""

    def __init__(self) -> None:
        """None is known before the document's styles are."""
        self._struck: set[str] = set()
        self._aligned: dict[str, str] = {}

    def note(self, style: etree._Element) -> None:
        """A style of the document."""
        name = attribute(style, "name") or ""
        for properties in style:
            if local(properties) != "text-properties":
                continue
            lines = {attribute(properties, f"text-line-through-{what}") for what in ("style", "type")}
            if lines - {None, "none"} and "none" not in lines:
                self._struck.add(name)
            position = attribute(properties, "text-position") or ""
            if _RAISED.match(position):
                self._aligned[name] = "superscript"
            elif _LOWERED.match(position):
                self._aligned[name] = "subscript"

    def is_struck(self, cell: etree._Element) -> bool:
        """Whether a cell, or a part of its text that can be seen, is struck out."""
        return any(
            attribute(part, "style-name") in self._struck and "".join(map(str, part.itertext())).strip()
            for part in cell.iter()
            if isinstance(part.tag, str) and local(part) in {"table-cell", "p", "span"}
        )

    def seen(self, span: etree._Element, text: str) -> str:
        """A span's text with raised and lowered digits as such."""
        alignment = self._aligned.get(attribute(span, "style-name") or "", "")
        return text.translate(ALIGNED.get(alignment, {}))


def number_format(value: str, shown: str) -> str:
    """A number format that shows a value as the document does; `shown` is what stood in the cell."""
    if not shown.strip():
        return GENERAL
    number = float(value)
    if _POWERS.fullmatch(shown):
        return SCIENTIFIC
    match = _SHOWN.fullmatch(shown.strip())
    if match is None:
        return HIDDEN
    digits = match["digits"].replace(",", "")
    seen, places = float(digits), len(digits.partition(".")[2])
    if match["behind"].strip() == "%":
        return PERCENT if abs(seen - number * 100) <= 0.5 * 10.0**-places + 1e-9 * abs(number) else HIDDEN
    if abs(seen - number) > 0.5 * 10.0**-places + 1e-9 * abs(number):
        return HIDDEN
    around = [f'"{text.strip()}"' if text.strip() else "" for text in (match["before"], match["behind"])]
    return f"{around[0]}{GENERAL}{around[1]}"


def shows_whole_date(iso: str, shown: str) -> bool:
    """Whether year and day of a date could be seen; what a program made up could not."""
    numbers = {int(number) for number in re.findall(r"[0-9]+", shown)}
    parts = re.match(r"([0-9]{4})-[0-9]{2}-([0-9]{2})", iso)
    if parts is None:
        return True  # no date at all, which reading says
    year, day = int(parts[1]), int(parts[2])
    return not numbers or (day in numbers and bool({year, year % 100} & numbers))

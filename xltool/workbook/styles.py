"""The model's styles as xlsxwriter formats, made once a workbook and only where used."""

from __future__ import annotations

from typing import Any

from xltool.model.severity import Severity
from xltool.model.styles import BODY_FONT, CONDITIONAL, HEAD_FONT, STYLES, Style

BORDER_COLOR = "#8C8C8C"
THICK = 5  # xlsxwriter's number for it
MARKS = {Severity.ERROR: "bad", Severity.WARNING: "open", Severity.HINT: "open"}


class Formats:
    """Formats by style name."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        """Formats of one xlsxwriter workbook."""
        self._book = book
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401
        """The format of a style."""
        if name not in self._made:
            self._made[name] = self._book.add_format(properties(STYLES[name]))
        return self._made[name]

    def marked(self, name: str, severity: Severity) -> Any:  # noqa: ANN401
        """The format of an input with a mark: a thick frame and another fill, otherwise as the style has it."""
        key = f"{name}.{severity}"
        if key not in self._made:
            look = _colours(CONDITIONAL[MARKS[severity]])
            frame = {"border": THICK, "border_color": look.get("font_color", BORDER_COLOR)}
            self._made[key] = self._book.add_format({**properties(STYLES[name]), **look, **frame})
        return self._made[key]

    def conditional(self, name: str) -> Any:  # noqa: ANN401
        """The format of a conditional style."""
        key = f"conditional.{name}"
        if key not in self._made:
            self._made[key] = self._book.add_format(_colours(CONDITIONAL[name]))
        return self._made[key]


def properties(style: Style) -> dict[str, object]:
    """A style in xlsxwriter's words."""
    found: dict[str, object] = {
        **_colours(style),
        "font_name": HEAD_FONT if style.heading else BODY_FONT,
        "font_size": style.size,
        "align": style.align,
        "valign": "top" if style.top else "vcenter",
        "text_wrap": style.wrap,
        "locked": style.locked,
    }
    if style.align == "right" and style.border:
        found["indent"] = 1
    if style.underline:
        found["underline"] = 1
    if style.number is not None:
        found["num_format"] = style.number
    if style.border:
        found["border"] = 1
        found["border_color"] = BORDER_COLOR
    return found


def _colours(style: Style) -> dict[str, object]:
    found: dict[str, object] = {"bold": True} if style.bold else {}
    if style.color is not None:
        found["font_color"] = style.color
    if style.fill is not None:
        found["bg_color"] = style.fill
    return found

"""The one visual language of the workbooks: what each named style of a plan looks like.

Colours differ in lightness as well as in hue, so that a grey print can still be read: inputs are nearly
white, prefilled cells grey, results in between, and what is wrong is bold.
"""

from __future__ import annotations

from dataclasses import dataclass

BODY_FONT = "宋体"
HEAD_FONT = "黑体"
BODY_SIZE = 10.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a cell looks. `size` in points; colours as #RRGGBB; `align` is horizontal, `number` a number format."""

    size: float = BODY_SIZE
    heading: bool = False
    bold: bool = False
    color: str | None = None
    fill: str | None = None
    border: bool = True
    align: str = "left"
    top: bool = False
    wrap: bool = True
    number: str | None = None
    locked: bool = True
    underline: bool = False


INPUT_FILL = "#FFFBE6"
CARRIED_FILL = "#DDEBF7"  # inputs that a member unit's answer stands in
PREFILLED_FILL = "#D9D9D9"
RESULT_FILL = "#EAF1E4"
HEAD_FILL = "#D6E3F0"
INTEGER_FORMAT = "#,##0"
DATE_FORMAT = "yyyy-mm-dd"
TEXT_FORMAT = "@"

_INPUTS = {
    "integer": ("right", INTEGER_FORMAT),
    "plain": ("right", "0"),  # integers that are no counts: years
    "number": ("right", "General"),  # as typed: a fixed number of decimals would hide some
    "text": ("left", TEXT_FORMAT),
    "choice": ("left", TEXT_FORMAT),
    "date": ("center", DATE_FORMAT),
}


def _typed() -> dict[str, Style]:
    """Inputs, blank or with a unit's answer, and prefilled cells by the type of their value."""
    styles: dict[str, Style] = {}
    for kind, (align, number) in _INPUTS.items():
        top = kind == "text"  # a long text shows its beginning
        styles[f"input.{kind}"] = Style(fill=INPUT_FILL, align=align, number=number, locked=False, top=top)
        styles[f"carried.{kind}"] = Style(fill=CARRIED_FILL, align=align, number=number, locked=False, top=top)
        styles[f"prefilled.{kind}"] = Style(fill=PREFILLED_FILL, align=align, number=number)
    return styles


def _results() -> dict[str, Style]:
    """Formula cells by the number of decimals they show."""
    return {
        f"result.{decimals}": Style(
            fill=RESULT_FILL, align="right", number=f"#,##0.{'0' * decimals}" if decimals else INTEGER_FORMAT
        )
        for decimals in range(7)
    }


CONDITIONAL: dict[str, Style] = {
    "wrong": Style(color="#9C0006", fill="#F8CBCB"),
    "bad": Style(bold=True, color="#9C0006", fill="#F8CBCB"),
    "open": Style(color="#7F6000", fill="#FFEB9C"),
    "good": Style(color="#1E5C2B", fill="#D5EBD8"),
    "quiet": Style(color="#7F7F7F"),
}
"""Conditional formats; only their colours and weight apply."""


def _legend() -> dict[str, Style]:
    """Samples on the cover: they look like the cells that they explain, but are locked."""
    return {
        "input.text": Style(fill=INPUT_FILL),
        "carried.text": Style(fill=CARRIED_FILL),
        "prefilled.text": Style(fill=PREFILLED_FILL),
        "result.text": Style(fill=RESULT_FILL),
        "open": CONDITIONAL["open"],
        "bad": CONDITIONAL["bad"],
    }


STYLES: dict[str, Style] = {
    "cover.title": Style(size=22, heading=True, border=False, align="center"),
    "cover.owner": Style(size=16, heading=True, border=False, align="center"),
    "title": Style(size=16, heading=True, border=False),
    "section": Style(size=12, heading=True, border=False),
    "plain": Style(border=False),
    "note": Style(size=9.5, border=False, color="#404040"),
    "token": Style(size=8, border=False, color="#595959", align="right", wrap=False, number=TEXT_FORMAT),
    "link": Style(border=False, color="#1F4E9E", underline=True),
    "link.small": Style(size=9, color="#1F4E9E", underline=True),
    "link.cell": Style(color="#1F4E9E", underline=True),
    "status": Style(heading=True, fill=RESULT_FILL, align="center"),
    "head": Style(heading=True, fill=HEAD_FILL, align="center"),
    "label": Style(),
    "label.center": Style(align="center"),
    "small": Style(size=9),
    "key": Style(size=8, color="#A6A6A6", border=False, wrap=False, number=TEXT_FORMAT),
    "check": Style(size=9, color="#9C0006"),
    "problem": Style(size=9, color="#9C0006", top=True),
    "verdict": Style(align="center", fill=RESULT_FILL),
    "count": Style(align="center", fill=RESULT_FILL, number="0"),
    "result.text": Style(fill=RESULT_FILL),
    "result.small": Style(size=9, fill=RESULT_FILL),
    "result.number": Style(fill=RESULT_FILL, align="right", number="General"),
    "result.change": Style(fill=RESULT_FILL, align="right", number="+0.0%;-0.0%;0.0%"),
    "result.integer": Style(fill=RESULT_FILL, align="right", number=INTEGER_FORMAT),
    "units": Style(fill=RESULT_FILL, align="center", number='"共"0"个"'),
    "entries": Style(fill=RESULT_FILL, align="center", number='"共"0"条"'),
    "sign": Style(fill="#FFFFFF", align="center"),
    **_typed(),
    **_results(),
    **{f"legend.{name}": style for name, style in _legend().items()},
}

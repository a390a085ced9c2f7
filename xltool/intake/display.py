"""What a number format does to a number: the text around its digits, scaling, hidden signs and hidden numbers."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from xltool.intake.formats import GENERAL

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<core>General|[0#?]+|[Ee][+-]|[.,%/@])|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]*)?)")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_SCALED = re.compile(r"[0#?],+(?=$|[.%E])", re.IGNORECASE)
_DIGITS = re.compile(r"[0#?@]|General", re.IGNORECASE)
_SHOWS_ZERO = re.compile(r"[0@]|General", re.IGNORECASE)
_SIGNS = str.maketrans("", "", "-+()（）－")
_NUMERIC_SECTIONS = 3

HIDDEN = ";;;"
"""A format that doesn't show the number."""

SCIENTIFIC = "0.00E+00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section of a format: `core` is what stands for digits, the rest is text around and between them."""

    core: str
    before: str
    between: str
    behind: str
    condition: tuple[str, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Display:
    """How one number is shown. Either it is `faithful`, or the cell shows another number than it holds, or none.

    `before` and `behind` are the texts around the digits, `unusual` says that a faithful display is no plain
    decimal: a fraction, powers of ten, or a zero shown as a dash or not at all. `width` is how many digits
    are shown before the point, zeros in front included.
    """

    faithful: bool
    before: str = ""
    behind: str = ""
    unusual: bool = False
    width: int = 0


_PLAIN = Display(faithful=True)


def display(code: str, number: float) -> Display:
    """How a format that is no date's shows a number."""
    if code == GENERAL:
        return _PLAIN
    sections = _sections(code)
    if any(section.condition for section in sections):
        return _display(_by_condition(sections, number), number, signed=True)
    return _by_sign(code, (number > 0) - (number < 0))


@lru_cache(maxsize=1024)
def _by_sign(code: str, sign: int) -> Display:
    """Without conditions a number's sign decides: positive; negative; zero."""
    sections = _numeric(_sections(code))
    if sign < 0 and len(sections) > 1:
        around = sections[1].before + sections[1].behind
        return _display(sections[1], sign, signed=bool(re.search("[-－(（]", around)))
    return _display(sections[2 if sign == 0 and len(sections) == _NUMERIC_SECTIONS else 0], sign, signed=True)


def _by_condition(sections: tuple[Section, ...], number: float) -> Section:
    *conditional, last = _numeric(sections)
    for section in conditional:
        if section.condition and _COMPARE[section.condition[0]](number, section.condition[1]):
            return section
    return last


def _numeric(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections for numbers; a format for texts alone shows numbers as they are."""
    return tuple(section for section in sections[:_NUMERIC_SECTIONS] if "@" not in section.core) or sections[:1]


def _display(section: Section, number: float, *, signed: bool) -> Display:
    core = section.core
    before, behind = (text.translate(_SIGNS).strip() for text in (section.before, section.behind))
    if number == 0 and not _SHOWS_ZERO.search(core):
        return Display(faithful=True, before=before, behind=behind, unusual=True)
    faithful = bool(_DIGITS.search(core)) and not _SCALED.search(core) and not section.between and signed
    unusual = "/" in core or "e" in core.lower().replace("general", "")
    width = core.partition(".")[0].count("0")
    return Display(faithful=faithful, before=before, behind=behind, unusual=unusual, width=width)


def alters_text(code: str) -> bool:
    """Whether a format adds something to a text, or hides it."""
    if code == GENERAL:
        return False
    sections = _sections(code)
    shown = next((section for section in sections if "@" in section.core), None)
    if shown is not None:
        return bool((shown.before + shown.between + shown.behind).strip())
    return len(sections) > _NUMERIC_SECTIONS


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[Section, ...]:
    return tuple(_section(part) for part in _split(code))


def _split(code: str) -> list[str]:
    """The sections of a format; a semicolon in quotes, brackets or behind a backslash separates nothing."""
    parts = [""]
    for match in _TOKEN.finditer(code):
        if match["plain"] == ";":
            parts.append("")
        else:
            parts[-1] += match[0]
    return parts


def _section(code: str) -> Section:
    core, condition = "", None
    texts = [""]  # text before the digits, and behind each of their parts
    for match in _TOKEN.finditer(code):
        if match["core"]:
            core += match["core"]
            texts.append("")
            continue
        bracket = match["bracket"]
        if bracket is None:
            texts[-1] += match["quoted"] or match["escaped"] or match["plain"] or " "
        elif bracket.startswith("$"):
            texts[-1] += bracket[1:].partition("-")[0]
        elif found := _CONDITION.fullmatch(bracket):
            condition = (found[1], float(found[2]))
    behind = texts[-1] if len(texts) > 1 else ""
    return Section(
        core=core,
        before=texts[0],
        between="".join(texts[1:-1]).replace(" ", ""),
        behind=behind,
        condition=condition,
    )

"""What may stand in a cell, and what stood there, in words; used by prompts, error boxes, findings and lists alike."""

from __future__ import annotations

import datetime as dt

from xltool.model.edition import Rules
from xltool.model.numbers import shown
from xltool.model.plan import Slot
from xltool.model.states import NOT_APPLICABLE_WORD

LONGEST_QUOTE = 60
"""Letters of a raw text that a message quotes."""

_NOUNS = {"integer": "整数", "number": "数字"}


def clipped(text: str, limit: int) -> str:
    """A text of people's with so many letters at the most, and a sign where some were left out."""
    return text if len(text) <= limit else f"{text[:limit]}…"


def quoted(raw: str | None) -> str:
    """A raw text as a message quotes it."""
    return clipped(raw or "", LONGEST_QUOTE)


def words_of(slot: Slot) -> dict[str, str]:
    """The names of a catalogue text that follow from what a cell takes."""
    unit = slot.unit_of_measure
    return {
        "label": slot.label,
        "expected": expected(slot.rules, unit, not_applicable=slot.not_applicable),
        "unit_of_measure": unit or "",
        "unit_hint": f"（单位：{unit}）" if unit else "",
    }


def expected(rules: Rules, unit_of_measure: str | None = None, *, not_applicable: bool = False) -> str:
    """What a cell takes, as a phrase that goes behind “请填” or “应填”."""
    if rules.type in _NOUNS:
        text = _range(rules) + _NOUNS[rules.type] + (f"（单位：{unit_of_measure}）" if unit_of_measure else "")
        return f"{text}，或“{NOT_APPLICABLE_WORD}”" if not_applicable else text
    if rules.type == "date":
        span = _range(rules)
        return f"{span}日期（年-月-日，如2022-03-01）"
    if rules.type == "choice":
        return "下拉选项中的一项"
    if rules.tags is not None:
        return f"标签（每个不超过{rules.tags}个字，标签之间用空格分隔）"
    return "文字" if rules.maxlength is None else f"文字（不超过{rules.maxlength}个字）"


def _range(rules: Rules) -> str:
    low, high = _bound(rules.min), _bound(rules.max)
    if low is not None and high is not None:
        return f"{low}至{high}之间的"
    if low is not None:
        return f"不小于{low}的" if rules.type != "date" else f"{low}及以后的"
    if high is not None:
        return f"不大于{high}的" if rules.type != "date" else f"{high}及以前的"
    return ""


def _bound(value: float | dt.date | None) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, dt.date) else shown(value)

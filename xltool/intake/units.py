"""Units of measure behind numbers: an item's own in its spellings, and those that convert to it."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from xltool.intake.characters import folded

PERCENT = "%"

_SPELLINGS = (
    {"m2", "m^2", "平方米", "平米", "平方"},
    {"人", "名", "位"},
    {"人次", "人/次"},
    {"册", "本"},
    {"元", "圆", "元整", "元人民币", "¥", "¥元"},
)
_SCALES = {
    "万亿": 10**12,
    "亿": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
    "千": 10**3,
    "百": 10**2,
}
_AREAS = {
    "公顷": Decimal(10_000),
    "ha": Decimal(10_000),
    "平方公里": Decimal(1_000_000),
    "平方千米": Decimal(1_000_000),
    "km2": Decimal(1_000_000),
    "亩": Decimal(2_000) / 3,
}
_SQUARE_METRE = "m2"
_TEN_THOUSAND = "万"
_UNCOUNTABLE = (PERCENT, "分")
_IN_PARENTHESES = re.compile(r"\(([^()]*)\)")


@lru_cache(maxsize=256)
def spellings(unit: str) -> frozenset[str]:
    """How people write a unit, folded: `套（个）` is 套 or 个, `m²` also 平方米, 平米 and ㎡, `名` also 人."""
    whole = folded(unit)
    base = _IN_PARENTHESES.sub("", whole)
    scale = _TEN_THOUSAND if base.startswith(_TEN_THOUSAND) else ""
    names = {base.removeprefix(scale)}
    names |= {other for other in _IN_PARENTHESES.findall(whole) if not re.search(r"[0-9]", other)}
    for same in _SPELLINGS:
        if names & same:
            names |= same
    return frozenset({whole} | {scale + name for name in names if name})


@lru_cache(maxsize=1024)
def factor(found: str, unit: str) -> Decimal | None:
    """What to multiply by to get from the folded text behind a number to an item's unit.

    Only counts, areas and money in 元 convert; None where it is no unit that does.
    """
    base = folded(unit)
    if base.startswith((*_UNCOUNTABLE, _TEN_THOUSAND)) or "/" in base:
        return None
    own = spellings(unit)
    if _SQUARE_METRE in own and found in _AREAS:
        return _AREAS[found]
    for scale, times in _SCALES.items():
        if found.startswith(scale) and (found == scale or found.removeprefix(scale) in own):
            return Decimal(times)
    return None


def doubles(found: str, unit: str) -> bool:
    """Whether the text is another scale of a unit that already is one: 12.3万 or 123000人 for 万人."""
    base = folded(unit)
    if not base.startswith(_TEN_THOUSAND):
        return False
    names = {name.removeprefix(_TEN_THOUSAND) for name in spellings(unit)} | {""}
    for scale in ("", *_SCALES):
        if found.startswith(scale) and found.removeprefix(scale) in names:
            return found != ""
    return False

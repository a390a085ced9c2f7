"""Main findings of a sub-report, chosen by stated rules and worded from the results alone. Pure.

The rules, which the method note prints: an indicator counts as a relative strength or weakness only if its
direction is known, at least `MINIMUM_DISTRICTS` districts have a value, the district's value lies at least
`NOTABLE_DISTANCE` MADs from the median and differs from it by at least `NOTABLE_SHARE` of the median.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xltool.model.states import State
from xltool.reports.facts import MINIMUM_DISTRICTS, Standing
from xltool.reports.labels import Label
from xltool.reports.tables import INDICATORS
from xltool.reports.text import PERCENT, clean, enumerate_names, enumerate_numbers, figure, rank_text, with_unit

NOTABLE_DISTANCE = 2.0
NOTABLE_SHARE = 0.10
LISTED = 3
"""Strengths, and weaknesses, that are told one by one; the rest are named by their row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlights:
    """Sentences of the main findings. `strengths_none`, `weaknesses_none` stand where there is none."""

    overview: tuple[str, ...]
    strengths: tuple[str, ...]
    weaknesses: tuple[str, ...]
    strengths_none: str
    weaknesses_none: str
    gaps: tuple[str, ...]


def highlights(standings: Sequence[Standing], figures: Mapping[int, Label], concerns: Mapping[int, str]) -> Highlights:
    """The main findings.

    Args:
        standings: the district's indicators, in the order of the indicator table.
        figures: table row -> the figure that shows it.
        concerns: table row -> where the open problems of its inputs stand.
    """
    strong, weak = strengths(standings), weaknesses(standings)
    reason = _no_comparison(standings)
    return Highlights(
        overview=_overview(standings, strong, weak),
        strengths=_told(strong, figures, concerns),
        weaknesses=_told(weak, figures, concerns),
        strengths_none=reason or "没有指标达到本报告列为“明显优于中位数”的标准（标准见方法说明）。",
        weaknesses_none=reason or "没有指标达到本报告列为“明显不及中位数”的标准（标准见方法说明）。",
        gaps=(*_gaps(standings), *_doubtful(standings)),
    )


def strengths(standings: Sequence[Standing]) -> list[Standing]:
    """The indicators told as clearly better than the median, the farthest first."""
    return [standing for standing in _notable(standings) if is_strength(standing)]


def weaknesses(standings: Sequence[Standing]) -> list[Standing]:
    """The indicators told as clearly worse than the median, the farthest first."""
    return [standing for standing in _notable(standings) if not is_strength(standing)]


def _notable(standings: Sequence[Standing]) -> list[Standing]:
    chosen = (standing for standing in standings if is_notable(standing))
    return sorted(chosen, key=lambda standing: (-abs(standing.distance or 0), standing.number))


def is_notable(standing: Standing) -> bool:
    """Whether the value is far enough from the median, in both terms, and its direction is known."""
    median, value, distance = standing.result.median, standing.value, standing.distance
    if standing.indicator.direction == "none" or distance is None or median is None or value is None:
        return False
    return abs(distance) >= NOTABLE_DISTANCE and abs(value - median) >= NOTABLE_SHARE * abs(median)


def is_strength(standing: Standing) -> bool:
    """Whether a notable value lies on the good side of the median."""
    return ((standing.distance or 0) > 0) == (standing.indicator.direction == "up")


def _overview(standings: Sequence[Standing], strong: Sequence[Standing], weak: Sequence[Standing]) -> tuple[str, ...]:
    counts = {
        "有数值": sum(1 for s in standings if s.value is not None),
        "为文字说明": sum(1 for s in standings if s.result.state == State.VALUE and s.value is None),
        "未填": sum(1 for s in standings if s.result.state == State.MISSING),
        "不适用": sum(1 for s in standings if s.result.state == State.NOT_APPLICABLE),
        "无法计算": sum(1 for s in standings if s.result.state == State.UNDEFINED),
    }
    parts = "，".join(f"{count}项{word}" for word, count in counts.items() if count)
    first = f"本区{len(standings)}项指标中，{parts}（{INDICATORS}）。"
    if not any(s.value is not None for s in standings):
        return ("本区没有可用于计算的数据，本报告只列出各项指标的全市均值和中位数。", first)
    judged = [s for s in standings if s.indicator.direction != "none" and s.distance is not None]
    if not judged:
        return (first,)
    better = sum(1 for s in judged if s.distance and is_strength(s))
    worse = sum(1 for s in judged if s.distance and not is_strength(s))
    equal = len(judged) - better - worse
    same = f"，{equal}项与中位数相同" if equal else ""
    second = (
        f"可与各区比较并分优劣的有{len(judged)}项：{better}项优于各区中位数，{worse}项不及中位数{same}。"
        f"其中差距明显的，优于中位数的{len(strong)}项，不及中位数的{len(weak)}项；其余各项与中位数相差不大，不作评述。"
    )
    return first, second


def _told(notable: Sequence[Standing], figures: Mapping[int, Label], concerns: Mapping[int, str]) -> tuple[str, ...]:
    told = [_sentence(standing, figures, concerns.get(standing.number, "")) for standing in notable[:LISTED]]
    if rest := notable[LISTED:]:
        told.append(f"另有{len(rest)}项，见{INDICATORS}第{enumerate_numbers(s.number for s in rest)}行。")
    return tuple(told)


def _sentence(standing: Standing, figures: Mapping[int, Label], concern: str) -> str:
    result, indicator = standing.result, standing.indicator
    value, median = standing.value, result.median
    if value is None or median is None or result.rank is None:
        raise AssertionError(indicator.id)  # only notable standings are told
    unit, decimals = result.unit_of_measure, indicator.decimals
    side = "高" if value > median else "低"
    named = f"，数值最大的区是{enumerate_names(standing.largest, LISTED)}" if standing.largest else ""
    sentence = (
        f"{clean(result.label)}为{with_unit(value, decimals, unit)}，"
        f"比{result.n}个区的中位数{with_unit(median, decimals, unit)}{side}{_gap(value, median, decimals, unit)}，"
        f"按数值从大到小列{rank_text(result.rank, tied=standing.tied)}{named}"
        f"（{INDICATORS}第{standing.number}行、{figures[standing.number]}）。"
    )
    return sentence + _caution(standing, concern)


def _gap(value: float, median: float, decimals: int, unit: str) -> str:
    if unit == PERCENT:
        return f"{figure(abs(value - median), decimals)}个百分点"
    if median == 0:
        return with_unit(abs(value), decimals, unit)
    return f"{figure(abs(value - median) / abs(median) * 100, 1)}%"


def _caution(standing: Standing, concern: str) -> str:
    result = standing.result
    cautions = []
    if result.units_answered is not None and result.units_answered != result.units_expected:
        cautions.append(f"只含{result.units_expected}个成员单位中的{result.units_answered}个")
    if concern:
        cautions.append(f"所用数据尚有问题待处理（{concern}）")
    return f"该项{'，且'.join(cautions)}，引用时请注意。" if cautions else ""


def _no_comparison(standings: Sequence[Standing]) -> str:
    if all(standing.value is None for standing in standings):
        return "本区没有可用的数值，不作评述。"
    if not any(s.distance is not None and s.indicator.direction != "none" for s in standings):
        return f"有数值的区不足{MINIMUM_DISTRICTS}个，或各区数值相同，不作优劣评述。"
    return ""


def _doubtful(standings: Sequence[Standing]) -> tuple[str, ...]:
    rows = [standing.number for standing in standings if standing.doubtful and standing.value is not None]
    if not rows:
        return ()
    return (f"有数值而所用数据有错误待改正、不作评述的有{len(rows)}项：{INDICATORS}第{enumerate_numbers(rows)}行。",)


def _gaps(standings: Sequence[Standing]) -> tuple[str, ...]:
    words = {
        State.MISSING: "未填（不按0计算）",
        State.NOT_APPLICABLE: "不适用于本区",
        State.UNDEFINED: "无法计算",
    }
    sentences = []
    for state, word in words.items():
        rows = [standing.number for standing in standings if standing.result.state == state]
        if rows:
            sentences.append(f"{word}的有{len(rows)}项：{INDICATORS}第{enumerate_numbers(rows)}行，原因见该表的注。")
    return tuple(sentences)

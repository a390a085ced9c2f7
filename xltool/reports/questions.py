"""How reports tell the questions of the satisfaction survey: shares, intervals, the extremes and what differs. Pure.

Two shares are called different only where their 95 % intervals don't overlap.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xltool.model.field import Interval
from xltool.reports.background import SurveyAnswer
from xltool.reports.text import BLANK, clean, enumerate_numbers, figure

Extremes = tuple[tuple[SurveyAnswer, Interval], tuple[SurveyAnswer, Interval]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """What was answered to one question somewhere, as it is printed."""

    n: str
    share: str
    interval: str
    mean: str


def columns(answer: SurveyAnswer) -> dict[str, str]:
    """The fields of an `AnswerRow`."""
    share, mean = answer.share, answer.mean
    return {
        "n": str(answer.n),
        "share": BLANK if share is None else f"{figure(share.value, 1)}%",
        "interval": BLANK if share is None else _interval(share),
        "mean": BLANK if mean is None else f"{figure(mean.value, 2)}（{figure(mean.low, 2)}至{figure(mean.high, 2)}）",
    }


def heading(number: int, answer: SurveyAnswer) -> str:
    """A question over its rows, with the options that count as favourable."""
    return f"{number}. {clean(answer.label)}（计入：{'、'.join(clean(word) for word in answer.counted)}）"


def questions_of(answers: Iterable[SurveyAnswer]) -> tuple[str, ...]:
    """The questions in the survey's order, by which they are numbered from 1."""
    return tuple(dict.fromkeys(answer.question for answer in answers))


def together(survey: Sequence[SurveyAnswer]) -> list[tuple[SurveyAnswer, Interval]]:
    """The questions over all sites that have an answer, with their shares, in the survey's order."""
    return [(answer, answer.share) for answer in survey if answer.site is None and answer.share is not None]


def extremes(survey: Sequence[SurveyAnswer]) -> Extremes | None:
    """The questions with the highest and the lowest favourable share; the first ones where they are equal."""
    found = together(survey)
    if not found:
        return None
    return max(found, key=lambda one: one[1].value), min(found, key=lambda one: one[1].value)


def extremes_text(found: Extremes, where: str) -> str:
    """One sentence on the highest and the lowest share; `where` refers to the table and the figure."""
    (best, most), (worst, least) = found
    if best is worst:
        return f"“{clean(best.label)}”的满意（肯定）比例为{share_text(best, most)}（{where}）。"
    return (
        f"满意（肯定）比例最高的是“{clean(best.label)}”，为{share_text(best, most)}；"
        f"最低的是“{clean(worst.label)}”，为{share_text(worst, least)}（{where}）。"
    )


def differing_text(shares: Sequence[Sequence[Interval]], among: str, where: str) -> str:
    """In which questions what stands side by side differs; `shares` are those of each question in their order."""
    apart = [
        number for number, own in enumerate(shares, 1) if any(not overlap(one, other) for one in own for other in own)
    ]
    if not apart:
        return f"{among}之间，每一题的置信区间都有重叠，差别可能出于抽样（{where}）。"
    return f"{among}之间置信区间不重叠的有{len(apart)}题：第{enumerate_numbers(apart)}题（{where}）。"


def share_text(answer: SurveyAnswer, share: Interval) -> str:
    """A share with its interval and n: `84.0%（95%置信区间79.0%至88.0%，n=250）`."""
    return f"{figure(share.value, 1)}%（95%置信区间{_interval(share)}，n={answer.n}）"


def sample_text(answer: SurveyAnswer) -> str:
    """Whom the survey approached and who answered."""
    if answer.respondents is None:
        return "有效问卷数未填"
    told = f"有效问卷{answer.respondents}份"
    if answer.approached is None or answer.response_rate is None:
        return f"{told}，访问人数未填"
    return f"访问{answer.approached}人，{told}，应答率{figure(answer.response_rate, 1)}%"


def overlap(one: Interval, other: Interval) -> bool:
    """Whether two intervals have a value in common."""
    return one.low <= other.high and other.low <= one.high


def _interval(share: Interval) -> str:
    return f"{figure(share.low, 1)}%至{figure(share.high, 1)}%"

"""The first page of a sub-report: what it comes to, for who reads no further. Pure.

A table of a few lines, and the position by first-level indicator. All of it is said again, with its reasons, later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xltool.model.edition import Edition
from xltool.model.finding import Finding
from xltool.model.severity import SEVERITY_WORDS, Severity
from xltool.reports.background import Background
from xltool.reports.change import Change, notable
from xltool.reports.facts import Standing
from xltool.reports.figures import abridged
from xltool.reports.highlights import is_strength, strengths, weaknesses
from xltool.reports.labels import table
from xltool.reports.problems import open_problems
from xltool.reports.questions import extremes, share_text
from xltool.reports.tables import INDICATORS
from xltool.reports.text import BLANK, clean, figure, rank_text, with_unit

POSITION = table("position")
NAMED = 2
"""Indicators that are named on a line; the rest are counted."""

LABEL_HALF = 9
FRAMEWORK_TOP = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryLine:
    """One line: what it is about, and what is found."""

    about: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionRow:
    """One first-level indicator: how many indicators it has and how they stand, and its evidence."""

    name: str
    indicators: str
    valued: str
    better: str
    worse: str
    same: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The first page."""

    lines: tuple[SummaryLine, ...]
    rows: tuple[PositionRow, ...]


def summary(
    edition: Edition,
    standings: Sequence[Standing],
    found: Sequence[Change],
    background: Background,
    findings: Sequence[Finding],
) -> Summary:
    """The first page of one district; lines of which nothing is known aren't there."""
    lines = [
        ("总体", _overall(standings)),
        ("优于中位数", _named(strengths(standings), standings)),
        ("不及中位数", _named(weaknesses(standings), standings)),
        ("与上年相比", _changes(found)),
        ("佐证材料", _evidence(edition, background)),
        ("满意度调查", _survey(background)),
        ("专家意见", _experts(background)),
        ("数据质量", _quality(findings)),
    ]
    return Summary(
        lines=tuple(SummaryLine(about=about, text=text) for about, text in lines if text),
        rows=tuple(_rows(edition, standings, background)),
    )


def judged(standings: Sequence[Standing]) -> list[Standing]:
    """The indicators that have a direction and can be compared."""
    return [one for one in standings if one.indicator.direction != "none" and one.distance is not None]


def _overall(standings: Sequence[Standing]) -> str:
    valued = sum(one.value is not None for one in standings)
    if not valued:
        return "本区没有可用于计算的数据，本报告只列出各项指标的全市均值和中位数。"
    compared = judged(standings)
    if not compared:
        return f"{len(standings)}项指标中{valued}项有数值；可供比较的数值不足，不作优劣评述。"
    better, worse = _sides(compared)
    return (
        f"{len(standings)}项指标中{valued}项有数值；可与各区比较并分优劣的{len(compared)}项中，"
        f"{better}项优于各区中位数，{worse}项不及，{len(compared) - better - worse}项相同（{POSITION}）。"
    )


def _sides(compared: Sequence[Standing]) -> tuple[int, int]:
    better = sum(bool(one.distance) and is_strength(one) for one in compared)
    worse = sum(bool(one.distance) and not is_strength(one) for one in compared)
    return better, worse


def _named(chosen: Sequence[Standing], standings: Sequence[Standing]) -> str:
    if not judged(standings):
        return ""
    if not chosen:
        return "没有差距明显的指标（标准见方法说明）。"
    told = "；".join(_brief(one) for one in chosen[:NAMED])
    rest = f"；另有{len(chosen) - NAMED}项" if len(chosen) > NAMED else ""
    return f"{told}{rest}（{INDICATORS}）。"


def _brief(standing: Standing) -> str:
    result, decimals, unit = standing.result, standing.indicator.decimals, standing.result.unit_of_measure
    rank = rank_text(result.rank or 0, tied=standing.tied)
    return (
        f"{abridged(result.label, LABEL_HALF)}{with_unit(standing.value or 0, decimals, unit)}"
        f"（中位数{with_unit(result.median or 0, decimals, unit)}，{result.n}个区中{rank}）"
    )


def _changes(found: Sequence[Change]) -> str:
    if not found:
        return ""
    better, worse = notable(found, improved=True), notable(found, improved=False)
    first = next(iter([*worse, *better]), None)
    told = ""
    if first is not None:
        word = "改善" if first.improved else "退步"
        label = abridged(first.standing.result.label, LABEL_HALF)
        moved = "升" if first.value > first.last else "降"
        told = f"，{word}最大的是{label}（{moved}{figure(abs(first.share or 0), 1)}%）"
    return f"{len(found)}项可比，明显改善{len(better)}项，明显退步{len(worse)}项{told}。"


def _evidence(edition: Edition, background: Background) -> str:
    if background.evidence is None:
        return ""
    covered, of = background.evidence.covered(edition.framework_by_id)
    share = f"（{figure(covered / of * 100, 1)}%）" if of else ""
    return f"{of}个监测点中有材料的{covered}个{share}，材料{background.evidence.documents}份。"


def _survey(background: Background) -> str:
    found = extremes(background.survey)
    if not found:
        return "没有可用的回答。" if background.survey else ""
    (best, most), (worst, least) = found
    return (
        f"满意（肯定）比例最高：{abridged(best.label, LABEL_HALF)}，{share_text(best, most)}；"
        f"最低：{abridged(worst.label, LABEL_HALF)}，{share_text(worst, least)}。"
    )


def _experts(background: Background) -> str:
    day = background.field_day
    if day is None or not day.returned:
        return ""
    count = len({one.indicator for one in background.opinions if one.indicator})
    return f"收到{day.returned}位专家的意见表，涉及{count}项二级指标。"


def _quality(findings: Sequence[Finding]) -> str:
    found = open_problems(findings)
    counts = {severity: sum(one.severity == severity for one in found) for severity in SEVERITY_WORDS}
    told = "、".join(f"{SEVERITY_WORDS[severity]}{count}个" for severity, count in counts.items() if count)
    still = f"尚待处理：{told}" if told else "没有尚待处理的错误和提醒"
    settled = {
        word: sum(one.status == status and one.severity != Severity.HINT for one in findings)
        for status, word in (("explained", "已说明"), ("waived", "市级豁免"))
    }
    return still + "".join(f"；{word}{count}个" for word, count in settled.items() if count) + "。"


def _rows(edition: Edition, standings: Sequence[Standing], background: Background) -> list[PositionRow]:
    rows = []
    for chapter in (node for node in edition.framework if node.level == FRAMEWORK_TOP):
        own = [one for one in standings if one.chapter.id == chapter.id]
        compared = judged(own)
        better, worse = _sides(compared)
        known = compared and any(one.value is not None for one in own)
        evidence = background.evidence
        rows.append(
            PositionRow(
                name=f"{chapter.id} {clean(chapter.name)}",
                indicators=str(len(own)) if own else BLANK,
                valued=str(sum(one.value is not None for one in own)) if own else BLANK,
                better=str(better) if known else BLANK,
                worse=str(worse) if known else BLANK,
                same=str(len(compared) - better - worse) if known else BLANK,
                evidence=BLANK
                if evidence is None
                else "{}/{}".format(*evidence.covered(edition.framework_by_id, under=chapter.id)),
            )
        )
    return rows

"""Suggestions of a sub-report, each made from a finding by a stated rule, and naming it. Pure.

1. A weakness: what it takes to reach the median, the denominator as it is. 2. A decline from last year. 3. Open
errors and warnings, and what is missing. 4. Second-level indicators without evidence, and files that didn't come.
5. The survey's least favourable answers, where their interval lies wholly below the best one's.
Whatever else is to be done the experts say; the program doesn't know it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from xltool.expression import division, parse, to_words
from xltool.expression.formulas import labelled
from xltool.model.edition import Edition
from xltool.model.states import State
from xltool.reports.background import Background
from xltool.reports.change import CHANGES, Change
from xltool.reports.change import notable as notable_changes
from xltool.reports.evidence import EVIDENCE, bare_sections
from xltool.reports.facts import Standing
from xltool.reports.gaps import GAPS
from xltool.reports.highlights import weaknesses
from xltool.reports.opinions import OPINIONS
from xltool.reports.problems import PROBLEMS, Problems
from xltool.reports.questions import extremes, overlap, share_text
from xltool.reports.survey import SHARES, SURVEY
from xltool.reports.tables import INDICATORS
from xltool.reports.text import clean, enumerate_numbers, figure

MOST = 3
"""Weaknesses, and declines, that get a suggestion of their own."""


def suggestions(
    edition: Edition,
    standings: Sequence[Standing],
    found: Sequence[Change],
    background: Background,
    problems: Problems,
) -> tuple[str, ...]:
    """The suggestions, in the order of the rules; none where nothing was found."""
    weak = weaknesses(standings)
    told = [_reach(edition, standing) for standing in weak[:MOST]]
    weak_rows = {standing.number for standing in weak}
    declined = [change for change in notable_changes(found, improved=False) if change.standing.number not in weak_rows]
    told += [_declined(change) for change in declined[:MOST]]
    told += _data(standings, problems)
    told += _evidence(edition, background)
    told += _survey(background)
    if any(one.indicator for one in background.opinions):
        told.append(f"专家对各二级指标的意见和建议见{OPINIONS}，请逐条研究。")
    return tuple(told)


def _reach(edition: Edition, standing: Standing) -> str:
    label, place = clean(standing.result.label), f"{INDICATORS}第{standing.number}行、{GAPS}"
    need = _need(edition, standing)
    return f"将“{label}”列为改进重点（{place}）。{need}"


def _need(edition: Edition, standing: Standing) -> str:
    """How much the numerator must change for the district to reach the median, the denominator as it is."""
    result, value = standing.result, standing.value
    divided = division(parse(standing.indicator.formula))
    if divided is None or not value or result.numerator is None or result.median is None:
        return ""
    change = result.numerator * (result.median / value - 1)
    words = to_words(divided.numerator, partial(labelled, edition))
    decimals = 0 if abs(change) >= 10 else 2  # noqa: PLR2004 - a small figure keeps its decimals
    verb = "增加" if change > 0 else "减少"
    return f"在分母不变时，达到各区中位数需使{words}{verb}{figure(abs(change), decimals)}（按填报单位计）。"


def _declined(change: Change) -> str:
    label = clean(change.standing.result.label)
    share = figure(abs(change.share or 0), 1)
    moved = "下降" if change.value < change.last else "上升"
    place = f"{INDICATORS}第{change.standing.number}行、{CHANGES}"
    return f"查明“{label}”比上年{moved}{share}%的原因（{place}）。"


def _data(standings: Sequence[Standing], problems: Problems) -> list[str]:
    told = []
    missing = [standing.number for standing in standings if standing.result.state == State.MISSING]
    if missing:
        told.append(f"补报所缺的数据，使{INDICATORS}第{enumerate_numbers(missing)}行的指标可以计算。")
    if problems.rows:
        told.append(f"逐条处理{PROBLEMS}所列的问题：错误须改正，提醒须改正或说明原因。")
    return told


def _evidence(edition: Edition, background: Background) -> list[str]:
    evidence = background.evidence
    if evidence is None:
        return []
    told = []
    bare = bare_sections(edition, evidence)
    if bare:
        told.append(f"为没有佐证材料的{len(bare)}项二级指标补充材料（{EVIDENCE}）。")
    if evidence.missing:
        told.append(f"补齐材料中写明而未收到的{evidence.missing}个附件（{EVIDENCE}）。")
    return told


def _survey(background: Background) -> list[str]:
    found = extremes(background.survey)
    if not found:
        return []
    (best, most), (worst, least) = found
    if best is worst or overlap(most, least):
        return []
    return [
        (
            f"了解市民在“{clean(worst.label)}”上评价较低的原因：满意（肯定）比例为{share_text(worst, least)}，"
            f"在各题中最低（{SURVEY}、{SHARES}）。"
        )
    ]

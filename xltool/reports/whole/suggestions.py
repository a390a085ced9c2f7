"""Suggestions for the city, each made from a finding by a stated rule, and naming it. Pure.

1. The indicators with a direction in which the districts lie farthest apart; first to be checked where their inputs
are in doubt. 2. Those whose median fell from last year
(or rose, where less is better). 3. Figures that districts are missing. 4. Items and rules that findings are most
about. 5. Monitoring points without evidence anywhere, files that didn't come. 6. The question of the survey that is
answered least favourably in more than half of the surveyed districts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from xltool.model.edition import Edition
from xltool.reports.change import NOTABLE_CHANGE
from xltool.reports.questions import extremes, overlap
from xltool.reports.text import clean, enumerate_numbers, figure
from xltool.reports.whole.collection import COLLECTION
from xltool.reports.whole.differences import APART, MOVED, YEARS, share_of, widest
from xltool.reports.whole.evidence import EVIDENCE, bare_points
from xltool.reports.whole.facts import CitySources, Measure
from xltool.reports.whole.quality import FREQUENT, MISSING, absent_districts, doubts, frequent_subjects, wanting
from xltool.reports.whole.spread import SPREAD
from xltool.reports.whole.survey import SURVEY, surveys_of

WIDE = 30.0
"""Percent: a coefficient of variation from here on gets a suggestion."""

MOST = 3
FEW_DISTRICTS = 2
INNER = str.maketrans("“”", "‘’")


def suggestions_city(edition: Edition, sources: CitySources, found: Sequence[Measure]) -> tuple[str, ...]:
    """The suggestions, in the order of the rules; none where nothing was found."""
    return (
        *_apart(found, doubts(edition, sources.findings, found)),
        *_declined(found),
        *_missing(sources, found),
        *_frequent(edition, sources),
        *_evidence(edition, sources),
        *_survey(sources),
    )


def _apart(found: Sequence[Measure], doubtful: Mapping[int, tuple[str, ...]]) -> list[str]:
    every = [(measure, cv) for measure, cv in widest(found) if cv >= WIDE]
    wide = [(measure, cv) for measure, cv in every if measure.number not in doubtful]
    unsure = [measure.number for measure, _ in every if measure.number in doubtful]
    told = [
        f"缩小各区在{quoted(measure.indicator.label)}上的差异：变异系数{figure(cv, 1)}%，"
        f"请了解数值较低的区的困难，组织经验交流（{SPREAD}第{measure.number}行、{APART}）。"
        for measure, cv in wide[:MOST]
    ]
    if unsure:
        told.append(
            f"先核对数据，再评价差异：变异系数不小于{figure(WIDE, 0)}%、而有区所用数据尚有问题待处理的指标"
            f"{len(unsure)}项，为{SPREAD}第{enumerate_numbers(unsure)}行。"
        )
    return told


def declined(found: Sequence[Measure]) -> list[tuple[Measure, float]]:
    """The indicators whose median changed for the worse by a notable share, the largest first."""
    moved = [
        (measure, share)
        for measure in found
        if measure.compared and measure.indicator.direction != "none" and (share := share_of(measure)) is not None
    ]
    worse = [
        (measure, share)
        for measure, share in moved
        if abs(share) >= NOTABLE_CHANGE * 100 and (share < 0) == (measure.indicator.direction == "up")
    ]
    return sorted(worse, key=lambda one: (-abs(one[1]), one[0].number))


def _declined(found: Sequence[Measure]) -> list[str]:
    return [
        f"查明{quoted(measure.indicator.label)}的中位数比上年{'下降' if share < 0 else '上升'}"
        f"{figure(abs(share), 1)}%的原因（{YEARS}序号{measure.number}、{MOVED}）。"
        for measure, share in declined(found)[:MOST]
    ]


def quoted(text: str) -> str:
    """A name in quotation marks; those within it become inner ones."""
    return f"“{clean(text).translate(INNER)}”"


def _missing(sources: CitySources, found: Sequence[Measure]) -> list[str]:
    told = []
    absent = absent_districts(sources)
    if absent:
        told.append(
            f"督促没有报送任何表格的{len(absent)}个区（{'、'.join(map(clean, absent))}）尽快报送（{COLLECTION}）。"
        )
    incomplete = [measure for measure in found if wanting(sources, measure)]
    if incomplete:
        numbers = enumerate_numbers(measure.number for measure in incomplete)
        told.append(f"督促已报送的区补齐所缺的数据，涉及指标{len(incomplete)}项：{MISSING}序号{numbers}。")
    return told


def _frequent(edition: Edition, sources: CitySources) -> list[str]:
    chosen = [
        name for name, _, districts in frequent_subjects(edition, sources.findings) if districts >= FEW_DISTRICTS
    ][:MOST]
    if not chosen:
        return []
    names = "、".join(map(quoted, chosen))
    return [f"下一年度修订填表说明并加强培训，重点是多个区都出现问题的{names}（{FREQUENT}）。"]


def _evidence(edition: Edition, sources: CitySources) -> list[str]:
    known = {
        name: background.evidence
        for name, background in sources.backgrounds.items()
        if background.evidence is not None and background.evidence.documents
    }
    if not known:
        return []
    told = []
    bare = bare_points(edition, known)
    if bare:
        told.append(f"明确任何区都没有材料的{len(bare)}个监测点应提供什么材料（{EVIDENCE}）。")
    missing = sum(one.missing for one in known.values())
    if missing:
        told.append(f"请有关区补齐材料中写明而未收到的{missing}个附件（{EVIDENCE}）。")
    return told


def _survey(sources: CitySources) -> list[str]:
    lowest: Counter[str] = Counter()
    surveys = surveys_of(sources)
    for _, survey in surveys:
        found = extremes(survey)
        if found and not overlap(found[0][1], found[1][1]):
            lowest[found[1][0].label] += 1
    if not lowest:
        return []
    label, count = min(lowest.items(), key=lambda entry: (-entry[1], entry[0]))
    if 2 * count <= len(surveys):
        return []
    return [
        (
            f"改进市民在{quoted(label)}上的体验：{len(surveys)}个被调查的区中，{count}个区此题的满意（肯定）比例最低，"
            f"且与最高的题差别明显（{SURVEY}）。"
        )
    ]

"""The first page of the reports on all districts: what they come to, for who reads no further. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from xltool.model.edition import Edition
from xltool.model.finding import SETTLED
from xltool.model.severity import Severity
from xltool.model.states import State
from xltool.reports.change import NOTABLE_CHANGE
from xltool.reports.figures import abridged
from xltool.reports.questions import extremes
from xltool.reports.summary import SummaryLine
from xltool.reports.text import clean, figure
from xltool.reports.whole.collection import COLLECTION
from xltool.reports.whole.differences import APART, YEARS, share_of, widest
from xltool.reports.whole.evidence import COVERED
from xltool.reports.whole.facts import CitySources, Measure
from xltool.reports.whole.field import FIELD
from xltool.reports.whole.quality import FINDINGS, MISSING, nothing_found, wanting
from xltool.reports.whole.spread import SPREAD
from xltool.reports.whole.survey import SURVEY, surveys_of

LABEL_HALF = 12
NAMED = 2


def summary_lines(
    edition: Edition, sources: CitySources, found: Sequence[Measure], *, whole: bool
) -> tuple[SummaryLine, ...]:
    """The lines; those of which nothing is known aren't there. `whole`: with evidence, survey and field days."""
    lines = [
        ("数据采集", _collected(edition, sources)),
        ("指标结果", _results(found)),
        ("各区差异", _apart(found)),
        ("与上年相比", _years(found)),
        ("佐证材料", _evidence(sources) if whole else ""),
        ("满意度调查", _survey(sources) if whole else ""),
        ("实地监测", _field(sources) if whole else ""),
        ("数据质量", _quality(sources, found)),
    ]
    return tuple(SummaryLine(about=about, text=text) for about, text in lines if text)


def _collected(edition: Edition, sources: CitySources) -> str:
    names = [district.name for district in edition.districts]
    own = sum(sources.coverage[name].own_return for name in names)
    units = sum(sources.coverage[name].units_returned for name in names)
    of = sum(sources.coverage[name].units_expected for name in names)
    done = sum(sources.statuses[name] == edition.statuses[-1] for name in names)
    return (
        f"{len(names)}个区中{own}个报送了区表，{of}个成员单位中{units}个报送了表格；"
        f"“{clean(edition.statuses[-1])}”的区{done}个（{COLLECTION}）。"
    )


def _results(found: Sequence[Measure]) -> str:
    valued = sum(len(measure.values) for measure in found)
    count = sum(len(measure.results) for measure in found)
    missing = sum(len(measure.districts(State.MISSING)) for measure in found)
    return f"{len(found)}项指标、{count}个结果中，有数值的{valued}个，未填的{missing}个（{SPREAD}）。"


def _apart(found: Sequence[Measure]) -> str:
    ordered = widest(found)
    if not ordered:
        return ""
    told = "、".join(
        f"{abridged(measure.indicator.label, LABEL_HALF)}（变异系数{figure(cv, 1)}%）"
        for measure, cv in ordered[:NAMED]
    )
    near, cv = ordered[-1]
    return (
        f"差异最大的是{told}；差异最小的是{abridged(near.indicator.label, LABEL_HALF)}"
        f"（变异系数{figure(cv, 1)}%）（{APART}）。"
    )


def _years(found: Sequence[Measure]) -> str:
    years = [measure for measure in found if measure.compared]
    if not years:
        return ""
    shares = [share for measure in years if (share := share_of(measure)) is not None]
    limit = NOTABLE_CHANGE * 100
    up, down = sum(share >= limit for share in shares), sum(share <= -limit for share in shares)
    return (
        f"{len(years)}项可比，各区中位数上升{figure(limit, 0)}%及以上的{up}项，下降{figure(limit, 0)}%及以上的{down}项"
        f"（{YEARS}）。"
    )


def _evidence(sources: CitySources) -> str:
    known = [one.evidence for one in sources.backgrounds.values() if one.evidence is not None]
    documents = sum(one.documents for one in known)
    if not documents:
        return ""
    return f"{len(known)}个区列出材料{documents}份，附件未收到的{sum(one.missing for one in known)}个（{COVERED}）。"


def _survey(sources: CitySources) -> str:
    surveys = surveys_of(sources)
    told = []
    for name, survey in surveys:
        found = extremes(survey)
        if found:
            (_, most), (worst, least) = found
            told.append(
                f"{clean(name)}各题的满意（肯定）比例为{figure(least.value, 1)}%至{figure(most.value, 1)}%，"
                f"最低的是{abridged(worst.label, LABEL_HALF)}"
            )
    return f"{'；'.join(told)}（{SURVEY}）。" if told else ""


def _field(sources: CitySources) -> str:
    days = [day for name in sources.sampled if (day := sources.backgrounds[name].field_day) is not None]
    expected = sum(day.expected for day in days)
    if not expected:
        return ""
    names = "、".join(clean(name) for name in sources.sampled)
    return f"{names}；应有专家意见表{expected}份，收到{sum(day.returned for day in days)}份（{FIELD}）。"


def _quality(sources: CitySources, found: Sequence[Measure]) -> str:
    still = [one for one in sources.findings if one.status == "open" and one.severity != Severity.HINT]
    errors = sum(one.severity == Severity.ERROR for one in still)
    settled = sum(one.status in SETTLED for one in sources.findings)
    missing = sum(bool(wanting(sources, measure)) for measure in found)
    told = [f"尚待处理的错误{errors}个、提醒{len(still) - errors}个，已说明或豁免的{settled}个（{FINDINGS}）"]
    if nothing := nothing_found(sources):
        told = [nothing]
    if missing:
        told.append(f"报送了表格的区中有未填的指标{missing}项（{MISSING}）")
    return f"{'；'.join(told)}。"

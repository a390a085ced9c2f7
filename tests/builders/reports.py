"""Synthetic editions, results and findings for the reports' tests."""

from __future__ import annotations

import datetime as dt
import random
import statistics
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from xltool.model.edition import (
    Check,
    Direction,
    District,
    Edition,
    Framework,
    Indicator,
    IndicatorPart,
    Item,
    Level,
    Scope,
    Severity,
)
from xltool.model.field import Interval
from xltool.model.finding import Finding
from xltool.model.indicator import Result
from xltool.model.states import State
from xltool.reports import (
    Background,
    Coverage,
    DistrictSources,
    EvidenceCoverage,
    EvidenceNode,
    ExpertOpinion,
    FieldDay,
    LastYear,
    PartValue,
    SurveyAnswer,
    SurveyOption,
    district_report,
)
from xltool.reports.labels import REFERENCE

DISTRICTS = tuple(f"{name}区" for name in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳")
OWN = DISTRICTS[2]
CUT_OFF = dt.datetime(2023, 9, 30, 17, 5, tzinfo=dt.UTC)
SNAPSHOT = "0123456789abcdef" * 4
TEXT_INDICATOR = "note"

FRAMEWORK = (
    Framework(id="1", level=1, name="资源", parent=None),
    Framework(id="1.1", level=2, name="场地资源", parent="1", answers="区学习办"),
    Framework(id="1.2", level=2, name="师资", parent="1", answers="区学习办"),
    Framework(id="1.2.1", level=3, name="教师队伍", parent="1.2"),
    Framework(id="2", level=1, name="参与", parent=None),
    Framework(id="2.1", level=2, name="学习参与", parent="2", answers="区学习办"),
    Framework(id="1.1-1", level=4, name="场地的材料", parent="1.1"),
    Framework(id="1.1-2", level=4, name="场地的其他材料", parent="1.1"),
    Framework(id="2.1-1", level=4, name="参与的材料", parent="2.1"),
)


def indicator(name: str, belongs_to: str, unit: str = "%", direction: Direction = "up", **more: Any) -> Indicator:
    return Indicator(
        id=name,
        label=more.pop("label", f"指标{name}"),
        unit_of_measure=unit,
        belongs_to=belongs_to,
        formula=more.pop("formula", f"{name}_top / {name}_bottom * 100"),
        direction=direction,
        **more,
    )


INDICATORS = (
    indicator("rate", "2.1"),
    indicator("space", "1.1", "m²/万人"),
    indicator("area", "1.1", "个", "none", decimals=0),
    indicator("teachers", "1.2.1", "名/万人", parts=(IndicatorPart(label="专职", formula="teachers_top"),)),
    indicator("late", "2.1", "天", "down", label="平均办理天数【含节假日】以及一个长得在图中放不下的指标名称"),
    indicator(TEXT_INDICATOR, "2.1", "文字", "none", formula="note_top"),
)


def item(name: str) -> Item:
    return Item(
        id=name,
        label=f"数据{name}",
        unit_of_measure="个",
        level=Level.DISTRICT,
        responsible="区学习办",
        belongs_to=None,
    )


def edition(**changes: Any) -> Edition:
    names = [f"{i.id}_{side}" for i in INDICATORS for side in ("top", "bottom")]
    whole = Edition(
        id="2023",
        title="2023年测试监测",
        notice="《测试通知》",
        short_title="2023年学习型城区监测",
        city="测试市",
        office="测试办公室",
        monitoring_year=2023,
        data_year=2022,
        period_start=dt.date(2022, 1, 1),
        period_end=dt.date(2022, 12, 31),
        framework=FRAMEWORK,
        items=tuple(map(item, names)),
        indicators=INDICATORS,
        checks=(
            Check(
                id="space_check",
                scope=Scope.DISTRICT,
                severity=Severity.WARNING,
                label="场地",
                why="",
                expression="space_top <= space_bottom",
                message="",
                action="",
            ),
        ),
        documents=(),
        districts=tuple(District(name=name) for name in DISTRICTS),
        units=(),
        statuses=("未填报", "填报"),
        calendar=(),
        decisions=("第一项约定。", "第二项约定。"),
        lists={},
        rows={},
        instructions={},
        constants={},
        name_other_districts=False,
        digest="f" * 64,
        files={},
    )
    return replace(whole, **changes)


def results(
    scheme: Edition,
    values: Mapping[str, Sequence[float | str | None]],
    *,
    states: Mapping[tuple[str, str], State] | None = None,
    districts: Sequence[str] = DISTRICTS,
) -> tuple[Result, ...]:
    """Results from each indicator's values by district; None is missing, or the state given for it."""
    return tuple(
        result
        for indicator in scheme.indicators
        for result in _indicator_results(indicator, values[indicator.id], states or {}, districts)
    )


def _indicator_results(
    indicator: Indicator,
    values: Sequence[float | str | None],
    states: Mapping[tuple[str, str], State],
    districts: Sequence[str],
) -> list[Result]:
    numbers = [value for value in values if isinstance(value, int | float)]
    return [
        Result(
            district=district,
            indicator=indicator.id,
            label=indicator.label,
            value=value,
            state=states.get((district, indicator.id), State.MISSING) if value is None else State.VALUE,
            reason="缺少所需数据" if value is None else None,
            unit_of_measure=indicator.unit_of_measure,
            numerator=None,
            denominator=None,
            units_answered=None,
            units_expected=None,
            city=None,
            mean=statistics.fmean(numbers) if numbers else None,
            median=statistics.median(numbers) if numbers else None,
            n=len(numbers),
            rank=1 + sum(1 for other in numbers if other > value) if isinstance(value, int | float) else None,
            review_state="填报",
        )
        for district, value in zip(districts, values, strict=True)
    ]


def spread_values(scheme: Edition, seed: int = 7, *, absent: Collection[str] = ()) -> dict[str, list[Any]]:
    """Random values of every indicator and district; districts in `absent` have none."""
    chance = random.Random(seed)  # noqa: S311 - synthetic data
    values: dict[str, list[Any]] = {}
    for i in scheme.indicators:
        base = chance.choice([3.0, 45.0, 900.0, 15000.0])
        values[i.id] = [
            None
            if district.name in absent
            else f"{district.name}开展了多种学习活动。"
            if i.unit_of_measure in ("text", "文字")
            else base * chance.lognormvariate(0, 0.4)
            for district in scheme.districts
        ]
    return values


def finding(message: str = "“数据”未填", action: str = "请填整数", **more: Any) -> Finding:
    return Finding(
        about=more.pop("about", "value"),
        code=more.pop("code", "required"),
        severity=more.pop("severity", Severity.ERROR),
        district=more.pop("district", OWN),
        message=message,
        action=action,
        **more,
    )


def coverage(**changes: Any) -> Coverage:
    whole = Coverage(own_return=True, units_returned=22, units_expected=24, unreturned=("区体育局", "区残联"))
    return replace(whole, **changes)


def parts() -> tuple[PartValue, ...]:
    return (PartValue(indicator="teachers", label="专职", value=1.255, state=State.VALUE),)


def sources(district: str = OWN, **changes: Any) -> DistrictSources:
    """What a sub-report is made from; nothing is known beside the indicators and the parts."""
    plain = DistrictSources(
        district=district,
        findings=(),
        coverage=coverage(),
        parts=parts(),
        snapshot_id=SNAPSHOT,
        cut_off=CUT_OFF,
        background=Background(),
        last_year=(),
    )
    return replace(plain, **changes)


def evidence(**documents: int) -> EvidenceCoverage:
    """Documents behind monitoring points, named `p11_1` for 1.1-1; their files all came but one."""
    points = {f"{name[1]}.{name[2]}-{name[4]}": count for name, count in documents.items()}
    behind = {
        node.id: sum(count for point, count in points.items() if point == node.id or point.startswith(f"{node.id}."))
        + sum(count for point, count in points.items() if node.level == 2 and point.startswith(f"{node.id}-"))
        for node in FRAMEWORK
    }
    total = sum(points.values())
    return EvidenceCoverage(
        documents=total,
        received=max(0, total - 1),
        missing=min(1, total),
        surplus=0,
        nodes=tuple(
            EvidenceNode(indicator=node.id, level=node.level, documents=behind[node.id], with_attachment=0)
            for node in FRAMEWORK
        ),
    )


def answer(question: str, favourable: int, n: int, site: str | None = None, **changes: Any) -> SurveyAnswer:
    """A question at a site, with an interval of 5 points on either side."""
    share = favourable / n * 100 if n else None
    whole = SurveyAnswer(
        question=question,
        label=f"您对{question}是否满意",
        site=site,
        approached=n * 2,
        respondents=n,
        response_rate=50.0 if n else None,
        n=n,
        answered_rate=100.0 if n else None,
        favourable=favourable,
        counted=("比较满意", "非常满意"),
        options=(
            SurveyOption(option=0, label="不满意", count=n - favourable),
            SurveyOption(option=1, label="满意", count=favourable),
        ),
        share=None if share is None else Interval(value=share, low=max(0, share - 5), high=min(100, share + 5)),
        mean=None,
        file="问卷.xlsx",
        sheet="逐份答卷",
    )
    return replace(whole, **changes)


def background(**changes: Any) -> Background:
    """Everything that may be known of a district."""
    whole = Background(
        evidence=evidence(p11_1=3),
        field_day=FieldDay(day="2023-10-17", sites="甲校、乙校", meetings=None, returned=1, expected=2),
        survey=(
            answer("场地", 90, 100, "甲校"),
            answer("场地", 90, 100),
            answer("课程", 60, 100, "甲校"),
            answer("课程", 60, 100),
        ),
        opinions=(
            opinion("1.1", "problem", "场地不足。"),
            opinion(None, "overall", "总体良好。"),
        ),
    )
    return replace(whole, **changes)


def opinion(indicator: str | None, aspect: str, text: str, author: str = "专家一") -> ExpertOpinion:
    node = next((node for node in FRAMEWORK if node.id == indicator), None)
    label = node.name if node else "总体评价"
    return ExpertOpinion(
        author=author, indicator=indicator, label=label, aspect=aspect, aspect_label=f"{aspect}栏", text=text
    )


def last_year(results: Sequence[Result], share: float = 0.8) -> tuple[LastYear, ...]:
    """Last year's indicators: this year's numbers times a share."""
    return tuple(
        LastYear(
            district=result.district,
            indicator=result.indicator,
            value=result.value * share if isinstance(result.value, int | float) else None,
            state=State.VALUE if isinstance(result.value, int | float) else State.MISSING,
            reason=None,
            city=None,
            mean=None,
            median=None,
            n=result.n,
        )
        for result in results
    )


def shown(text: str) -> str:
    """A text whose references are said by name: `表indicators`, `图gaps`."""
    return REFERENCE.sub(r"\1\2", text)


TEMPLATE = Path(__file__).parents[2] / "templates" / "district.docx"


def document(**changes: Any) -> bytes:
    """The sub-report of the small edition, from random values."""
    results_of_all = changes.pop("results", None) or results(edition(), spread_values(edition()))
    return district_report(edition(), results_of_all, sources(**changes), TEMPLATE)


def full_document(**changes: Any) -> bytes:
    """The same with everything that may be known of a district."""
    results_of_all = changes.pop("results", None) or results(edition(), spread_values(edition()))
    known = {"background": background(), "last_year": last_year(results_of_all), "findings": (finding(),)}
    return document(results=results_of_all, **{**known, **changes})


def real_evidence(scheme: Edition) -> EvidenceCoverage:
    """Documents behind every second node of an edition's framework."""
    nodes = tuple(
        EvidenceNode(indicator=node.id, level=node.level, documents=number % 2, with_attachment=number % 2)
        for number, node in enumerate(scheme.framework)
    )
    return EvidenceCoverage(documents=len(nodes), received=3, missing=2, surplus=1, nodes=nodes)

"""Synthetic editions, results and findings for the reports' tests."""

from __future__ import annotations

import datetime as dt
import random
import statistics
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
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
from xltool.model.finding import Finding
from xltool.model.indicator import Result
from xltool.model.states import State
from xltool.reports import Coverage, PartValue

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

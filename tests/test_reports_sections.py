"""Sections of the sub-report that come and go with the data, and what each of them may say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from builders import reports as build
from builders.documents import text_of

from xltool.model.edition import Severity
from xltool.model.field import Interval
from xltool.model.indicator import Result
from xltool.reports.background import Background
from xltool.reports.context import DistrictReport, all_figures, district_context

SCHEME = build.edition()
PLACE = build.DISTRICTS.index(build.OWN)


def values_with(**own: float | None) -> dict[str, list[Any]]:
    values: dict[str, list[Any]] = {i.id: [100.0 + n for n in range(16)] for i in SCHEME.indicators}
    values[build.TEXT_INDICATOR] = ["开展了活动"] * 16
    for name, value in own.items():
        values[name][PLACE] = value
    return values


def report(results: tuple[Result, ...], **changes: Any) -> DistrictReport:
    return district_context(SCHEME, results, build.sources(**changes))


def said(sentences: tuple[str, ...]) -> list[str]:
    return [build.shown(sentence) for sentence in sentences]


RESULTS = build.results(SCHEME, values_with())


class TestLastYear:
    def test_a_change_is_told_with_both_values_and_the_districts_median(self) -> None:
        results = build.results(SCHEME, values_with(space=150.0, late=150.0))
        last = tuple(
            replace(one, value=100.0) if one.district == build.OWN else one for one in build.last_year(results)
        )
        told = report(results, last_year=last).change
        assert told is not None
        assert said(told.sentences) == [
            (
                "改善：指标space由上年的100.00m²/万人变为150.00m²/万人，上升50.0%，16个区变化的中位数为+25.0%"
                "（表indicators第1行、图changes）。"
            ),
            (
                f"退步：{SCHEME.indicators[4].label}由上年的100.00天变为150.00天，上升50.0%，16个区变化的中位数为+25.0%"
                "（表indicators第5行、图changes）。"
            ),
        ]

    def test_small_changes_and_those_without_a_direction_are_not_judged(self) -> None:
        told = report(RESULTS, last_year=build.last_year(RESULTS, 0.95)).change
        assert told is not None
        assert told.sentences == ()
        assert "改善10%及以上的0项，退步10%及以上的0项" in told.overview

    def test_percentages_change_by_points(self) -> None:
        told = report(RESULTS, last_year=build.last_year(RESULTS)).change
        assert told is not None
        assert any("上升20.40个百分点（变化为上年数值的25.0%）" in sentence for sentence in told.sentences)

    def test_what_has_an_open_error_is_not_judged(self) -> None:
        findings = (build.finding(item="space_top"),)
        told = report(RESULTS, last_year=build.last_year(RESULTS), findings=findings)
        assert told.change is not None
        assert not any("指标space" in sentence for sentence in told.change.sentences)
        assert told.groups[0].rows[0].note == "待改正"

    def test_without_last_year_the_section_is_not_there(self) -> None:
        told = report(RESULTS)
        assert told.change is None
        assert told.background_note[0] == "没有本年和2021年都有数值的指标，不作与上年的比较。"
        assert {row.last for group in told.groups for row in group.rows} == {"—"}


class TestGaps:
    def test_bars_are_shares_of_the_median_the_best_first_and_lie_within_the_axis(self) -> None:
        told = report(build.results(SCHEME, values_with(rate=900.0, space=53.75, late=53.75))).gaps
        assert told is not None
        assert [(bar.label[:1], bar.values) for bar in told.bars] == [
            ("4", (100.0, None)),
            ("5", (pytest.approx(-50.0), None)),
            ("3", (None, pytest.approx((102 - 107.5) / 107.5 * 100))),
            ("1", (None, pytest.approx(-50.0))),
        ]

    def test_nothing_to_compare_gives_no_figure(self) -> None:
        few = build.results(SCHEME, {**values_with(), **{n: [1.0] * 16 for n in ("rate", "space", "teachers", "late")}})
        assert report(few).gaps is None


class TestEvidence:
    def test_points_with_a_document_are_counted_at_every_level(self) -> None:
        told = report(RESULTS, background=Background(evidence=build.evidence(p11_1=3))).evidence
        assert told is not None
        assert build.shown(told.overview) == (
            "3个监测点中，有佐证材料的1个（33.3%）；材料共3份（表evidence、图coverage）。"
        )
        assert said(told.sentences) == [
            "材料中写明的附件，收到2个，未收到1个。",
            "覆盖率最低的一级指标是“参与”，1个监测点中有材料的0个（0.0%，图coverage）。",
            "没有任何佐证材料的二级指标有2项：“师资”、“学习参与”（表evidence）。",
        ]
        assert [(bar.label, bar.values) for bar in told.figure.bars] == [("1 资源", (1, 1)), ("2 参与", (0, 1))]
        assert [row.covered for group in told.groups for row in group.rows] == ["1/2", "0/0", "0/1"]

    def test_an_indicator_shows_the_documents_of_its_node(self) -> None:
        told = report(RESULTS, background=Background(evidence=build.evidence(p11_1=3, p21_1=1)))
        rows = [row.documents for group in told.groups for row in group.rows]
        assert rows == ["3", "3", "0", "1", "1", "1"]

    def test_a_snapshot_without_evidence_drops_the_section(self) -> None:
        told = report(RESULTS)
        assert told.evidence is None
        assert {row.evidence for row in told.summary.rows} == {"—"}


class TestSurvey:
    def test_shares_come_with_interval_n_and_response_rate(self) -> None:
        told = report(RESULTS, background=build.background()).survey
        assert told is not None
        assert told.overview == (
            "调查在1个监测点进行：甲校访问200人，有效问卷100份，应答率50.0%。"
            "各监测点合计访问200人，有效问卷100份，应答率50.0%。"
        )
        assert said(told.sentences)[0] == (
            "满意（肯定）比例最高的是“您对场地是否满意”，为90.0%（95%置信区间85.0%至95.0%，n=100）；"
            "最低的是“您对课程是否满意”，为60.0%（95%置信区间55.0%至65.0%，n=100）（表survey、图survey）。"
        )

    def test_overlapping_intervals_are_not_called_different(self) -> None:
        survey = (build.answer("场地", 62, 100), build.answer("课程", 60, 100))
        told = report(RESULTS, background=build.background(survey=survey))
        assert told.survey is not None
        assert "两题的置信区间有重叠，差别可能出于抽样，不作高低评述。" in told.survey.sentences
        assert not any("评价较低" in suggestion for suggestion in told.suggestions)

    def test_sites_differ_only_where_intervals_lie_apart(self) -> None:
        survey = (
            build.answer("场地", 90, 100, "甲校"),
            build.answer("场地", 40, 100, "乙校"),
            build.answer("场地", 130, 200),
            build.answer("课程", 62, 100, "甲校"),
            build.answer("课程", 60, 100, "乙校"),
            build.answer("课程", 122, 200),
        )
        told = report(RESULTS, background=build.background(survey=survey)).survey
        assert told is not None
        assert said(told.sentences)[-1] == "各监测点之间置信区间不重叠的有1题：第1题（表survey）。"

    def test_a_question_nobody_answered_has_no_share(self) -> None:
        survey = (build.answer("场地", 0, 0, "甲校"), build.answer("场地", 0, 0))
        told = report(RESULTS, background=build.background(survey=survey)).survey
        assert told is not None
        assert told.figure is None
        assert told.sentences == ("各题都没有可用的回答。",)
        assert [(row.n, row.share, row.interval) for row in told.groups[0].rows] == [("0", "—", "—")] * 2

    def test_unknown_numbers_of_people_are_said(self) -> None:
        survey = (build.answer("场地", 5, 10, "甲校", respondents=None, approached=None, response_rate=None),)
        told = report(RESULTS, background=build.background(survey=survey)).survey
        assert told is not None
        assert told.overview == "调查在1个监测点进行：甲校有效问卷数未填。"


class TestField:
    def test_opinions_stand_by_indicator_with_the_experts_role(self) -> None:
        told = report(RESULTS, background=build.background()).field
        assert told is not None
        assert build.shown(told.overview) == (
            "实地监测于2023年10月17日进行，监测点是甲校、乙校。应有2位专家的意见表，收到1份，"
            "对1项二级指标提出了意见（表opinions）。"
        )
        assert told.whole == ("overall栏（专家一）：总体良好。",)
        assert [(group.name, [(row.text, row.author) for row in group.rows]) for group in told.groups] == [
            ("1.1 场地资源", [("场地不足。", "专家一")])
        ]

    def test_without_opinions_nothing_refers_to_their_table(self) -> None:
        told = report(RESULTS, background=build.background(opinions=()))
        assert told.field is not None
        assert told.field.groups == ()
        assert "表opinions" not in build.shown(repr((told.field.overview, told.suggestions)))


class TestSuggestions:
    def test_a_weakness_says_what_it_takes_to_reach_the_median(self) -> None:
        results = tuple(
            replace(result, numerator=500.0, denominator=10.0) if result.district == build.OWN else result
            for result in build.results(SCHEME, values_with(space=50.0))
        )
        told = said(report(results).suggestions)
        assert told[0] == (
            "将“指标space”列为改进重点（表indicators第1行、图gaps）。"
            "在分母不变时，达到各区中位数需使“数据space_top”增加575（按填报单位计）。"
        )

    def test_each_suggestion_names_what_it_is_made_from(self) -> None:
        findings = (build.finding(severity=Severity.WARNING, item="rate_top"),)
        results = build.results(SCHEME, values_with(space=50.0, teachers=None))
        last = build.last_year(results, 1.3)
        told = said(report(results, findings=findings, background=build.background(), last_year=last).suggestions)
        assert len(told) == 8
        assert all("（表" in one or "表" in one for one in told)
        for begins in ("将“", "查明“", "补报", "逐条处理", "为没有佐证材料", "补齐", "了解市民", "专家对"):
            assert any(one.startswith(begins) for one in told), begins

    def test_nothing_found_gives_none(self) -> None:
        assert report(RESULTS).suggestions == ()


class TestSummary:
    def test_lines_of_which_nothing_is_known_are_not_there(self) -> None:
        told = report(RESULTS).summary
        assert [line.about for line in told.lines] == ["总体", "优于中位数", "不及中位数", "数据质量"]

    def test_everything_known_has_its_line(self) -> None:
        told = report(RESULTS, background=build.background(), last_year=build.last_year(RESULTS)).summary
        assert [line.about for line in told.lines][3:] == [
            "与上年相比",
            "佐证材料",
            "满意度调查",
            "专家意见",
            "数据质量",
        ]

    def test_position_is_counted_by_first_level_indicator(self) -> None:
        results = build.results(SCHEME, values_with(space=300.0, late=300.0))
        rows = report(results).summary.rows
        assert [(row.name, row.indicators, row.valued, row.better, row.worse, row.same) for row in rows] == [
            ("1 资源", "3", "3", "1", "1", "0"),
            ("2 参与", "3", "2", "0", "2", "0"),
        ]

    def test_a_district_without_data_is_told_so(self) -> None:
        none: dict[str, float | None] = dict.fromkeys(["rate", "space", "area", "teachers", "late", "note"])
        told = report(build.results(SCHEME, values_with(**none)), parts=())
        assert told.summary.lines[0].text.startswith("本区没有可用于计算的数据")
        assert all(row.better == "—" for row in told.summary.rows)


def test_an_edition_that_discloses_names_the_largest() -> None:
    results = build.results(SCHEME, values_with(space=200.0, rate=50.0))
    values = values_with(space=200.0, rate=50.0)
    values["space"][0] = 900.0
    results = build.results(SCHEME, values)
    told = district_context(build.edition(name_other_districts=True), results, build.sources())
    assert f"数值最大的区是{build.DISTRICTS[0]}" in told.highlights.strengths[0]
    assert not any("不列其他区的名称" in note for note in told.comparison_note)
    closed = district_context(SCHEME, results, build.sources())
    assert build.DISTRICTS[0] not in repr(closed)


@pytest.mark.parametrize("missing", ["survey", "evidence", "field_day", "last_year"])
def test_a_section_goes_with_its_figure_and_caption(missing: str) -> None:
    headings = {
        "survey": ("满意度调查结果", "满意（肯定）比例"),
        "evidence": ("佐证材料对监测点的覆盖", "各二级指标的佐证材料"),
        "field_day": ("实地监测和专家意见", "专家对各二级指标的意见"),
        "last_year": ("各项指标与上年相比的变化", "上年值"),
    }
    empty: dict[str, Any] = {"survey": (), "evidence": None, "field_day": None}
    background = build.background(**{missing: empty[missing]} if missing in empty else {})
    if missing == "field_day":
        background = replace(background, opinions=())
    last = () if missing == "last_year" else build.last_year(RESULTS)
    text = text_of(build.document(results=RESULTS, background=background, last_year=last))
    whole = text_of(build.full_document(results=RESULTS))
    for heading in headings[missing][:1] if missing == "survey" else headings[missing]:
        assert heading in whole
        assert heading not in text


def test_intervals_are_drawn_as_they_are_told() -> None:
    told = report(RESULTS, background=build.background()).survey
    assert told is not None
    assert told.figure is not None
    assert [(row.share, row.low, row.high) for row in told.figure.rows] == [(90.0, 85.0, 95.0), (60.0, 55.0, 65.0)]
    assert Interval(value=90.0, low=85.0, high=95.0) == build.answer("场地", 90, 100).share


def test_figures_stand_in_the_order_of_the_sections() -> None:
    told = report(RESULTS, background=build.background(), last_year=build.last_year(RESULTS))
    assert [figure.label.name for figure in all_figures(told)] == [
        "position_1",
        "position_2",
        "gaps",
        "changes",
        "coverage",
    ]

"""The pure part of the sub-reports: what is said, and that every number of it stands in the results."""

from __future__ import annotations

import json
import re
import statistics
from dataclasses import asdict, replace
from typing import Any

import pytest
from builders import reports as build
from hypothesis import given, settings
from hypothesis import strategies as st

from xltool.errors import UsageError
from xltool.model.edition import Severity
from xltool.model.finding import Finding
from xltool.model.indicator import Result
from xltool.model.numbers import round_half_away
from xltool.model.states import State
from xltool.reports.context import DistrictReport, district_context
from xltool.reports.figures import EDGE, abridged
from xltool.reports.highlights import LISTED, NOTABLE_DISTANCE, NOTABLE_SHARE
from xltool.reports.text import clean, enumerate_names, enumerate_numbers, figure, shorten

SCHEME = build.edition()
ORDER = ("space", "area", "teachers", "rate", "late", "note")  # the framework's, not the list's


def values_with(own: dict[str, float | str | None], *, districts: int = 16) -> dict[str, list[Any]]:
    """Districts at 100, 101, ..., this one as given; the rest of the districts have nothing."""
    values: dict[str, list[Any]] = {}
    place = build.DISTRICTS.index(build.OWN)
    for indicator in SCHEME.indicators:
        row: list[Any] = [100.0 + number for number in range(districts)] + [None] * (16 - districts)
        if indicator.id == build.TEXT_INDICATOR:
            row = ["开展了活动"] * 16
        row[place] = own.get(indicator.id, row[place])
        values[indicator.id] = row
    return values


def report(results: tuple[Result, ...], **changes: Any) -> DistrictReport:
    return district_context(SCHEME, results, build.sources(**changes))


def told_of(chosen: tuple[str, ...]) -> list[str]:
    return [build.shown(sentence) for sentence in chosen]


MORE = re.compile("另有(?P<count>[0-9]+)项，见表indicators第(?P<rows>[0-9至、]+)行。")


def numbered(text: str) -> set[int]:
    """`1至3、5` as numbers."""
    ends = (part.split("至") for part in text.split("、"))
    return {number for part in ends for number in range(int(part[0]), int(part[-1]) + 1)}


def sentences(told: DistrictReport) -> list[str]:
    chosen = told.highlights
    return told_of((*chosen.strengths, *chosen.weaknesses))


def test_rows_stand_in_the_frameworks_order_under_their_second_level_indicator() -> None:
    told = report(build.results(SCHEME, values_with({})))
    assert [(group.name, [row.number for row in group.rows]) for group in told.groups] == [
        ("1.1 场地资源", [1, 2]),
        ("1.2 师资", [3]),
        ("2.1 学习参与", [4, 5, 6]),
    ]


def test_a_far_value_is_a_strength_or_a_weakness_by_direction() -> None:
    told = report(build.results(SCHEME, values_with({"space": 300.0, "late": 300.0, "area": 300.0})))
    assert len(told.highlights.strengths) == 1
    assert told.highlights.strengths[0].startswith("指标space为300.00m²/万人，")
    assert len(told.highlights.weaknesses) == 1
    assert told.highlights.weaknesses[0].startswith("平均办理天数")
    assert not any("指标area" in sentence for sentence in sentences(told)), "direction none is never judged"


def test_a_small_difference_is_not_told_however_many_mads_it_spans() -> None:
    values = values_with({})
    values["rate"] = [95.0 + number / 100 for number in range(16)]
    values["rate"][2] = 99.0
    assert sentences(report(build.results(SCHEME, values))) == []


def test_fewer_than_eight_districts_are_not_compared() -> None:
    told = report(build.results(SCHEME, values_with({"space": 900.0}, districts=7)))
    assert sentences(told) == []
    assert told.figures == ()
    assert "不足8个" in told.highlights.strengths_none


def test_eight_districts_are_compared() -> None:
    told = report(build.results(SCHEME, values_with({"space": 900.0}, districts=8)))
    assert len(told.highlights.strengths) == 1
    assert [figure.label.name for figure in told.figures] == ["position_1", "position_2"]


def test_equal_values_of_most_districts_give_no_distance() -> None:
    values = values_with({})
    values["space"] = [5.0] * 15 + [500.0]
    values["space"][2], values["space"][15] = 500.0, 5.0
    told = report(build.results(SCHEME, values))
    assert not any("指标space" in sentence for sentence in sentences(told))
    assert "表indicators第1、6行未列入图" in build.shown(told.undrawn)


def test_a_sentence_names_value_median_gap_rank_row_and_figure() -> None:
    values = values_with({"rate": 300.0, "teachers": 10.0})
    values["rate"][5] = 300.0
    told = report(build.results(SCHEME, values))
    assert told_of(told.highlights.strengths)[0] == (
        "指标rate为300.00%，比16个区的中位数109.50%高190.50个百分点，按数值从大到小列并列第1位（表indicators第4行、图position_2）。"
    )
    assert told_of(told.highlights.weaknesses)[0] == (
        "指标teachers为10.00名/万人，比16个区的中位数107.50名/万人低90.7%，按数值从大到小列第16位（表indicators第3行、图position_1）。"
    )


def test_a_sentence_warns_of_units_that_did_not_answer_and_of_open_problems() -> None:
    results = tuple(
        replace(result, units_answered=20, units_expected=24) if result.indicator == "space" else result
        for result in build.results(SCHEME, values_with({"space": 300.0}))
    )
    findings = (
        build.finding(item="rate_top", file="a.xlsx", sheet="数据", cell="B2"),
        build.finding(about="check", rule="space_check", severity=Severity.WARNING),
    )
    told = report(results, findings=findings)
    assert told_of(told.highlights.strengths)[0].endswith(
        "该项只含24个成员单位中的20个，且所用数据尚有问题待处理（表problems第2项），引用时请注意。"
    )
    assert told.groups[0].rows[0].note == "含20/24个单位"
    assert "涉及成员单位24个，计入20个" in told.quality[1]


def test_states_are_said_in_words_with_their_reason_and_counted() -> None:
    states = {(build.OWN, "rate"): State.NOT_APPLICABLE, (build.OWN, "late"): State.UNDEFINED}
    values = values_with({"space": None, "rate": None, "late": None})
    told = report(build.results(SCHEME, values, states=states))
    rows = {row.number: row for group in told.groups for row in group.rows}
    assert [(rows[n].value, rows[n].rank) for n in (1, 4, 5)] == [
        ("未填", "—/15"),
        ("不适用", "—/15"),
        ("无法计算", "—/15"),
    ]
    assert rows[1].note == "见注"
    assert told.reasons[0] == "第1行　缺少所需数据。"
    assert build.shown(told.highlights.overview[0]) == (
        "本区6项指标中，2项有数值，1项为文字说明，1项未填，1项不适用，1项无法计算（表indicators）。"
    )
    assert [sentence[:3] for sentence in told.highlights.gaps] == ["未填（", "不适用", "无法计"]


def test_the_rest_of_the_strengths_are_named_by_row() -> None:
    indicators = tuple(build.indicator(f"i{number}", "1.1", formula="space_top") for number in range(LISTED + 3))
    scheme = build.edition(indicators=indicators)
    values = {indicator.id: [100.0 + n for n in range(16)] for indicator in indicators}
    for row in values.values():
        row[2] = 900.0
    told = district_context(
        scheme,
        build.results(scheme, values),
        build.sources(parts=()),
    )
    assert build.shown(told.highlights.strengths[LISTED]) == "另有3项，见表indicators第4至6行。"


def test_a_district_without_data_is_told_so_and_not_judged() -> None:
    own: dict[str, float | str | None] = dict.fromkeys(ORDER)
    told = report(
        build.results(SCHEME, values_with(own)), coverage=build.coverage(own_return=False, units_returned=0), parts=()
    )
    assert not told.has_data
    assert told.figures == ()
    assert sentences(told) == []
    assert told.highlights.overview[0].startswith("本区没有可用于计算的数据")
    assert told.problems.intro == "没有收到表格，没有可供核对的内容。"
    assert told.quality[0].startswith("区表未报送")


def test_no_other_district_is_named() -> None:
    told = report(build.results(SCHEME, build.spread_values(SCHEME)), findings=(build.finding(),))
    text = repr(told)
    assert [name for name in build.DISTRICTS if name in text] == [build.OWN]


def test_dots_of_other_districts_are_sorted_and_inside_the_axis() -> None:
    values = values_with({"space": -9999.0})
    told = report(build.results(SCHEME, values))
    row = told.figures[0].rows[0]
    assert list(row.others) == sorted(row.others)
    assert row.own == -EDGE
    assert len(row.others) == 15


def test_an_unknown_district_is_refused_by_name() -> None:
    with pytest.raises(UsageError) as caught:
        report(build.results(SCHEME, values_with({})), district="无此区")
    assert (caught.value.code, caught.value.context["name"]) == ("unknown_district", "无此区")


def test_decisions_rules_and_formulas_stand_in_the_method_note() -> None:
    told = report(build.results(SCHEME, values_with({})))
    assert told.decisions == SCHEME.decisions
    assert f"不小于{NOTABLE_DISTANCE:.0f}个MAD" in told.comparison_note[2]
    assert f"中位数的{NOTABLE_SHARE:.0%}" in told.comparison_note[2]
    assert build.SNAPSHOT in told.data_note[1].replace(" ", "")
    assert [row.number for row in told.formulas] == [1, 2, 3, 4, 5, 6]
    assert "数据space_top" in told.formulas[0].formula


def test_open_problems_come_gravest_first_and_settled_ones_with_their_reason() -> None:
    findings = (
        build.finding("提醒在前", severity=Severity.WARNING, sheet="A", cell="B1", file="f.xlsx", item="rate_top"),
        build.finding("错误在后", unit="区残联", sheet="A", cell="B2", file="g.xlsx", item="rate_bottom"),
        build.finding("已说明的", status="explained", explanation="今年停办", by="统计员甲", code="x"),
        build.finding("已豁免的", status="waived", explanation="口径已改", by="市级经办人", code="x", unit="区残联"),
        build.finding("折叠的", status="folded", code="y"),
        build.finding("提示", severity=Severity.HINT, code="z"),
    )
    told = report(build.results(SCHEME, values_with({})), findings=findings).problems
    assert [(row.number, row.severity, row.where, row.message) for row in told.rows] == [
        (1, "错误", "区残联：A，B2", "错误在后"),
        (2, "提醒", "区表：A，B1", "提醒在前"),
    ]
    assert (
        build.shown(told.intro)
        == "尚有1个错误、1个提醒（表problems）。错误须改正；提醒须改正或说明原因。另有1个提示，供核对。"
    )
    assert told.settled == (
        "全区汇总，已说明的（已说明，统计员甲：今年停办）。",
        "区残联，已豁免的（市级豁免，市级经办人：口径已改）。",
    )


def test_a_long_list_of_problems_is_cut_and_counted() -> None:
    findings = tuple(
        build.finding(cell=f"B{n}", sheet="A", row=n, item="rate_top", severity=Severity.WARNING) for n in range(1, 41)
    )
    told = report(build.results(SCHEME, values_with({"rate": 900.0})), findings=findings)
    assert len(told.problems.rows) == 30
    assert told.problems.rest.startswith("共40个")
    assert "（表problems第1至30项）" in build.shown(told.highlights.strengths[0])


SENTENCE = re.compile(
    r"^(?P<label>.+)为(?P<value>-?[\d.]+)(?P<unit>[^，]+)，比(?P<n>\d+)个区的中位数(?P<median>-?[\d.]+)(?P=unit)"
    r"(?P<side>[高低])(?P<gap>[\d.]+)(?P<gap_unit>个百分点|%)，按数值从大到小列(?P<tied>并列)?第(?P<rank>\d+)位"
    r"（表indicators第(?P<row>\d+)行、图position_(?P<figure>\d+)）。"
)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_every_number_of_the_main_findings_is_recomputable_from_the_results(seed: int) -> None:
    results = build.results(SCHEME, build.spread_values(SCHEME, seed))
    told = report(results)
    rows = {row.number: row for group in told.groups for row in group.rows}
    for sentence in sentences(told):
        more = MORE.fullmatch(sentence)
        if more:
            assert len(numbered(more["rows"])) == int(more["count"])
            assert numbered(more["rows"]) <= rows.keys()
            continue
        match = SENTENCE.match(sentence)
        assert match, sentence
        label = match["label"]
        same = [result for result in results if result.label == label]
        numbers = [float(result.value) for result in same if isinstance(result.value, int | float)]
        own = next(float(result.value) for result in same if result.district == build.OWN and result.value is not None)
        median = statistics.median(numbers)
        gap = abs(own - median) if match["unit"] == "%" else abs(own - median) / median * 100
        assert float(match["value"]) == round_half_away(own, 2)
        assert float(match["median"]) == round_half_away(median, 2)
        assert float(match["gap"]) == round_half_away(gap, 2 if match["unit"] == "%" else 1)
        assert (match["side"] == "高") == (own > median)
        assert int(match["rank"]) == 1 + sum(number > own for number in numbers)
        assert int(match["n"]) == len(numbers)
        assert rows[int(match["row"])].label == label
        assert any(row.number == int(match["row"]) for row in told.figures[int(match["figure"]) - 1].rows)


def test_figures_round_half_away_from_zero_and_never_show_a_negative_zero() -> None:
    assert [figure(1.005, 2), figure(-2.5, 0), figure(-0.001, 2), figure(0, 0)] == ["1.01", "-3", "0.00", "0"]


def test_numbers_in_a_row_become_a_span() -> None:
    assert enumerate_numbers([9, 1, 2, 3, 5, 6]) == "1至3、5、6、9"


def test_long_lists_of_names_are_counted() -> None:
    assert enumerate_names(("甲", "乙", "丙"), 2) == "甲、乙等3个"


def test_clean_keeps_literal_text_and_drops_what_xml_forbids() -> None:
    assert clean("{{ 7*7 }}<w:p>&\x0b\ud800\x00😀=cmd()\u202e\n尾") == "{{ 7*7 }}<w:p>& 😀=cmd() 尾"


def test_a_text_of_any_length_is_shortened_with_its_length() -> None:
    assert shorten("长" * 30_000, 5) == "长长长长长……（共30000字，以下从略）"


def test_a_long_label_keeps_both_ends_in_figures() -> None:
    assert abridged("每万人拥有的区属文化体育设施建筑面积（含街镇）【注】") == "每万人拥有的区属…筑面积（含街镇）"


def test_results_and_findings_read_back_from_json_say_the_same() -> None:
    results = build.results(SCHEME, values_with({"space": 300.0, "rate": None}))
    findings = (build.finding(item="space_top", severity=Severity.WARNING), build.finding(code="x"))
    again = tuple(Result(**row) for row in json.loads(json.dumps([asdict(result) for result in results])))
    found = tuple(Finding(**row) for row in json.loads(json.dumps([asdict(finding) for finding in findings])))
    assert report(again, findings=found) == report(results, findings=findings)

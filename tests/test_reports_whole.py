"""What the reports on all districts say: every number of it can be recomputed from `indicators --json`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pytest
from builders import reports as build
from builders import whole
from hypothesis import given, settings
from hypothesis import strategies as st

from xltool.model.edition import Severity
from xltool.model.numbers import round_half_away
from xltool.model.states import State
from xltool.reports.whole.context import CityReport
from xltool.reports.whole.differences import NOTABLE_POINTS, TOLD
from xltool.reports.whole.facts import measures
from xltool.reports.whole.quality import doubts
from xltool.reports.whole.suggestions import WIDE, quoted

LABEL = {indicator.label: indicator for indicator in whole.SCHEME.indicators}
SPREAD = re.compile(
    r"^差异较(?P<side>[大小])：(?P<label>.+)，变异系数(?P<cv>[\d.]+)%，四分位数(?P<lower>-?[\d.]+)(?P<unit>[^\d]*?)至"
    r"(?P<upper>-?[\d.]+)(?P=unit)（四分位距(?P<iqr>[\d.]+)），(?P<n>\d+)个区有数值（表spread第(?P<row>\d+)行）。"
)
YEARS = re.compile(
    r"^差异(?P<word>扩大|缩小)：(?P<label>.+)，变异系数由(?P<last>[\d.]+)%变为(?P<now>[\d.]+)%，(?P=word)"
    r"(?P<points>[\d.]+)个百分点，按(?P<n>\d+)个区比较（表years序号(?P<row>\d+)）。"
)


def printed(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """The results as `indicators --json` prints them, read back."""
    found: list[dict[str, Any]] = json.loads(json.dumps([asdict(row) for row in rows]))
    return found


def numbers(rows: Sequence[dict[str, Any]], label: str) -> list[float]:
    return [row["value"] for row in rows if row["label"] == label and isinstance(row["value"], float)]


def cv(values: Sequence[float]) -> float:
    return float(np.std(values) / np.mean(values) * 100)


def shown(value: float, decimals: int) -> float:
    return round_half_away(value, decimals)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_every_number_on_differences_is_recomputed_from_the_results(seed: int) -> None:
    results = whole.results(seed)
    rows, told = printed(results), whole.told("city", whole.bare(results=results))
    sentences = [build.shown(sentence) for sentence in told.differences.sentences]
    spreads = {one.label: cv(numbers(rows, one.label)) for one in whole.SCHEME.indicators if one.direction != "none"}
    head = re.match(r"可评述差异的指标(\d+)项.*变异系数在([\d.]+)%至([\d.]+)%之间", sentences[0])
    assert head
    assert (int(head[1]), float(head[2]), float(head[3])) == (
        len(spreads),
        shown(min(spreads.values()), 1),
        shown(max(spreads.values()), 1),
    )
    labels = [match["label"] for sentence in sentences[1:] if (match := SPREAD.match(sentence))]
    assert len(labels) == len(set(labels)) == min(len(spreads), 2 * TOLD), "nothing is both wide and near"
    for sentence in sentences[1:]:
        match = SPREAD.match(sentence)
        assert match, sentence
        values, decimals = numbers(rows, match["label"]), LABEL[match["label"]].decimals
        lower, upper = np.percentile(values, [25, 75])
        assert float(match["cv"]) == shown(cv(values), 1)
        assert float(match["lower"]) == shown(lower, decimals)
        assert float(match["upper"]) == shown(upper, decimals)
        assert float(match["iqr"]) == pytest.approx(upper - lower, abs=0.5 * 10**-decimals + 1e-9)
        assert int(match["n"]) == len(values)
        assert match["unit"] == LABEL[match["label"]].unit_of_measure
        order = sorted(spreads, key=lambda label: -spreads[label])
        assert match["label"] in (order[:TOLD] if match["side"] == "大" else order[-TOLD:])


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_every_number_on_last_year_is_recomputed_from_both_years(seed: int, other: int) -> None:
    results, before = whole.results(seed), whole.results(other)
    last_year = build.last_year(before, 1.0)
    told = whole.told("city", whole.bare(results=results, last_year=last_year)).differences
    now = {(row["district"], row["label"]): row["value"] for row in printed(results)}
    last = {(row["district"], row["label"]): row["value"] for row in printed(before)}

    def pairs(label: str) -> tuple[list[float], list[float]]:
        keys = [key for key in now if key[1] == label and isinstance(now[key], float) and isinstance(last[key], float)]
        return [last[key] for key in keys], [now[key] for key in keys]

    moved = {}
    for row in told.years:
        label = row.label.rsplit("（", 1)[0]
        old, new = pairs(label)
        decimals = LABEL[label].decimals
        assert (row.n, float(row.last), float(row.now)) == (
            str(len(old)),
            shown(float(np.median(old)), decimals),
            shown(float(np.median(new)), decimals),
        )
        assert float(row.last_cv) == shown(cv(old), 1)
        assert float(row.now_cv) == shown(cv(new), 1)
        moved[label] = (np.median(new) - np.median(old)) / np.median(old) * 100
        assert float(row.change) == shown(float(moved[label]), 1)
        assert float(row.cv_change) == shown(cv(new) - cv(old), 1)
    sentences = [build.shown(sentence) for sentence in told.year_sentences]
    head = re.match(
        r"两年都有足够数值的指标(\d+)项.*上升10%及以上的(\d+)项，下降10%及以上的(\d+)项，其余(\d+)项", sentences[0]
    )
    assert head
    up, down = sum(share >= 10 for share in moved.values()), sum(share <= -10 for share in moved.values())
    assert [int(text) for text in head.groups()] == [len(moved), up, down, len(moved) - up - down]
    for sentence in sentences[2:]:
        match = YEARS.match(sentence)
        assert match, sentence
        old, new = pairs(match["label"])
        assert (float(match["last"]), float(match["now"])) == (shown(cv(old), 1), shown(cv(new), 1))
        assert float(match["points"]) == shown(abs(cv(new) - cv(old)), 1)
        assert (match["word"] == "扩大") == (cv(new) > cv(old))
        assert abs(cv(new) - cv(old)) >= NOTABLE_POINTS


def test_the_table_of_distributions_is_numpys() -> None:
    results = whole.results()
    rows = [row for group in whole.told("city", whole.bare(results=results)).spread.groups for row in group.rows]
    for row in rows:
        label = row.label.rsplit("（", 1)[0]
        values, decimals = numbers(printed(results), label), LABEL[label].decimals
        if not values:
            assert (row.n, row.median, row.cv) == ("文字", "—", "—")
            continue
        figures = [float(text) for text in (row.least, row.lower, row.median, row.upper, row.most)]
        assert figures == [shown(float(value), decimals) for value in np.percentile(values, [0, 25, 50, 75, 100])]
        assert float(row.cv) == shown(cv(values), 1)


def test_the_table_of_all_districts_keeps_the_notices_order_and_shows_no_rank() -> None:
    told = whole.told()
    names = [name for matrix in told.matrices for name in matrix.districts if name]
    assert names == list(build.DISTRICTS)
    values = {(row["district"], row["label"]): row for row in printed(whole.results())}
    for matrix in told.matrices:
        for row in (row for group in matrix.groups for row in group.rows):
            label = row.label.rsplit("（", 1)[0]
            for name, text in zip(matrix.districts, row.values, strict=True):
                result = values[name, label]
                if isinstance(result["value"], float):
                    assert float(text) == shown(result["value"], LABEL[label].decimals)
                else:
                    assert text == ("文字" if result["value"] else "未填")
    everything = repr(told)
    assert "名次" not in everything.replace("不排名次", "")
    assert not re.search(r"第\d+位", everything)


def test_states_are_told_apart() -> None:
    states = {(build.OWN, "rate"): State.NOT_APPLICABLE, (whole.SECOND, "rate"): State.UNDEFINED}
    values = build.spread_values(whole.SCHEME, absent=(whole.ABSENT,))
    for name in (build.OWN, whole.SECOND, build.DISTRICTS[0]):
        values["rate"][build.DISTRICTS.index(name)] = None
    told = whole.told("city", whole.sources(results=build.results(whole.SCHEME, values, states=states)))
    (row,) = told.quality.missing
    assert (row.missing, row.others) == (build.DISTRICTS[0], f"不适用：{build.OWN}；无法计算：{whole.SECOND}")
    cells = {
        name: row.values[place]
        for matrix in told.matrices
        for place, name in enumerate(matrix.districts)
        for group in matrix.groups
        for row in group.rows
        if row.label.startswith("指标rate")
    }
    assert (cells[build.OWN], cells[whole.SECOND], cells[build.DISTRICTS[0]]) == ("不适用", "无法计算", "未填")
    assert build.shown(told.spread.overview[0]).startswith(
        "6项指标、16个区，共96个结果，其中72个有数值，15个为文字，7个未填，1个不适用，1个无法计算"
    )


def test_what_came_back_is_counted() -> None:
    told = whole.told().collection
    returned = sum(number for number in range(16) if number != 14)
    assert build.shown(told.sentences[0]) == (
        f"16个区中，区表已报送的15个；有表格的成员单位384个，已报送{returned}个（{returned / 384:.1%}）"
        "（表collection、图returns）。"
    )
    assert build.shown(told.sentences[1]) == "按审核状态：“未填报”1个，“填报”15个（表collection）。"
    assert told.sentences[2] == f"没有收到任何表格的区1个：{whole.ABSENT}，其指标均为未填。"
    row = told.rows[7]
    assert (row.district, row.own, row.units, row.again, row.errors, row.warnings) == (
        whole.SECOND,
        "已报送",
        "7/24",
        "2",
        "1",
        "1",
    )
    assert told.figure.bars[7].values == (7, 17)


def test_findings_are_counted_and_settled_ones_told_with_their_reason_but_nobodys_name() -> None:
    told = whole.told().quality
    assert build.shown(told.sentences[0]).startswith(
        "核对中现有问题4个（错误3个，提醒1个，提示0个）；其中尚待处理的错误和提醒3个，已说明或市级豁免的1个（表findings）"
    )
    assert told.sentences[1] == "改正后重新报送的表格2份，涉及1个区。"
    assert [(row.district, row.message, row.outcome, row.reason) for row in told.settled] == [
        (whole.SECOND, "两校合署", "已说明", "已核")
    ]
    assert "某人" not in repr(told)
    assert [(row.name, row.findings, row.districts) for row in told.frequent] == [("数据rate_top", "2", "2")]
    total = told.rows[-1]
    assert (total.name, total.counts[-1]) == ("合计", "4")


def test_differences_of_doubtful_figures_are_marked_and_not_made_a_suggestion() -> None:
    values = build.spread_values(whole.SCHEME, absent=(whole.ABSENT,))
    values["rate"] = [10.0 * (1 + place) for place in range(16)]
    results = build.results(whole.SCHEME, values)
    told = whole.told("city", whole.sources(results=results))
    sentence = next(one for one in told.differences.sentences if "指标rate" in one)
    assert f"尚有问题待处理的区有2个（{build.OWN}、{whole.SECOND}），引用时请注意。" in sentence
    assert not any(one.startswith("缩小各区在“指标rate”") for one in told.suggestions)
    assert any(one.startswith("先核对数据，再评价差异") for one in told.suggestions)
    settled = whole.told("city", whole.sources(results=results, findings=()))
    assert any(one.startswith("缩小各区在“指标rate”") for one in settled.suggestions)


def test_each_suggestion_is_tied_to_a_table_or_figure_that_is_there() -> None:
    told = whole.told()
    for sentence in told.suggestions:
        assert re.search(r"[表图][a-z_0-9]+", build.shown(sentence)), sentence
    wide = [one for one in told.suggestions if one.startswith("缩小各区")]
    for sentence in wide:
        found = re.search(r"变异系数([\d.]+)%", sentence)
        assert found
        assert float(found[1]) >= WIDE


def test_a_decline_of_the_median_is_a_suggestion_where_less_is_worse() -> None:
    results = whole.results()
    told = whole.told("city", whole.bare(results=results, last_year=build.last_year(results, 2.0)))
    declined = [one for one in told.suggestions if one.startswith("查明")]
    assert declined
    assert all("比上年下降50.0%" in one for one in declined)
    assert not any("平均办理天数" in one for one in declined), "less is better there"


def test_survey_results_have_n_response_rate_and_interval() -> None:
    told = whole.told().survey
    assert told
    assert build.shown(told.sentences[2]).startswith(
        f"{build.OWN}满意（肯定）比例最高的是“您对场地是否满意”，为90.0%（95%置信区间85.0%至95.0%，n=100）；"
        "最低的是“您对课程是否满意”，为60.0%（95%置信区间55.0%至65.0%，n=100）"
    )
    assert "应答率50.0%" in told.sentences[0]
    assert [group.rows[0].interval for group in told.groups] == ["85.0%至95.0%", "55.0%至65.0%"]
    assert "每一题的置信区间都有重叠" in told.sentences[-1]
    assert any("“您对课程是否满意”" in one and "2个被调查的区中，2个区" in one for one in whole.told().suggestions)


def test_districts_whose_intervals_dont_overlap_are_called_different() -> None:
    backgrounds = dict(whole.sources().backgrounds)
    backgrounds[whole.SECOND] = build.background(survey=(build.answer("场地", 20, 100),))
    told = whole.told("city", whole.sources(backgrounds=backgrounds)).survey
    assert told
    assert build.shown(told.sentences[-1]) == "各区之间置信区间不重叠的有1题：第1题（表survey）。"
    assert any(
        build.shown(one).startswith(f"{whole.SECOND}“您对场地是否满意”的") for one in told.sentences
    )  # its only question


def test_sections_go_with_the_data() -> None:
    told = whole.told("city", whole.bare())
    assert (told.evidence, told.survey, told.field) == (None, None, None)
    assert told.differences.years == ()
    assert (told.quality.sentences[0], told.quality.rows) == ("核对中没有发现问题。", ())
    assert told.summary[-1].text == "核对中没有发现问题。"
    assert {line.about for line in told.summary} == {"数据采集", "指标结果", "各区差异", "数据质量"}
    assert {line.about for line in whole.told().summary} > {"与上年相比", "佐证材料", "满意度调查", "实地监测"}


def test_the_analysis_report_is_the_part_on_the_data() -> None:
    told = whole.told("analysis")
    assert (told.evidence, told.survey, told.field, told.suggestions, told.matrices) == (None, None, None, (), ())
    assert told.heading == "2023年测试监测数据分析报告"


def test_totals_are_not_called_different() -> None:
    told: CityReport = whole.told("city", whole.bare())
    assert not any("指标area" in sentence for sentence in told.differences.sentences)


def test_a_city_without_any_data_is_told_so() -> None:
    values: dict[str, list[Any]] = {one.id: [None] * 16 for one in whole.SCHEME.indicators}
    coverage = {name: build.coverage(own_return=False, units_returned=0) for name in build.DISTRICTS}
    told = whole.told("city", whole.bare(results=build.results(whole.SCHEME, values), coverage=coverage))
    assert told.differences.sentences == ("有数值的区太少，不作差异评述。",)
    assert told.spread.figures == ()
    assert told.quality.missing == ()


def test_hints_are_not_counted_as_open() -> None:
    findings = (build.finding(severity=Severity.HINT),)
    told = whole.told("city", whole.sources(findings=findings)).quality
    assert "尚待处理的错误和提醒0个" in told.sentences[0]


def test_a_question_is_left_out_where_nobody_answered() -> None:
    survey = (build.answer("场地", 0, 0),)
    backgrounds = {name: replace(one, survey=survey) for name, one in whole.sources().backgrounds.items()}
    told = whole.told("city", whole.sources(backgrounds=backgrounds)).survey
    assert told
    assert told.groups[0].rows[0].share == "—"
    assert told.figures == ()


def test_field_days_are_listed_and_opinions_on_indicators_counted() -> None:
    told = whole.told().field
    assert told
    assert build.shown(told.sentence) == "抽样区2个，已定实地监测日期的2个；应有专家意见表4份，收到2份（表field）。"
    assert [(row.district, row.day, row.meetings, row.experts) for row in told.rows] == [
        (build.OWN, "2023年10月17日", "—", "1/2"),
        (whole.SECOND, "2023年10月17日", "—", "1/2"),
    ]
    first = told.districts[0]
    assert first.whole == ("overall栏（专家一）：总体良好。",)
    assert first.counted == "专家对1项二级指标提出了意见：problem栏1条，全文见该区的分报告。"
    assert "场地不足" not in repr(told), "it stands in the district's own report"


def test_quotation_marks_within_names_become_inner_ones() -> None:
    assert quoted("“学习型城区建设”专项") == "“‘学习型城区建设’专项”"


@pytest.mark.parametrize(("share", "ends", "told"), [(0.9, 20, ""), (0.7, 50, ""), (0.1, 100, "，超出±100%的画在边缘")])
def test_the_axis_of_changes_is_no_longer_than_needed(share: float, ends: float, told: str) -> None:
    results = whole.results()
    last_year = build.last_year(results, share)
    figure = whole.told("city", whole.bare(results=results, last_year=last_year)).differences.moved
    assert figure
    assert figure.ends == (-ends, ends)
    assert figure.axis == f"中位数与上年之差占上年的百分比（%{told}）"
    assert all(abs(bar.values[0] or 0) <= ends for bar in figure.bars)


def test_evidence_is_counted_over_the_districts() -> None:
    told = whole.told().evidence
    assert told
    points = [node for node in whole.SCHEME.framework if node.level == 4]
    documents = 14 * 1 + 2 * 3
    assert build.shown(told.sentences[0]) == (
        f"16个区共列出佐证材料{documents}份，其中写明的附件收到{documents - 16}个，未收到16个。"
        f"每区有材料的监测点为1至1个，中位数1.0个（共{len(points)}个，表evidence、图covered）。"
    )
    assert told.sentences[1] == f"任何区都没有材料的监测点有{len(points) - 1}个。"
    first = told.rows[0]
    assert (first.documents, first.districts, first.median) == (str(documents), "16/16", "1.0")
    assert {row.districts for row in told.rows[1:]} == {"0/16"}
    assert any(f"任何区都没有材料的{len(points) - 1}个监测点" in one for one in whole.told().suggestions)


def test_only_indicators_whose_inputs_are_touched_are_in_doubt() -> None:
    sources = whole.sources()
    found = measures(whole.SCHEME, sources.results, ())
    named = {one.number: one.indicator.id for one in found}
    doubtful = {named[number]: names for number, names in doubts(whole.SCHEME, sources.findings, found).items()}
    assert doubtful == {"rate": (build.OWN, whole.SECOND), "space": (whole.SECOND,)}


def test_changes_of_differences_are_not_told_of_totals() -> None:
    results = whole.results()
    told = whole.told("city", whole.bare(results=results, last_year=build.last_year(whole.results(9), 1.0)))
    directed = sum(one.direction != "none" for one in whole.SCHEME.indicators)
    assert told.differences.year_sentences[1].startswith(f"可评述差异的{directed}项中，")
    assert len(told.differences.years) == directed + 1, "totals stand in the table"


def test_a_question_that_is_lowest_in_half_of_the_districts_is_no_suggestion() -> None:
    backgrounds = dict(whole.sources().backgrounds)
    backgrounds[whole.SECOND] = build.background(survey=(build.answer("场地", 50, 100), build.answer("课程", 90, 100)))
    told = whole.told("city", whole.sources(backgrounds=backgrounds))
    assert not any(one.startswith("改进市民") for one in told.suggestions)

"""The same fund or activity in the lists of two units, and gaps with the cells to fill in."""

from __future__ import annotations

import pytest
from builders.values import DISTRICT, UNITS, edition, listed, members, nothing, value

from xltool.checks import check_district
from xltool.checks.conflicts import normalised
from xltool.checks.gaps import NO_CELLS, Cells
from xltool.model.edition import Severity
from xltool.model.finding import Finding
from xltool.model.values import Value
from xltool.rollup import combine

CULTURE, SPORTS, FARMING = UNITS


def found(code: str, *values: Value, cells: Cells = NO_CELLS) -> list[Finding]:
    rolled = combine(edition(), DISTRICT, UNITS, (*members(), *values))
    return [finding for finding in check_district(rolled, edition(), (), cells) if finding.code == code]


def doubled(*values: Value) -> list[Finding]:
    return found("named_by_several", *values)


def test_one_fund_in_two_units_lists_is_one_warning_with_both_cells() -> None:
    (finding,) = doubled(*listed(1, "全民阅读（2022年）", 100, unit=CULTURE), *listed(2, "全民 阅读", 98, unit=SPORTS))

    assert (finding.severity, finding.file, finding.item, finding.row) == (Severity.WARNING, None, "funds", 1)
    assert finding.message == (
        "“funds清单”中文化局的“全民阅读（2022年）”100万元（该单位表funds表!name1）、"
        "体育局的“全民 阅读”98万元（该单位表funds表!name2）名称相同、数量相同或相近，可能重复计算"
    )


def test_the_districts_rows_are_compared_with_the_units_own() -> None:
    (finding,) = doubled(*listed(3, "甲", 5, of=CULTURE), *listed(1, "甲", 5, unit=SPORTS))
    assert "（区表funds表!name3）" in finding.message
    assert "（该单位表funds表!name1）" in finding.message


def test_three_units_are_one_finding_and_two_funds_are_two() -> None:
    three = [each for unit in UNITS for each in listed(1, "甲", 5, unit=unit)]
    assert len(doubled(*three)) == 1

    pairs = [
        each for unit in UNITS[:2] for row, name in ((1, "甲"), (2, "乙")) for each in listed(row, name, 5, unit=unit)
    ]
    findings = doubled(*pairs)
    assert len({finding.id for finding in findings}) == 2


@pytest.mark.parametrize(
    "values",
    [
        (*listed(1, "甲", 100, unit=CULTURE), *listed(1, "甲", 90, unit=SPORTS)),  # other amounts
        (*listed(1, "甲", 5, unit=CULTURE), *listed(1, "乙", 5, unit=SPORTS)),  # other names
        (*listed(1, "甲", 5, unit=CULTURE), *listed(2, "甲", 5, unit=CULTURE)),  # one unit's business
        (*listed(1, "甲", 5, of=CULTURE), *listed(1, "甲", 5, unit=CULTURE)),  # the same list twice: counted once
        (nothing(unit=CULTURE), nothing(unit=SPORTS)),
        (*listed(1, "无", None, of=CULTURE), *listed(2, "无", None, of=SPORTS)),
    ],
)
def test_what_is_not_the_same_is_not_asked_about(values: tuple[Value, ...]) -> None:
    assert doubled(*values) == []


def test_names_are_compared_as_people_mean_them() -> None:
    assert normalised("《2022年度 市民·诗歌节》ＡＢ") == normalised("市民诗歌节（ab）")
    assert normalised("2022") == "2022"


def test_a_gap_names_the_districts_cell_and_the_units() -> None:
    cells: Cells = {(None, "library", None): "3.2 资源!E9", (CULTURE, "library", None): "本单位数据!E5"}
    gaps = {finding.item: finding.message for finding in found("unanswered_item", value("pop", 1), cells=cells)}

    assert gaps == {
        "library": "“library项”未填：区表3.2 资源!E9为空，文化局的表本单位数据!E5为空",
        "farmers": "“farmers项”未填：区表为空，农委的表尚未返回",
    }


def test_units_that_are_missing_from_a_total_come_with_their_cells() -> None:
    cells: Cells = {
        (None, "budget", 2): "成员单位!D9",
        (None, "budget", 3): "成员单位!D10",
        (FARMING, "budget", None): "本单位数据!E5",
    }
    silent = found("units_unanswered", value("budget", 1, unit=CULTURE), cells=cells)

    assert {finding.item: finding.expected for finding in silent} == {
        "budget": "区表：成员单位!D9、成员单位!D10；已返回的单位表：农委本单位数据!E5",
        "staff": None,
        "funds": None,
    }


def test_two_units_that_answer_for_one_are_told_apart() -> None:
    (finding,) = found("units_conflict", value("library", 8, unit=CULTURE), value("library", 5, unit=SPORTS))
    assert finding.unit == CULTURE
    assert finding.message == "“library项”文化局填8（library表!C1），体育局填5（library表!C1），按文化局计"

"""The correction notice: what it asks for, in which order, by when, and that odd texts leave it whole."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import reports as build
from builders.documents import HOSTILE, W, body, printable, rows_of, shape, text_of
from hypothesis import given, settings
from hypothesis import strategies as st

from xltool.model.edition import Severity
from xltool.model.finding import Finding, Status
from xltool.model.severity import SEVERITY_WORDS
from xltool.reports import Due, NoticeSources, Workbook, correction_notice
from xltool.reports.notice import LISTED, CorrectionNotice, notice_context

TEMPLATE = Path(__file__).parents[1] / "templates" / "notice.docx"
SCHEME = build.edition()
UNIT, OTHER = "区残联", "区体育局"
RECEIVED = dt.date(2023, 9, 20)
BOOKS = (
    Workbook(
        unit=None,
        version=2,
        received=RECEIVED,
        marked="丙区_第2次退回.xlsx",
        sheets=("封面", "数据", "清单"),
        explains=frozenset({"space_check"}),
    ),
    Workbook(unit=UNIT, version=1, received=RECEIVED, marked="丙区_区残联_第1次退回.xlsx", sheets=("本单位数据",)),
)


def finding(severity: Severity = Severity.ERROR, **more: Any) -> Finding:
    given: dict[str, Any] = {"file": "a.xlsx", "sheet": "数据", "cell": "B2", "raw": "约3", "expected": "整数"}
    return build.finding(severity=severity, **(given | more))


def sources(*findings: Finding, **changes: Any) -> NoticeSources:
    whole = NoticeSources(
        district=build.OWN,
        findings=findings,
        workbooks=BOOKS,
        coverage=build.coverage(),
        due=Due(day=dt.date(2023, 10, 15)),
        snapshot_id=build.SNAPSHOT,
        cut_off=dt.date(2023, 9, 30),
    )
    return replace(whole, **changes)


def told(*findings: Finding, **changes: Any) -> CorrectionNotice:
    notice = notice_context(SCHEME, sources(*findings, **changes))
    assert notice is not None
    return notice


def document(*findings: Finding, **changes: Any) -> bytes:
    made = correction_notice(SCHEME, sources(*findings, **changes), TEMPLATE)
    assert made is not None
    return made


WARNING, HINT = Severity.WARNING, Severity.HINT


def test_problems_stand_by_workbook_and_sheet_errors_first_numbered_through() -> None:
    notice = told(
        finding(unit=UNIT, sheet="本单位数据", cell="E5"),
        finding(sheet="清单", cell="C3"),
        finding(WARNING, cell="B1"),
        finding(cell="B9"),
        finding(WARNING, about="check", file=None, sheet=None, cell=None, unit=UNIT),
    )
    assert [
        (book.heading.split("（")[0], sheet.name, [(row.number, row.severity, row.cell) for row in sheet.rows])
        for book in notice.workbooks
        for sheet in book.sheets
    ] == [
        ("区表", "“数据”表", [(1, "▲错误", "B9"), (2, "△提醒", "B1")]),
        ("区表", "“清单”表", [(3, "▲错误", "C3")]),
        ("区表", "涉及几张表或几个单位", [(4, "△提醒", "—")]),
        (UNIT, "“本单位数据”表", [(5, "▲错误", "E5")]),
    ]
    assert notice.counts == "▲错误3个、△提醒2个"
    assert notice.marked == 2


def test_each_workbook_is_named_with_version_date_and_the_file_to_correct() -> None:
    notice = told(finding(), finding(unit=UNIT))
    assert [book.heading for book in notice.workbooks] == [
        "区表（第2次报送，2023年9月20日收到）：丙区_第2次退回.xlsx",
        "区残联（第1次报送，2023年9月20日收到）：丙区_区残联_第1次退回.xlsx",
    ]
    assert "收到你区区表（第2次报送）、成员单位表22份（应报24份）" in text_of(document(finding()))


@pytest.mark.parametrize("status", ["explained", "waived", "folded", "trial"])
def test_only_open_findings_are_told(status: Status) -> None:
    assert notice_context(SCHEME, sources(finding(status=status))) is None
    notice = told(finding(), finding(WARNING, status=status))
    assert (notice.counts, notice.has_warnings) == ("▲错误1个", False)


@pytest.mark.parametrize("code", ["disputed", "typed_before_prefill"])
def test_what_the_office_decides_is_not_asked_of_the_district(code: str) -> None:
    assert notice_context(SCHEME, sources(finding(WARNING, code=code))) is None


def test_hints_are_only_counted_and_alone_give_no_notice() -> None:
    assert notice_context(SCHEME, sources(finding(HINT))) is None
    assert correction_notice(SCHEME, sources(), TEMPLATE) is None
    text = text_of(document(finding(), finding(HINT, message="只是提示"), finding(HINT)))
    assert "另有提示2个" in text
    assert "只是提示" not in text


def test_the_day_is_asked_for_only_where_it_lies_ahead() -> None:
    ahead = text_of(document(finding()))
    assert "请于2023年10月15日（含）前在退回的工作簿中改正" in ahead
    passed = text_of(document(finding(), due=Due(day=dt.date(2023, 9, 30), passed=True)))
    assert "报送截止日期2023年9月30日已过，请在收到本通知后尽快" in passed
    assert "请于" not in passed
    without = text_of(document(finding(), due=None))
    assert "请在收到本通知后尽快" in without
    assert "截止日期" not in without


def test_a_warning_says_where_it_may_be_explained() -> None:
    beside = finding(WARNING, about="check", rule="space_check")
    over_files = replace(beside, rule=None, file=None)
    reading = finding(WARNING)
    rows = [row for book in told(beside, over_files, reading).workbooks for s in book.sheets for row in s.rows]
    assert [row.action for row in rows] == ["请填整数（在‘自查’表）", "请按“应填”栏填写（另附）", "请按“应填”栏填写"]
    assert rows[0].expected == "场地"
    text = text_of(document(beside))
    assert "情况说明" in text
    assert "另附" not in text
    assert "请说明原因" not in text_of(document(finding()))


def test_what_concerns_only_other_workbooks_is_told_without_one_to_correct() -> None:
    whole = finding(WARNING, about="check", file=None, sheet=None, cell=None)
    text = text_of(document(whole, workbooks=BOOKS[1:]))
    assert "全区汇总（区表尚未收到" in text
    assert "成员单位表22份（应报24份），区表尚未收到" in text
    assert "退回的工作簿中改正" not in text
    assert "与有关单位核对" in text


def test_what_was_typed_is_quoted_in_short_everywhere() -> None:
    raw = "很长的文字" * 6000
    (row,) = told(finding(raw=raw, message=f"“数据”填的是“{raw}”，不是数值")).workbooks[0].sheets[0].rows
    assert row.raw == f"{raw[:24]}…（共30000字）"
    assert row.message == f"“数据”填的是“{row.raw}”，不是数值"


def test_a_long_list_is_cut_at_a_stated_length_and_counted_in_full() -> None:
    many = [finding(WARNING, cell=f"B{row}") for row in range(LISTED)] + [finding(cell="C1"), finding(cell="C2")]
    notice = told(*many)
    rows = [row for book in notice.workbooks for sheet in book.sheets for row in sheet.rows]
    assert len(rows) == LISTED
    assert [row.cell for row in rows[:3]] == ["C1", "C2", "B0"]  # errors are never what is left out
    assert notice.counts == f"▲错误2个、△提醒{LISTED}个"
    assert f"共{LISTED + 2}个，本表列出{LISTED}个" in text_of(document(*many))


def test_the_table_repeats_its_heading_and_splits_no_row() -> None:
    table = next(body(document(*[finding(cell=f"B{row}") for row in range(60)])).iter(f"{W}tbl"))
    rows = table.findall(f"{W}tr")
    assert len(rows) == 60 + 3
    assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_texts_appear_as_text_and_change_no_structure(hostile: str) -> None:
    plain = finding(unit=UNIT, sheet="本单位数据")
    odd = replace(plain, sheet=hostile, raw=hostile, message=f"填的是“{hostile}”", expected=hostile, action=hostile)
    books = (BOOKS[0], replace(BOOKS[1], marked=hostile))
    made = document(odd, workbooks=books)
    assert shape(made) == shape(document(plain))
    assert text_of(made).count(printable(hostile)) >= 4


def test_nothing_of_the_template_is_left_and_the_same_inputs_give_the_same_bytes() -> None:
    made = document(finding(), finding(WARNING))
    assert "{{" not in text_of(made)
    assert "{%" not in text_of(made)
    assert made == document(finding(), finding(WARNING))
    assert rows_of(made)[0] == ["序号", "性质", "单元格", "问题", "填写内容", "应填", "处理要求"]


FINDINGS = st.builds(
    finding,
    st.sampled_from(Severity),
    unit=st.sampled_from([None, UNIT, OTHER]),
    file=st.sampled_from(["a.xlsx", None]),
    sheet=st.sampled_from(["数据", "清单", "本单位数据", None]),
    status=st.sampled_from(["open", "open", "explained", "folded"]),
    code=st.sampled_from(["required", "disputed"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(FINDINGS, max_size=12))
def test_every_open_problem_is_told_once_and_counted(found: list[Finding]) -> None:
    asked = [f for f in found if f.status == "open" and f.severity is not HINT and f.code != "disputed"]
    notice = notice_context(SCHEME, sources(*found))
    rows = [row for book in notice.workbooks for sheet in book.sheets for row in sheet.rows] if notice else []
    assert [row.number for row in rows] == list(range(1, len(asked) + 1))
    for severity in (Severity.ERROR, WARNING):
        word, count = SEVERITY_WORDS[severity], sum(f.severity is severity for f in asked)
        assert sum(word in row.severity for row in rows) == count
        assert notice is None or (f"{word}{count}个" in notice.counts) == (count > 0)

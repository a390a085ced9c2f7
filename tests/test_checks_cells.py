"""Values that break their cells' rules, and what should be there and isn't: each at its cell."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from builders.values import (
    UNITS,
    Key,
    edition,
    listed,
    nothing,
    plan,
    recipient,
    submission,
    value,
)

from xltool import messages
from xltool.checks import check_cells
from xltool.model.edition import Severity
from xltool.model.finding import Finding
from xltool.model.plan import Prefilled
from xltool.model.values import Scalar, Value

EDITION = edition()
DISTRICT_WHOLE = (
    value("pop", 5),
    value("schools", 3),
    value("teachers", 9),
    value("note", "好"),
    nothing("courses"),
)
UNIT = "文化局"
UNIT_WHOLE = (
    value("library", 8, unit=UNIT),
    value("budget", 4, unit=UNIT),
    value("staff", 2, unit=UNIT),
    nothing(unit=UNIT),
)


def found(
    *values: Value,
    unit: str | None = None,
    findings: Iterable[Finding] = (),
    lost: Iterable[Key] = (),
    prefilled: Iterable[Prefilled] = (),
) -> tuple[Finding, ...]:
    file = submission(*values, unit=unit, findings=findings, lost=lost)
    return check_cells(file, plan("unit" if unit else "district"), EDITION, recipient(unit, *prefilled))


def codes(*values: Value, **more: object) -> list[tuple[str, Key]]:
    return [(f.code, (f.item or "", f.row, f.column)) for f in found(*values, **more)]  # type: ignore[arg-type]


def whole(*changes: Value, unit: str | None = None) -> tuple[Value, ...]:
    """A complete file, with some of its values changed or added."""
    base = {each.key: each for each in (UNIT_WHOLE if unit else DISTRICT_WHOLE)}
    changed = {each.item for each in changes}
    return (*(each for each in base.values() if each.item not in changed), *changes)


def said_before(code: str, item: str, row: int | None = None, column: str | None = None) -> Finding:
    return Finding(
        about="value",
        code=code,
        severity=Severity(messages.FINDINGS[code].severity),
        district="甲区",
        item=item,
        row=row,
        column=column,
        message="",
        action="",
    )


def test_complete_files_have_no_findings() -> None:
    assert codes(*whole()) == []
    assert codes(*whole(unit=UNIT), unit=UNIT) == []


@pytest.mark.parametrize(
    ("item", "content", "code", "words"),
    [
        ("schools", 2.5, "not_integer", "“schools项”填的是“2.5”，应为整数"),
        ("pop", -1, "below_minimum", "“pop项”填的是“-1”，小于最小值0"),
        ("pop", 2e9, "above_maximum", "“pop项”填的是“2000000000.0”，大于最大值1000000000"),
        ("note", "字" * 21, "too_long", "“note项”有21个字，超过20个字"),
    ],
)
def test_a_value_outside_its_rules(item: str, content: Scalar, code: str, words: str) -> None:
    (finding,) = found(*whole(value(item, content)))
    place = submission().places[item, None, None]
    assert (finding.code, finding.severity, finding.about) == (code, Severity.ERROR, "value")
    assert (finding.item, finding.sheet, finding.cell) == (item, place.sheet, place.cell)
    assert (finding.file, finding.raw, finding.message) == ("甲区.xlsx", str(content), words)
    assert finding.status == "open"


def test_what_was_expected_is_said_in_words() -> None:
    (finding,) = found(*whole(value("pop", -1)))
    assert finding.expected == "0至1000000000之间的数字（单位：个）"
    assert finding.action == "请填0至1000000000之间的数字（单位：个）"


@pytest.mark.parametrize("content", [0, 1e9, 3.0])
def test_limits_themselves_and_whole_numbers_are_admissible(content: float) -> None:
    assert codes(*whole(value("schools", content))) == []


class TestChoices:
    def paper(self, **cells: Scalar) -> tuple[Value, ...]:
        given = {"title": "标题", "start": "2022-03-01", "first": "1 指标1", **cells}
        return whole(*(value("paper", content, row=2, column=column) for column, content in given.items()))

    def test_what_the_lists_offer_is_admissible(self) -> None:
        assert codes(*self.paper(second="1.1 指标1.1", end="2022-03-02", tags="读书节 社区教育")) == []

    def test_a_text_outside_the_list(self) -> None:
        assert codes(*self.paper(first="9 别的")) == [("not_in_list", ("paper", 2, "first"))]

    def test_a_text_of_another_parent(self) -> None:
        assert codes(*self.paper(second="2.1 指标2.1")) == [("not_in_list", ("paper", 2, "second"))]

    def test_under_a_wrong_parent_only_the_parent_is_at_fault(self) -> None:
        assert codes(*self.paper(first="9 别的", second="2.1 指标2.1")) == [("not_in_list", ("paper", 2, "first"))]

    def test_a_unit_outside_the_districts_list(self) -> None:
        rows = (*listed(1, "甲", 1, of="无此局"), *listed(2, "乙", 1, of=UNITS[1]))
        assert codes(*whole(*rows)) == [("not_in_list", ("funds", 1, "unit"))]

    def test_tags_that_are_too_long_are_one_finding_that_names_them(self) -> None:
        (finding,) = found(*self.paper(tags="读书节 五个字标签 终身学习 又一个长标签"))
        assert (finding.code, finding.column) == ("tag_too_long", "tags")
        assert "五个字标签、又一个长标签" in finding.message

    def test_dates_are_compared_as_dates(self) -> None:
        assert codes(*self.paper(end="2000-01-01")) == []
        (finding,) = found(*self.paper(end="1999-12-31"))
        assert (finding.code, finding.message) == (
            "below_minimum",
            "“结束日期”填的是“1999-12-31”，小于最小值2000-01-01",
        )

    def test_a_date_that_is_none(self) -> None:
        assert codes(*self.paper(end=20220301)) == [("bad_date", ("paper", 2, "end"))]


class TestRequired:
    def test_blank_items_of_the_districts_own(self) -> None:
        assert codes(nothing("courses")) == [
            ("required", (item, None, None)) for item in ("pop", "schools", "teachers", "note")
        ]

    def test_what_a_district_leaves_to_its_units_is_no_finding(self) -> None:
        left = {"library", "farmers", "budget", "staff", "funds"}
        assert not left & {key[0] for _, key in codes()}

    def test_all_items_of_a_unit(self) -> None:
        assert codes(unit=UNIT) == [
            ("required", ("library", None, None)),
            ("required", ("budget", None, None)),
            ("required", ("staff", None, None)),
            ("table_empty", ("funds", None, "none")),
        ]

    def test_at_its_cell(self) -> None:
        (finding,) = found(*(each for each in DISTRICT_WHOLE if each.item != "pop"))
        place = submission().places["pop", None, None]
        assert (finding.sheet, finding.cell, finding.raw) == (place.sheet, place.cell, None)
        assert finding.message == "“pop项”未填"

    def test_a_word_for_nothing_is_blank(self) -> None:
        hint = said_before("nothing_word", "pop")
        (finding,) = found(*whole(value("pop", None, raw="无")), findings=[hint])
        assert (finding.code, finding.raw) == ("required", "无")

    def test_an_unreadable_value_has_its_finding_from_reading(self) -> None:
        unreadable = value("pop", None, raw="约5")
        assert codes(*whole(unreadable), findings=[said_before("approximate", "pop")]) == []

    def test_no_second_finding_where_one_error_was_said(self) -> None:
        assert codes(*whole()[1:], findings=[said_before("content_lost", "pop")]) == []

    def test_a_value_that_reading_called_an_error_gets_no_second_one(self) -> None:
        assert codes(*whole(value("pop", -5)), findings=[said_before("approximate", "pop")]) == []

    def test_a_lost_cell_is_not_called_blank(self) -> None:
        assert codes(*whole()[1:], lost=[("pop", None, None)]) == []

    def test_not_applicable_is_an_answer(self) -> None:
        assert codes(*whole(value("farmers", "不适用"))) == []

    def test_prefilled_items_are_not_asked_for(self) -> None:
        given = Prefilled(item="teachers", value=5, source="平台.csv", raw="5")
        values = [each for each in DISTRICT_WHOLE if each.item != "teachers"]
        assert codes(*values, prefilled=[given]) == []

    def test_sign_offs_and_documents_are_not_asked_for(self) -> None:
        assert not {"signoff", "paper"} & {key[0] for _, key in codes()}


class TestLists:
    def test_empty_and_not_declared(self) -> None:
        (finding,) = found(*(each for each in DISTRICT_WHOLE if each.item != "courses"))
        assert (finding.code, finding.item, finding.column) == ("table_empty", "courses", "none")
        assert finding.cell == submission().places["courses", None, "none"].cell
        assert finding.message == "“courses清单”没有填写任何一行"

    def test_declared_and_filled(self) -> None:
        values = whole(nothing("courses"), *listed(2, "甲", 3, item_id="courses"))
        (finding,) = found(*values)
        assert (finding.code, finding.column) == ("table_contradiction", "none")
        assert finding.message == "“courses清单”既填了内容，又声明无内容"

    def test_a_row_without_its_number(self) -> None:
        (finding,) = found(*whole(*listed(3, "甲", None, item_id="courses")))
        assert (finding.code, finding.row, finding.column) == ("row_without_number", 3, "amount")
        assert finding.message == "“courses清单”第3行未填“金额”"

    @pytest.mark.parametrize(
        ("name", "said"), [("合计", 1), (" 合　计：", 1), ("总计", 1), ("合计划生育课", 0), ("无", 0)]
    )
    def test_a_row_that_adds_up_the_others(self, name: str, said: int) -> None:
        assert codes(*whole(*listed(3, name, 4, item_id="courses"))) == [("total_row", ("courses", 3, "name"))] * said

    def test_a_row_without_another_required_cell(self) -> None:
        assert codes(*whole(*listed(3, None, 4, item_id="courses"))) == [("required", ("courses", 3, "name"))]

    def test_an_unreadable_number_has_its_finding_from_reading(self) -> None:
        unreadable = value("courses", None, row=3, column="amount", raw="约3")
        before = said_before("approximate", "courses", 3, "amount")
        values = whole(value("courses", "甲", row=3, column="name"), unreadable)
        assert codes(*values, findings=[before]) == []

    def test_optional_cells_are_not_asked_for(self) -> None:
        assert codes(*whole(*listed(1, "甲", 3, unit=UNIT), unit=UNIT), unit=UNIT) == []

    def test_a_declaration_that_cannot_be_read_is_not_called_missing(self) -> None:
        before = said_before("not_in_list", "courses", column="none")
        values = [each for each in DISTRICT_WHOLE if each.item != "courses"]
        assert codes(*values, value("courses", None, raw="否"), findings=[before]) == []

    def test_documents_declared_and_filled(self) -> None:
        values = (*TestChoices().paper(), nothing("paper"))
        assert codes(*values) == [("table_contradiction", ("paper", None, "none"))]

    def test_documents_lack_required_cells(self) -> None:
        assert codes(*whole(value("paper", "标题", row=1, column="title"))) == [
            ("required", ("paper", 1, "start")),
            ("required", ("paper", 1, "first")),
        ]


class TestListsOfUnits:
    def test_a_row_needs_its_unit(self) -> None:
        assert codes(*whole(*listed(1, "甲", 3))) == [("required", ("funds", 1, "unit"))]

    def test_the_row_that_declares_a_unit_empty_needs_nothing_else(self) -> None:
        assert codes(*whole(*listed(1, "无", None, of=UNIT), *listed(2, "甲", 3, of=UNITS[1]))) == []
        assert codes(*whole(*listed(1, "无", 0, of=UNIT))) == []

    @pytest.mark.parametrize(
        "rows",
        [listed(4, "无", 3, of=UNIT), (*listed(2, "甲", 3, of=UNIT), *listed(4, "无", None, of=UNIT))],
    )
    def test_a_unit_declared_empty_and_filled(self, rows: tuple[Value, ...]) -> None:
        (finding,) = found(*whole(*rows))
        assert (finding.code, finding.row, finding.column) == ("table_contradiction", 4, "name")
        assert finding.message == "“funds清单”（文化局）既填了内容，又声明无内容"

    def test_the_whole_list_declared_empty_and_filled_is_one_finding(self) -> None:
        rows = (nothing(), *listed(1, "甲", 3, of=UNIT), *listed(2, "乙", 3, of=UNITS[1]))
        assert codes(*whole(*rows)) == [("table_contradiction", ("funds", None, "none"))]

    def test_in_a_units_own_list_the_word_is_a_name(self) -> None:
        assert codes(*whole(*listed(1, "无", 3, unit=UNIT), unit=UNIT), unit=UNIT) == []


def test_remarks_are_looked_at_by_length_only() -> None:
    assert codes(*whole(), value("pop", "字" * 500, column="remark")) == []
    assert codes(*whole(), value("pop", "字" * 501, column="remark")) == [("too_long", ("pop", None, "remark"))]


def test_figures_of_member_units_have_the_rules_of_their_item() -> None:
    assert codes(*whole(value("budget", -4, row=2))) == [("below_minimum", ("budget", 2, None))]

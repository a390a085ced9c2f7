"""Checks of rows, units and the district: on one file, and over all that a district returned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from builders.values import (
    DISTRICT,
    UNITS,
    check,
    edition,
    listed,
    members,
    nothing,
    plan,
    submission,
    value,
)

from xltool import edition as editions
from xltool.checks import check_district, check_file
from xltool.checks.judging import Verdict, constants_of, judge
from xltool.errors import EditionError
from xltool.layout import plan_for
from xltool.model.edition import Check, Scope, Severity
from xltool.model.finding import Finding
from xltool.model.quantity import Quantity
from xltool.model.states import State
from xltool.model.values import Value
from xltool.rollup import combine

CULTURE, SPORTS, FARMING = UNITS
SCHOOLS = check("schools", Scope.DISTRICT, "schools <= pop", message="学校{schools}所，多于{pop}", action="请改")
OVER_UNITS = check("over_units", Scope.DISTRICT, "budget <= pop", message="预算{budget}，多于{pop}")
FUNDS = check("funds", Scope.UNIT, "sum(funds.amount) <= budget", message="专项{funds}，多于{budget}")
POSITIVE = check("positive", Scope.ROW, "amount > 0", table="funds", message="金额为{amount}")
ORDER = check("order", Scope.ROW, "end >= start", table="paper", message="{end}早于{start}")
PERIOD = check("period", Scope.ROW, "start >= period_start", table="paper", message="{start}早于{period_start}")


def in_file(
    rule: Check, *values: Value, unit: str | None = None, findings: Iterable[Finding] = ()
) -> tuple[Finding, ...]:
    which = edition(checks=[rule])
    typed = submission(*(each for each in values if not each.prefilled), unit=unit)
    given = [each for each in values if each.prefilled]
    names = members() if unit is None else ()
    rolled = combine(which, DISTRICT, UNITS, (*names, *given, *typed.values))
    return check_file(rolled, typed, plan("unit" if unit else "district"), which, findings)


def in_district(
    rule: Check | None, *values: Value, findings: Iterable[Finding] = (), **more: Any
) -> tuple[Finding, ...]:
    which = edition(checks=[rule] if rule else [])
    return check_district(combine(which, DISTRICT, UNITS, (*members(), *values), **more), which, findings)


def at(item: str, unit: str | None = None) -> Finding:
    """An error that was said of an item's cell."""
    return Finding(
        about="value",
        code="above_maximum",
        severity=Severity.ERROR,
        district=DISTRICT,
        unit=unit,
        item=item,
        message="",
        action="",
    )


def rules_of(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.code == "check"]


class TestJudging:
    def judged(self, expression: str, **quantities: Quantity) -> Verdict:
        return judge(check("rule", Scope.DISTRICT, expression), quantities).verdict

    def of(self, number: float) -> Quantity:
        return Quantity(state=State.VALUE, value=number)

    def test_holds_and_violated(self) -> None:
        assert self.judged("a <= b", a=self.of(1), b=self.of(2)) is Verdict.HOLDS
        assert self.judged("a <= b", a=self.of(3), b=self.of(2)) is Verdict.VIOLATED

    def test_within_the_tolerance_it_holds(self) -> None:
        assert self.judged("a <= b", a=self.of(0.1 + 0.2), b=self.of(0.3)) is Verdict.HOLDS

    @pytest.mark.parametrize("state", [State.MISSING, State.NOT_APPLICABLE])
    def test_without_an_input_it_cannot_be_judged(self, state: State) -> None:
        assert self.judged("a > 5 or b > 0", a=Quantity(state=state), b=self.of(1)) is Verdict.OPEN

    def test_a_division_by_zero_cannot_be_judged(self) -> None:
        assert self.judged("a / b > 1", a=self.of(1), b=self.of(0)) is Verdict.OPEN

    def test_last_years_value_may_be_absent(self) -> None:
        assert self.judged("a > previous.a", a=self.of(1)) is Verdict.OPEN

    @pytest.mark.parametrize("expression", ["a <= typo", "a + b", "a <", "a <= b <= a"])
    def test_a_broken_rule_is_the_editions_fault(self, expression: str) -> None:
        with pytest.raises(EditionError) as caught:
            self.judged(expression, a=self.of(1), b=self.of(2))
        assert caught.value.code == "edition_faulty"
        assert "rule" in str(caught.value.context["reason"])

    def test_a_rule_that_calculates_with_text_is_broken(self) -> None:
        with pytest.raises(EditionError):
            self.judged("a > 1", a=Quantity(state=State.VALUE, value="一"))

    def test_a_message_that_names_something_else_is_broken(self) -> None:
        with pytest.raises(EditionError):
            in_file(check("rule", Scope.DISTRICT, "schools > 9", message="{teachers}"), value("schools", 3))

    def test_constants_are_the_editions(self) -> None:
        assert constants_of(edition())["data_year"].value == 2022


class TestDistrictScopeInAFile:
    def test_the_finding_stands_at_the_first_operand_with_a_cell(self) -> None:
        (finding,) = in_file(SCHOOLS, value("schools", 7), value("pop", 5.5))
        places = submission().places
        schools, pop = places["schools", None, None], places["pop", None, None]
        assert (finding.code, finding.about, finding.rule) == ("check", "check", "schools")
        assert (finding.scope, finding.severity, finding.status) == (Scope.DISTRICT, Severity.WARNING, "open")
        assert (finding.file, finding.sheet, finding.cell) == ("甲区.xlsx", schools.sheet, schools.cell)
        assert (finding.item, finding.row, finding.raw) == ("schools", None, "7")
        assert (finding.message, finding.action) == ("学校7所，多于5.5", "请改")
        assert finding.expected == (
            f"schools规则（“schools项”7（{schools.sheet}!{schools.cell}），“pop项”5.5（{pop.sheet}!{pop.cell}））"
        )

    def test_nothing_where_it_holds_or_cannot_be_judged(self) -> None:
        assert in_file(SCHOOLS, value("schools", 5), value("pop", 5)) == ()
        assert in_file(SCHOOLS, value("schools", 5)) == ()
        assert in_file(SCHOOLS, value("schools", 5), value("pop", None, raw="约1")) == ()

    def test_severity_is_the_rules(self) -> None:
        rule = check("rule", Scope.DISTRICT, "schools <= pop", severity=Severity.ERROR)
        assert in_file(rule, value("schools", 7), value("pop", 5))[0].severity is Severity.ERROR

    def test_a_rule_on_trial_says_so(self) -> None:
        rule = check("rule", Scope.DISTRICT, "schools <= pop", trial=True)
        assert in_file(rule, value("schools", 7), value("pop", 5))[0].status == "trial"

    def test_a_units_file_that_lacks_an_item_is_not_judged(self) -> None:
        rule = check("rule", Scope.DISTRICT, "library <= 1 or pop <= 0")
        assert in_file(rule, value("library", 7, unit=CULTURE), value("pop", 5, prefilled=True), unit=CULTURE) == ()

    def test_a_units_file_that_holds_all_items_is_judged(self) -> None:
        rule = check("rule", Scope.DISTRICT, "library <= 1")
        (finding,) = in_file(rule, value("library", 7, unit=CULTURE), unit=CULTURE)
        assert (finding.unit, finding.file) == (CULTURE, "文化局.xlsx")

    def test_a_units_own_figures_are_not_the_districts_totals(self) -> None:
        rule = check("rule", Scope.DISTRICT, "budget <= staff")
        figures = (value("budget", 7, unit=CULTURE), value("staff", 5, unit=CULTURE))
        assert in_file(rule, *figures, unit=CULTURE) == ()

    def test_totals_in_the_districts_file_are_judged_at_their_first_cell(self) -> None:
        (finding,) = in_file(OVER_UNITS, value("budget", 7, row=2), value("budget", 2, row=3), value("pop", 5))
        assert (finding.item, finding.row, finding.message) == ("budget", 2, "预算9，多于5")

    def test_inputs_that_are_all_prefilled_are_left_to_the_district(self) -> None:
        given = (value("schools", 7, prefilled=True), value("pop", 5, prefilled=True))
        assert in_file(SCHOOLS, *given) == ()

    def test_one_typed_input_makes_it_the_files(self) -> None:
        (finding,) = in_file(SCHOOLS, value("schools", 7, prefilled=True), value("pop", 5))
        assert (finding.item, finding.file, finding.severity) == ("pop", "甲区.xlsx", Severity.WARNING)

    def test_what_follows_from_an_error_at_an_input_is_folded(self) -> None:
        cause = at("pop")
        (open_one,) = in_file(SCHOOLS, value("schools", 7), value("pop", 5), findings=[at("teachers")])
        (folded,) = in_file(SCHOOLS, value("schools", 7), value("pop", 5), findings=[cause])
        assert (open_one.status, open_one.follows_from) == ("open", None)
        assert (folded.status, folded.follows_from) == ("folded", cause.id)

    def test_warnings_and_other_checks_at_an_input_fold_nothing(self) -> None:
        others = (replace(at("pop"), severity=Severity.WARNING), replace(at("pop"), about="check"))
        (finding,) = in_file(SCHOOLS, value("schools", 7), value("pop", 5), findings=others)
        assert finding.status == "open"


class TestUnitScope:
    def test_in_a_units_file(self) -> None:
        (finding,) = in_file(FUNDS, *listed(1, "甲", 7, unit=CULTURE), value("budget", 5, unit=CULTURE), unit=CULTURE)
        assert (finding.unit, finding.scope, finding.file) == (CULTURE, Scope.UNIT, "文化局.xlsx")
        assert (finding.item, finding.row, finding.column) == ("funds", 1, "amount")
        assert finding.message == "专项7，多于5"

    def test_in_the_districts_file_each_unit_by_itself_and_named(self) -> None:
        values = (
            *listed(1, "甲", 7, of=CULTURE),
            *listed(2, "乙", 1, of=SPORTS),
            *listed(3, "丙", 4, of=FARMING),
            *listed(4, "丁", 5, of=FARMING),
            *(value("budget", 5, row=row) for row in (1, 2, 3)),
        )
        findings = in_file(FUNDS, *values)
        assert [(f.unit, f.row, f.message) for f in findings] == [
            (None, 1, "文化局：专项7，多于5"),
            (None, 3, "农委：专项9，多于5"),
        ]
        assert "等）" in (findings[1].expected or "")
        assert len({finding.id for finding in findings}) == 2

    def test_other_units_numbers_do_not_stand_in(self) -> None:
        assert in_file(FUNDS, *listed(1, "甲", 7, of=CULTURE), value("budget", 5, row=2)) == ()

    def test_an_item_of_the_whole_district_makes_the_rule_broken(self) -> None:
        with pytest.raises(EditionError):
            in_file(check("rule", Scope.UNIT, "budget <= pop"), value("pop", 1))


class TestRowScope:
    def test_each_filled_row_by_itself(self) -> None:
        rows = (*listed(1, "甲", 7, unit=CULTURE), *listed(2, "乙", 0, unit=CULTURE), *listed(4, "丙", 0, unit=CULTURE))
        findings = in_file(POSITIVE, *rows, unit=CULTURE)
        assert [(f.item, f.row, f.column, f.message) for f in findings] == [
            ("funds", 2, "amount", "金额为0"),
            ("funds", 4, "amount", "金额为0"),
        ]
        assert findings[0].cell == submission(unit=CULTURE).places["funds", 2, "amount"].cell

    def test_a_row_that_declares_a_unit_empty_is_not_judged(self) -> None:
        assert in_file(POSITIVE, *listed(1, "无", 0, of=CULTURE)) == ()
        assert len(in_file(POSITIVE, *listed(1, "甲", 0, of=CULTURE))) == 1

    def test_rows_that_lack_an_input_cannot_be_judged(self) -> None:
        assert in_file(POSITIVE, *listed(1, "甲", None, of=CULTURE)) == ()

    def test_dates_are_compared_and_shown_as_dates(self) -> None:
        cells = {"title": "标题", "start": "2022-03-10", "end": "2022-03-09"}
        findings = in_file(ORDER, *(value("paper", text, row=3, column=column) for column, text in cells.items()))
        assert [(f.item, f.row, f.column, f.message) for f in findings] == [
            ("paper", 3, "end", "2022-03-09早于2022-03-10")
        ]
        assert "“结束日期”2022-03-09（" in (findings[0].expected or "")

    def test_constants_that_are_dates_are_shown_as_dates(self) -> None:
        (finding,) = in_file(PERIOD, value("paper", "2021-12-31", row=1, column="start"))
        assert finding.message == "2021-12-31早于2022-01-01"
        assert in_file(PERIOD, value("paper", "2022-01-01", row=1, column="start")) == ()


class TestOverSeveralFiles:
    def test_inputs_of_two_files_are_the_districts_finding_without_a_file(self) -> None:
        rule = check("rule", Scope.DISTRICT, "library <= pop", message="{library}多于{pop}")
        (finding,) = rules_of(in_district(rule, value("library", 7, unit=CULTURE), value("pop", 5)))
        assert (finding.file, finding.sheet, finding.cell, finding.unit) == (None, None, None, None)
        assert (finding.item, finding.message) == ("library", "7多于5")
        assert "（library表!C1）" in (finding.expected or "")

    def test_inputs_of_one_file_are_that_files_finding(self) -> None:
        assert rules_of(in_district(SCHOOLS, value("schools", 7), value("pop", 5))) == []
        assert rules_of(in_district(SCHOOLS, value("schools", 7), value("pop", 5, prefilled=True))) == []

    def test_a_units_value_against_a_prefilled_one_is_the_districts_finding(self) -> None:
        rule = check("rule", Scope.DISTRICT, "library <= teachers")
        values = (value("library", 7, unit=CULTURE), value("teachers", 5, prefilled=True))
        assert in_file(rule, *values, unit=CULTURE) == ()
        assert len(rules_of(in_district(rule, *values))) == 1

    def test_totals_over_several_units(self) -> None:
        values = (value("budget", 3, unit=CULTURE), value("budget", 4, unit=SPORTS), value("pop", 5))
        (finding,) = rules_of(in_district(OVER_UNITS, *values))
        assert finding.message == "预算7，多于5"

    def test_one_unit_between_its_own_file_and_the_districts(self) -> None:
        values = (value("budget", 3, row=1), *listed(1, "甲", 4, unit=CULTURE))
        (finding,) = rules_of(in_district(FUNDS, *values))
        assert (finding.unit, finding.file, finding.message) == (CULTURE, None, "文化局：专项4，多于3")

    def test_inputs_that_are_all_prefilled_never_block(self) -> None:
        rule = check("rule", Scope.DISTRICT, "schools <= pop", severity=Severity.ERROR)
        given = (value("schools", 7, prefilled=True), value("pop", 5, prefilled=True))
        (finding,) = rules_of(in_district(rule, *given))
        assert (finding.severity, finding.file, finding.unit) == (Severity.HINT, None, None)

    def test_what_the_districts_file_already_says_is_not_said_twice(self) -> None:
        own = (value("budget", 7, row=1), value("pop", 5))
        known = in_file(OVER_UNITS, *own)
        assert len(known) == 1
        assert rules_of(in_district(OVER_UNITS, *own, value("budget", 1, unit=SPORTS), findings=known)) == []

    def test_what_follows_from_an_error_in_one_of_the_files_is_folded(self) -> None:
        cause = at("budget", SPORTS)
        values = (value("budget", 3, unit=CULTURE), value("budget", 4, unit=SPORTS), value("pop", 5))
        (finding,) = rules_of(in_district(OVER_UNITS, *values, findings=[cause]))
        assert (finding.status, finding.follows_from) == ("folded", cause.id)

    def test_values_that_do_not_count_are_not_judged(self) -> None:
        rule = check("rule", Scope.DISTRICT, "library <= pop")
        values = (value("library", 7, unit=CULTURE), value("library", 4), value("pop", 5))
        assert rules_of(in_district(rule, *values)) == []


class TestConflicts:
    def conflicts(self, *values: Value) -> list[Finding]:
        return [finding for finding in in_district(None, *values) if finding.code == "unit_district_conflict"]

    def test_it_names_both_cells_and_has_no_file(self) -> None:
        (finding,) = self.conflicts(value("library", 9), value("library", 8.5, unit=CULTURE))
        assert (finding.severity, finding.file, finding.cell) == (Severity.WARNING, None, None)
        assert (finding.item, finding.unit, finding.raw) == ("library", CULTURE, "9")
        assert finding.message == "“library项”区表填9（library表!C1），文化局填8.5（library表!C1）"

    def test_one_finding_a_unit_and_figure(self) -> None:
        findings = self.conflicts(
            value("budget", 1, row=1),
            value("budget", 2, unit=CULTURE),
            value("budget", 1, row=2),
            value("budget", 3, unit=SPORTS),
        )
        assert [(finding.unit, finding.row) for finding in findings] == [(CULTURE, 1), (SPORTS, 2)]
        assert len({finding.id for finding in findings}) == 2

    def test_lists_are_compared_by_their_totals(self) -> None:
        (finding,) = self.conflicts(*listed(3, "甲", 4, of=CULTURE), *listed(1, "甲", 7, unit=CULTURE))
        assert finding.message == "“funds清单”区表填4（funds表!amount3），文化局填7（funds表!amount1）"

    def test_states_are_said_in_words_and_prefilled_values_have_no_cell(self) -> None:
        (finding,) = self.conflicts(value("farmers", "不适用", prefilled=True), value("farmers", 8, unit=FARMING))
        assert finding.message == "“farmers项”区表填不适用（市级预填），农委填8（farmers表!C1）"

    def test_the_same_value_twice_is_none(self) -> None:
        assert self.conflicts(value("library", 8.0), value("library", 8, unit=CULTURE)) == []


class TestCoverage:
    def silent(self, *values: Value, **more: Any) -> dict[str | None, str]:
        found = in_district(None, *values, **more)
        return {finding.item: finding.message for finding in found if finding.code == "units_unanswered"}

    def test_nothing_is_said_before_anything_came_back(self) -> None:
        assert in_district(None) == ()
        assert in_district(None, value("teachers", 5, prefilled=True)) == ()

    def test_one_warning_an_item_that_names_the_units(self) -> None:
        messages = self.silent(
            value("budget", 0, unit=SPORTS), nothing(unit=SPORTS), *listed(1, "无", None, of=CULTURE)
        )
        assert messages == {
            "budget": "“budget项”尚有2个成员单位未填报：文化局、农委",
            "staff": "“staff项”尚有3个成员单位未填报：文化局、体育局、农委",
            "funds": "“funds清单”尚有1个成员单位未填报：农委",
        }

    def test_no_warning_where_all_answered(self) -> None:
        assert "budget" not in self.silent(*(value("budget", 1, row=row) for row in (1, 2, 3)))

    def test_a_blank_return_counts_as_returned(self) -> None:
        assert set(self.silent(returns={SPORTS: "sha"})) == {"budget", "staff", "funds"}


class TestUnansweredItems:
    def unanswered(self, *values: Value, **more: Any) -> dict[str | None, Finding]:
        found = in_district(None, *values, **more)
        return {finding.item: finding for finding in found if finding.code == "unanswered_item"}

    def test_only_once_the_districts_own_workbook_is_in(self) -> None:
        assert self.unanswered(value("budget", 1, unit=SPORTS)) == {}
        assert set(self.unanswered(value("pop", 1))) == {"library", "farmers"}

    def test_it_names_the_responsible_unit(self) -> None:
        finding = self.unanswered(value("pop", 1))["library"]
        assert (finding.severity, finding.file, finding.status) == (Severity.ERROR, None, "open")
        assert finding.message == "“library项”未填：区表为空，文化局的表尚未返回"

    def test_answered_by_either_is_answered(self) -> None:
        assert set(self.unanswered(value("library", 1), value("farmers", 0, unit=FARMING))) == set()
        assert set(self.unanswered(value("library", 1), value("farmers", "不适用"))) == set()

    def test_not_applicable_by_itself_is_answered(self) -> None:
        assert set(self.unanswered(value("library", 1), absent_units=["农委"])) == set()

    def test_a_cell_of_the_district_that_cannot_be_read_has_its_own_finding(self) -> None:
        assert set(self.unanswered(value("library", None, raw="约8"))) == {"farmers"}

    def test_a_word_for_nothing_is_unanswered(self) -> None:
        assert set(self.unanswered(value("library", None, raw="无"))) == {"library", "farmers"}

    def test_it_follows_from_the_units_own_blank(self) -> None:
        cause = at("library", CULTURE)
        findings = self.unanswered(value("pop", 1), findings=[cause])
        assert (findings["library"].status, findings["library"].follows_from) == ("folded", cause.id)
        assert findings["farmers"].status == "open"


def test_the_edition_of_2023_is_judged_without_a_fault() -> None:
    real = editions.load(editions.locate("2023"))
    values = (
        value("teachers_total", 10),
        value("fulltime_teachers", 4),
        value("parttime_teachers", 5),
        value("teachers_with_degree", 11),
    )
    typed = replace(submission(), values=values)
    rolled = combine(real, DISTRICT, UNITS, values)
    findings = check_file(rolled, typed, plan_for(real, "district", units=3), real)
    assert {(f.rule, f.severity) for f in findings} == {
        ("degree_within_teachers", Severity.ERROR),
        ("teachers_total_is_sum", Severity.WARNING),
    }
    assert {f.message.partition("。")[0] for f in findings} == {
        "具有大学本科及以上学历的专、兼职教师11名，多于全区教师总数10名",
        "全区教师总数10名，不等于专职教师4名与兼职教师5名之和",
    }
    assert check_district(rolled, real) == check_district(rolled, real, findings)

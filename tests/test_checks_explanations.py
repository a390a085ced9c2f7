"""A warning that the workbook explains is explained, and nothing else is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from xltool.checks import explained
from xltool.model.edition import Severity
from xltool.model.finding import Finding
from xltool.model.states import State
from xltool.model.values import Value

WARNING = Finding(
    about="check",
    code="check",
    severity=Severity.WARNING,
    district="东区",
    rule="sums_up",
    file="东区.xlsx",
    message="合计不等于两项之和",
    action="请核对",
)


def said(item: str, column: str, text: str, unit: str | None = None) -> Value:
    return Value(
        district="东区",
        unit=unit,
        item=item,
        row=None,
        column=column,
        value=text,
        state=State.VALUE,
        raw=text,
        unit_of_measure=None,
        sheet="自查",
        cell="J9",
    )


ANSWER = said("sums_up", "explanation", "统计口径不同")
SIGNED = said("signoff", "filler", "统计员甲")


def test_a_warning_is_explained_in_the_fillers_words_and_name() -> None:
    (found,) = explained([WARNING], [ANSWER, SIGNED])

    assert (found.status, found.explanation, found.by) == ("explained", "统计口径不同", "统计员甲")
    assert found.id == WARNING.id


def test_a_workbook_without_a_signature_says_so() -> None:
    (found,) = explained([WARNING], [ANSWER])

    assert found.by == "填报人未署名"


@pytest.mark.parametrize(
    "finding",
    [
        replace(WARNING, severity=Severity.ERROR),
        replace(WARNING, severity=Severity.HINT),
        replace(WARNING, rule="another"),
        replace(WARNING, unit="区教育局"),
        replace(WARNING, status="folded"),
        replace(WARNING, about="value", code="required", rule=None),
    ],
)
def test_nothing_else_is_explained_by_it(finding: Finding) -> None:
    assert list(explained([finding], [ANSWER, SIGNED])) == [finding]


def test_a_units_explanation_answers_the_units_warning_alone() -> None:
    own = replace(WARNING, unit="区教育局")
    answer = said("sums_up", "explanation", "只统计在编人员", unit="区教育局")

    assert [found.status for found in explained([own, WARNING], [answer])] == ["explained", "open"]


def test_a_districts_warning_over_several_files_is_answered_in_its_own_workbook() -> None:
    over_files = replace(WARNING, file=None, unit=None)

    assert [found.status for found in explained([over_files], [ANSWER])] == ["explained"]

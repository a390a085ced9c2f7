"""The office's answer holds for the finding it was given to, on the values that it was given on, and goes first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import campaigns
from hypothesis import given
from hypothesis import strategies as st

from xltool.model.explanation import Explanation, accepted_items, applied
from xltool.model.finding import DISPUTE, Finding
from xltool.model.grounds import grounds_of
from xltool.model.severity import Severity
from xltool.model.values import Value

WARNING = campaigns.finding("constant_formula", severity=Severity.WARNING, item="holdings", basis="85")
ERROR = replace(WARNING, severity=Severity.ERROR)


def answered(finding: Finding, answer: Explanation) -> Finding:
    (after,) = applied([finding], {answer.finding.id: answer})
    return after


def office(finding: Finding, *, withdrawn: bool = False) -> Explanation:
    return Explanation(finding=finding, note="口径已核", by="市级经办人", withdrawn=withdrawn)


@pytest.mark.parametrize(("finding", "status"), [(WARNING, "explained"), (ERROR, "waived")])
def test_a_warning_is_explained_and_an_error_waived(finding: Finding, status: str) -> None:
    after = answered(finding, office(finding))

    assert (after.status, after.explanation, after.by) == (status, "口径已核", "市级经办人")
    assert after.id == finding.id


def test_the_offices_word_goes_before_the_fillers_which_comes_back_when_it_is_withdrawn() -> None:
    filler = replace(WARNING, status="explained", explanation="填报人的话", by="统计员甲")

    assert answered(filler, office(WARNING)).explanation == "口径已核"
    assert answered(filler, office(WARNING, withdrawn=True)) == filler


@pytest.mark.parametrize(
    "other",
    [
        replace(WARNING, basis="86"),
        replace(WARNING, item="library_area"),
        replace(WARNING, status="folded"),
        replace(WARNING, status="trial"),
        replace(WARNING, severity=Severity.HINT),
    ],
)
def test_nothing_else_is_answered(other: Finding) -> None:
    assert answered(other, office(WARNING)) == other


def test_a_finding_about_no_value_stands_on_its_words() -> None:
    lost = campaigns.finding("several_in_run", about="container", severity=Severity.WARNING, message="收到甲、乙")

    assert answered(lost, office(lost)).status == "explained"
    assert answered(replace(lost, message="收到甲、丙"), office(lost)).status == "open"


def test_only_disputes_that_the_office_took_are_accepted() -> None:
    dispute = replace(WARNING, code=DISPUTE)
    settled = replace(dispute, status="explained")

    assert accepted_items([settled, replace(WARNING, status="explained")]) == {"holdings"}
    assert accepted_items([dispute]) == frozenset()
    assert settled.status_word == "已采用区里的数"


NUMBERS = st.one_of(st.integers(-(10**9), 10**9), st.floats(-1e9, 1e9).map(lambda number: round(number, 3)))


@given(st.lists(st.tuples(st.sampled_from(["library_area", "holdings"]), NUMBERS), max_size=5), st.randoms())
def test_grounds_depend_on_what_values_say_and_not_on_where_they_stand(
    said: list[tuple[str, float]], order: object
) -> None:
    values = [campaigns.value(number, item=item, row=row) for row, (item, number) in enumerate(said)]
    moved = [replace(value, row=9, cell="Z9", sheet="别处", raw="另写", version=2) for value in values]
    order.shuffle(moved)  # type: ignore[attr-defined]
    blank = [campaigns.value(None), campaigns.value(None, raw="无")]

    assert grounds_of(moved) == grounds_of([*blank, *values])
    for place, value in enumerate(values):
        changed = [*values[:place], replace(value, value=(value.value or 0) + 1), *values[place + 1 :]]  # type: ignore[operator]
        assert grounds_of(changed) != grounds_of(values)


def test_what_could_not_be_read_is_told_apart_by_its_raw_text() -> None:
    def unread(raw: str) -> Value:
        return campaigns.value(None, raw=raw)

    assert grounds_of([unread("约两万")]) == grounds_of([unread("约两万")])
    assert grounds_of([unread("约两万")]) != grounds_of([unread("约三万")])
    assert grounds_of([campaigns.value(12)]) == grounds_of([campaigns.value(12.0)])

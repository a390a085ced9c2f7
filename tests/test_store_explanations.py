"""The office's answers stay on record; the latest of a finding is what findings show."""

from __future__ import annotations

from pathlib import Path

from builders import campaigns, reviews
from builders.stores import opened, stored

from xltool.model.explanation import Explanation
from xltool.model.severity import Severity

FOUND = campaigns.finding("constant_formula", severity=Severity.WARNING, item="holdings", basis="85")


def said(note: str, *, withdrawn: bool = False) -> Explanation:
    return Explanation(finding=FOUND, note=note, by="市级经办人", withdrawn=withdrawn)


def test_every_answer_stays_with_who_and_when_and_the_last_one_holds(tmp_path: Path) -> None:
    store = stored(tmp_path)
    store.replace_district_findings("东区", [FOUND])
    for answer in (said("先说的"), said("后说的")):
        store.explain(answer)

    record = opened(tmp_path).explanations_on_record("东区")
    assert [(one.note, one.by, one.withdrawn, one.finding.id) for one in record] == [
        ("先说的", "市级经办人", False, FOUND.id),
        ("后说的", "市级经办人", False, FOUND.id),
    ]
    assert "" < record[0].at < record[1].at
    assert store.explanations_on_record("西区") == ()
    assert [(one.status, one.explanation) for one in store.findings("东区")] == [("explained", "后说的")]


def test_a_withdrawn_answer_stays_on_record_and_holds_no_more(tmp_path: Path) -> None:
    store = stored(tmp_path)
    store.replace_district_findings("东区", [FOUND])
    for answer in (said("先说的"), said("弄错了", withdrawn=True)):
        store.explain(answer)

    assert store.findings("东区") == (FOUND,)
    assert [one.withdrawn for one in store.explanations_on_record()] == [False, True]


def test_an_answer_that_changes_what_counts_stores_the_new_findings_and_wants_a_check(tmp_path: Path) -> None:
    store = stored(tmp_path)
    accepted = store.accept(campaigns.submission(b"a"), (FOUND,), b"a")
    store.replace_district_findings("东区", [])
    again = (FOUND, campaigns.finding("check", about="check", rule="r1"))

    store.explain(said("采用"), rejudged=(accepted, again))

    assert [one.code for one in store.findings("东区")] == ["constant_formula", "check"]
    assert store.unchecked_districts() == ("东区",)
    assert [one.status for one in store.findings_of(accepted)] == ["open", "open"]  # as they were made


def test_what_is_taken_back_wants_a_check_before_anybody_submits(tmp_path: Path) -> None:
    store = stored(tmp_path)
    store.accept(campaigns.submission(b"a"), (FOUND,), b"a")
    store.replace_district_findings("东区", [])
    store.explain(said("先说的"))
    assert store.unchecked_districts() == ()
    seen = store.revision("东区")
    store.explain(said("弄错了", withdrawn=True))

    assert store.unchecked_districts() == ("东区",)
    assert store.revision("东区") > seen  # a step of the review that was about to be recorded is refused


def test_only_what_is_no_part_of_the_review_is_answered_after_submitting(tmp_path: Path) -> None:
    store = stored(tmp_path)
    store.accept(campaigns.submission(b"a"), (FOUND,), b"a")
    reviews.recorded(store, reviews.WALK[0])

    assert not store.explain(said("迟了"))
    assert store.explanations_on_record() == ()
    assert store.explain(said("实地监测的"), reviewed=False)
    assert [one.note for one in store.explanations_on_record()] == ["实地监测的"]


def test_findings_of_superseded_returns_are_known_to_be_gone(tmp_path: Path) -> None:
    store = stored(tmp_path)
    store.accept(campaigns.submission(b"a"), (FOUND,), b"a")
    assert store.past_finding_ids() == frozenset()
    store.accept(campaigns.submission(b"b"), (), b"b")

    assert store.past_finding_ids() == {FOUND.id}
    assert store.findings() == ()

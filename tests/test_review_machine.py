"""The table of steps, what stands in their way, and what a sign-off sheet asks for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import campaigns, reviews, small

from xltool import review
from xltool.layout.sign_off import LINES
from xltool.model.edition import Scope, Severity
from xltool.model.review import STEP_WORDS, Status, Step
from xltool.review import Proposal
from xltool.review.proposing import SIGNED

FORWARD = [Step.SUBMIT, Step.PASS, Step.PASS, Step.CONFIRM]


def test_a_district_goes_through_all_statuses_in_the_editions_order() -> None:
    status = Status.DRAFT
    seen = [status]
    for step in FORWARD:
        status = review.MOVES[status, step].to
        seen.append(status)

    assert seen == list(Status)[1:]
    assert [review.MOVES[status, step].role for status, step in zip(seen, FORWARD, strict=False)] == [
        "统计员",
        "联络员",
        "负责人",
        "市级",
    ]


def test_every_other_step_leads_back_to_the_draft() -> None:
    back = {(status, step): move.to for (status, step), move in review.MOVES.items() if step not in FORWARD}

    assert set(back.values()) == {Status.DRAFT}
    assert [status for status, step in back if step is Step.RETURN] == list(Status)[2:5]
    assert [status for status, step in back if step is Step.REOPEN] == [Status.DONE]


def test_nothing_can_be_done_before_something_came_back() -> None:
    assert review.steps_in(Status.NOT_STARTED) == ()
    assert review.status_of(None, returned=False) is Status.NOT_STARTED
    assert review.status_of(None, returned=True) is Status.DRAFT
    assert review.status_of(reviews.walked(2)[-1], returned=True) is Status.SECOND_REVIEW


def test_statuses_are_called_as_the_edition_calls_them() -> None:
    assert tuple(status.word(small.STATUSES) for status in Status) == small.STATUSES
    assert [status.submitted for status in Status] == [False, False, True, True, True, True]
    assert set(STEP_WORDS) == set(Step)


@pytest.mark.parametrize(
    ("changes", "blocks"),
    [
        ({}, True),
        ({"severity": Severity.WARNING}, True),
        ({"severity": Severity.HINT}, False),
        ({"scope": Scope.CITY}, False),
        ({"scope": Scope.CITY, "severity": Severity.WARNING}, False),
        ({"scope": Scope.DISTRICT}, True),
        ({"status": "explained"}, False),
        ({"status": "waived"}, False),
        ({"status": "folded"}, False),
        ({"status": "trial"}, False),
    ],
)
def test_open_errors_and_warnings_block_comparisons_among_districts_do_not(
    changes: dict[str, object], *, blocks: bool
) -> None:
    finding = replace(campaigns.finding(), **changes)  # type: ignore[arg-type]

    assert review.blocking([finding]) == ((finding,) if blocks else ())


FIRST = {"first_reviewer": "联络员乙", "first_date": "2023-09-18", "first_opinion": "同意"}


@pytest.mark.parametrize(
    ("status", "cells", "expected"),
    [
        (Status.DRAFT, {"filler": "甲", "filled_on": "2023-09-15"}, Proposal(step=Step.SUBMIT, by="甲", note=None)),
        (Status.DRAFT, {"filler": "甲"}, None),
        (Status.DRAFT, FIRST, None),
        (Status.FIRST_REVIEW, FIRST, Proposal(step=Step.PASS, by="联络员乙", note="同意")),
        (Status.FIRST_REVIEW, {**FIRST, "first_opinion": "总人数有误，请更正"}, Step.RETURN),
        (Status.FIRST_REVIEW, {**FIRST, "first_opinion": "不同意"}, Step.RETURN),
        (Status.FIRST_REVIEW, {**FIRST, "first_opinion": "同意，无需修改"}, Step.PASS),
        (Status.FIRST_REVIEW, {**FIRST, "first_opinion": "已修改，同意上报"}, Step.PASS),
        (Status.FIRST_REVIEW, {name: FIRST[name] for name in ("first_reviewer", "first_date")}, None),
        (Status.SECOND_REVIEW, FIRST, None),
        (
            Status.SECOND_REVIEW,
            {"second_reviewer": "丙", "second_date": "2023-09-20", "second_opinion": "通过"},
            Proposal(step=Step.PASS, by="丙", note="通过"),
        ),
        (Status.LETTER, FIRST, None),
        (Status.DONE, FIRST, None),
        (Status.NOT_STARTED, {}, None),
    ],
)
def test_a_sign_off_sheet_proposes_the_step_that_it_signs(
    status: Status, cells: dict[str, str], expected: Proposal | Step | None
) -> None:
    proposal = review.propose(status, cells)

    assert (proposal and proposal.step if isinstance(expected, Step) else proposal) == expected


def test_only_filled_cells_of_the_sign_off_sheet_are_read() -> None:
    name, blank = (replace(campaigns.value(text), item="signoff", column="filler") for text in ("甲", None))
    other = replace(campaigns.value("乙"), column="filler")

    assert review.signed([name, other]) == {"filler": "甲"}
    assert review.signed([blank]) == {}


def test_the_sheet_has_the_cells_that_proposals_read() -> None:
    assert {column for columns in SIGNED.values() for column in columns if column} <= {line.column for line in LINES}

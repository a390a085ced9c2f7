"""Any sequence of returns and steps, on a real store: the table is kept, nothing is lost, and only what was shown is
approved."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from builders import small
from builders.small import DISTRICT, ITEMS
from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from xltool import review
from xltool.campaign import Letter, Signature, take, verify
from xltool.campaign import status as status_rows
from xltool.campaign.district_checks import check_returned
from xltool.demo.scan import sample_scan
from xltool.errors import UsageError
from xltool.model.plan import Prefilled
from xltool.model.review import SNAPSHOT_MARK, Event, Status, Step
from xltool.store import schema

SIGNED = Signature(by="办理人", recorded_by="记录人", note="同意")
REFUSALS = {"review_step", "review_early", "review_blocked", "review_changed", "letter_snapshot", "letter_district"}


class Reviews(RuleBasedStateMachine):
    """One district, whose returns hold one number everywhere or lack one item."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="xltool-review-"))
        self.campaign = small.campaign(self.folder)
        self.log: tuple[Event, ...] = ()
        self.status = Status.NOT_STARTED
        self.current: tuple[int, bool] | None = None  # the number that counts, and whether the return is whole
        self.held: list[tuple[int, bool]] = []
        self.shown: int | None = None  # what was submitted
        self.sent: list[tuple[int, bool]] = []

    def teardown(self) -> None:
        self.campaign.store.close()
        shutil.rmtree(self.folder)

    @initialize(number=st.integers(1, 9))
    def begins(self, number: int) -> None:
        self.comes_in(number, whole=True)

    @rule(number=st.integers(1, 9), whole=st.booleans())
    def comes_in(self, number: int, *, whole: bool) -> None:
        stored = small.ingested(self.campaign, number, lacks=None if whole else "holdings")
        check_returned(self.campaign)
        if (number, whole) in self.sent:
            assert stored.outcome == "repeated"
            return
        self.sent.append((number, whole))
        assert stored.version == len(self.sent)
        if self.status.submitted:
            assert stored.outcome == "held"
            self.held.append((number, whole))
        else:
            assert stored.outcome == "accepted"
            self.current = (number, whole)
            self.status = Status.DRAFT

    @rule(number=st.integers(1, 9))
    def other_systems_give(self, number: int) -> None:
        entry = Prefilled(item="population", column="previous", value=number, source="上年.csv", raw=str(number))
        closed = self.campaign.store.save_prefilled([(DISTRICT, entry)])
        check_returned(self.campaign)
        assert closed == ({DISTRICT} if self.status.submitted else set())

    @rule(step=st.sampled_from([step for step in Step if step is not Step.CONFIRM]))
    def takes(self, step: Step) -> None:
        self.attempt(step)

    @rule(text=st.sampled_from(["", "own", "other"]))
    def confirms(self, text: str) -> None:
        named = {"own": self.log[-1].snapshot if self.log else "0" * 64, "other": "1" * 64}.get(text)
        lines = [f"{SNAPSHOT_MARK}：{named}"] if named else []
        file = self.folder / "scan.pdf"
        file.write_bytes(sample_scan(lines))
        self.attempt(Step.CONFIRM, Letter(file=file), fits=text != "other")

    @rule(steps=st.integers(1, 4))
    def goes_on(self, steps: int) -> None:
        """Some steps onwards in a row, so that long ways are walked too."""
        for _ in range(steps):
            if self.status is Status.LETTER:
                self.confirms("own")
            else:
                self.attempt(next(iter(review.steps_in(self.status)), Step.SUBMIT))

    @precondition(lambda self: self.status.submitted)
    @rule(number=st.integers(10, 99))
    def is_corrected_meanwhile(self, number: int) -> None:
        """A return is held, and let in by the step back."""
        self.comes_in(number, whole=True)
        self.attempt(review.steps_in(self.status)[-1])

    @precondition(lambda self: len(self.log) > 1)
    @rule(data=st.data())
    def an_entry_made_before_comes_too_late(self, data: st.DataObject) -> None:
        late = data.draw(st.sampled_from(self.log[:-1]))
        revision = self.campaign.store.revision(DISTRICT)
        assert self.campaign.store.record_event(late, revision=revision) is None

    def attempt(self, step: Step, letter: Letter | None = None, *, fits: bool = True) -> None:
        move = review.MOVES.get((self.status, step))
        settled = self.current is not None and self.current[1]
        allowed = move is not None and fits and (settled or not move.to.submitted)
        before = self.everything()
        if not allowed or move is None:
            with pytest.raises(UsageError) as error:
                take(self.campaign, DISTRICT, step, SIGNED, letter)
            assert error.value.code in REFUSALS
            assert self.everything() == before
            return
        taken = take(self.campaign, DISTRICT, step, SIGNED, letter)
        self.log = (*self.log, taken.event)
        self.status = move.to
        event(self.status)
        if step is Step.SUBMIT:
            assert self.current is not None
            self.shown = self.current[0]
        if not self.status.submitted and self.held:
            event("held returns let in")
            assert len(taken.released) == 1
            self.current = self.held[-1]
            self.held = []
        else:
            assert taken.released == ()

    def everything(self) -> dict[str, list[Any]]:
        """All tables; findings by what they say, since every check writes them anew."""
        with self.campaign.store.database.read() as connection:
            tables = schema.metadata.sorted_tables
            found = {one.name: list(map(tuple, connection.execute(one.select()))) for one in tables}
        found["findings"] = sorted(row[2:] for row in found["findings"])
        return found

    @invariant()
    def the_log_is_what_was_recorded(self) -> None:
        assert self.campaign.store.events(DISTRICT) == self.log
        assert all(row["ok"] for row in verify(self.campaign, DISTRICT))
        assert self.campaign.store.unchecked_districts() == ()

    @invariant()
    def the_status_is_what_the_table_says(self) -> None:
        row = status_rows(self.campaign)[0]
        assert row["status"] == self.status.word(small.STATUSES)
        assert row["held"] == len(self.held)

    @invariant()
    def what_counts_is_what_was_let_in(self) -> None:
        numbers = {value.value for value in self.campaign.store.current_values(DISTRICT) if value.value is not None}
        assert numbers == (set() if self.current is None else {self.current[0]})

    @invariant()
    def only_what_was_submitted_is_approved(self) -> None:
        if not self.status.submitted:
            return
        last = review.submitted(self.log)
        assert last is not None
        assert last.snapshot is not None
        assert {one.snapshot for one in self.log if one.number >= last.number} == {last.snapshot}
        values = self.campaign.store.load_snapshot(last.snapshot).content["values"]
        own = [row for row in values if row["district"] == DISTRICT and row["item"] in ITEMS]
        assert {row["value"] for row in own} == {self.shown}
        assert len(own) == len(ITEMS)


TestReviews = Reviews.TestCase
TestReviews.settings = settings(max_examples=10, stateful_step_count=20, deadline=None)

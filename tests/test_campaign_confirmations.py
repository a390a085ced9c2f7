"""Letters of a real campaign: only of districts whose review has passed, from the snapshot that they submitted."""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from builders import rounds
from builders.documents import text_of
from builders.reviews import WALK
from builders.rounds import ANSWERS, DISTRICT, rows, xltool

from xltool import review
from xltool.campaign import Campaign
from xltool.campaign.snapshots import take_snapshot
from xltool.messages import fault
from xltool.model.review import Event, Step
from xltool.store import Snapshot, named

LETTER = "复审-确认函"
ALLOWED = f"{LETTER}”或“审核完成"


@dataclass(frozen=True)
class Reviewed:
    """A campaign in which one district's review goes on; its steps are recorded as they are by `xltool review`."""

    root: Path
    snapshot: Snapshot

    def go(self, steps: int) -> None:
        """Take the next steps, whatever findings are open."""
        campaign = Campaign.open(self.root)
        for _ in range(steps):
            log = campaign.store.events(DISTRICT)
            step, before, after, role = WALK[len(log)]
            event = Event(
                district=DISTRICT,
                number=len(log) + 1,
                at=f"2023-09-2{len(log)}T02:00:00.000000+00:00",
                step=step,
                before=before,
                after=after,
                by=f"{role}甲",
                role=role,
                recorded_by="记录人",
                note=None if step is Step.SUBMIT else f"意见{len(log)}：同意{{{{ 7*7 }}}}",
                snapshot=self.snapshot.id,
                letter=None,
                letter_check=None,
                previous=log[-1].digest if log else "",
            )
            sealed = review.sealed(event, campaign.secret.key)
            revision = campaign.store.revision(DISTRICT)
            assert campaign.store.record_event(sealed, revision=revision, snapshot=self.snapshot) is not None

    def letter(self) -> bytes:
        (row,) = rows("report", "confirmation", DISTRICT, folder=self.root)
        assert row == {
            "kind": "confirmation",
            "district": DISTRICT,
            "unit": None,
            "file": f"reports/{DISTRICT}_确认函_2023.docx",
        }
        return (self.root / str(row["file"])).read_bytes()


@pytest.fixture
def reviewed(tmp_path: Path) -> Reviewed:
    root = rounds.campaign(tmp_path)
    rounds.returned(root / "inbox" / "return.xlsx")
    xltool("ingest", root / "inbox", folder=root)
    return Reviewed(root, take_snapshot(Campaign.open(root)))


def test_before_the_review_has_passed_there_is_no_letter(reviewed: Reviewed) -> None:
    for steps, status in ((0, "填报"), (1, "初审"), (1, "复审")):
        reviewed.go(steps)
        said = xltool("report", "confirmation", DISTRICT, folder=reviewed.root)
        assert said.code == 2
        expected = fault("confirmation_early", district=DISTRICT, status=status, allowed=ALLOWED)
        assert said.fault == "。".join((*expected, ""))
    said = xltool("report", "confirmation", folder=reviewed.root)
    assert (said.code, said.fault) == (2, "。".join((*fault("nothing_to_confirm", allowed=ALLOWED), "")))
    assert xltool("report", "confirmation", "无此区", folder=reviewed.root).code == 2
    assert not list((reviewed.root / "reports").glob("*"))


def test_the_letter_tells_what_was_submitted_and_who_approved_it(reviewed: Reviewed) -> None:
    reviewed.go(3)
    rounds.returned(reviewed.root / "inbox" / "later.xlsx", {("library_holdings", None, None): 1})  # held
    xltool("ingest", reviewed.root / "inbox", folder=reviewed.root)
    text = text_of(reviewed.letter())
    ids = text.replace(" ", "")
    assert reviewed.snapshot.id in ids
    assert Campaign.open(reviewed.root).store.events(DISTRICT)[-1].digest in ids
    approved = [row for row in reviewed.snapshot.content["values"] if row["district"] == DISTRICT]
    canonical = json.dumps(approved, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(canonical.encode()).hexdigest() in ids
    assert f"共{len(approved)}个数据" in text
    assert "区表未报送，成员单位表1份（应报27份）" in text
    assert "36项，其中" in text
    assert str(ANSWERS["library_holdings", None, None]) in text
    total = float(ANSWERS["special_funds", 1, "budget"]) + float(ANSWERS["special_funds", 2, "budget"])
    assert f"\n{total:.0f}\n1/27个单位" in text
    assert all(name in text for name in ("统计员甲", "联络员甲", "负责人甲", "意见2：同意{{ 7*7 }}"))


def test_a_signed_letter_written_again_is_the_same(reviewed: Reviewed) -> None:
    reviewed.go(3)
    before = reviewed.letter()
    assert reviewed.letter() == before
    reviewed.go(1)
    assert reviewed.letter() == before
    (row,) = rows("report", "confirmation", folder=reviewed.root)  # no district named: all that have passed
    assert row["district"] == DISTRICT
    held = rows("review", "verify", DISTRICT, "--letter", reviewed.root / row["file"], folder=reviewed.root)
    assert all(one["ok"] for one in held)
    reviewed.go(1)
    assert xltool("report", "confirmation", DISTRICT, folder=reviewed.root).code == 2  # reopened


def test_what_an_earlier_version_submitted_has_no_letter_and_it_is_said_why(reviewed: Reviewed) -> None:
    content = {name: part for name, part in reviewed.snapshot.content.items() if name != "figures"}
    Reviewed(reviewed.root, named(content, reviewed.snapshot.cut_off, reviewed.snapshot.taken_at)).go(3)

    said = xltool("report", "confirmation", DISTRICT, folder=reviewed.root)

    assert (said.code, said.fault) == (2, "。".join((*fault("confirmation_old_snapshot", district=DISTRICT), "")))


def test_a_letter_is_held_against_the_snapshot_that_was_submitted(reviewed: Reviewed) -> None:
    reviewed.go(3)
    reviewed.letter()
    file = reviewed.root / "reports" / f"{DISTRICT}_确认函_2023.docx"
    assert xltool("report", "verify", file, folder=reviewed.root).code == 0

    later = take_snapshot(Campaign.open(reviewed.root)).id
    assert later != reviewed.snapshot.id
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(file, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content.replace(reviewed.snapshot.id.encode(), later.encode()))
    said = xltool("report", "verify", file, folder=reviewed.root)
    expected = fault("report_superseded", district=DISTRICT, snapshot=later[:12])
    assert (said.code, said.fault) == (2, "。".join((*expected, "")))

"""The review as the clerk types it: every step, what is refused and how, the log, and its verification."""

from __future__ import annotations

import multiprocessing
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from builders import campaigns, reviews, rounds, small
from builders.rounds import Said, rows, xltool
from builders.small import DISTRICT, ITEMS, OTHER

from xltool import messages
from xltool.campaign import Campaign, Signature, diff, indicators, status, take
from xltool.campaign import verify as verified
from xltool.demo.scan import sample_scan
from xltool.errors import UsageError
from xltool.model.review import DIGEST_MARK, SNAPSHOT_MARK, Step
from xltool.store import schema

SIGN_OFF = {
    "filler": "统计员甲",
    "filled_on": "2023-09-15",
    "first_opinion": "同意",
    "first_reviewer": "联络员乙",
    "first_date": "2023-09-18",
    "second_opinion": "数据有误，请修改",
    "second_reviewer": "负责人丙",
    "second_date": "2023-09-20",
}
LOG_FIELDS = "district number at step from to by role recorded_by note snapshot letter letter_check digest"


@pytest.fixture
def campaign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Campaign:
    """A small campaign with one clean return; commands open it anew each time."""
    made = small.campaign(tmp_path)
    small.ingested(made, 5, **SIGN_OFF)
    monkeypatch.setattr(Campaign, "open", lambda _folder=None: small.campaign(tmp_path, create=False))
    return made


def step(name: str, *more: object, by: str = "办理人甲", note: str | None = "同意", code: int = 0) -> Said:
    words = [] if note is None else ["--note", note]
    said = xltool("review", name, DISTRICT, "--by", by, "--recorded-by", "记录人乙", *words, *more)
    assert said.code == code, said.err
    return said


def letter(folder: Path, *lines: str) -> Path:
    file = folder / "scan.pdf"
    file.write_bytes(sample_scan(lines))
    return file


def entries() -> list[rounds.Row]:
    found: list[rounds.Row] = xltool("review", "log", DISTRICT, "--json").json
    return found


def to_letter() -> None:
    for name in ("submit", "pass", "pass"):
        step(name)


def text_of(code: str, **context: object) -> str:
    message, action = messages.fault(code, **context)
    return f"{message}。{action}。"


def test_the_whole_way_is_in_the_log(campaign: Campaign, tmp_path: Path) -> None:
    to_letter()
    head = entries()[-1]
    scan = letter(
        tmp_path, f"{DISTRICT}确认函", f"{SNAPSHOT_MARK}：{head['snapshot']}", f"{DIGEST_MARK}：{head['digest']}"
    )
    step("confirm", "--letter", scan, note=None)
    step("reopen", note="补报一所学校")

    log = entries()
    assert all(" ".join(row) == LOG_FIELDS for row in log)
    assert [(row["step"], row["from"], row["to"], row["role"]) for row in log] == [
        ("submit", "填报", "初审", "统计员"),
        ("pass", "初审", "复审", "联络员"),
        ("pass", "复审", "复审-确认函", "负责人"),
        ("confirm", "复审-确认函", "审核完成", "市级"),
        ("reopen", "审核完成", "填报", "市级"),
    ]
    assert [row["number"] for row in log] == [1, 2, 3, 4, 5]
    assert {(row["by"], row["recorded_by"]) for row in log} == {("办理人甲", "记录人乙")}
    assert [row["note"] for row in log] == ["同意", "同意", "同意", None, "补报一所学校"]
    assert len({row["snapshot"] for row in log}) == 1
    assert [row["letter_check"] for row in log] == [None, None, None, "text", None]
    assert campaign.store.archive.get(log[3]["letter"]) == scan.read_bytes()
    assert xltool("review", "verify").code == 0
    assert "补报一所学校" in xltool("review", "log", DISTRICT).out


def test_status_indicators_and_snapshots_say_how_far_a_district_is(campaign: Campaign) -> None:
    said = step("submit")
    (snapshot,) = {row["snapshot"] for row in entries()}

    assert snapshot in said.out
    assert [row["status"] for row in status(campaign)] == ["初审", "未填报"]
    content = campaign.store.load_snapshot(snapshot).content
    assert content["reviews"][DISTRICT] == {"status": "初审", "digest": None}
    assert {row["value"] for row in content["values"] if row["item"] in ITEMS} == {5}
    assert {row["review_state"] for row in indicators(campaign)} <= {"初审", "未填报"}
    step("pass")
    assert [row["status"] for row in xltool("status", "--json").json] == ["复审", "未填报"]


def test_the_sign_off_sheet_proposes_steps(campaign: Campaign) -> None:
    proposed = []
    for name in ("submit", "pass", "return"):
        proposed.append(status(campaign)[0]["proposed_step"])
        if name == "submit":
            assert "提交（统计员甲）" in xltool("status").out
        step(name)

    assert proposed == ["submit", "pass", "return"]
    assert status(campaign)[0]["proposed_step"] is None  # the return that was just sent back
    small.ingested(campaign, 6, **SIGN_OFF)
    assert status(campaign)[0]["proposed_step"] == "submit"


def test_a_held_return_may_ask_to_be_submitted_once_it_counts(campaign: Campaign) -> None:
    step("submit")
    small.ingested(campaign, 6, **SIGN_OFF)
    assert status(campaign)[0]["held"] == 1
    said = step("return", note="数据更正")

    assert "暂存的1份报送现已计入" in said.out
    assert (status(campaign)[0]["held"], status(campaign)[0]["proposed_step"]) == (0, "submit")


@pytest.mark.parametrize(
    ("done", "name", "code"),
    [
        ((), "pass", "review_step"),
        ((), "return", "review_step"),
        ((), "reopen", "review_step"),
        (("submit",), "submit", "review_step"),
        (("submit", "pass"), "reopen", "review_step"),
        (("submit", "pass", "pass"), "pass", "review_step"),
    ],
)
def test_a_step_out_of_order_is_one_line_and_changes_nothing(
    campaign: Campaign, done: tuple[str, ...], name: str, code: str
) -> None:
    for one in done:
        step(one)
    before = campaign.store.events(DISTRICT), campaign.store.snapshot_ids()

    line = step(name, code=2).fault

    assert line.startswith(f"{DISTRICT}的状态是“{small.STATUSES[1 + len(done)]}”，不能")
    assert "现在可以办理" in line
    assert (campaign.store.events(DISTRICT), campaign.store.snapshot_ids()) == before
    assert code in messages.FAULTS


def test_nothing_came_back_yet_and_unknown_districts(campaign: Campaign) -> None:
    said = xltool("review", "submit", OTHER, "--by", "甲")
    assert (said.code, said.fault) == (
        2,
        text_of("review_early", district=OTHER, status="未填报", step="提交"),
    )
    assert xltool("review", "submit", "南区", "--by", "甲").code == 2
    assert xltool("review", "log", "南区").code == 2
    assert xltool("review", "verify", "南区").code == 2
    assert campaign.store.heads() == {}


@pytest.mark.parametrize("blank", ["", "  ", "\u200b\n", "\ufeff"])
def test_blank_names_and_notes_are_refused(campaign: Campaign, blank: str) -> None:
    step("submit")
    assert "--by" in step("pass", by=blank, code=2).fault
    assert "审核意见" in step("pass", note=blank, code=2).fault
    assert "退回的原因" in step("return", note=blank, code=2).fault
    said = xltool("review", "pass", DISTRICT, "--by", "甲", "--note", "同意", "--recorded-by", blank)
    assert (said.code, "--recorded-by" in said.fault) == (2, True)
    assert len(campaign.store.events(DISTRICT)) == 1


@pytest.mark.parametrize("missing", ["--by", "--note"])
def test_missing_options_are_one_line(campaign: Campaign, missing: str) -> None:
    given = [word for name in ("--by", "--note") if name != missing for word in (name, "甲")]
    said = xltool("review", "pass", DISTRICT, *given)
    assert (said.code, missing in said.fault) == (2, True)
    assert campaign.store.heads() == {}


def test_names_are_kept_as_one_line_and_long_ones_refused(campaign: Campaign) -> None:
    step("submit", by=" 统计员\t甲\n", note="第一行\n第二行\x00")
    (row,) = entries()
    assert (row["by"], row["note"]) == ("统计员 甲", "第一行\n第二行")
    assert "超过50个" in step("pass", by="甲" * 51, code=2).fault
    assert "超过1000个" in step("pass", note="同" * 1001, code=2).fault
    assert len(campaign.store.events(DISTRICT)) == 1


def test_the_recorder_is_the_systems_user_where_none_is_said(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "clerk7")
    assert xltool("review", "submit", DISTRICT, "--by", "甲").code == 0

    def nobody() -> str:
        raise OSError

    monkeypatch.setattr("getpass.getuser", nobody)
    assert xltool("review", "pass", DISTRICT, "--by", "乙", "--note", "同意").code == 0
    assert [event.recorded_by for event in campaign.store.events(DISTRICT)] == ["clerk7", "未注明"]


def test_open_findings_block_submitting_and_nothing_is_recorded(campaign: Campaign) -> None:
    small.ingested(campaign, 6, lacks="holdings")
    line = step("submit", code=2).fault
    assert "错误2个没有解决，不能提交" in line  # the blank cell, and that nobody answers for it
    assert (campaign.store.heads(), campaign.store.snapshot_ids()) == ({}, ())
    small.ingested(campaign, 7)
    step("submit")


def test_values_that_changed_since_are_not_approved(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    step("submit")
    units = dict(campaign.roster.districts)
    changed = {**units, DISTRICT: units[DISTRICT][:1]}  # the office edits its list of units
    opened = Campaign.open

    def edited(folder: Path | None = None) -> Campaign:
        from dataclasses import replace  # noqa: PLC0415 - only here

        now = opened(folder)
        return replace(now, roster=replace(now.roster, districts=changed))

    monkeypatch.setattr(Campaign, "open", edited)
    assert "成员单位名单" in step("pass", code=2).fault
    said = xltool("review", "verify", DISTRICT)
    assert (said.code, "现在的数据与审核的数据快照不同" in said.out) == (1, True)
    step("return", note="单位名单有变")
    step("submit")
    step("pass")


@pytest.mark.parametrize("name", ["missing", "folder", "empty", "text", "other snapshot", "typed", "district"])
def test_a_letter_that_is_none_or_anothers_is_one_line_and_changes_nothing(
    campaign: Campaign, tmp_path: Path, name: str
) -> None:
    to_letter()
    scan = letter(tmp_path, f"{SNAPSHOT_MARK}：{'0' * 64}" if name == "other snapshot" else OTHER)
    more: list[object] = ["--letter", scan]
    if name == "typed":
        more = ["--letter", letter(tmp_path), "--snapshot", "0123456789"]
    elif name == "missing":
        scan.unlink()
    elif name == "folder":
        more = ["--letter", tmp_path]
    elif name in ("empty", "text"):
        scan.write_bytes(b"" if name == "empty" else "确认函".encode())
    archived = sorted(campaign.store.archive.root.rglob("*.bin"))

    line = step("confirm", *more, note=None, code=2).fault

    assert line.endswith("。")
    assert [row["to"] for row in entries()][-1] == "复审-确认函"
    assert sorted(campaign.store.archive.root.rglob("*.bin")) == archived


def test_a_scan_without_text_is_accepted_once_and_the_log_says_that_its_id_was_not_checked(
    campaign: Campaign, tmp_path: Path
) -> None:
    to_letter()
    assert "快照编号未核对" in step("confirm", "--letter", letter(tmp_path), note=None).out
    assert "快照编号未核对" in xltool("review", "log", DISTRICT).out
    assert "审核完成" in step("confirm", "--letter", letter(tmp_path), note=None, code=2).fault
    assert campaign.store.events(DISTRICT)[-1].number == 4


def test_a_typed_id_is_said_in_the_log(campaign: Campaign, tmp_path: Path) -> None:
    to_letter()
    typed = str(entries()[-1]["snapshot"])[:10].upper()
    step("confirm", "--letter", letter(tmp_path), "--snapshot", typed, note=None)
    assert campaign.store.events(DISTRICT)[-1].letter_check == "typed"


def test_a_letter_is_held_against_the_log(campaign: Campaign, tmp_path: Path) -> None:
    to_letter()
    head = campaign.store.events(DISTRICT)[-1]
    good = letter(tmp_path, f"{SNAPSHOT_MARK}：{head.snapshot}", f"{DIGEST_MARK}：{head.digest}")
    assert verified(campaign, letter=good)[-1]["code"] == "letter_agrees"
    step("confirm", "--letter", good, note=None)
    assert verified(campaign, DISTRICT, letter=good)[-1]["code"] == "letter_same"
    assert xltool("review", "verify", DISTRICT, "--letter", good).code == 0
    for lines, code in (
        ((), "letter_silent"),
        ((f"{DIGEST_MARK}：{'0' * 64}",), "letter_differs"),
        ((f"{SNAPSHOT_MARK}：{'0' * 64}", f"{DIGEST_MARK}：{head.digest}"), "letter_snapshot"),
    ):
        bad = letter(tmp_path, *lines)
        assert verified(campaign, letter=bad)[-1]["code"] == code
        assert xltool("review", "verify", "--letter", bad).code == 1
    others = letter(tmp_path, f"{campaign.district_names[1]}数据确认函", f"{DIGEST_MARK}：{'0' * 64}")
    assert verified(campaign, DISTRICT, letter=others)[-1]["code"] == "letter_district"
    for wrong in (tmp_path, tmp_path / "没有.pdf", tmp_path / "campaign.db"):
        assert xltool("review", "verify", "--letter", wrong).code == 2


@pytest.mark.sqlite
def test_a_letter_with_a_digest_shows_that_the_log_was_cut(campaign: Campaign, tmp_path: Path) -> None:
    to_letter()
    log = campaign.store.events(DISTRICT)
    good = letter(tmp_path, f"{DIGEST_MARK}：{log[-1].digest}")
    cut_off_last_pass(tmp_path)

    assert {row["code"] for row in verified(campaign, DISTRICT)} == {"whole"}  # by itself it can't be seen
    assert verified(campaign, DISTRICT, letter=good)[-1]["code"] == "letter_differs"


def edit(folder: Path, statement: str) -> None:
    connection = sqlite3.connect(folder / "campaign.db")
    with connection:
        connection.execute(statement)
    connection.close()


def cut_off_last_pass(folder: Path) -> None:
    """Take the last entry out, and the stored end back to the one before."""
    edit(folder, "UPDATE reviews SET status = 'second_review', digest = (SELECT previous FROM events WHERE number = 3)")
    edit(folder, "DELETE FROM events WHERE number = 3")


def corrupt(folder: Path) -> None:
    (file,) = [path for path in (folder / "archive").rglob("*.bin") if path.read_bytes().startswith(b"%PDF")]
    file.write_bytes(b"%PDF-1.4 other")


COLUMNS = [column.name for column in schema.events.columns]
INSERTED = f"INSERT INTO events SELECT {', '.join(COLUMNS).replace('number', '5', 1)} FROM events WHERE number = 4"  # noqa: S608
OTHER_CONTENT = """UPDATE snapshots SET content = (SELECT content FROM snapshots ORDER BY id DESC LIMIT 1)
WHERE id = (SELECT MIN(id) FROM snapshots)"""
HANDS: dict[str, tuple[str | Callable[[Path], None], str]] = {
    "note changed": ("UPDATE events SET note = '不同意' WHERE number = 2", "changed"),
    "actor changed": ("UPDATE events SET by = '另一人' WHERE number = 2", "changed"),
    "time changed": ("UPDATE events SET at = '2020-01-01' WHERE number = 1", "changed"),
    "snapshot changed": ("UPDATE events SET snapshot = (SELECT MAX(id) FROM snapshots) WHERE number = 2", "changed"),
    "row deleted": ("DELETE FROM events WHERE number = 2", "unlinked"),
    "last row deleted": ("DELETE FROM events WHERE number = 4", "cut"),
    "all deleted": ("DELETE FROM events", "emptied"),
    "reordered": ("UPDATE events SET number = CASE number WHEN 2 THEN 30 WHEN 3 THEN 20 ELSE number END", "changed"),
    "inserted": (INSERTED, "unlinked"),
    "step beyond reading": ("UPDATE events SET step = '通过' WHERE number = 2", "unreadable"),
    "status changed": ("UPDATE reviews SET status = 'draft'", "status_differs"),
    "end changed": ("UPDATE reviews SET digest = 'x'", "cut"),
    "snapshot content changed": (OTHER_CONTENT, "snapshot_damaged"),
    "scan changed": (corrupt, "letter_damaged"),
    "value changed": (
        "UPDATE entries SET number = 77, integer = NULL, type = 'number' WHERE position = 0",
        "values_differ",
    ),
}


@pytest.mark.sqlite
@pytest.mark.parametrize("hand", HANDS)
def test_what_was_changed_by_hand_is_found(campaign: Campaign, tmp_path: Path, hand: str) -> None:
    to_letter()
    step("confirm", "--letter", letter(tmp_path), note=None)
    submitted = campaign.store.events(DISTRICT)[0].snapshot or ""
    for number in range(20):  # another one, whose id is the larger
        if campaign.store.save_snapshot({"values": [], "number": number}, cut_off=None).id > submitted:
            break
    assert xltool("review", "verify", DISTRICT).code == 0
    change, code = HANDS[hand]
    if callable(change):
        change(tmp_path)
    else:
        edit(tmp_path, change)

    said = xltool("review", "verify", DISTRICT, "--json")

    assert (said.code, code in {row["code"] for row in said.json}) == (1, True)
    assert all(" ".join(row) == "district number ok code message" for row in said.json)
    assert xltool("review", "verify", DISTRICT).code == 1


@pytest.mark.sqlite
def test_a_snapshot_taken_later_shows_that_the_log_was_cut(campaign: Campaign, tmp_path: Path) -> None:
    from xltool.campaign.snapshots import take_snapshot  # noqa: PLC0415 - only here

    to_letter()
    take_snapshot(campaign)
    cut_off_last_pass(tmp_path)

    assert {row["code"] for row in verified(campaign, DISTRICT)} == {"named_missing"}


@pytest.mark.sqlite
@pytest.mark.usefixtures("campaign")
def test_nothing_goes_on_from_a_log_that_was_changed(tmp_path: Path) -> None:
    step("submit")
    edit(tmp_path, "UPDATE events SET note = '改'")
    assert step("pass", code=2).fault == text_of("review_log_faulty", district=DISTRICT)


def test_what_verification_cannot_know_is_said(campaign: Campaign) -> None:
    said = xltool("review", "verify")
    assert campaign.store.heads() == {}
    assert all(limit in said.out for limit in messages.LIMITS)


def clerk(folder: Path, barrier: Barrier, answers: multiprocessing.Queue[str], number: int) -> None:
    campaign = small.campaign(folder, create=False)
    barrier.wait()
    try:
        take(campaign, DISTRICT, Step.SUBMIT, Signature(by=f"统计员{number}", recorded_by="-"))
        answers.put("taken")
    except UsageError as error:
        answers.put(error.code)


def test_of_clerks_who_take_the_same_step_at_once_one_does(campaign: Campaign, tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    barrier, answers = context.Barrier(3), context.Queue()
    clerks = [context.Process(target=clerk, args=(tmp_path, barrier, answers, number)) for number in range(3)]
    for one in clerks:
        one.start()
    found = sorted(answers.get(timeout=60) for _ in clerks)
    for one in clerks:
        one.join()

    assert found.count("taken") == 1
    assert set(found) <= {"taken", "review_moved", "review_step"}
    assert len(campaign.store.events(DISTRICT)) == 1


def sender(folder: Path, barrier: Barrier, number: int) -> None:
    campaign = small.campaign(folder, create=False)
    barrier.wait()
    for turn in range(5):
        small.ingested(campaign, 100 * number + turn)


def test_what_comes_in_at_once_with_submitting_is_submitted_or_held(campaign: Campaign, tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    barrier = context.Barrier(3)
    senders = [context.Process(target=sender, args=(tmp_path, barrier, number)) for number in (1, 2)]
    for one in senders:
        one.start()
    barrier.wait()
    while not campaign.store.events(DISTRICT):
        with suppress(UsageError):  # a return came in between: look again
            take(campaign, DISTRICT, Step.SUBMIT, Signature(by="统计员甲", recorded_by="-"))
    for one in senders:
        one.join()

    (event,) = campaign.store.events(DISTRICT)
    content = campaign.store.load_snapshot(event.snapshot or "").content
    submitted = {row["value"] for row in content["values"] if row["item"] in ITEMS}
    assert submitted == {value.value for value in campaign.store.current_values(DISTRICT) if value.item in ITEMS}
    counted = campaign.store.current_returns(DISTRICT)[0].version or 0
    assert campaign.store.count_held(DISTRICT) == 11 - counted
    assert all(row["ok"] for row in verified(campaign, DISTRICT))


def test_a_return_that_comes_in_while_a_step_is_made_ready_stops_it(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xltool.campaign import review as module  # noqa: PLC0415 - patched here
    from xltool.campaign import snapshots  # noqa: PLC0415 - only here

    present = snapshots.present

    def meanwhile(*arguments: object) -> object:
        taken = present(*arguments)  # type: ignore[arg-type]
        small.ingested(campaign, 8)
        return taken

    monkeypatch.setattr(module, "present", meanwhile)
    assert step("submit", code=2).fault == text_of("review_moved", district=DISTRICT)
    assert (campaign.store.heads(), campaign.store.snapshot_ids()) == ({}, ())
    monkeypatch.undo()
    assert {value.value for value in campaign.store.current_values(DISTRICT)} == {8}


def test_an_edition_without_reviews_has_none(tmp_path: Path) -> None:
    from dataclasses import replace  # noqa: PLC0415 - only here

    campaign = replace(small.campaign(tmp_path), edition=campaigns.edition())
    small.ingested(campaign, 5)
    with pytest.raises(UsageError, match="review_none"):
        take(campaign, DISTRICT, Step.SUBMIT, Signature(by="甲", recorded_by="乙"))


AREA = ("library_area", None, None)


def test_ingest_says_what_a_held_return_changes_and_it_counts_after_the_return(tmp_path: Path) -> None:
    root = rounds.campaign(tmp_path)
    first, newer, newest = (rounds.returned(tmp_path / f"{number}.xlsx", {AREA: 18300 + number}) for number in range(3))
    assert xltool("ingest", first, folder=root).code == 0
    campaign = Campaign.open(root)
    snapshot = campaign.store.save_snapshot({"values": []}, cut_off=None).id
    entry = reviews.event((), reviews.WALK[0], campaign.secret.key, district=rounds.DISTRICT, snapshot=snapshot)
    assert campaign.store.record_event(entry, revision=campaign.store.revision(rounds.DISTRICT)) == ()

    (said,) = rows("ingest", newer, folder=root)
    assert (said["outcome"], said["version"], said["code"]) == ("held", 2, None)
    assert said["reason"] == messages.reason("held", district=rounds.DISTRICT, status="初审", changes=1)
    line = xltool("ingest", newest, folder=root)
    assert (line.code, line.out.splitlines()[0].startswith(f"暂存 {newest}：")) == (0, True)
    (again,) = rows("ingest", newer, folder=root)
    assert again["outcome"] == "repeated"

    area = [row["value"] for row in rows("values", folder=root) if row["item"] == "library_area"]
    assert area == [18300]
    (changed,) = diff(campaign, rounds.DISTRICT)
    assert (changed["before"], changed["after"], changed["held"], changed["version"]) == (18300, 18302, True, 3)
    assert "暂存" in xltool("diff", rounds.DISTRICT, folder=root).out
    assert rows("status", folder=root)[0]["held"] == 2

    back = xltool("review", "return", rounds.DISTRICT, "--by", "市级", "--note", "有更正", folder=root)
    assert (back.code, "暂存的1份报送现已计入" in back.out) == (0, True)
    area = [row["value"] for row in rows("values", folder=root) if row["item"] == "library_area"]
    assert area == [18302]
    (changed,) = diff(campaign, rounds.DISTRICT)
    assert (changed["before"], changed["after"], changed["held"]) == (18300, 18302, False)


def test_prefill_leaves_a_district_that_submitted_alone(campaign: Campaign, tmp_path: Path) -> None:
    step("submit")
    table = tmp_path / "上年.csv"
    table.write_text(f"区,数据项,数值,年度\n{DISTRICT},population,4,2021\n{OTHER},population,4,2021\n", "utf-8")

    said = xltool("prefill", table, "--json")

    assert (said.code, [row["outcome"] for row in said.json]) == (1, ["refused", "taken"])
    assert said.json[0]["reason"] == messages.reason("submitted", district=DISTRICT)
    assert campaign.store.prefilled(DISTRICT) == ()

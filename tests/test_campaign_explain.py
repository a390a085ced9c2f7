"""The office's answer to a finding, from the command line to what counts, and what it refuses."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from builders import reviews, rounds
from builders.rounds import DISTRICT, UNIT, Key, Row, Typed, rows, xltool

from xltool.campaign import Campaign
from xltool.campaign.snapshots import take_snapshot

BY = "市级经办人"
HOLDINGS: Key = ("library_holdings", None, None)
STAFF: Key = ("staff_total", None, None)
HINT: Key = ("industry_training_attendance", None, None)
FIRST: dict[Key, Typed] = {HOLDINGS: "91万", STAFF: -5, HINT: "１７０"}  # a warning, an error and a hint


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = rounds.campaign(tmp_path)
    returned(root, "1.xlsx", FIRST)
    return root


def returned(root: Path, name: str, answers: dict[Key, Typed]) -> None:
    (said,) = rows("ingest", rounds.returned(root / "inbox" / name, answers), folder=root)
    assert said["outcome"] == "accepted"


def found(root: Path, code: str) -> Row:
    (row,) = (row for row in rows("findings", folder=root) if row["code"] == code and row["unit"] == UNIT)
    return row


def explain(root: Path, finding: object, note: str = "已与该单位核对", by: str = BY, *more: str) -> rounds.Said:
    return xltool("explain", finding, "--note", note, "--by", by, *more, folder=root)


def counts(root: Path) -> tuple[int, int]:
    row = rows("status", folder=root)[0]
    return row["errors"], row["warnings"]


def test_a_warning_is_explained_and_an_error_waived_and_neither_is_open_any_more(root: Path) -> None:
    errors, warnings = counts(root)
    assert xltool("findings", folder=root).code == 1

    assert explain(root, found(root, "unit_converted")["id"]).code == 0
    said = explain(root, found(root, "below_minimum")["id"][:8], "按规定豁免")

    assert (said.code, said.err) == (0, "")
    assert "市级豁免" in said.out
    assert "按规定豁免" in said.out
    warning, error = found(root, "unit_converted"), found(root, "below_minimum")
    assert (warning["status"], warning["explanation"], warning["by"]) == ("explained", "已与该单位核对", BY)
    assert (error["status"], error["explanation"], error["by"]) == ("waived", "按规定豁免", BY)
    assert counts(root) == (errors - 1, warnings - 1) == (0, warnings - 1)
    listed = xltool("findings", folder=root)
    assert listed.code == 0
    assert "市级豁免1个；已说明1个" in listed.out or "已说明1个；市级豁免1个" in listed.out
    assert [row["kind"] for row in rows("feedback", "--district", DISTRICT, folder=root)] == ["notice"]  # no workbook


def test_it_holds_in_the_next_version_while_the_value_stays_and_no_longer(root: Path) -> None:
    explain(root, found(root, "unit_converted")["id"])
    explain(root, found(root, "below_minimum")["id"])

    returned(root, "2.xlsx", {**FIRST, HOLDINGS: "91.0万", STAFF: -6})

    assert found(root, "unit_converted")["status"] == "explained"  # otherwise written, the same value
    assert found(root, "below_minimum")["status"] == "open"
    assert found(root, "below_minimum")["version"] == 2
    returned(root, "3.xlsx", {HOLDINGS: "92万"})
    assert (found(root, "unit_converted")["status"], found(root, "unit_converted")["explanation"]) == ("open", None)


def test_what_was_waived_is_not_counted_when_the_next_version_comes_in(root: Path) -> None:
    explain(root, found(root, "below_minimum")["id"])
    file = rounds.returned(root / "inbox" / "2.xlsx", {HOLDINGS: 91, STAFF: -5})

    said = xltool("ingest", file, "--json", folder=root)

    assert (said.code, said.json[0]["errors"]) == (0, 0)


def test_snapshots_hold_it(root: Path) -> None:
    campaign = Campaign.open(root)
    before = take_snapshot(campaign)
    explain(root, found(root, "below_minimum")["id"])
    after = take_snapshot(campaign)

    assert before.id != after.id
    (held,) = (row for row in after.content["findings"] if row["code"] == "below_minimum")
    assert (held["status"], held["explanation"], held["by"]) == ("waived", "已与该单位核对", BY)
    assert take_snapshot(campaign).id == after.id


def test_explained_twice_the_later_one_holds_and_both_stay_on_record(root: Path) -> None:
    name = found(root, "unit_converted")["id"]
    explain(root, name, "先说的")
    again = explain(root, name, " 先说的\n")
    other = explain(root, name, "后说的")

    assert "未作改动" in again.out
    assert "代替以前的说明：先说的" in other.out
    assert found(root, "unit_converted")["explanation"] == "后说的"
    record = Campaign.open(root).store.explanations_on_record(DISTRICT)
    assert [one.note for one in record] == ["先说的", "后说的"]


def test_a_withdrawn_one_leaves_the_finding_open_again(root: Path) -> None:
    name = found(root, "below_minimum")["id"]
    explain(root, name)
    said = explain(root, name, "弄错了", BY, "--withdraw")

    assert "现为待处理" in said.out
    assert found(root, "below_minimum")["status"] == "open"
    assert "没有市级的说明可以撤回" in explain(root, name, "弄错了", BY, "--withdraw").fault


@pytest.mark.parametrize(
    ("note", "by", "words"),
    [
        ("", BY, "“--note”没有填写内容"),
        (" 　\t\u200b", BY, "“--note”没有填写内容"),
        ("有理由", " ", "“--by”没有填写内容"),
        ("长" * 501, BY, "“--note”有501个字，超过500个"),
        ("有理由", "长" * 51, "“--by”有51个字，超过50个"),
    ],
)
def test_an_explanation_without_a_text_or_a_name_is_refused(root: Path, note: str, by: str, words: str) -> None:
    said = explain(root, found(root, "below_minimum")["id"], note, by)

    assert (said.code, words in said.fault) == (2, True)
    assert found(root, "below_minimum")["status"] == "open"


def test_what_cant_be_answered_is_said_in_one_line(root: Path) -> None:
    standing = rows("findings", folder=root)
    hint = next(row for row in standing if row["severity"] == "hint" and row["status"] == "open")
    gone = found(root, "below_minimum")["id"]
    returned(root, "2.xlsx", {HOLDINGS: "91万", HINT: "１７０"})
    wrong = {
        "zz": "没有编号以“zz”开头的问题",
        " ": "没有编号以“ ”开头的问题",
        "%": "没有编号以“%”开头的问题",
        hint["id"]: "是提示，只供核对",
        gone: "已经不存在",
    }
    for name, words in wrong.items():
        said = explain(root, name)
        assert (said.code, words in said.fault) == (2, True), said
    missing = xltool("explain", gone, "--by", BY, folder=root)
    assert (missing.code, "“--note”" in missing.fault) == (2, True)


def test_nothing_is_answered_once_the_district_has_submitted(root: Path) -> None:
    name = found(root, "below_minimum")["id"]
    reviews.recorded(Campaign.open(root).store, reviews.WALK[0], DISTRICT)

    assert "已提交审核" in explain(root, name).fault
    assert found(root, "below_minimum")["status"] == "open"
    assert Campaign.open(root).store.explanations_on_record() == ()


def test_an_ambiguous_beginning_names_the_candidates(root: Path) -> None:
    names = sorted(row["id"] for row in rows("findings", folder=root))
    shared = next((a[:1], a, b) for a, b in pairwise(names) if a[0] == b[0])
    said = explain(root, shared[0])

    assert said.code == 2
    assert shared[1] in said.fault


ITEM, TOTAL = "teachers_with_degree", "teachers_total"
TABLE = "".join(
    f"{line}\n"
    for line in (
        "区,数据项,数值,年度",
        *(f"{DISTRICT},{item},{value},2022" for item, value in ((ITEM, 50), (TOTAL, 40), ("learners_total", 4000))),
    )
)
SAYS: dict[str, Typed] = {"agree": "不同意", "right_value": 45, "reason": "平台未更新"}


def prefill(root: Path, table: str) -> None:
    (root / "平台.csv").write_text(table, encoding="utf-8")
    assert xltool("prefill", root / "平台.csv", folder=root).code == 0


PLACES: dict[str, tuple[str, str]] = {}  # of the item's inputs, by column; the same in every copy


def places_of(root: Path, file: Path) -> dict[str, tuple[str, str]]:
    if not PLACES:
        held = rows("cells", file, folder=root)
        PLACES.update({row["column"]: (row["sheet"], row["cell"]) for row in held if row["item"] == TOTAL})
    return PLACES


def answer(root: Path, name: str, answers: dict[str, Typed]) -> None:
    """The district returns its own workbook with these answers to the value of the other system."""
    (file,) = (root / "outbox" / DISTRICT).glob("*.xlsx")
    places = places_of(root, file)
    target = rounds.typed(file, root / "inbox" / name, {places[column]: typed for column, typed in answers.items()})
    (said,) = rows("ingest", target, folder=root)
    assert said["outcome"] == "accepted"


@pytest.fixture(scope="module")
def first_answer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = rounds.campaign(tmp_path_factory.mktemp("disputed"))
    prefill(root, TABLE)
    rounds.generate_own(root)
    answer(root, "1.xlsx", SAYS)
    return root


class TestDisputes:
    """A district's own value in the place of another system's."""

    @pytest.fixture
    def disputed(self, first_answer: Path, tmp_path: Path) -> Path:
        return rounds.copied(first_answer, tmp_path / "监测")

    def dispute(self, root: Path) -> Row:
        (row,) = (row for row in rows("findings", folder=root) if row["code"] == "disputed")
        return row

    def counting(self, root: Path) -> list[tuple[str | None, object]]:
        """Which value of the item counts."""
        held = rows("values", "--district", DISTRICT, folder=root)
        return [(row["column"], row["value"]) for row in held if row["item"] == TOTAL and row["counts"]]

    def rule(self, root: Path) -> Row:
        (row,) = (row for row in rows("findings", folder=root) if row["rule"] == "degree_within_teachers")
        return row

    def test_the_accepted_value_counts_with_its_own_cell(self, disputed: Path) -> None:
        assert self.counting(disputed) == [(None, 40)]

        said = explain(disputed, self.dispute(disputed)["id"], "平台已认可")

        assert said.out.startswith("已采用区里的数")
        assert self.counting(disputed) == [("right_value", 45)]
        assert self.dispute(disputed)["status"] == "explained"
        traced = [
            row for row in rows("trace", DISTRICT, "learners_per_teacher", folder=disputed) if row["input"] == TOTAL
        ]
        place = next(row for row in rows("values", folder=disputed) if row["item"] == TOTAL and row["counts"])
        assert [(row["value"], row["counts"], row["sheet"], row["cell"]) for row in traced] == [
            (45, True, place["sheet"], place["cell"])
        ]
        assert place["cell"]
        (share,) = (
            row
            for row in rows("indicators", folder=disputed)
            if (row["district"], row["indicator"]) == (DISTRICT, "learners_per_teacher")
        )
        assert share["value"] == pytest.approx(4000 / 45)

    def test_rules_are_judged_on_it_and_the_workbook_is_not_accused(self, disputed: Path) -> None:
        assert self.rule(disputed)["severity"] == "hint"  # both are the office's values

        explain(disputed, self.dispute(disputed)["id"])

        rule = self.rule(disputed)
        assert (rule["severity"], rule["status"], "45名" in rule["message"]) == ("error", "open", True)
        assert rule["file"]
        assert [row for row in rows("findings", folder=disputed) if row["code"] == "verdict_differs"] == []
        explain(disputed, self.dispute(disputed)["id"], "平台有误", BY, "--withdraw")
        assert self.rule(disputed)["severity"] == "hint"
        assert self.counting(disputed) == [(None, 40)]

    def test_it_counts_in_the_next_version_too_but_not_another_value(self, disputed: Path) -> None:
        explain(disputed, self.dispute(disputed)["id"])
        same = {**SAYS, "reason": "已有复函"}
        answer(disputed, "2.xlsx", same)
        assert self.counting(disputed) == [("right_value", 45)]
        assert self.rule(disputed)["severity"] == "error"

        answer(disputed, "3.xlsx", {**same, "right_value": 60})
        assert self.dispute(disputed)["status"] == "open"
        assert self.counting(disputed) == [(None, 40)]
        assert self.rule(disputed)["severity"] == "hint"

    def test_a_value_that_is_prefilled_as_the_district_has_it_ends_the_dispute(self, disputed: Path) -> None:
        prefill(disputed, f"区,数据项,数值,年度\n{DISTRICT},{TOTAL},45,2022\n")

        assert [row for row in rows("findings", folder=disputed) if row["code"] == "disputed"] == []
        assert self.counting(disputed) == [(None, 45)]

    @pytest.mark.parametrize(("right", "words"), [("", "没有写明可以读取的正确值"), (-5, "正确值有误")])
    def test_a_value_that_cant_count_is_not_taken(self, disputed: Path, right: Typed, words: str) -> None:
        answer(disputed, "2.xlsx", {**SAYS, "right_value": right})

        said = explain(disputed, self.dispute(disputed)["id"])

        assert (said.code, words in said.fault) == (2, True)
        assert self.counting(disputed) == [(None, 40)]

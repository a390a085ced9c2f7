"""Three districts of the demo, played for real: every planted mistake is found at its cell, and nothing else is."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest
from builders.recomputation import disagreements

from xltool import campaign as office
from xltool import data
from xltool.campaign import Campaign
from xltool.campaign.opened import quietly
from xltool.demo import people, reviewing, round_trip, scenario
from xltool.demo.mistakes import Mistake, place_of
from xltool.demo.scenario import Scenario

DISTRICTS = ("嘉定区", "金山区", "崇明区")
CLEAN = "崇明区"
Found = list[dict[str, object]]


@pytest.fixture(scope="module")
def story() -> Scenario:
    return scenario.load(data.folder("samples") / "2023")


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory, story: Scenario) -> Campaign:
    root = office.init(tmp_path_factory.mktemp("demo") / "campaign", "2023")
    round_trip.choose_sampled(root, story)
    campaign = Campaign.open(root)
    issued = [row for row in office.generate(campaign, districts=DISTRICTS) if row["kind"] == "district"]
    for filling in round_trip.to_fill(campaign, story, issued):
        people.fill_one(root, filling)
    office.ingest(campaign, [campaign.workspace.inbox], force=office.Workforce(workers=1))
    return campaign


@pytest.fixture(scope="module")
def found(campaign: Campaign) -> Found:
    return office.findings(campaign)


def named(mistake: Mistake) -> str:
    return str(mistake.finding or mistake.check)


def test_the_office_has_chosen_its_sampled_districts(campaign: Campaign, story: Scenario) -> None:
    assert campaign.config.sampled == story.sampled


def test_every_mistake_is_found_at_its_cell(campaign: Campaign, story: Scenario, found: Found) -> None:
    seen = {(row["district"], row["rule"] or row["code"], row["item"], row["row"]) for row in found}
    planted = [mistake for mistake in story.mistakes if mistake.district in DISTRICTS]
    expected = set()
    for mistake in planted:
        answers = round_trip.answers_of(campaign, story, mistake.district, mistake.unit)
        assert answers is not None
        item, row, _ = place_of(mistake, answers)
        expected.add((mistake.district, named(mistake), item, row))

    assert expected <= seen
    assert len(planted) == 20


def test_nothing_else_is_found(story: Scenario, found: Found) -> None:
    planted = {(mistake.district, named(mistake), mistake.item) for mistake in story.mistakes}
    seen = {(str(row["district"]), str(row["rule"] or row["code"]), str(row["item"])) for row in found}

    assert seen <= planted


def test_a_district_without_mistakes_has_no_finding_and_every_indicator(campaign: Campaign, found: Found) -> None:
    indicators = [row for row in office.indicators(campaign) if row["district"] == CLEAN]

    assert [row for row in found if row["district"] == CLEAN] == []
    assert len(indicators) == len(campaign.edition.indicators)
    assert {row["state"] for row in indicators} == {"value"}


def test_every_indicator_is_what_its_formula_gives_from_the_exported_values(campaign: Campaign) -> None:
    indicators = office.indicators(campaign)
    edition = dict(office.show_edition(office.edition_folder(campaign.workspace.root, None)))

    assert len(indicators) == len(campaign.edition.districts) * len(campaign.edition.indicators)
    assert disagreements(indicators, office.values(campaign), edition) == []


def test_a_district_that_corrects_its_marked_workbook_twice_has_nothing_left(
    tmp_path: Path, story: Scenario, capsys: pytest.CaptureFixture[str]
) -> None:
    root = office.init(tmp_path / "campaign", "2023")
    campaign = Campaign.open(root)
    issued = [row for row in office.generate(campaign, districts=[story.corrected]) if row["kind"] == "district"]
    for filling in round_trip.to_fill(campaign, story, issued):
        people.fill_one(root, filling)
    office.ingest(campaign, [campaign.workspace.inbox])
    before = [row for row in office.findings(campaign) if row["status"] == "open"]

    round_trip.send_back(campaign, story, campaign.workspace.inbox, lambda _: nullcontext(quietly))

    left = [row for row in office.findings(campaign) if row["status"] == "open"]
    assert len(before) > len(story.mistakes_in(story.corrected, None)) / 2
    assert left == []
    assert "第2次改正9处，重新报送后：错误0，提醒0" in capsys.readouterr().out


def test_the_reviewed_district_goes_all_the_way_and_can_be_sent_back(campaign: Campaign, story: Scenario) -> None:
    reviewing.approve(campaign, CLEAN)

    log = office.log(campaign, CLEAN)
    assert [row["to"] for row in log] == list(campaign.edition.statuses[2:])
    assert [row["by"] for row in log][:3] == [
        story.signoff[name] for name in ("filler", "first_reviewer", "second_reviewer")
    ]
    assert log[-1]["letter_check"] == "text"
    assert {row["review_state"] for row in office.indicators(campaign) if row["district"] == CLEAN} == {"审核完成"}
    assert all(row["ok"] for row in office.verify(campaign))


def test_the_reviewed_districts_are_others_than_those_with_mistakes(story: Scenario) -> None:
    assert not {mistake.district for mistake in story.mistakes} & {story.confirmed, story.returned}
    assert story.confirmed == CLEAN
    assert story.return_reason

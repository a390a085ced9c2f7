"""The demo's field days of the three sampled districts, played for real, from workbooks to exports."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from openpyxl import load_workbook

from xltool import campaign as office
from xltool import data
from xltool.campaign import Campaign
from xltool.demo import monitoring, people, round_trip, scenario
from xltool.demo import profile as profiles
from xltool.demo.fieldwork import respondents, scheme_of
from xltool.demo.scenario import Scenario

SAMPLES = data.folder("samples") / "2023"
Found = list[dict[str, object]]


@pytest.fixture(scope="module")
def story() -> Scenario:
    return scenario.load(SAMPLES)


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory, story: Scenario) -> Campaign:
    root = office.init(tmp_path_factory.mktemp("field") / "campaign", "2023")
    round_trip.choose_sampled(root, story)
    campaign = Campaign.open(root)
    topics = {node: topic for node, (topic, _) in profiles.load(SAMPLES).topics.items()}
    issued = office.generate_field(campaign, monitoring.KINDS)
    for filling in monitoring.fillings(campaign, story.field, topics, issued):
        people.fill_one(root, filling)
    office.ingest(campaign, [campaign.workspace.inbox], force=office.Workforce(workers=1))
    return campaign


def test_the_settings_survive_being_written_and_read(campaign: Campaign, story: Scenario) -> None:
    assert campaign.config.field_plans == story.field.plans
    assert set(story.field.plans) == set(story.sampled)


def test_every_fault_is_found_and_nothing_else(campaign: Campaign, story: Scenario) -> None:
    found = {(row["district"], row["unit"], row["code"], row["item"], row["row"]) for row in office.findings(campaign)}

    assert found == {(one.district, one.expert, one.finding, one.item, one.row) for one in story.field.faults}


def test_nobodys_status_depends_on_it(campaign: Campaign) -> None:
    assert {(row["errors"], row["warnings"]) for row in office.status(campaign)} == {(0, 0)}


def test_shares_are_what_counting_the_samples_answers_gives(campaign: Campaign, story: Scenario) -> None:
    scheme = scheme_of(campaign.edition)
    faulty = {one.district for one in story.field.faults if one.kind == "survey"}
    rows = {(r["district"], r["site"], r["question"]): r for r in office.field(campaign) if r["kind"] == "survey"}

    counted: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
    for site in story.field.surveys:
        for given in respondents(scheme, story.field, site):
            for name, option in given.items():
                favourable = option >= (1 if name in ("aware", "took_part") else 4)
                counted[site.site, name][favourable] += 1

    checked = 0
    for site in story.field.surveys:
        if site.district in faulty:
            continue
        for question in scheme.questions:
            row, own = rows[site.district, site.site, question.id], counted[site.site, question.id]
            assert (row["n"], row["favourable"]) == (own.total(), own[True])
            assert row["share"] == pytest.approx(own[True] / own.total() * 100)
            assert row["response_rate"] == pytest.approx(site.respondents / site.approached * 100)
            checked += 1
    assert checked == 30
    assert len(rows) == (3 + 2 + 2 + 3) * 10  # each site, and each district's sites together


def test_opinions_of_every_expert_go_through_to_the_export(campaign: Campaign, story: Scenario) -> None:
    told = [row for row in office.field(campaign) if row["kind"] == "opinion"]
    target = campaign.workspace.reports / "实地监测.xlsx"

    office.save_field(campaign, target)

    authors = {(row["district"], row["author"]) for row in told}
    assert authors == {(name, expert) for name, plan in story.field.plans.items() for expert in plan.experts}
    sheet = load_workbook(target)["专家意见"]
    assert {row["text"] for row in told} <= {cell.value for line in sheet.iter_rows() for cell in line}

"""What a snapshot keeps behind the indicators, and hands to the reports."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from builders import rounds
from builders.rounds import DISTRICT, Key, Typed, rows, xltool

from xltool import reports
from xltool.campaign import Campaign
from xltool.campaign.background import background_of, last_year_of
from xltool.campaign.results import in_words, statuses
from xltool.campaign.snapshots import present, take_snapshot
from xltool.model.states import State
from xltool.store import Snapshot

SITES = ("社区学院", "某街道社区学校")
SETTINGS = f"""
[field."{DISTRICT}"]
day = 2023-10-17
sites = ["{SITES[0]}", "{SITES[1]}"]
experts = ["专家组组长", "专家一"]
meetings = ["上午：座谈会"]
"""
LAST_YEAR = (
    "区,数据项,数值,年度\n"
    f"{DISTRICT},resident_population,50,2021\n"
    f"{DISTRICT},library_holdings,600000,2021\n"
    f"{DISTRICT},special_funds,30,2021\n"
    f"{DISTRICT},unit_special_budget,120,2021\n"
    "徐汇区,resident_population,100,2021\n"
    "徐汇区,library_holdings,2000000,2021\n"
)
SURVEY: Mapping[Key, Typed] = {
    ("survey_sites", 1, "approached"): 10,
    ("survey_sites", 1, "respondents"): 4,
    **{("survey_answers", row, "site"): SITES[0] for row in range(1, 5)},
    **{("survey_answers", row, "aware"): row % 2 for row in range(1, 5)},
}
OPINION: Mapping[Key, Typed] = {
    ("opinions", 6, "suggestion"): "扩大场馆开放。",
    ("expert_texts", 1, "text"): "总体良好。",
}
DOCUMENT: Mapping[str, Typed] = {
    "title": "大事",
    "year": 2022,
    "date": "2022-05-01",
    "summary": "简介",
    "doc_type": "会议",
    "level1": "1 建立领导和管理制度",
    "level2": "1.1 确立党政主导、多部门参与的学习型城区建设领导机制",
    "level3": "1.1.1 确立区跨部门沟通、协商的领导机构和制度",
    "point": "1.1.1-3 定期召开区学促委大会",
    "attachment": "纪要.pdf",
}
EVENT: Mapping[Key, Typed] = {("event", 1, column): typed for column, typed in DOCUMENT.items()}


@cache
def played() -> Path:
    """A campaign where a unit's documents, a survey, an expert's opinions and last year's values came in."""
    root = rounds.campaign(rounds.issued().parent / "背景")
    settings = root / "campaign.toml"
    text = settings.read_text("utf-8").replace("sampled = []", f'sampled = ["{DISTRICT}"]')
    settings.write_text(text + SETTINGS, "utf-8")
    inbox = root / "inbox"
    for row in rows("generate", "--experts", "--survey", folder=root):
        if row["unit"] != "专家一":
            source, answers = root / row["file"], SURVEY if row["kind"] == "survey" else OPINION
            cells = {(c["item"], c["row"], c["column"]): c for c in rows("cells", source, folder=root)}
            rounds.filled(source, inbox / Path(row["file"]).name, answers, cells=cells)
    rounds.returned(inbox / "文旅局" / "表.xlsx", EVENT)
    (inbox / "文旅局" / "纪要.pdf").write_bytes(b"%PDF-1.4")
    (root / "上年.csv").write_text(LAST_YEAR, "utf-8")
    assert xltool("prefill", root / "上年.csv", folder=root).code == 0
    assert {row["outcome"] for row in rows("ingest", inbox, folder=root)} == {"accepted", "attachment"}
    return root


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return Campaign.open(played())


@pytest.fixture(scope="module")
def snapshot(campaign: Campaign) -> Snapshot:
    return take_snapshot(campaign)


@pytest.fixture(scope="module")
def known(snapshot: Snapshot) -> reports.Background:
    return background_of(snapshot.content, DISTRICT)


def test_evidence_is_covered_up_to_the_first_level(campaign: Campaign, known: reports.Background) -> None:
    evidence, framework = known.evidence, campaign.edition.framework_by_id
    assert evidence is not None
    assert (evidence.documents, evidence.received, evidence.missing, evidence.surplus) == (1, 1, 0, 0)
    points = [node for node in campaign.edition.framework if node.level == 4]
    first = [point for point in points if point.id.startswith("1.")]
    assert evidence.covered(framework) == (1, len(points))
    assert evidence.covered(framework, under="1") == (1, len(first))
    assert evidence.covered(framework, under="2") == (0, sum(point.id.startswith("2.") for point in points))
    assert {node.indicator for node in evidence.nodes if node.with_attachment} == {"1.1", "1.1.1", "1.1.1-3"}


def test_the_survey_has_its_intervals_and_what_counts_as_favourable(known: reports.Background) -> None:
    aware = {answer.site: answer for answer in known.survey if answer.question == "aware"}
    one = aware[SITES[0]]
    assert set(aware) == {SITES[0], None}
    assert (one.approached, one.respondents, one.response_rate, one.n, one.favourable) == (10, 4, 40.0, 4, 2)
    assert one.share is not None
    assert (one.share.value, round(one.share.low, 1), round(one.share.high, 1)) == (50, 15.0, 85.0)
    assert (one.counted, [option.count for option in one.options]) == (("是",), [2, 2])
    assert one.sheet == "逐份答卷"


def test_opinions_carry_the_role_of_their_author(known: reports.Background) -> None:
    told = {(one.author, one.indicator, one.aspect_label, one.text) for one in known.opinions}
    assert told == {
        ("专家组组长", "3.2", "意见建议", "扩大场馆开放。"),
        ("专家组组长", None, "总体评价", "总体良好。"),
    }
    day = known.field_day
    assert day is not None
    assert (day.day, day.sites, day.meetings) == ("2023-10-17", "、".join(SITES), "上午：座谈会")
    assert (day.returned, day.expected) == (1, 2)


def test_last_years_indicators_come_from_last_years_values_where_all_are_known(
    campaign: Campaign, snapshot: Snapshot
) -> None:
    content = snapshot.content
    own = {one.indicator: one for one in background_of(content, DISTRICT).last_year}
    holdings = own["library_holdings_per_capita"]
    assert (holdings.value, holdings.n, holdings.median, holdings.mean) == (1.2, 2, 1.6, 1.6)
    assert own["special_fund_share"].value == 25
    assert (own["experience_bases"].value, own["experience_bases"].state) == (None, State.MISSING)
    assert len(last_year_of(content)) == len(campaign.edition.indicators) * len(campaign.district_names)


def test_the_same_data_are_the_same_snapshot(campaign: Campaign, snapshot: Snapshot) -> None:
    again = present(Campaign.open(played()), statuses(campaign))
    assert (again.id, in_words(campaign, statuses(campaign))[DISTRICT]) == (snapshot.id, "填报")


def test_a_district_that_was_not_visited_has_no_field_day(snapshot: Snapshot) -> None:
    other = background_of(snapshot.content, "徐汇区")
    assert (other.field_day, other.survey, other.opinions) == (None, (), ())
    assert other.evidence is not None
    assert other.evidence.documents == 0


def test_a_snapshot_from_before_these_parts_were_kept_says_that_nothing_is_known(snapshot: Snapshot) -> None:
    content = dict(snapshot.content)
    for part in ("evidence", "field", "survey", "opinions", "last_year"):
        del content[part]
    assert background_of(content, DISTRICT) == reports.Background()

"""Districts are checked by this process or by others, with the same outcome."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from builders import campaigns, small

from xltool.campaign import Campaign, district_checks
from xltool.campaign.district_checks import Checker, check_returned, recheck
from xltool.campaign.results import Counted, counted
from xltool.campaign.workforce import Workforce
from xltool.errors import CampaignError
from xltool.model.comparison import Comparisons, PeerRule, Peers
from xltool.model.edition import District, Edition, Severity
from xltool.store import Store

NAMES = tuple(f"第{number}区" for number in range(1, 10))
FIGURES = dict(zip(NAMES, (10, 11, 12, 11, 10, 12, 11, 9, 90_000), strict=True))
TWO = Workforce(workers=2)
PEERS = Peers(
    rules=(PeerRule(item="population", operand="population"),),
    fewest=5,
    limit=3.5,
    least_spread=0.1,
    severity=Severity.WARNING,
)


def many(edition: Edition) -> Edition:
    districts = tuple(District(name=name) for name in NAMES)
    return replace(edition, districts=districts, comparisons=Comparisons(peers=PEERS))


@pytest.fixture
def campaign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Campaign:
    """Nine districts, one of which says something else than the others."""
    scheme = many(small.edition())
    monkeypatch.setattr(small, "edition", lambda: scheme)
    made = small.campaign(tmp_path)
    for district, figure in FIGURES.items():
        content = district.encode()
        read = campaigns.value(figure, whose=campaigns.identity(district), item="population")
        made.store.accept(campaigns.submission(content, read, district=district), (), content)
    return made


def found(campaign: Campaign) -> Iterator[tuple[str, str, str | None]]:
    for finding in campaign.store.findings():
        yield finding.district, finding.code, finding.item


def test_other_processes_find_what_this_one_finds(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    recheck(campaign)
    here = [*found(campaign)]
    assert [district for district, code, item in here if item == "population"] == [NAMES[-1]]
    everything = campaign.store.findings()
    for district in NAMES:
        campaign.store.replace_district_findings(district, ())

    monkeypatch.setattr(district_checks, "HERE", 0)
    recheck(campaign, TWO)

    assert campaign.store.findings() == everything


def test_this_process_reads_nothing_where_others_check(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(district_checks, "HERE", 0)
    own = os.getpid()

    def elsewhere(campaign: Campaign, district: str) -> Counted:
        assert os.getpid() != own
        return counted(campaign, district)

    monkeypatch.setattr(district_checks, "counted", elsewhere)
    check_returned(campaign, TWO)

    assert campaign.store.unchecked_districts() == ()


def test_a_process_that_dies_ends_the_checks_and_the_next_run_does_them(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(district_checks, "HERE", 0)
        patched.setattr(district_checks, "counted", lambda *_: os.abort())
        with pytest.raises(CampaignError) as caught:
            check_returned(campaign, TWO)
    assert caught.value.code == "check_lost"
    assert {*campaign.store.unchecked_districts()} == {*NAMES}

    check_returned(campaign, TWO)

    assert campaign.store.unchecked_districts() == ()
    assert [district for district, _, item in found(campaign) if item == "population"] == [NAMES[-1]]


def test_districts_with_something_new_come_last_so_that_nothing_is_lost_where_a_run_ends(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    recheck(campaign)
    content = b"new"
    newer = campaigns.submission(content, district=NAMES[2])
    campaign.store.accept(newer, (), content)
    order: list[str] = []
    replaced = Store.replace_district_findings

    def noted(store: Store, district: str, *arguments: object, **more: object) -> bool:
        order.append(district)
        return replaced(store, district, *arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "replace_district_findings", noted)
    check_returned(campaign)

    assert order == [*NAMES[:2], *NAMES[3:], NAMES[2]]


def test_whoever_waits_is_told_how_far_the_checks_are(campaign: Campaign) -> None:
    said: list[tuple[int, int]] = []

    check_returned(campaign, advance=lambda *done: said.append(done))

    assert said == [(done, 2 * len(NAMES)) for done in range(1, 2 * len(NAMES) + 1)]


def test_who_checks_can_be_sent_elsewhere(campaign: Campaign) -> None:
    checker = Checker(campaign)
    assert pickle.loads(pickle.dumps(checker)).figures(NAMES[0]) == checker.figures(NAMES[0])  # noqa: S301 - our own

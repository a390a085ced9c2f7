from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from builders import campaigns, reviews
from builders.stores import opened, stored
from hypothesis import given
from hypothesis import strategies as st

from xltool.model.edition import Scope, Severity
from xltool.store import Store
from xltool.store.findings import distinct


def codes(store: Store, district: str | None = None) -> list[str]:
    return [finding.code for finding in store.findings(district)]


def test_a_finding_reads_back_with_everything(tmp_path: Path) -> None:
    whole = campaigns.finding(
        "check",
        about="check",
        severity=Severity.WARNING,
        rule="r1",
        scope=Scope.UNIT,
        item="library_area",
        row=3,
        column="unit",
        file=None,
        raw="\x001",
        expected="整数",
        status="folded",
        follows_from="abc",
        explanation="说明",
        by="某人",
    )

    stored(tmp_path).replace_district_findings("东区", [whole])

    [back] = opened(tmp_path).findings("东区")
    assert back == whole
    assert back.id == whole.id
    assert (type(back.severity), type(back.scope)) == (Severity, Scope)


def test_a_districts_findings_are_replaced_and_a_files_stay(tmp_path: Path) -> None:
    store = stored(tmp_path)
    store.accept(campaigns.submission(b"a"), (campaigns.finding("own"),), b"a")
    store.replace_district_findings("东区", [campaigns.finding("old"), campaigns.finding("older")])
    store.replace_district_findings("西区", [campaigns.finding("other", "西区")])

    assert store.replace_district_findings("东区", [campaigns.finding("new")])

    assert codes(store, "东区") == ["own", "new"]
    assert codes(store) == ["own", "new", "other"]
    assert store.findings("东区")[1].version is None


def test_findings_come_in_the_same_order_whatever_came_in_first(tmp_path: Path) -> None:
    units = {"甲局": b"a", "乙局": b"b", None: b"c"}
    listed = []
    for name, order in (("one", units), ("two", dict(reversed(units.items())))):
        (tmp_path / name).mkdir()
        store = stored(tmp_path / name)
        for unit, content in order.items():
            given = (campaigns.finding("x", unit=unit), campaigns.finding("a", unit=unit))
            store.accept(campaigns.submission(content, unit=unit), given, content)
        store.replace_district_findings("东区", [campaigns.finding("a")])
        listed.append([finding.id for finding in store.findings()])

    assert listed[0] == listed[1]
    assert len(set(listed[0])) == 7


@given(st.lists(st.sampled_from(["one", "two"]), max_size=8))
def test_ids_are_distinct_stable_and_reveal_no_order_of_storing(names: list[str]) -> None:
    found = tuple(distinct(campaigns.finding(name) for name in names))
    ids = [finding.id for finding in found]

    assert len(set(ids)) == len(ids)
    assert [finding.code for finding in found] == names
    assert [finding.id for finding in distinct(found)] == ids
    for name in set(names):
        assert ids[names.index(name)] == campaigns.finding(name).id


def test_findings_of_older_values_are_refused(tmp_path: Path) -> None:
    store = stored(tmp_path)
    store.accept(campaigns.submission(b"a"), (), b"a")
    seen = store.revision("东区")
    store.accept(campaigns.submission(b"b"), (), b"b")

    assert not store.replace_district_findings("东区", [campaigns.finding("stale")], revision=seen)
    assert codes(store) == []
    assert store.replace_district_findings("东区", [campaigns.finding("new")], revision=store.revision("东区"))
    assert codes(store) == ["new"]


def test_a_district_that_was_not_checked_yet_is_known(tmp_path: Path) -> None:
    store = stored(tmp_path)
    for content, district in ((b"a", "西区"), (b"b", "东区")):
        store.accept(campaigns.submission(content, district=district), (), content)
    reviews.recorded(store, reviews.WALK[0], "南区")
    store.accept(campaigns.submission(b"c", district="南区"), (), b"c")  # held

    assert store.unchecked_districts() == ("东区", "西区")
    store.replace_district_findings("东区", [])
    assert store.unchecked_districts() == ("西区",)
    store.accept(campaigns.submission(b"d"), (), b"d")
    assert store.unchecked_districts() == ("东区", "西区")


def test_a_twin_is_told_apart_by_its_id_alone() -> None:
    finding = campaigns.finding()

    assert replace(finding, twin=2).id != replace(finding, twin=3).id != finding.id

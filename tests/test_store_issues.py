from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from builders import campaigns
from builders.stores import opened, stored

from xltool.errors import CampaignError
from xltool.model.plan import Carried, Prefilled
from xltool.store import recipient_from_json, recipient_to_json

PREFILLED = (
    Prefilled(item="library_area", value=12.5, source="平台.csv", raw="12.5"),
    Prefilled(item="rural", row=2, column="unit", word="不适用", source="单位名单.xlsx", raw="不适用"),
)


def test_what_was_issued_reads_back(tmp_path: Path) -> None:
    entries = [
        campaigns.issued("东区", units=("甲局", "乙局"), prefilled=PREFILLED),
        campaigns.issued("东区", "甲局"),
    ]

    stored(tmp_path).record_issued(entries)

    read = opened(tmp_path).issued()
    assert [replace(read[entry.identity.serial], issued_at="") for entry in entries] == entries
    assert all(entry.issued_at.startswith("2023-07-01T00:00:") for entry in read.values())
    assert all(entry.issued_at.endswith("+00:00") for entry in read.values())


def test_the_same_workbook_issued_again_is_recorded_once(tmp_path: Path) -> None:
    store = stored(tmp_path)
    first = campaigns.issued()
    store.record_issued([first])
    store.save_plan(campaigns.PLAN, b"other")

    store.record_issued([replace(first, file="outbox/新.xlsx"), campaigns.issued("西区")])

    assert {entry.file for entry in store.issued().values()} == {"outbox/新.xlsx", "outbox/西区/西区.xlsx"}
    assert store.plans() == {campaigns.PLAN: b"plan"}


def test_a_workbook_without_its_plan_is_not_recorded(tmp_path: Path) -> None:
    with pytest.raises(CampaignError, match="database_unusable"):
        opened(tmp_path, create=True).record_issued([campaigns.issued()])

    assert opened(tmp_path).issued() == {}


def test_nothing_to_record_is_fine(tmp_path: Path) -> None:
    stored(tmp_path).record_issued([])

    assert opened(tmp_path).issued() == {}


def test_a_recipient_is_canonical_json() -> None:
    recipient = campaigns.issued(units=("甲局",), prefilled=PREFILLED).recipient

    assert recipient_from_json(recipient_to_json(recipient)) == recipient
    assert recipient_to_json(recipient) == recipient_to_json(replace(recipient))
    assert recipient_to_json(recipient) != recipient_to_json(replace(recipient, units=("乙局",)))


def test_the_recipients_behind_current_returns_are_known(tmp_path: Path) -> None:
    store = stored(tmp_path)
    own, units = campaigns.issued("东区", units=("甲局",)), campaigns.issued("东区", "甲局")
    store.record_issued([own, units, campaigns.issued("东区", "乙局"), campaigns.issued("西区")])

    store.accept(campaigns.submission(b"1"), (), b"1")
    store.accept(campaigns.submission(b"2", unit="甲局"), (), b"2")
    store.accept(campaigns.submission(b"3", district="西区"), (), b"3")

    assert store.current_recipient("东区") == own.recipient


def test_a_prefilled_value_without_a_date_has_the_day_that_it_was_taken(tmp_path: Path) -> None:
    store = stored(tmp_path)
    dated = Prefilled(item="holdings", value=5, source="平台.csv", raw="5", date="2023-06-30")
    store.save_prefilled([("东区", dated), ("东区", replace(dated, item="library_area", date=""))])

    dates = {one.item: one.date for one in store.prefilled("东区")}
    assert dates == {"holdings": "2023-06-30", "library_area": "2023-07-01"}


def test_units_answers_that_were_carried_read_back() -> None:
    carried = (
        Carried(item="library_area", value=12.5, unit="甲局"),
        Carried(item="rural", value="不适用", unit="乙局"),
    )
    entry = campaigns.issued("东区", units=("甲局", "乙局"), carried=carried)

    assert recipient_from_json(recipient_to_json(entry.recipient)) == entry.recipient

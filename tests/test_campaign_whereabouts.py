from __future__ import annotations

from pathlib import Path

import pytest
from builders.rounds import DISTRICT, UNIT, campaign, places, returned, rows

from xltool.campaign import Campaign
from xltool.campaign.whereabouts import Whereabouts


def test_places_are_those_of_the_workbooks_that_came_back(tmp_path: Path) -> None:
    root = campaign(tmp_path)
    rows("ingest", returned(tmp_path / "返回.xlsx"), folder=root)
    opened = Campaign.open(root)
    found = Whereabouts(opened, DISTRICT)
    described = places()
    for item, column in (("library_area", None), ("special_funds", "none")):
        cell = described[item, None, column]
        assert found[UNIT, item, None] == f"{cell['sheet']}!{cell['cell']}"
    assert found.get((None, "library_area", None)) is None
    with pytest.raises(KeyError):
        found[UNIT, "no_item", None]
    assert len(found) == len(list(found)) > 5

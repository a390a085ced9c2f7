"""What other programs rely on: JSON fields and their order, exit codes, and clean streams."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from builders import rounds
from builders.rounds import DISTRICT, UNIT, Key, rows, xltool

FIELDS = {
    "cells": "kind item row column sheet cell type unit_of_measure choices depends_on",
    "ingest": "file sha256 district unit version outcome code reason errors warnings hints",
    "generate": "kind district unit file",
    "values": "district unit item row column value state raw unit_of_measure counts file sha256 sheet cell version",
    "indicators": "district indicator label value state reason unit_of_measure numerator denominator units_answered "
    "units_expected city mean median n rank review_state",
    "trace": "district indicator formula input unit value state raw counts file sha256 sheet cell",
    "status": "district status proposed_step units_returned units_expected errors warnings held last_return deadline "
    "days_left",
    "findings": "id about code severity rule scope district unit item row column file sheet cell raw expected message "
    "action status follows_from explanation by version",
}
EDITION_FIELDS = {
    "framework": "id level name answers",
    "items": "id label unit_of_measure level responsible source columns",
    "indicators": "id label unit_of_measure belongs_to formula direction",
    "checks": "id scope severity expression message",
    "documents": "id label columns",
    "districts": "name",
    "units": "name answers_for",
}
STATES = {"value", "missing", "not_applicable", "undefined"}
WRONG: dict[Key, str] = {("library_area", None, None): "约3000", ("staff_total", None, None): "８５"}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign with one return that has an error and a hint."""
    folder = tmp_path_factory.mktemp("contract")
    root = rounds.campaign(folder)
    file = rounds.returned(folder / "返回.xlsx", WRONG)
    assert xltool("ingest", file, folder=root).code == 1
    return root


def command(name: str, root: Path) -> list[str]:
    further = {
        "cells": [str(rounds.issued_file(root))],
        "ingest": [str(root / "campaign.toml")],
        "generate": ["--district", DISTRICT, "--unit", UNIT],
        "trace": [DISTRICT, "special_fund_share"],
    }
    return [name, *further.get(name, [])]


@pytest.mark.parametrize("name", FIELDS)
def test_json_has_exactly_the_contracts_fields_in_its_order(root: Path, name: str) -> None:
    said = xltool(*command(name, root), "--json", folder=root)
    assert said.err == ""
    assert said.json
    for row in said.json:
        assert " ".join(row) == FIELDS[name]


def test_an_empty_operands_trace_has_the_same_fields(root: Path) -> None:
    (row,) = rows("trace", DISTRICT, "service_satisfaction", folder=root)
    assert " ".join(row) == FIELDS["trace"]
    assert (row["state"], row["value"], row["raw"], row["counts"], row["cell"]) == ("missing", None, None, False, None)


def test_edition_show_is_one_object_of_lists(root: Path) -> None:
    shown = xltool("edition", "show", "--json", folder=root).json
    assert {name: " ".join(shown[name][0]) for name in shown} == EDITION_FIELDS
    assert all(" ".join(row) == EDITION_FIELDS[name] for name, found in shown.items() for row in found)
    counts = {name: len(found) for name, found in shown.items()}
    assert (counts["districts"], counts["indicators"], counts["documents"]) == (16, 36, 5)


def test_values_say_where_they_come_from(root: Path) -> None:
    (area,) = [row for row in rows("values", folder=root) if row["item"] == "culture_venue_area"]
    place = rounds.places()["culture_venue_area", None, None]
    assert (area["district"], area["unit"], area["value"], area["state"]) == (DISTRICT, UNIT, 41250.5, "value")
    assert (area["sheet"], area["cell"], area["raw"]) == (place["sheet"], place["cell"], "41250.5")
    assert (area["counts"], area["version"], area["unit_of_measure"]) == (True, 1, "m²")
    assert area["file"].endswith("返回.xlsx")
    assert len(area["sha256"]) == 64


def test_what_cant_be_read_is_missing_with_its_raw_text_and_a_finding_at_its_cell(root: Path) -> None:
    (area,) = [row for row in rows("values", folder=root) if row["item"] == "library_area"]
    assert (area["state"], area["value"], area["raw"], area["counts"]) == ("missing", None, "约3000", False)
    found = xltool("findings", "--json", folder=root)
    assert found.code == 1
    (finding,) = [row for row in found.json if row["item"] == "library_area" and row["code"] == "approximate"]
    assert (finding["severity"], finding["status"], finding["raw"]) == ("error", "open", "约3000")
    assert (finding["sheet"], finding["cell"]) == (area["sheet"], area["cell"])


def test_prefilled_values_have_a_source_but_no_cell(root: Path) -> None:
    names = [
        row for row in rows("values", folder=root) if row["item"] == "member_units" and row["district"] == DISTRICT
    ]
    assert len(names) == rounds.rows("status", folder=root)[0]["units_expected"]
    assert {(row["file"], row["sheet"], row["cell"], row["version"]) for row in names} == {
        ("单位名单.xlsx", None, None, None)
    }
    assert all(row["counts"] and row["raw"] == row["value"] for row in names)


def test_indicators_have_every_district_and_indicator(root: Path) -> None:
    found = rows("indicators", folder=root)
    assert len(found) == 16 * 36
    assert {row["state"] for row in found} <= STATES
    (share,) = [row for row in found if (row["district"], row["indicator"]) == (DISTRICT, "special_fund_share")]
    assert (share["value"], share["numerator"], share["denominator"]) == (40.0, 200, 500)
    assert (share["units_answered"], share["n"], share["rank"], share["review_state"]) == (1, 1, 1, "填报")
    assert all((row["value"] is None) == (row["state"] != "value") == (row["reason"] is not None) for row in found)


def test_trace_reaches_the_cells(root: Path) -> None:
    traced = rows("trace", DISTRICT, "special_fund_share", folder=root)
    cells = {(row["input"], row["value"], row["cell"]) for row in traced}
    places = rounds.places()
    assert cells == {
        ("sum(special_funds.budget)", 120.5, places["special_funds", 1, "budget"]["cell"]),
        ("sum(special_funds.budget)", 79.5, places["special_funds", 2, "budget"]["cell"]),
        ("unit_special_budget", 500, places["unit_special_budget", None, None]["cell"]),
    }
    assert {row["unit"] for row in traced} == {UNIT}


def test_status_counts_returns_and_open_findings(root: Path) -> None:
    first, second = rows("status", folder=root)[:2]
    assert (first["district"], first["status"], first["units_returned"], first["errors"]) == (DISTRICT, "填报", 1, 1)
    assert (second["status"], second["units_returned"], second["last_return"]) == ("未填报", 0, None)
    assert first["held"] == 0


def test_district_option_takes_one_district_only(root: Path) -> None:
    for name in ("values", "findings"):
        assert {
            row["district"] for row in json.loads(xltool(name, "--district", DISTRICT, "--json", folder=root).out)
        } == {DISTRICT}
    assert rows("findings", "--district", "崇明区", folder=root) == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["status"], 0),
        (["values"], 0),
        (["indicators"], 0),
        (["trace", DISTRICT, "special_fund_share"], 0),
        (["findings"], 1),
        (["findings", "--district", "崇明区"], 0),
        (["edition", "show"], 0),
        (["edition", "lint"], 0),
        (["--help"], 0),
        (["--version"], 0),
        ([], 2),
    ],
)
def test_exit_codes_with_output_for_people(root: Path, arguments: list[str], code: int) -> None:
    said = xltool(*arguments, folder=root)
    assert said.code == code
    assert "Traceback" not in said.err


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("name", ["findings", "values", "indicators"])
def test_tables_are_saved_for_people_and_programs(root: Path, tmp_path: Path, name: str, ending: str) -> None:
    target = tmp_path / f"表.{ending}"
    assert xltool(name, "-o", target, folder=root).code == (1 if name == "findings" else 0)
    assert target.stat().st_size > 100
    if ending == "csv":
        assert target.read_text("utf-8-sig").splitlines()[0] == FIELDS[name].replace(" ", ",")

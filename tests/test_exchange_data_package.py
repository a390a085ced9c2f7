"""The data package: read back by the specification's own library, with every number and text as it was."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import reports as build
from builders import rounds
from builders.documents import HOSTILE
from builders.rounds import DISTRICT, UNIT, xltool
from hypothesis import given, settings
from hypothesis import strategies as st

from xltool.campaign.data_package import survey_rows
from xltool.campaign.rows import finding_row, result_row
from xltool.exchange import Contents, data_package, tables_of
from xltool.model.harmless import STARTS, harmless, original

frictionless: Any = pytest.importorskip("frictionless", reason="the library that checks data packages is not installed")

SCHEME = build.edition()
RESULTS = build.results(SCHEME, build.spread_values(SCHEME, absent=(build.OWN,)))
ABOUT = {"name": "monitoring", "title": "数据包", "snapshot": build.SNAPSHOT}
VALUE = {
    "district": build.OWN,
    "unit": None,
    "item": SCHEME.items[0].id,
    "row": None,
    "column": None,
    "value": 0.1 + 0.2,
    "state": "value",
    "raw": "0.3",
    "unit_of_measure": "个",
    "counts": True,
    "file": "/home/somebody/监测/甲.xlsx",
    "sha256": "0" * 64,
    "sheet": "数据",
    "cell": "B2",
    "version": 1,
}
SURVEY = {
    "question": "q1",
    "label": "总体满意度",
    "site": None,
    "approached": 120,
    "respondents": 100,
    "response_rate": 100 / 1.2,
    "n": 99,
    "answered_rate": 99.0,
    "favourable": 66,
    "share": {"value": 200 / 3, "low": 56.9, "high": 75.2},
    "mean": None,
}


def contents(**changes: Any) -> Contents:
    whole = Contents(
        districts=[
            {"district": name, "status": "填报", "own_return": True, "units_returned": 1, "units_expected": 2}
            for name in build.DISTRICTS
        ],
        values=[VALUE],
        results=[result_row(result) for result in RESULTS],
        findings=[finding_row(build.finding(by="某人"))],
        survey=list(survey_rows({build.OWN: [SURVEY]})),
        coverage=[{"district": build.OWN, "node": "1.1", "documents": 3, "with_attachment": 2}],
    )
    return replace(whole, **changes)


def made(**changes: Any) -> bytes:
    return data_package(ABOUT, tables_of(SCHEME, contents(**changes)))


def table(package: bytes, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return list(csv.DictReader(io.StringIO(opened.read(f"data/{name}.csv").decode(), newline="")))


def faults(package: bytes, folder: Path) -> list[Any]:
    """What the library says is wrong with descriptor, hashes, types, constraints and references."""
    path = folder / "数据包.zip"
    path.write_bytes(package)
    found: list[Any] = frictionless.validate(str(path), type="package").flatten(["type", "message"])
    return found


def test_the_library_finds_nothing_wrong(tmp_path: Path) -> None:
    assert faults(made(), tmp_path) == []


def test_the_library_would_find_a_wrong_reference_and_a_doubled_key(tmp_path: Path) -> None:
    assert {kind for kind, _ in faults(made(values=[{**VALUE, "district": "无此区"}]), tmp_path)} == {"foreign-key"}
    twice = contents().coverage
    assert {kind for kind, _ in faults(made(coverage=[*twice, *twice]), tmp_path)} == {"primary-key"}


def test_every_number_reads_back_unrounded() -> None:
    read = {(row["district"], row["indicator"]): row for row in table(made(), "results")}
    for result in RESULTS:
        row = read[result.district, result.indicator]
        number = isinstance(result.value, float)
        assert row["value"] == ("" if not number else repr(result.value))
        assert row["text"] == ("" if number or result.value is None else result.value)
        assert (row["state"], row["n"]) == (result.state, str(result.n))
        assert row["median"] == ("" if result.median is None else repr(result.median))
    assert float(table(made(), "values")[0]["value"]) == 0.1 + 0.2


def test_estimates_have_the_ends_of_their_intervals() -> None:
    (row,) = table(made(), "survey")
    assert (row["site"], row["share"], row["share_low"], row["share_high"]) == ("", repr(200 / 3), "56.9", "75.2")
    assert (row["mean"], row["mean_low"], row["n"], row["favourable"]) == ("", "", "99", "66")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_stays_text_in_one_cell(hostile: str, tmp_path: Path) -> None:
    package = made(values=[{**VALUE, "value": hostile, "raw": hostile, "file": hostile}])
    (row,) = table(package, "values")
    shown = hostile.encode("utf-8", "replace").decode()
    assert original(row["raw"]) == original(row["text"]) == shown
    assert not row["raw"].startswith(STARTS) or row["raw"].startswith("'")
    assert faults(package, tmp_path) == []


@settings(deadline=None)
@given(st.text())
def test_neutralised_text_can_be_got_back(text: str) -> None:
    kept = harmless(text)
    assert isinstance(kept, str)
    assert original(kept) == text
    assert kept == text or kept[0] == "'"


def test_the_descriptor_says_how_text_is_neutralised_and_which_snapshot_it_is() -> None:
    with zipfile.ZipFile(io.BytesIO(made())) as opened:
        told = json.loads(opened.read("datapackage.json"))
    assert told["snapshot"] == build.SNAPSHOT
    assert (told["neutralised"]["prefix"], tuple(told["neutralised"]["startsWith"])) == ("'", STARTS)
    names = [resource["name"] for resource in told["resources"]]
    assert names.index("districts") < names.index("results")


def test_nobody_is_named_and_no_folder_is_told() -> None:
    signed = {**VALUE, "item": "signoff", "column": "filler", "value": "统计员甲", "raw": "统计员甲"}
    with zipfile.ZipFile(io.BytesIO(made(values=[VALUE, signed]))) as opened:
        text = "".join(opened.read(name).decode() for name in opened.namelist())
    assert "统计员甲" not in text
    assert "某人" not in text
    assert "somebody" not in text


def test_what_there_is_none_of_makes_no_table() -> None:
    with zipfile.ZipFile(io.BytesIO(made(survey=(), coverage=()))) as opened:
        names = {Path(name).stem for name in opened.namelist()}
    assert names == {*("datapackage", "districts", "framework", "items", "indicators", "results", "values", "findings")}


def test_the_same_inputs_give_the_same_bytes() -> None:
    assert made() == made()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    root = rounds.campaign(folder)
    assert xltool("ingest", rounds.returned(folder / "返回.xlsx"), folder=root).code == 0
    return root


def test_a_campaigns_package_is_valid_and_holds_what_counts(root: Path, tmp_path: Path) -> None:
    (row,) = rounds.rows("report", "package", folder=root)
    assert (row["kind"], row["district"], row["unit"]) == ("package", None, None)
    package = (root / row["file"]).read_bytes()
    assert faults(package, tmp_path) == []
    counting = [value for value in rounds.rows("values", folder=root) if value["counts"]]
    kept = table(package, "values")
    assert len(kept) == len([value for value in counting if value["item"] != "signoff"])
    (area,) = [one for one in kept if (one["district"], one["item"]) == (DISTRICT, "culture_venue_area")]
    assert (area["unit"], area["value"], area["file"]) == (UNIT, "41250.5", "返回.xlsx")
    assert [one["district"] for one in table(package, "districts")][:2] == ["黄浦区", "徐汇区"]
    totals = {one["item"]: one for one in table(package, "totals") if one["district"] == DISTRICT}
    assert (totals["special_funds"]["value"], totals["special_funds"]["answered"]) == ("200.0", "1")
    assert (totals["school_count"]["value"], totals["school_count"]["state"]) == ("", "missing")


def test_the_same_data_give_the_same_package(root: Path) -> None:
    (first,) = rounds.rows("report", "package", folder=root)
    before = (root / first["file"]).read_bytes()
    assert xltool("report", "package", folder=root).out == f"已生成：{first['file']}\n"
    assert (root / first["file"]).read_bytes() == before

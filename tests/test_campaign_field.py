"""The field day through the command line: workbooks out and back, judged at their cells, summed up."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from builders import rounds
from builders.rounds import Key, Row, Typed, rows, xltool
from openpyxl import load_workbook

DISTRICT, OTHER, UNSAMPLED = "徐汇区", "闵行区", "黄浦区"
SITES = ("徐汇区社区学院", "某街道社区学校")
SETTINGS = f"""
[field."{DISTRICT}"]
day = 2023-10-17
sites = ["{SITES[0]}", "{SITES[1]}"]
experts = ["专家组组长", "专家一"]
meetings = ["上午：有关负责人座谈会"]

[field."{OTHER}"]
day = 2023-10-19
sites = ["甲", "乙"]
experts = ["专家一"]
"""
QUESTIONS = ("aware", "took_part", "places")
ROUND: Mapping[Key, Typed] = {
    ("survey_sites", 1, "approached"): 10,
    ("survey_sites", 1, "respondents"): 4,
    ("survey_sites", 2, "approached"): 8,
    ("survey_sites", 2, "respondents"): 3,
    **{("survey_answers", row, "site"): SITES[0] for row in range(1, 5)},
    **{("survey_answers", row, "aware"): row % 2 for row in range(1, 5)},
    **{("survey_answers", row, "places"): 2 + row % 4 for row in range(1, 5)},
    ("survey_counts", 11, "option0"): 1,
    ("survey_counts", 11, "option1"): 2,
    ("survey_counts", 13, "option5"): 3,
}
OPINION: Mapping[Key, Typed] = {
    ("visit", None, "day"): 45216,
    ("opinions", 1, "strength"): "领导机构健全。",
    ("opinions", 6, "suggestion"): "扩大场馆开放。",
    ("expert_texts", 1, "text"): "总体良好。",
}


@cache
def issued() -> Path:
    """A campaign with the workbooks of the field day; not to be changed."""
    root = rounds.copied(rounds.issued(), rounds.issued().parent / "实地")
    settings = root / "campaign.toml"
    text = settings.read_text("utf-8").replace("sampled = []", f'sampled = ["{DISTRICT}", "{OTHER}"]')
    settings.write_text(text + SETTINGS, "utf-8")
    made = rows("generate", "--experts", "--survey", folder=root)
    assert [(row["kind"], row["district"], row["unit"]) for row in made] == [
        ("experts", DISTRICT, "专家组组长"),
        ("experts", DISTRICT, "专家一"),
        ("experts", OTHER, "专家一"),
        ("survey", DISTRICT, None),
        ("survey", OTHER, None),
    ]
    return root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return rounds.copied(issued(), tmp_path / "监测")


def source(kind: str, district: str = DISTRICT, expert: str = "专家一") -> Path:
    name = "满意度问卷_2023.xlsx" if kind == "survey" else f"专家意见_{expert}_2023.xlsx"
    return issued() / "outbox" / "实地监测" / district / f"{district}_{name}"


@cache
def cells(kind: str) -> Mapping[Key, Row]:
    described = rows("cells", source(kind), folder=issued())
    return {(row["item"], row["row"], row["column"]): row for row in described if row["kind"] == "input"}


def back(kind: str, target: Path, typed: Mapping[Key, Typed], district: str = DISTRICT, expert: str = "专家一") -> Path:
    return rounds.filled(source(kind, district, expert), target, typed, cells=cells(kind))


def found(root: Path) -> set[tuple[str, str | None]]:
    return {(row["code"], row["cell"]) for row in xltool("findings", "--json", folder=root).json}


def test_a_survey_is_summed_up_by_question_and_site_with_its_source(root: Path, tmp_path: Path) -> None:
    (said,) = rows("ingest", back("survey", tmp_path / "问卷.xlsx", ROUND), folder=root)
    assert (said["outcome"], said["district"], said["unit"], said["version"]) == ("accepted", DISTRICT, None, 1)
    assert found(root) == set()

    summed = {(row["site"], row["question"]): row for row in rows("field", folder=root) if row["kind"] == "survey"}

    one = summed[SITES[0], "aware"]
    assert (one["approached"], one["respondents"], one["response_rate"]) == (10, 4, 40)
    assert (one["n"], one["favourable"], one["share"]) == (4, 2, 50)
    assert (round(one["share_low"], 1), round(one["share_high"], 1)) == (15.0, 85.0)
    assert (one["sheet"], one["sha256"], one["version"]) == ("逐份答卷", said["sha256"], 1)
    first, last = one["cell"].split(":")
    sheet = load_workbook(tmp_path / "问卷.xlsx")["逐份答卷"]
    assert [row[0].value for row in sheet[first:last]] == [1, 0, 1, 0]
    whole = summed[None, "aware"]
    assert (whole["approached"], whole["respondents"], whole["n"], whole["favourable"]) == (18, 7, 7, 4)
    assert summed[SITES[1], "places"]["mean"] == 5
    assert summed[SITES[1], "took_part"]["share"] is None


def test_opinions_keep_their_indicator_and_their_authors_role(root: Path, tmp_path: Path) -> None:
    files = [back("experts", tmp_path / f"{name}.xlsx", OPINION, expert=name) for name in ("专家组组长", "专家一")]
    for file in files:
        rows("ingest", file, folder=root)

    told = [row for row in rows("field", "--district", DISTRICT, folder=root) if row["kind"] == "opinion"]

    assert {(row["author"], row["indicator"], row["aspect"], row["text"]) for row in told} == {
        (author, *said)
        for author in ("专家组组长", "专家一")
        for said in (
            ("1.1", "strength", "领导机构健全。"),
            ("3.2", "suggestion", "扩大场馆开放。"),
            (None, "overall", "总体良好。"),
        )
    }
    assert all(row["cell"] and row["sheet"] and row["file"] for row in told)
    (plan,) = (row for row in rows("field", "--district", DISTRICT, folder=root) if row["kind"] == "plan")
    assert (plan["day"], plan["returned"], plan["expected"]) == ("2023-10-17", 2, 2)


def test_the_same_file_is_repeated_and_a_newer_one_counts(root: Path, tmp_path: Path) -> None:
    first = back("experts", tmp_path / "一.xlsx", OPINION)
    rows("ingest", first, folder=root)
    second = back("experts", tmp_path / "二.xlsx", {("opinions", 2, "problem"): "人手不足。"})

    (again,) = rows("ingest", first, folder=root)
    (newer,) = rows("ingest", second, folder=root)

    assert (again["outcome"], again["version"], newer["outcome"], newer["version"]) == ("repeated", 1, "accepted", 2)
    told = [row["text"] for row in rows("field", folder=root) if row["kind"] == "opinion"]
    assert told == ["人手不足。"]


def test_numbers_that_cannot_all_be_right_are_said_at_their_cells(root: Path, tmp_path: Path) -> None:
    wrong: dict[Key, Typed] = {
        **ROUND,
        ("survey_sites", 1, "respondents"): 3,  # 4 rows
        ("survey_sites", 2, "respondents"): 9,  # more than were approached
        ("survey_answers", 1, "places"): 6,
        ("survey_answers", 2, "aware"): "很满意",
        ("survey_answers", 9, "aware"): 1,  # of no site
        ("survey_counts", 1, "option1"): 2,  # beside rows
        ("survey_counts", 13, "option5"): 12,
    }

    said = xltool("ingest", back("survey", tmp_path / "问卷.xlsx", wrong), "--json", folder=root).json

    assert said[0]["outcome"] == "accepted"
    places = cells("survey")

    def at(*key: object) -> str:
        return str(places[key]["cell"])  # type: ignore[index]

    assert found(root) == {
        ("survey_rows_exceed", at("survey_sites", 1, "respondents")),
        ("survey_respondents_exceed", at("survey_sites", 2, "respondents")),
        ("above_maximum", at("survey_answers", 1, "places")),
        ("not_a_number", at("survey_answers", 2, "aware")),
        ("survey_site_missing", at("survey_answers", 9, "site")),
        ("survey_both_ways", at("survey_counts", 1, "option1")),
        ("survey_answers_exceed", at("survey_counts", 13, "option1")),
    }


def test_another_districts_day_or_name_in_an_experts_workbook_is_asked_about(root: Path, tmp_path: Path) -> None:
    wrong: dict[Key, Typed] = {
        ("visit", None, "day"): 45218,
        ("opinions", 1, "problem"): "闵行区的领导机构不健全。",
    }
    xltool("ingest", back("experts", tmp_path / "意见.xlsx", wrong), folder=root)

    said = {row["code"]: row["message"] for row in xltool("findings", "--json", folder=root).json}

    assert said.keys() == {"visit_other_day", "opinion_other_district"}
    assert OTHER in said["visit_other_day"]
    assert OTHER in said["opinion_other_district"]


def test_the_workbook_of_a_district_that_is_no_longer_sampled_is_refused(root: Path, tmp_path: Path) -> None:
    file = back("experts", tmp_path / "意见.xlsx", OPINION, district=OTHER)
    settings = root / "campaign.toml"
    text = settings.read_text("utf-8")
    text = text.replace(f'"{DISTRICT}", "{OTHER}"]', f'"{DISTRICT}"]').split(f'[field."{OTHER}"]')[0]
    settings.write_text(text, "utf-8")

    (said,) = xltool("ingest", file, "--json", folder=root).json

    assert (said["outcome"], said["code"]) == ("rejected", "unknown_recipient")


def test_empty_workbooks_are_asked_about_and_nobody_elses_data_move(root: Path, tmp_path: Path) -> None:
    before = {name: rows(name, folder=root) for name in ("status", "values", "indicators")}

    said = xltool(
        "ingest",
        back("experts", tmp_path / "一.xlsx", {}),
        back("survey", tmp_path / "二.xlsx", {}),
        "--json",
        folder=root,
    ).json

    assert [row["outcome"] for row in said] == ["accepted", "accepted"]
    assert {code for code, _ in found(root)} == {"expert_wrote_nothing", "survey_empty"}
    assert {name: rows(name, folder=root) for name in before} == before


def test_results_are_saved_for_people_and_programs(root: Path, tmp_path: Path) -> None:
    rows("ingest", back("survey", tmp_path / "问卷.xlsx", ROUND), folder=root)
    rows("ingest", back("experts", tmp_path / "意见.xlsx", OPINION), folder=root)

    assert xltool("field", "-o", tmp_path / "实地.xlsx", folder=root).code == 0
    assert xltool("field", "-o", tmp_path / "实地.csv", folder=root).code == 0

    book = load_workbook(tmp_path / "实地.xlsx")
    assert book.sheetnames == ["问卷结果", "专家意见", "实地监测安排"]
    assert "领导机构健全。" in {cell.value for row in book["专家意见"].iter_rows() for cell in row}
    with (tmp_path / "实地.csv").open(encoding="utf-8-sig") as file:
        assert len(list(csv.DictReader(file))) == len(rows("field", folder=root))
    assert xltool("field", folder=root).code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("generate", "--experts", "--district", UNSAMPLED),
        ("generate", "--survey", "--unit", "区体育局"),
        ("field", "--district", UNSAMPLED),
        ("field", "-o", "甲.docx"),
    ],
)
def test_wrong_use_is_one_line(root: Path, arguments: tuple[str, ...]) -> None:
    said = xltool(*arguments, folder=root)
    assert said.code == 2
    assert said.fault


@pytest.mark.parametrize(
    "settings",
    [
        '[field."黄浦区"]\nexperts = ["专家"]',
        '[field."徐汇区"]\nsites = ["只有一个"]',
        '[field."徐汇区"]\nsites = ["甲", "甲"]',
        '[field."徐汇区"]\nexperts = ["专家/一"]',
        '[field."徐汇区"]\nday = "十月"',
        '[field."徐汇区"]\nplace = "某处"',
        "field = 3",
    ],
)
def test_settings_that_cannot_be_used_are_one_line(root: Path, settings: str) -> None:
    path = root / "campaign.toml"
    text = path.read_text("utf-8").split("[field.")[0]
    path.write_text(f"{settings}\n{text}" if settings.startswith("field =") else f"{text}{settings}\n", "utf-8")

    said = xltool("field", folder=root)

    assert said.code == 2
    assert said.fault.startswith("campaign.toml：")


def test_without_experts_sites_or_sampled_districts_it_is_said_where_to_write_them(tmp_path: Path) -> None:
    root = rounds.campaign(tmp_path)
    assert "sampled" in xltool("generate", "--experts", folder=root).fault
    path = root / "campaign.toml"
    path.write_text(path.read_text("utf-8").replace("sampled = []", f'sampled = ["{DISTRICT}"]'), "utf-8")
    assert "experts" in xltool("generate", "--experts", folder=root).fault
    assert "sites" in xltool("generate", "--survey", folder=root).fault

"""`board` writes the state of a real campaign as a workbook and a page."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from builders import rounds
from builders.rounds import DISTRICT, rows, xltool
from openpyxl import load_workbook

from xltool.campaign import Campaign
from xltool.campaign.board import look
from xltool.model.review import Status


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = rounds.campaign(tmp_path)
    rows("ingest", rounds.returned(tmp_path / "返回.xlsx"), folder=root)
    return root


def test_all_districts_stand_on_both_in_the_notices_order(root: Path) -> None:
    said = rows("board", folder=root)

    assert [(row["kind"], Path(row["file"]).suffix) for row in said] == [("board", ".xlsx"), ("board", ".html")]
    sheet = load_workbook(root / said[0]["file"])["各区进度"]
    names = [row[0].value for row in sheet.iter_rows(min_row=6, max_row=21)]
    assert names == [row["district"] for row in rows("status", folder=root)]
    assert DISTRICT in (root / said[1]["file"]).read_text("utf-8")


def test_a_folder_of_ones_own_and_a_place_that_cannot_be_written(root: Path, tmp_path: Path) -> None:
    assert xltool("board", "-o", tmp_path / "总览", folder=root).code == 0
    assert len(list((tmp_path / "总览").iterdir())) == 2
    said = xltool("board", "-o", tmp_path / "返回.xlsx", folder=root)
    assert said.code == 2
    assert said.fault


def test_what_is_looked_at_is_what_the_other_commands_say(root: Path) -> None:
    board = look(Campaign.open(root), dt.date(2023, 8, 1))

    (one,) = (standing for standing in board.standings if standing.district == DISTRICT)
    (status,) = (row for row in rows("status", folder=root) if row["district"] == DISTRICT)
    assert (one.status, one.status_word, one.own_return) == (Status.DRAFT, status["status"], False)
    assert (one.units_returned, one.units_expected) == (status["units_returned"], status["units_expected"])
    assert (one.errors, one.warnings, one.held) == (status["errors"], status["warnings"], status["held"])
    assert len(board.deadlines) == 9

"""`report verify`: a report held against its snapshot, and the snapshot against the data as they stand."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from builders import rounds
from builders.rounds import DISTRICT, Row, xltool
from docx import Document

from xltool.campaign import Campaign, report_city, report_districts
from xltool.campaign.kinds import KINDS
from xltool.model.report_kinds import TITLES

REPORT = f"reports/{DISTRICT}_监测分报告_2023.docx"
NOTICE = f"reports/{DISTRICT}_退回修改通知_2023.docx"


@cache
def reported() -> Path:
    """A campaign with a return, a sub-report and a correction notice; not to be changed."""
    root = rounds.campaign(rounds.issued().parent / "报告核对")
    wrong: dict[rounds.Key, rounds.Typed] = {("library_holdings", None, None): "约90万"}
    assert xltool("ingest", rounds.returned(root / "inbox" / "a.xlsx", wrong), folder=root).code == 1
    assert xltool("report", "district", DISTRICT, folder=root).code == 0
    assert xltool("report", "notice", DISTRICT, folder=root).code == 0
    return root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return rounds.copied(reported(), tmp_path / "监测")


def verified(root: Path, file: str = REPORT) -> tuple[int, list[Row]]:
    said = xltool("report", "verify", root / file, "--json", folder=root)
    return said.code, said.json


def edit(path: Path, change: Callable[[str], str]) -> None:
    """The file with its body's XML changed."""
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts["word/document.xml"] = change(parts["word/document.xml"].decode()).encode()
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)


def test_every_kind_can_be_made_again() -> None:
    assert set(KINDS) == set(TITLES)


def test_reports_of_a_campaign_without_returns_bear_the_day_of_the_first_look(tmp_path: Path) -> None:
    rounds.new(tmp_path / "监测")
    campaign = Campaign.open(tmp_path / "监测")

    def written(day: dt.datetime) -> list[bytes]:
        now = replace(campaign, store=replace(campaign.store, clock=lambda: day))
        made = [*report_districts(now, [DISTRICT]), *report_city(now, ["analysis"])]
        return [Path(tmp_path, "监测", str(row["file"])).read_bytes() for row in made]

    first = dt.datetime(2023, 7, 1, 4, tzinfo=dt.UTC)
    told = written(first)
    assert told == written(first + dt.timedelta(days=40))
    assert "数据截至2023年7月1日" in Document(io.BytesIO(told[0])).core_properties.subject


@pytest.mark.parametrize("file", [REPORT, NOTICE])
def test_a_report_that_nobody_changed_agrees(root: Path, file: str) -> None:
    assert verified(root, file) == (0, [])
    said = xltool("report", "verify", root / file, folder=root)
    assert said.out.splitlines()[-1] == "文中的数字与数据快照一致。数据库中的指标与快照相同。"


def test_a_number_that_was_changed_is_named_and_the_exit_code_is_1(root: Path) -> None:
    document = Document(str(root / REPORT))
    document.paragraphs[4].add_run("全区有12345人。")
    document.save(str(root / REPORT))
    code, (row,) = verified(root)
    assert (code, row["about"], row["kind"], row["found"]) == (1, "number", "added", "12345")
    said = xltool("report", "verify", root / REPORT, folder=root)
    assert "1个数字与数据快照不符。" in said.out


def test_other_wording_is_no_fault(root: Path) -> None:
    edit(root / REPORT, lambda xml: xml.replace("现将你区的监测结果反馈如下", "现将贵区的监测结果作如下反馈"))
    assert verified(root) == (0, [])


def test_data_that_changed_since_are_named_by_indicator(root: Path) -> None:
    newer = rounds.returned(root / "inbox" / "b.xlsx", {("library_holdings", None, None): 900000})
    rounds.xltool("ingest", newer, folder=root)
    items = {"experience_bases_city": 5, "experience_bases_district": 2}
    lines = ["区,数据项,数值,年度", *(f"{DISTRICT},{item},{value},2022" for item, value in items.items())]
    (root / "平台.csv").write_text("\n".join(lines), "utf-8")
    assert xltool("prefill", root / "平台.csv", folder=root).code == 0
    code, rows = verified(root)
    (changed,) = (row for row in rows if row["about"] == "indicator")
    assert (code, changed["place"], changed["expected"], changed["found"]) == (0, DISTRICT, "未填", "7")
    assert "体验基地" in changed["message"]


def test_another_template_is_mentioned(root: Path) -> None:
    assert xltool("report", "templates", folder=root).code == 0
    own = root / "templates" / "监测分报告模板.docx"
    document = Document(str(own))
    document.add_paragraph("本报告由本区办公室转发。")
    document.save(str(own))
    code, (row,) = verified(root)
    assert (code, row["about"]) == (0, "template")
    xltool("report", "district", DISTRICT, folder=root)
    assert verified(root) == (0, [])
    assert "转发" in "".join(p.text for p in Document(str(root / REPORT)).paragraphs)


def test_templates_are_copied_once_and_never_over_an_edited_one(root: Path) -> None:
    xltool("report", "templates", folder=root)
    own = root / "templates" / "确认函模板.docx"
    own.write_bytes(b"edited")
    said = xltool("report", "templates", folder=root)
    assert own.read_bytes() == b"edited"
    assert said.out.count("已有，没有改动") == len(TITLES)


def test_a_report_of_another_campaign_is_one_line(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "另一个"
    rounds.new(other)
    said = xltool("report", "verify", root / REPORT, folder=other)
    assert said.code == 2
    assert "不在本监测项目中" in said.fault


@pytest.mark.parametrize("content", [None, b"", b"text", "docx"])
def test_what_is_no_report_is_one_line(root: Path, tmp_path: Path, content: object) -> None:
    file = tmp_path / "x.docx"
    if content == "docx":
        target = io.BytesIO()
        Document().save(target)
        file.write_bytes(target.getvalue())
    elif isinstance(content, bytes):
        file.write_bytes(content)
    said = xltool("report", "verify", file, folder=root)
    assert said.code == 2
    assert str(file) in said.fault

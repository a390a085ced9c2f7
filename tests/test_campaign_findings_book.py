"""The workbook of findings: words instead of codes, counts that agree, links that lead to the cell, paper that fits."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from builders import campaigns, rounds
from builders.rounds import UNIT, Key, rows, xltool
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from xltool import workbook
from xltool.campaign.findings_pages import LIST, OVERVIEW, RECORD, Listing, findings_pages
from xltool.model.explanation import Explanation
from xltool.model.finding import Finding
from xltool.model.severity import Severity

ERROR = campaigns.finding(item="library_area", file="a.xlsx", sheet="数据", cell="D5", raw="约两万")
WARNING = replace(ERROR, severity=Severity.WARNING, item="holdings", cell="D6", message="数太大")
SETTLED = replace(WARNING, item="odd_label", status="explained", explanation="口径不同", by="市级经办人", basis="1")
FOLDED = replace(ERROR, code="check", about="check", rule="r1", file=None, sheet=None, status="folded")
TRIAL = replace(WARNING, code="check", about="check", rule="r2", status="trial")
HINT = replace(WARNING, severity=Severity.HINT, district="西区", unit="甲局", item="population")
FOUND = (ERROR, WARNING, SETTLED, replace(FOLDED, follows_from=ERROR.id), TRIAL, HINT)


def listing(*findings: Finding, **more: Any) -> Listing:
    whole = Listing(
        edition=campaigns.edition(),
        districts=("东区", "西区"),
        findings=findings or FOUND,
        record=(),
        cut_off="数据截至2023年9月30日",
    )
    return replace(whole, **more)


def book(told: Listing) -> Workbook:
    return load_workbook(BytesIO(workbook.write_pages("问题清单", findings_pages(told))))


def table(sheet: Any) -> list[list[object]]:
    """The rows under the heading that is filtered."""
    first = int(re.findall(r"\d+", sheet.auto_filter.ref)[0])
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first + 1)]


def test_the_overview_counts_what_is_open_and_what_is_not_by_district() -> None:
    counts = {row[0]: row[1:] for row in table(book(listing())[OVERVIEW])}

    # open errors, warnings, hints; explained, waived, the district's taken, trial, folded
    assert counts["东区"] == [1, 1, 0, 1, 0, 0, 1, 1]
    assert counts["西区"] == [0, 0, 1, 0, 0, 0, 0, 0]
    assert counts["合计"] == [1, 1, 1, 1, 0, 0, 1, 1]


def test_the_list_is_in_words() -> None:
    found = table(book(listing())[LIST])

    assert [row[0] for row in found] == [finding.id[:8] for finding in FOUND]
    assert [row[3] for row in found] == ["▲ 错误", "◐ 提醒", "提醒", "错误", "提醒", "○ 提示"]
    assert [row[4] for row in found] == ["待处理", "待处理", "已说明", "随其他问题", "试行规则", "待处理"]
    assert found[0][5:9] == ["图书馆面积", "数据!D5", "“甲”未填", "约两万"]
    assert found[2][10] == "口径不同（市级经办人）"
    texts = " ".join(str(cell) for row in found for cell in row[1:])
    assert not re.search("library_area|holdings|open|explained|folded|trial|error|warning", texts)


def test_a_consequence_leads_to_its_cause_and_a_district_to_its_first_finding() -> None:
    whole = book(listing())
    sheet = whole[LIST]
    first = int(re.findall(r"\d+", sheet.auto_filter.ref)[0]) + 1

    cause: Any = sheet.cell(first + 3, 5).hyperlink
    assert cause.location == f"{LIST}!A{first}"
    assert sheet.cell(first + 3, 11).value == f"见第{first}行的问题"
    links = [row[0].hyperlink.location for row in whole[OVERVIEW].iter_rows() if row[0].hyperlink]
    assert links == [f"{LIST}!A{first}", f"{LIST}!A{first + 5}"]


def test_text_that_starts_a_formula_stays_text() -> None:
    hostile = replace(ERROR, raw='=HYPERLINK("http://x")', message="=1+1", sheet="=x", explanation="@a", by="-b")
    sheet = book(listing(hostile, links={("东区", "a.xlsx"): "inbox/a.xlsx"}))[LIST]

    cells = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith(("=", "@", "-"))]
    assert len(cells) == 4
    assert {cell.data_type for cell in cells} == {"s"}


def test_long_texts_are_cut_and_rows_stay_within_what_excel_takes() -> None:
    sheet = book(listing(replace(ERROR, raw="长" * 30_000, message="长" * 30_000)))[LIST]

    assert max(len(str(cell.value or "")) for row in sheet.iter_rows() for cell in row) <= 301
    assert max(height.height or 0 for height in sheet.row_dimensions.values()) <= 409


@pytest.mark.parametrize("name", [OVERVIEW, LIST])
def test_it_is_filtered_frozen_and_printed_on_landscape_a4(name: str) -> None:
    sheet = book(listing())[name]

    assert sheet.auto_filter.ref
    assert sheet.freeze_panes
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    setup: Any = sheet.sheet_properties.pageSetUpPr
    assert (setup.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert sheet.print_title_rows


def test_the_record_says_what_holds_and_what_no_longer_does() -> None:
    def said(finding: Finding, note: str, *, withdrawn: bool = False) -> Explanation:
        return Explanation(
            finding=finding, note=note, by="市级经办人", withdrawn=withdrawn, at="2023-09-01T01:00:00+00:00"
        )

    record = (
        said(SETTLED, "先说的"),
        said(SETTLED, "口径不同"),
        said(replace(ERROR, basis="2"), "那时的数"),
        said(replace(ERROR, item="gone"), "不在了"),
        said(WARNING, "弄错了", withdrawn=True),
    )
    found = table(book(listing(record=record))[RECORD])

    assert [(row[5], row[6], row[8]) for row in found] == [
        ("撤回说明", "弄错了", "已撤回"),
        ("市级豁免", "不在了", "问题已不存在"),
        ("市级豁免", "那时的数", "数据已变，失效"),
        ("已说明", "口径不同", "有效"),
        ("已说明", "先说的", "已由后来的代替"),
    ]
    assert RECORD not in book(listing()).sheetnames


WRONG: dict[Key, Any] = {("staff_total", None, None): -5}


class TestLinks:
    """From the command line, in a campaign."""

    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        root = rounds.campaign(tmp_path)
        file = rounds.returned(root / "inbox" / "区 里的" / "返回.xlsx", WRONG)
        assert xltool("ingest", file, folder=root).code == 1
        return root

    def link(self, root: Path, target: Path) -> Any:
        assert xltool("findings", "-o", target, folder=root).code == 1
        sheet = load_workbook(target)[LIST]
        (found,) = (row for row in rows("findings", folder=root) if row["code"] == "below_minimum")
        (cell,) = (line[6] for line in sheet.iter_rows() if str(line[0].value) == found["id"][:8])
        assert cell.value == f"{found['sheet']}!{found['cell']}"
        return cell.hyperlink

    def test_a_link_leads_to_the_cell_of_the_returned_file_wherever_the_campaign_is_moved(
        self, root: Path, tmp_path: Path
    ) -> None:
        link = self.link(root, root / "reports" / "问题.xlsx")
        moved = Path(shutil.move(root, tmp_path / "别处"))

        file = moved / "reports" / unquote(link.target)
        sheet, cell = link.location.rsplit("!", 1)
        assert load_workbook(file)[sheet.strip("'")][cell].value == -5

    def test_no_link_leads_from_outside_or_to_another_file(self, root: Path, tmp_path: Path) -> None:
        assert self.link(root, tmp_path / "问题.xlsx") is None
        rounds.returned(root / "inbox" / "区 里的" / "返回.xlsx", {})
        assert self.link(root, root / "问题.xlsx") is None

    def test_the_table_for_programs_keeps_the_contracts_names(self, root: Path) -> None:
        assert xltool("findings", "-o", root / "问题.csv", folder=root).code == 1
        heading = (root / "问题.csv").read_text("utf-8-sig").splitlines()[0]
        assert heading.startswith("id,about,code,severity")
        refused = xltool("findings", "-o", root / "问题.doc", folder=root)
        assert (refused.code, UNIT in refused.out, "问题.doc" in refused.fault) == (2, False, True)

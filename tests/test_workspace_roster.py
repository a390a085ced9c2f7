from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from builders import campaigns
from openpyxl import Workbook, load_workbook

from xltool.errors import CampaignError
from xltool.messages import fault
from xltool.model.edition import Unit
from xltool.workspace import roster

HEADERS = ("区", "成员单位", "负责填报的数据项", "别名", "有无工作簿", "联系角色", "联系方式")


def workbook(folder: Path, *rows: tuple[object, ...], headers: tuple[str, ...] = HEADERS) -> Path:
    book = Workbook()
    sheet = book.create_sheet("单位名单")
    for row in (headers, *rows):
        sheet.append(row)
    book.save(folder / "名单.xlsx")
    return folder / "名单.xlsx"


def read(folder: Path, *rows: tuple[object, ...]) -> roster.Roster:
    return roster.read(workbook(folder, *rows), campaigns.edition())


def fault_of(path: Path) -> str:
    with pytest.raises(CampaignError) as error:
        roster.read(path, campaigns.edition())
    message, action = fault(error.value.code, **error.value.context)
    assert "\n" not in message + action
    return message


def test_the_default_list_reads_back(tmp_path: Path) -> None:
    roster.write(tmp_path / "名单.xlsx", campaigns.edition())

    read_back = roster.read(tmp_path / "名单.xlsx", campaigns.edition())

    assert [unit.name for unit in read_back.units("东区")] == ["甲局", "乙局（乙办）", "丙局", "学习办"]
    assert [unit.name for unit in read_back.units("西区")] == ["甲局", "乙局（乙办）", "学习办"]
    assert read_back.with_workbook("西区") == ("甲局", "乙局（乙办）")
    first, second, *_ = read_back.units("东区")
    assert (first.answers_for, first.aliases) == (("library_area", "holdings"), ("甲委", "甲办"))
    assert second.answers_for == ("odd_label",)


def test_the_list_is_tidy_for_people(tmp_path: Path) -> None:
    roster.write(tmp_path / "名单.xlsx", campaigns.edition())

    book = load_workbook(tmp_path / "名单.xlsx")
    sheet = book["单位名单"]

    assert tuple(cell.value for cell in sheet[1]) == HEADERS
    assert sheet["C2"].value == "图书馆面积、总藏量"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C2", "A1:G8")
    assert offered(book) == {"A2:A5007": ["东区", "西区"], "E2:E5007": ["有", "无"]}
    assert [each.title for each in book.worksheets if each.sheet_state == "visible"] == ["单位名单", "填写说明"]


def offered(book: Workbook) -> dict[str, list[object]]:
    """What the dropdowns of the list offer, by where."""
    found = {}
    for rule in book["单位名单"].data_validations.dataValidation:
        sheet, _, place = rule.formula1.replace("$", "").partition("!")
        found[str(rule.sqref)] = [cell.value for (cell,) in book[sheet][place]]
    return found


def test_hundreds_of_districts_are_offered_and_read_back(tmp_path: Path) -> None:
    scheme = campaigns.edition()
    names = [f"虚构第{number}区" for number in range(400)]
    scheme = replace(scheme, districts=tuple(replace(scheme.districts[0], name=name) for name in names))
    roster.write(tmp_path / "名单.xlsx", scheme)

    assert offered(load_workbook(tmp_path / "名单.xlsx"))["A2:A6600"] == names
    assert list(roster.read(tmp_path / "名单.xlsx", scheme).districts) == names


def test_what_a_program_says_of_the_sheets_size_is_not_believed(tmp_path: Path) -> None:
    path = workbook(tmp_path, ("东区", "甲局", None, None, None), ("东区", "丙局", None, "丙办", "无", "统计员甲"))
    with zipfile.ZipFile(path) as old:
        content = {name: old.read(name) for name in old.namelist()}
    sheet = "xl/worksheets/sheet2.xml"
    assert b'<dimension ref="A1:G3"' in content[sheet]
    content[sheet] = content[sheet].replace(b'<dimension ref="A1:G3"', b'<dimension ref="A1:B2"')
    with zipfile.ZipFile(path, "w") as new:
        for name, part in content.items():
            new.writestr(name, part)

    first, second = roster.read(path, campaigns.edition()).units("东区")

    assert (first.name, first.aliases, first.workbook) == ("甲局", (), True)
    assert (second.name, second.aliases, second.workbook, second.role) == ("丙局", ("丙办",), False, "统计员甲")


def test_a_name_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    scheme = replace(campaigns.edition(), units=(Unit(name="=1+1局"), Unit(name="@甲")))

    roster.write(tmp_path / "名单.xlsx", scheme)

    sheet = load_workbook(tmp_path / "名单.xlsx")["单位名单"]
    assert [(sheet[cell].data_type, sheet[cell].quotePrefix) for cell in ("B2", "B3")] == [("s", True), ("s", True)]
    assert [unit.name for unit in roster.read(tmp_path / "名单.xlsx", scheme).units("东区")] == ["=1+1局", "@甲"]


def test_people_write_in_their_own_ways(tmp_path: Path) -> None:
    read_back = read(
        tmp_path,
        (" 东区 ", "甲局\u200b", "library_area；总藏量", "甲委，甲办\n甲委", "", "统计员", "电话"),
        (None, None, None, None, None, None, None),
        ("东区", "乙局(乙办)", "甲、乙两类人数", None, "无"),
    )

    first, second = read_back.units("东区")
    assert (first.name, first.answers_for, first.aliases) == ("甲局", ("library_area", "holdings"), ("甲委", "甲办"))
    assert (first.workbook, second.workbook) == (True, False)
    assert second.answers_for == ("odd_label",)
    assert read_back.units("西区") == ()


def test_units_are_known_by_their_aliases_with_and_without_the_district(tmp_path: Path) -> None:
    names = read(
        tmp_path,
        ("东区", "区文化旅游局", "", "区文化和旅游局、文旅局", "有"),
        ("东区", "体育局", "", "", "有"),
    ).other_names("东区")

    for name in ("文化和旅游局", "区文旅局", "东区文化旅游局", "东文化旅游局", "文化旅游局", "区文化旅游局"):
        assert names[name] == "区文化旅游局", name
    assert (names["区体育局"], names["东区体育局"]) == ("体育局", "体育局")
    assert "旅游局" not in names


def test_a_name_of_two_units_is_nobodys_unless_the_list_says_whose(tmp_path: Path) -> None:
    rows = (
        ("东区", "区科委", "", "区科协、科学办", "有"),
        ("东区", "科委", "", "", "有"),
        ("东区", "区党校", "", "", "有"),
    )
    names = read(tmp_path, *rows).other_names("东区")

    assert (names["区科委"], names["科委"]) == ("区科委", "科委")
    assert "东区科委" not in names


def test_the_role_is_read_and_a_list_without_it_still_is(tmp_path: Path) -> None:
    (unit,) = read(tmp_path, ("东区", "甲局", "", "", "有", "统计员", "电话")).units("东区")
    assert unit.role == "统计员"
    path = workbook(tmp_path, ("东区", "甲局", "", "", "有"), headers=HEADERS[:5])
    assert roster.read(path, campaigns.edition()).units("东区") == (roster.RosterUnit(name="甲局"),)


def test_columns_may_stand_in_any_order_and_contacts_are_never_loaded(tmp_path: Path) -> None:
    path = workbook(
        tmp_path, ("13800000000", "有", "", "", "甲局", "东区"), headers=("联系方式", *reversed(HEADERS[:5]))
    )

    read_back = roster.read(path, campaigns.edition())

    assert read_back.units("东区") == (roster.RosterUnit(name="甲局"),)
    assert "138" not in repr(read_back)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("南区", "甲局")], "第2行的“南区”"),
        ([("", "甲局")], "第2行没有填写“区”"),
        ([("东区", "甲局"), ("东区", None, "总藏量")], "第3行没有填写“成员单位”"),
        ([("东区", "甲局"), ("西区", "甲局"), ("东区", "甲局 ")], "第4行的“甲局”与第2行重复"),
        ([("东区", "甲局", "", "甲委"), ("东区", "甲委")], "第3行的“甲委”与第2行重复"),
        ([("东区", "甲局", "总藏书")], "第2行的“总藏书”不是"),
        ([("东区", "甲局", "人口")], "第2行的“人口”不是"),
        ([("东区", "甲局", "总藏量"), ("东区", "乙局", "holdings")], "第3行的“holdings”已由第2行"),
        ([("东区", "甲局", "", "", "是")], "“有无工作簿”只能填“有”或“无”"),
        ([("东区", "甲/乙局")], "不能用作文件名"),
        ([("东区", "局" * 61)], "不能用作文件名"),
    ],
)
def test_a_fault_is_said_with_its_row(tmp_path: Path, rows: list[tuple[object, ...]], expected: str) -> None:
    assert expected in fault_of(workbook(tmp_path, *rows))


def test_headers_and_sheet_must_be_there(tmp_path: Path) -> None:
    assert "缺少列标题“别名”" in fault_of(workbook(tmp_path, headers=(*HEADERS[:3], HEADERS[4])))
    assert "“区”出现两次" in fault_of(workbook(tmp_path, headers=(*HEADERS, "区")))
    Workbook().save(tmp_path / "别的.xlsx")
    assert "缺少工作表“单位名单”" in fault_of(tmp_path / "别的.xlsx")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half", "区,单位".encode("gbk")])
def test_a_file_that_is_no_workbook_is_said(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "名单.xlsx").write_bytes(content)

    assert "无法打开" in fault_of(tmp_path / "名单.xlsx")


def test_a_truncated_workbook_is_said(tmp_path: Path) -> None:
    path = workbook(tmp_path, ("东区", "甲局"))
    path.write_bytes(path.read_bytes()[:-200])

    assert "无法打开" in fault_of(path)


def test_a_lost_list_is_said(tmp_path: Path) -> None:
    assert "缺少单位名单" in fault_of(tmp_path / "名单.xlsx")

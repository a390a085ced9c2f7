"""Tables of other systems: what is taken from them, and why the rest is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from xltool import edition
from xltool.errors import UsageError
from xltool.prefill import Given, Refused, Years, read_rows, read_table

EDITION = edition.load(edition.locate("2023"))
YEARS = Years(data=2022, previous=2021)
HEAD = "区,数据项,数值,年度,来源,日期\n"


def read(tmp_path: Path, text: str, encoding: str = "utf-8") -> list[Given | Refused]:
    path = tmp_path / "平台.csv"
    path.write_bytes(text.encode(encoding))
    return list(read_rows(read_table(path), EDITION, YEARS))


def given(tmp_path: Path, row: str) -> Given:
    (entry,) = read(tmp_path, HEAD + row)
    assert isinstance(entry, Given), entry
    return entry


def reason(tmp_path: Path, row: str) -> str:
    entry = read(tmp_path, HEAD + row)[-1]
    assert isinstance(entry, Refused), entry
    return entry.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_every_encoding_of_excel_and_wps_is_read(tmp_path: Path, encoding: str) -> None:
    (entry,) = read(tmp_path, HEAD + "黄浦区,社区学院校舍面积,12345.6,2022,社区教育统计平台,2023-06-30\n", encoding)

    assert entry == Given(
        sheet=None,
        line=2,
        district="黄浦区",
        item="college_floor_area",
        column=None,
        value=12345.6,
        word=None,
        raw="12345.6",
        origin="社区教育统计平台",
        date="2023-06-30",
    )


@pytest.mark.parametrize(
    ("row", "item", "column", "value"),
    [
        ('黄浦区,college_floor_area,"12,345.6",,,', "college_floor_area", None, 12345.6),
        ("黄浦区,college_floor_area,１２０,2022年,,", "college_floor_area", None, 120),
        ("黄浦区,information_literacy_rate,85%,,,", "information_literacy_rate", None, 85),
        ("黄浦区,information_literacy_rate,0.5%,,,", "information_literacy_rate", None, 0.5),
        ("黄浦区,library_area,5,2021,,2021-12-31", "library_area", "previous", 5),
        ("黄 浦 区,college_floor_area,5,,,", "college_floor_area", None, 5),
        ("黄浦区,library_area,48000,2021,,", "library_area", "previous", 48000),
        ("黄浦区,other_institution_courses,12,2021,,", "other_institution_courses", "previous", 12),
        ("黄浦区,learning_organisations,开展情况良好,,,", "learning_organisations", None, "开展情况良好"),
    ],
)
def test_values_are_read(tmp_path: Path, row: str, item: str, column: str | None, value: float | str) -> None:
    entry = given(tmp_path, row)

    assert (entry.item, entry.column, entry.value) == (item, column, value)


@pytest.mark.parametrize(
    ("row", "part"),
    [
        ("火星区,college_floor_area,5,,,", "“火星区”不是本次监测的区"),
        (",college_floor_area,5,,,", "没有写明区"),
        ("黄浦区,abc,5,,,", "没有名为“abc”的数据项"),
        ("黄浦区,library_area,5,,,", "不能预填"),
        ("黄浦区,library_area,5,2022,,", "“年度”列写明2021"),
        ("黄浦区,college_floor_area,5,2019,,", "“年度”写的是2019"),
        ("黄浦区,learning_organisations,好,2021,,", "没有上年值"),
        ("黄浦区,college_floor_area,,,,", "没有数值"),
        ("黄浦区,college_floor_area,约5,,,", "“约5”不是可用的值"),
        ("黄浦区,college_floor_area,-5,,,", "“-5”不是可用的值"),
        ("黄浦区,learners_total,3.5,,,", "“3.5”不是可用的值，应为0至"),
        ("黄浦区,college_floor_area,不适用,,,", "“不适用”不是可用的值"),
        ("黄浦区,information_literacy_rate,0.85,,,", "“0.85”不大于1"),
        ("黄浦区,college_floor_area,5,,社区教育统计平台,2021-12-31", "日期2021-12-31早于2022年"),
        ("黄浦区,college_floor_area,5,,,\n黄浦区,社区学院校舍面积,6,,,", "与第2行重复"),
    ],
)
def test_what_is_not_taken_is_said(tmp_path: Path, row: str, part: str) -> None:
    assert part in reason(tmp_path, row)


def test_a_wide_table_has_a_column_for_each_item(tmp_path: Path) -> None:
    found = read(tmp_path, "区,社区学院校舍面积,fulltime_teachers,备注\n黄浦区,100,20,无误\n徐汇区,,30,也无误\n")

    assert [(entry.district, entry.item) for entry in found if isinstance(entry, Given)] == [
        ("黄浦区", "college_floor_area"),
        ("黄浦区", "fulltime_teachers"),
        ("徐汇区", "fulltime_teachers"),
    ]
    assert [(entry.item, entry.line) for entry in found if isinstance(entry, Refused)] == [("备注", None)]  # said once


def test_a_workbook_is_read_like_a_csv(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ((None, None, None), ("区", "数据项", "数值"), ("黄浦区", "college_floor_area", 120.0)):
        sheet.append(row)
    book.save(tmp_path / "平台.xlsx")

    (entry,) = read_rows(read_table(tmp_path / "平台.xlsx"), EDITION, YEARS)

    assert isinstance(entry, Given)
    assert (entry.line, entry.value) == (3, 120)


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "没有数据行"),
        (HEAD.encode(), "没有数据行"),
        (b"\xff\xfe\x00", "不是csv或.xlsx表格"),
        ("项目,数值\n甲,1\n".encode(), "没有列标题“区”"),
        (b"PK\x03\x04broken", "不是csv或.xlsx表格"),
        ("区,区,数值\n黄浦区,黄浦区,1\n".encode(), "列标题“区”出现两次"),
    ],
)
def test_a_file_that_is_no_table_is_refused_whole(tmp_path: Path, content: bytes, part: str) -> None:
    path = tmp_path / "平台.csv"
    path.write_bytes(content)

    with pytest.raises(UsageError) as refused:
        read_table(path)
    assert part in str(refused.value.context["reason"])


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        read_table(tmp_path / "没有.csv")
    assert refused.value.context["reason"] == "没有这个文件"


def workbook(folder: Path, *sheets: tuple[str, list[tuple[object, ...]]]) -> Path:
    book = Workbook()
    for title, lines in sheets:
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    book.remove(book.worksheets[0])
    book.save(folder / "平台.xlsx")
    return folder / "平台.xlsx"


def rows_of(path: Path) -> list[Given | Refused]:
    return list(read_rows(read_table(path), EDITION, YEARS))


def test_titles_above_the_head_are_passed_over(tmp_path: Path) -> None:
    table = read_table(
        workbook(
            tmp_path,
            (
                "数据",
                [("2022年社区教育统计，汇总表",), (), ("区", "社区学院校舍面积"), ("黄浦区", 100), ("徐汇区", 90)],
            ),
        )
    )
    assert [line.number for line in table.lines] == [4, 5]
    assert table.titles == ("2022年社区教育统计，汇总表",)


def test_titles_of_a_csv_file_do_not_choose_its_delimiter(tmp_path: Path) -> None:
    (entry,) = read(tmp_path, "说明，一，二，三\n区\t数据项\t数值\n黄浦区\tcollege_floor_area\t5\n", "utf-16")
    assert isinstance(entry, Given)
    assert (entry.line, entry.value) == (3, 5)


def test_every_sheet_with_a_head_is_read_and_the_others_are_said(tmp_path: Path) -> None:
    found = rows_of(
        workbook(
            tmp_path,
            ("教师", [("区", "社区教育专职教师数"), ("黄浦区", 20)]),
            ("说明", [("本表由平台导出",)]),
            ("校舍", [("区", "社区学院校舍面积"), ("黄浦区", 100)]),
            ("空表", []),
        )
    )
    assert [(entry.sheet, entry.line) for entry in found] == [("教师", 2), ("校舍", 2), ("说明", None)]
    assert isinstance(found[-1], Refused)


def test_percentages_are_read_as_they_are_shown(tmp_path: Path) -> None:
    path = workbook(tmp_path, ("数据", [("区", "市民信息素养的达标率"), ("黄浦区", 0.07)]))
    book = load_workbook(path)
    book["数据"]["B2"].number_format = "0.0%"
    book.save(path)
    (entry,) = rows_of(path)

    assert isinstance(entry, Given)
    assert (entry.value, entry.raw) == (7, "7%")


def test_a_formula_that_was_never_calculated_is_said(tmp_path: Path) -> None:
    (entry,) = rows_of(workbook(tmp_path, ("数据", [("区", "社区学院校舍面积"), ("黄浦区", "=50+50")])))

    assert isinstance(entry, Refused)
    assert "“=50+50”不是可用的值" in entry.reason

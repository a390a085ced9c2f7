"""The workbook that the office edits: one row a member unit, and a page that says how."""

from __future__ import annotations

import errno
import gc
import math
import os
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from xltool.model.edition import Edition, Level

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SHEET = "单位名单"
GUIDE = "填写说明"
CHOICES = "选项"
DISTRICT, UNIT, ITEMS, ALIASES, WORKBOOK = "区", "成员单位", "负责填报的数据项", "别名", "有无工作簿"
ROLE, CONTACT = "联系角色", "联系方式"
READ = (DISTRICT, UNIT, ITEMS, ALIASES, WORKBOOK)
SEPARATOR = "、"
WITH_WORKBOOK, WITHOUT_WORKBOOK = "有", "无"
LINE_HEIGHT = 16.0  # points; a Chinese character is two units of a column's width
SPARE_ROWS = 5000  # dropdowns reach so far below the list
_WIDTHS = {DISTRICT: 12, UNIT: 30, ITEMS: 60, ALIASES: 30, WORKBOOK: 13, ROLE: 14, CONTACT: 22}
_GUIDANCE = (
    "一行一个成员单位。增加单位请在下方加行，删除单位请删除整行，列标题请勿修改。",
    "负责填报的数据项：只填由一个单位代表全区填报的数据项（见下表），名称或编号均可，多项之间用顿号分隔。",
    "一个区的同一数据项只能由一个单位负责；没有单位负责的，由区在区级表格中填报。",
    "别名：该单位的其他叫法，多个之间用顿号分隔，用于识别区表清单中填写的单位；名称前有无“区”字或区名均可识别，不必列出。",
    "有无工作簿：“有”表示向该单位发放表格并计入应报单位；留空视为“有”。",
    "联系角色：填统计员、联络员等角色，不填姓名，只列在本办公室的催报清单中；联系方式程序不读取。两栏都不会出现在报告中。",
)


def write(path: Path, edition: Edition) -> None:
    """Write the default list: every district with the edition's member units, those that it lacks left out."""
    from lxml.etree import LxmlError  # noqa: PLC0415 - slow to import
    from openpyxl import Workbook  # noqa: PLC0415 - slow to import

    book = Workbook()
    book.remove(book.worksheets[0])
    _list_sheet(book.create_sheet(SHEET), edition)
    _guide_sheet(book.create_sheet(GUIDE), edition)
    _choices_sheet(book.create_sheet(CHOICES), edition)
    try:
        book.save(path)
    except LxmlError as error:  # openpyxl has each sheet written to a temporary file by lxml, which has its own errors
        complain, sys.unraisablehook = sys.unraisablehook, lambda _: None
        traceback.clear_frames(error.__traceback__)
        gc.collect()  # of the writer, which tries to write once more when it goes
        sys.unraisablehook = complain
        number = getattr(errno, str(error).removeprefix("IO_"), errno.EIO)
        raise OSError(number, os.strerror(number)) from None


def _default_rows(edition: Edition) -> Iterator[tuple[str, ...]]:
    labels = {item.id: item.label if SEPARATOR not in item.label else item.id for item in edition.items}
    for district in edition.districts:
        for unit in edition.units:
            if unit.name not in district.without:
                answers = SEPARATOR.join(labels[item] for item in unit.answers_for)
                workbook = WITH_WORKBOOK if unit.workbook else WITHOUT_WORKBOOK
                yield (district.name, unit.name, answers, SEPARATOR.join(unit.aliases), workbook)


def _list_sheet(sheet: Worksheet, edition: Edition) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - slow to import

    _header(sheet, tuple(_WIDTHS))
    rows = tuple(_default_rows(edition))
    for number, row in enumerate(rows, start=2):
        _put(sheet, number, row, wrapped=(ITEMS, ALIASES))
        lines = (2 * len(text) / (width - 2) for text, width in zip(row, _WIDTHS.values(), strict=False))
        sheet.row_dimensions[number].height = LINE_HEIGHT * math.ceil(max(1, *lines))
    for letter, width in zip("ABCDEFG", _WIDTHS.values(), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:G{len(rows) + 1}"
    for letter, choices in {"A": f"{CHOICES}!$A$1:$A${len(edition.districts)}", "E": f"{CHOICES}!$B$1:$B$2"}.items():
        rule = DataValidation(type="list", formula1=choices, allow_blank=True, showErrorMessage=True)
        rule.errorTitle, rule.error = "请从列表中选择", "请从下拉列表中选择。"
        rule.add(f"{letter}2:{letter}{len(rows) + SPARE_ROWS}")
        sheet.add_data_validation(rule)
    _print_setup(sheet, repeat=True)


def _choices_sheet(sheet: Worksheet, edition: Edition) -> None:
    """What dropdowns offer: a list inside a validation holds 255 letters, and districts may be many."""
    for row, district in enumerate(edition.districts, start=1):
        _put(sheet, row, (district.name,))
    for row, word in enumerate((WITH_WORKBOOK, WITHOUT_WORKBOOK), start=1):
        sheet.cell(row, 2, word)
    sheet.sheet_state = "hidden"


def _guide_sheet(sheet: Worksheet, edition: Edition) -> None:
    sheet.column_dimensions["A"].width = 60
    sheet.column_dimensions["B"].width = 32
    sheet.column_dimensions["C"].width = 28
    number = 0
    for number, line in enumerate(_GUIDANCE, start=1):
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=3)
        _put(sheet, number, (line,))
    _header(sheet, ("数据项", "编号", "通常由谁填报"), row=number + 2)
    items = (item for item in edition.items if item.level is Level.ONE_UNIT)
    for row, item in enumerate(items, start=number + 3):
        _put(sheet, row, (item.label, item.id, item.responsible), wrapped=("数据项",))
    _print_setup(sheet, repeat=False)


def _header(sheet: Worksheet, names: tuple[str, ...], row: int = 1) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415 - slow to import

    for column, name in enumerate(names, start=1):
        cell = sheet.cell(row, column, name)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", start_color="D9E2F3")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _put(sheet: Worksheet, row: int, values: tuple[str, ...], wrapped: tuple[str, ...] = ()) -> None:
    """Write texts as texts: one that starts like a formula stays a text, also when somebody edits it."""
    from openpyxl.styles import Alignment  # noqa: PLC0415 - slow to import

    headers = tuple(_WIDTHS)
    for column, value in enumerate(values, start=1):
        if not value:
            continue
        cell = sheet.cell(row, column)
        cell.value = value
        cell.data_type = "s"
        cell.number_format = "@"
        cell.quotePrefix = value[0] in "=+-@"
        cell.alignment = Alignment(vertical="top", wrap_text=headers[column - 1] in wrapped)


def _print_setup(sheet: Worksheet, *, repeat: bool) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415 - slow to import

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if repeat:
        sheet.print_title_rows = "1:1"

"""Files for readers: tables of what is stored."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xltool import workbook
from xltool.campaign import form, reminders
from xltool.campaign.files import table_format, write_atomically, write_csv
from xltool.campaign.opened import Row
from xltool.campaign.rows import FINDING_FIELDS, RESULT_FIELDS, VALUE_FIELDS

FIELDS = {
    "findings": FINDING_FIELDS,
    "values": VALUE_FIELDS,
    "indicators": RESULT_FIELDS,
    "reminders": reminders.FIELDS,
    "form": form.FIELDS,
}
TITLES = {"values": "数据", "reminders": "催报清单", "form": "转录用数据"}
HEADINGS = {
    "id": "编号",
    "district": "区",
    "unit": "成员单位",
    "item": "数据项",
    "row": "行",
    "column": "列",
    "file": "文件",
    "sha256": "文件校验值",
    "sheet": "工作表",
    "cell": "单元格",
    "raw": "原文",
    "version": "版次",
    "value": "数值",
    "state": "状态",
    "unit_of_measure": "单位",
    "counts": "计入",
}
OWN_HEADINGS = {"reminders": reminders.HEADINGS, "form": form.HEADINGS}


def save_table(path: Path, name: str, rows: Sequence[Row]) -> None:
    """Write rows as .xlsx for people (Chinese headings), or as .csv for programs (the contract's names).

    Findings and indicators for people are workbooks of their own, see `findings_book.py` and `annex.py`.
    """
    fields = FIELDS[name]
    if table_format(path) == ".csv":
        write_csv(path, fields, rows)
    else:
        headings = OWN_HEADINGS.get(name) or {field: HEADINGS[field] for field in fields}
        write_atomically(path, workbook.write_table(TITLES[name], headings, rows))

"""Files for readers: Word reports from snapshots, and tables of what is stored."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path

from xltool import data, workbook
from xltool.campaign.files import safe_name, write_atomically
from xltool.campaign.opened import Advance, Campaign, Row, quietly
from xltool.campaign.rows import FINDING_FIELDS, RESULT_FIELDS, VALUE_FIELDS, finding_of, result_of
from xltool.campaign.snapshots import take_snapshot
from xltool.errors import UsageError

TEMPLATE = "district.docx"
FIELDS = {"findings": FINDING_FIELDS, "values": VALUE_FIELDS, "indicators": RESULT_FIELDS}
TITLES = {"findings": "问题清单", "values": "数据", "indicators": "指标"}
HEADINGS = {
    "id": "编号",
    "about": "类别",
    "code": "代码",
    "severity": "级别",
    "rule": "规则",
    "scope": "范围",
    "district": "区",
    "unit": "成员单位",
    "item": "数据项",
    "indicator": "指标编号",
    "label": "指标",
    "row": "行",
    "column": "列",
    "file": "文件",
    "sha256": "文件校验值",
    "sheet": "工作表",
    "cell": "单元格",
    "raw": "原文",
    "expected": "应填",
    "message": "问题",
    "action": "处理办法",
    "status": "处理状态",
    "follows_from": "起因",
    "explanation": "说明",
    "by": "说明人",
    "version": "版次",
    "value": "数值",
    "state": "状态",
    "reason": "原因",
    "unit_of_measure": "单位",
    "counts": "计入",
    "numerator": "分子",
    "denominator": "分母",
    "units_answered": "已填单位数",
    "units_expected": "应填单位数",
    "city": "全市",
    "mean": "平均值",
    "median": "中位数",
    "n": "有效区数",
    "rank": "位次",
    "review_state": "审核状态",
}


def report_districts(campaign: Campaign, districts: Sequence[str], *, advance: Advance = quietly) -> list[Row]:
    """Write the sub-reports of the named districts, else of the sampled ones, from one snapshot."""
    names = [campaign.require_district(name) for name in districts] or list(campaign.config.sampled)
    if not names:
        raise UsageError("nothing_to_report")
    from xltool import reports  # noqa: PLC0415 - loads the Word libraries

    snapshot = take_snapshot(campaign)
    content = snapshot.content
    results = tuple(result_of(row) for row in content["indicators"])
    findings = tuple(finding_of(row) for row in content["findings"])
    rows: list[Row] = []
    for done, name in enumerate(names, start=1):
        document = reports.district_report(
            campaign.edition,
            results,
            name,
            findings=tuple(finding for finding in findings if finding.district == name),
            coverage=reports.Coverage(**content["coverage"][name]),
            parts=tuple(reports.PartValue(**row) for row in content["parts"][name]),
            snapshot_id=snapshot.id,
            cut_off=local_date(snapshot.cut_off),
            template=data.folder("templates") / TEMPLATE,
        )
        year = campaign.config.monitoring_year
        path = campaign.workspace.reports / f"{safe_name(name)}_监测分报告_{year}.docx"
        write_atomically(path, document)
        rows.append({"kind": "district", "district": name, "unit": None, "file": campaign.relative(path)})
        advance(done, len(names))
    return rows


def local_date(moment: str | None) -> dt.date:
    """The office's date of a stored time; today's where nothing came back yet."""
    parsed = dt.datetime.fromisoformat(moment) if moment else dt.datetime.now(dt.UTC)
    return parsed.astimezone().date()


def save_table(path: Path, name: str, rows: Sequence[Row]) -> None:
    """Write rows as .xlsx for people (Chinese headings), or as .csv for programs (the contract's names)."""
    fields = FIELDS[name]
    suffix = path.suffix.casefold()
    if suffix == ".xlsx":
        headings = {field: HEADINGS[field] for field in fields}
        write_atomically(path, workbook.write_table(TITLES[name], headings, rows))
    elif suffix == ".csv":
        text = io.StringIO()
        writer = csv.DictWriter(text, fields)
        writer.writeheader()
        writer.writerows({key: harmless(value) for key, value in row.items()} for row in rows)
        write_atomically(path, text.getvalue().encode("utf-8-sig"))
    else:
        raise UsageError("output_format", path=path, known=".xlsx、.csv")


def harmless(value: object) -> object:
    """Text that a spreadsheet program would take for a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value

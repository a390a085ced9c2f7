"""Commands about Word templates and finished reports: report templates, lint, verify."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from xltool.cli.collect import json_option
from xltool.cli.output import Row, print_json, say

SHORTENED = ("数据快照", "模板版本")  # ids, of which the beginning is shown


@click.command("templates")
@json_option
@click.pass_obj
def report_templates(workspace: Path | None, *, as_json: bool) -> None:
    """把Word模板复制到监测项目的templates文件夹，供修改；已有的不动。"""
    from xltool.campaign import Campaign, copy_templates

    rows = copy_templates(Campaign.open(workspace))
    if as_json:
        print_json(rows)
        return
    for row in rows:
        say(f"{row['file']}{'' if row['copied'] else '（已有，没有改动）'}")
    say("在Word中修改后，请用 xltool report lint 检查。")


@click.command("lint")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.docx")
@click.option("--kind", metavar="报告种类", help="模板是哪一种报告的，如“监测分报告”；默认看文件属性。")
@json_option
@click.pass_context
def report_lint(context: click.Context, file: Path, kind: str | None, *, as_json: bool) -> None:
    """检查修改过的Word模板：标签、名称、循环和条件、样式、题注。"""
    from xltool.campaign import edition_folder, lint_template

    rows = lint_template(file, edition_folder(context.obj, None), title=kind)
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            say(_fault_line(row), colour="red")
        say(f"共{len(rows)}个问题。" if rows else "没有发现问题。")
    if rows:
        context.exit(2)


def _fault_line(row: Row) -> str:
    """Where a fault of a template is, and what it is."""
    place = f"第{row['paragraph_number']}段" if row["paragraph_number"] else ""
    told = f"“{row['paragraph']}”" if row["paragraph"] else ""
    tag = f"标签“{row['tag']}”，" if row["tag"] else ""
    where = f"{place}{told}"
    return f"{where}：{tag}{row['message']}" if where else f"{tag}{row['message']}"


@click.command("verify")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.docx")
@json_option
@click.pass_context
def report_verify(context: click.Context, file: Path, *, as_json: bool) -> None:
    """核对报告中的数字是否仍是数据库中的数字。"""
    from xltool.campaign import Campaign, verify_report

    own, rows = verify_report(Campaign.open(context.obj), file)
    numbers = [row for row in rows if row["about"] == "number"]
    if as_json:
        print_json(rows)
    else:
        say("，".join(value[:12] if name in SHORTENED else value for name, value in own.items() if value))
        for row in rows:
            say(str(row["message"]), colour="yellow" if row["about"] == "number" else None)
        say(_verdict(numbers, [row for row in rows if row["about"] == "indicator"]))
    if any(row["kind"] != "removed" for row in numbers):
        context.exit(1)


def _verdict(numbers: Sequence[Row], indicators: Sequence[Row]) -> str:
    """What a report's numbers are found to be."""
    wrong = sum(row["kind"] != "removed" for row in numbers)
    told = f"{wrong}个数字与数据快照不符。" if wrong else "文中的数字与数据快照一致。"
    if len(numbers) > wrong:
        told += f"原报告中另有{len(numbers) - wrong}个数字在文中没有。"
    if indicators:
        return f"{told}快照之后有{len(indicators)}个指标已经改变。"
    return f"{told}数据库中的指标与快照相同。"


TEMPLATE_COMMANDS = (report_templates, report_lint, report_verify)

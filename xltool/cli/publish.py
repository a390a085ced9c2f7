"""Commands that show the edition and write reports: edition, report, demo."""

from __future__ import annotations

from pathlib import Path

import click

from xltool.cli.collect import json_option
from xltool.cli.output import print_json, print_table, progress, say

COLOURS = {"error": "red", "warning": "yellow", "note": None}


@click.group()
def edition() -> None:
    """监测版本：收什么、怎样算、怎样查。"""


@edition.command("show")
@click.argument("name", required=False, metavar="[EDITION]")
@json_option
@click.pass_obj
def edition_show(workspace: Path | None, name: str | None, *, as_json: bool) -> None:
    """显示版本的指标体系、数据项、指标和核对规则。"""
    from xltool.campaign import edition_folder, show_edition

    shown = show_edition(edition_folder(workspace, name))
    if as_json:
        print_json(shown)
        return
    for title, key, keys in (
        ("数据项", "items", ("id", "label", "unit_of_measure", "level", "responsible")),
        ("指标", "indicators", ("id", "label", "unit_of_measure", "formula")),
        ("核对规则", "checks", ("id", "scope", "severity", "expression")),
    ):
        print_table(title, keys, ([row[name] for name in keys] for row in shown[key]))


@edition.command("lint")
@click.argument("name", required=False, metavar="[EDITION]")
@json_option
@click.pass_context
def edition_lint(context: click.Context, name: str | None, *, as_json: bool) -> None:
    """检查版本规则文件有无错误。"""
    from xltool.campaign import edition_folder, lint_edition

    rows = lint_edition(edition_folder(context.obj, name))
    faults = [row for row in rows if row["severity"] != "note"]
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            say(f"{row['file']}:{row['line']} {row['message']}", colour=COLOURS[str(row["severity"])])
        say("没有发现问题。" if not faults else f"共{len(faults)}个问题。")
    if any(row["severity"] == "error" for row in rows):
        context.exit(2)


@click.group()
def report() -> None:
    """生成Word报告。"""


@report.command("district")
@click.argument("districts", nargs=-1, metavar="[DISTRICT...]")
@json_option
@click.pass_obj
def report_district(workspace: Path | None, districts: tuple[str, ...], *, as_json: bool) -> None:
    """生成监测分报告（默认为campaign.toml中的抽样区）。"""
    from xltool.campaign import Campaign, report_districts

    with progress("生成报告", silent=as_json) as advance:
        rows = report_districts(Campaign.open(workspace), districts, advance=advance)
    if as_json:
        print_json(rows)
        return
    for row in rows:
        say(f"{row['district']}：{row['file']}")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("xltool-demo"), metavar="[DIR]")
def demo(folder: Path) -> None:
    """用示例数据在新文件夹中走完一遍全过程。"""
    from xltool.demo import run

    run(folder, progress=lambda label: progress(label, silent=False))


COMMANDS = (edition, report, demo)

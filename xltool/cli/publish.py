"""Commands that show the edition and write reports: edition, report, demo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xltool.cli.collect import due_option, json_option
from xltool.cli.output import Row, print_json, print_table, progress, say
from xltool.cli.templates import TEMPLATE_COMMANDS
from xltool.cli.workforce import workforce_options

if TYPE_CHECKING:
    from xltool.campaign import Workforce

COLOURS = {"error": "red", "warning": "yellow"}
PLACES = 3
"""Of so many rules with a reason in common the place is named; `--json` has them all."""
districts_argument = click.argument("districts", nargs=-1, metavar="[DISTRICT...]")


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
    if as_json:
        print_json(rows)
    else:
        faults = [row for row in rows if row["severity"] != "note"]
        for row in faults:
            say(f"{_place(row)} {row['message']}", colour=COLOURS[str(row["severity"])])
        say("没有发现问题。" if not faults else f"共{len(faults)}个问题。")
        _say_notes([row for row in rows if row["severity"] == "note"])
    if any(row["severity"] == "error" for row in rows):
        context.exit(2)


def _say_notes(notes: Sequence[Row]) -> None:
    """The rules that no workbook judges, one line a reason."""
    from xltool.messages import reason

    if notes:
        say(reason("not_live_rules", count=len(notes)))
    for why in dict.fromkeys(row["reason"] for row in notes):
        places = [_place(row) for row in notes if row["reason"] == why]
        named = "、".join(places[:PLACES]) + ("等" if len(places) > PLACES else "")
        say("    " + reason("not_live_group", reason=why, count=len(places), places=named))


def _place(row: Row) -> str:
    return f"{row['file']}:{row['line']}"


@click.group()
def report() -> None:
    """生成Word报告和数据包。"""


@report.command("district")
@districts_argument
@workforce_options
@json_option
@click.pass_obj
def report_district(workspace: Path | None, districts: tuple[str, ...], force: Workforce, *, as_json: bool) -> None:
    """生成监测分报告（默认为campaign.toml中的抽样区）。"""
    from xltool.campaign import report_districts

    write_reports(report_districts, workspace, districts, force, as_json=as_json)


@report.command("notice")
@districts_argument
@due_option
@workforce_options
@json_option
@click.pass_obj
def report_notice(
    workspace: Path | None,
    districts: tuple[str, ...],
    due: dt.datetime | None,
    force: Workforce,
    *,
    as_json: bool,
) -> None:
    """生成退回修改通知（默认为所有有问题需要改正的区）。"""
    from xltool.campaign import report_notices

    write = partial(report_notices, due=due and due.date())
    rows = write_reports(write, workspace, districts, force, as_json=as_json)
    if as_json:
        return
    written = {row["district"] for row in rows}
    for name in districts:
        if name not in written:
            say(f"{name}：没有需要改正的问题，不生成通知。")
    if not districts:
        say(f"已生成退回修改通知{len(rows)}份，其他区没有需要改正的问题。")
    if rows:
        say("通知所列的退回工作簿由 xltool feedback 生成。")


@report.command("confirmation")
@districts_argument
@workforce_options
@json_option
@click.pass_obj
def report_confirmation(workspace: Path | None, districts: tuple[str, ...], force: Workforce, *, as_json: bool) -> None:
    """生成确认函（默认为所有复审已通过的区），供签字、盖章。"""
    from xltool.campaign import report_confirmations

    write_reports(report_confirmations, workspace, districts, force, as_json=as_json)


@report.command("analysis")
@json_option
@click.pass_obj
def report_analysis(workspace: Path | None, *, as_json: bool) -> None:
    """生成全市数据分析报告：采集、质量、各项指标的分布和各区差异。"""
    from xltool.campaign import Campaign, report_city

    say_files(report_city(Campaign.open(workspace), ["analysis"]), as_json=as_json)


@report.command("city")
@json_option
@click.pass_obj
def report_city(workspace: Path | None, *, as_json: bool) -> None:
    """生成全市监测报告。"""
    from xltool.campaign import Campaign
    from xltool.campaign import report_city as write

    say_files(write(Campaign.open(workspace), ["city"]), as_json=as_json)


@report.command("package")
@json_option
@click.pass_obj
def report_package(workspace: Path | None, *, as_json: bool) -> None:
    """把全部数据、指标和核对情况导出为数据包（csv和datapackage.json），供进一步分析。"""
    from xltool.campaign import Campaign
    from xltool.campaign import report_package as write

    say_files(write(Campaign.open(workspace)), as_json=as_json)


def say_files(rows: list[Row], *, as_json: bool) -> None:
    """Say where each file of the whole city lies."""
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            say(f"已生成：{row['file']}")


def write_reports(
    write: Callable[..., list[Row]],
    workspace: Path | None,
    districts: tuple[str, ...],
    force: Workforce,
    *,
    as_json: bool,
) -> list[Row]:
    """Write one kind of report for the named districts, and say where each file lies."""
    from xltool.campaign import Campaign

    with progress("生成报告", silent=as_json) as advance:
        rows = write(Campaign.open(workspace), districts, force=force, advance=advance)
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            say(f"{row['district']}：{row['file']}")
    return rows


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("xltool-demo"), metavar="[DIR]")
def demo(folder: Path) -> None:
    """用示例数据在新文件夹中走完一遍全过程。"""
    from xltool.demo import run

    run(folder, progress=lambda label: progress(label, silent=False))


for command in TEMPLATE_COMMANDS:
    report.add_command(command)

COMMANDS = (edition, report, demo)

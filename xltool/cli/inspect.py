"""Commands that look at what is stored: values, diff, status, remind, indicators, trace."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import click

from xltool.cli.collect import json_option
from xltool.cli.output import print_json, print_table, say

OWED_WORDS = {"return": "尚未报送", "correction": "需要改正"}
REMINDER_KEYS = ("district", "unit", "role", "owes", "unanswered", "errors", "warnings", "last_return")
district_option = click.option("--district", default=None, metavar="D", help="只看该区。")
SETTLE_FIRST = "改正或说明后"


def require_table(_context: click.Context, _option: click.Parameter, output: Path | None) -> Path | None:
    """Refuse a file that no table can be written to, before the command does anything."""
    from xltool.campaign.files import table_format

    if output is not None:
        table_format(output)
    return output


output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=None,
    callback=require_table,
    metavar="FILE",
    help="另存为.xlsx或.csv文件。",
)


@click.command()
@district_option
@json_option
@output_option
@click.option("--platform-order", is_flag=True, help="按原数据采集平台填报页的顺序列出计入的数据，供转录。")
@click.pass_obj
def values(
    workspace: Path | None, district: str | None, output: Path | None, *, platform_order: bool, as_json: bool
) -> None:
    """列出入库的数据及其来源单元格。"""
    from xltool import campaign as office

    campaign = office.Campaign.open(workspace)
    name, read = ("form", office.platform_order) if platform_order else ("values", office.values)
    rows = read(campaign, district=district)
    if output:
        office.save_table(output, name, rows)
        say(f"已保存：{output}")
    elif as_json:
        print_json(rows)
    elif platform_order:
        shown = ("district", "number", "label", "unit", "entry", "shown", "unit_of_measure", "note", "source")
        titles = ("区", "序号", "数据项", "成员单位", "名称", "填写内容", "单位", "其他栏", "来源")
        print_table("按平台顺序排列的数据", titles, ([row[key] for key in shown] for row in rows))
    else:
        headings = ("区", "成员单位", "数据项", "行", "列", "数值", "单位", "计入", "文件", "工作表", "单元格")
        keys = (
            "district",
            "unit",
            "item",
            "row",
            "column",
            "value",
            "unit_of_measure",
            "counts",
            "file",
            "sheet",
            "cell",
        )
        print_table("数据", headings, ([as_read(row[key]) for key in keys] for row in rows))


def as_read(value: object) -> object:
    """A value as people read it: truth in words, numbers in full."""
    from xltool.model.numbers import shown

    if isinstance(value, bool):
        return "是" if value else "否"
    return shown(value) if isinstance(value, float) else value


@click.command()
@json_option
@click.pass_obj
def status(workspace: Path | None, *, as_json: bool) -> None:
    """各区报送和审核的进度。"""
    from xltool.campaign import Campaign, proposals
    from xltool.campaign import status as progress_of
    from xltool.model.review import STEP_WORDS

    campaign = Campaign.open(workspace)
    rows = progress_of(campaign)
    if as_json:
        print_json(rows)
        return
    headings = ("区", "状态", "签署表建议办理", "成员单位", "错误", "提醒", "暂存", "最近报送")
    asked = {name: f"{STEP_WORDS[one.step]}（{one.by}）" for name, one in proposals(campaign).items()}
    asked |= {str(row["district"]): f"{SETTLE_FIRST}{asked[str(row['district'])]}" for row in rows if is_early(row)}
    lines = (
        [
            row["district"],
            row["status"],
            asked.get(str(row["district"])),
            f"{row['units_returned']}/{row['units_expected']}",
            *(row[key] for key in ("errors", "warnings", "held")),
            local_time(row["last_return"]),
        ]
        for row in rows
    )
    print_table(f"报送进度（{deadline_of(rows[0])}；成员单位为已报/应报）", headings, lines)
    counts = Counter(str(row["status"]) for row in rows)
    say("合计：" + "，".join(f"{name}{counts[name]}个" for name in campaign.edition.statuses if counts[name]))


@click.command()
@district_option
@json_option
@output_option
@click.pass_obj
def remind(workspace: Path | None, district: str | None, output: Path | None, *, as_json: bool) -> None:
    """催报：谁的表格还没有报送或需要改正，并在outbox中为每个区写一份催报文字。"""
    from xltool.campaign import Campaign, save_table
    from xltool.campaign import remind as wait_for

    rows = wait_for(Campaign.open(workspace), district=district)
    if output:
        save_table(output, "reminders", [{**row, **reminder_words(row)} for row in rows])
        say(f"已保存：{output}")
    if as_json:
        print_json(rows)
        return
    headings = ("区", "成员单位", "联系角色", "待办", "未填数据项", "错误", "提醒", "最近报送")
    lines = ([{**row, **reminder_words(row)}[key] for key in REMINDER_KEYS] for row in rows)
    title = f"催报清单（{deadline_of(rows[0])}）" if rows else "催报清单"
    print_table(title, headings, lines)
    counts = Counter(str(row["owes"]) for row in rows)
    say("合计：" + "，".join(f"{word}{counts[name]}份" for name, word in OWED_WORDS.items()))
    texts = list(dict.fromkeys(str(row["file"]) for row in rows))
    if texts:
        say(f"已写催报文字{len(texts)}份：{texts[0]}" + ("等" if len(texts) > 1 else ""))


def reminder_words(row: dict[str, object]) -> dict[str, object]:
    """What a reminder's row says to people."""
    whose = row["unit"] or "区表"
    return {"unit": whose, "owes": OWED_WORDS[str(row["owes"])], "last_return": local_time(row["last_return"])}


def is_early(row: dict[str, object]) -> bool:
    """Whether a district asks to submit while something is open."""
    from xltool.model.review import Step

    return row["proposed_step"] == Step.SUBMIT and bool(row["errors"] or row["warnings"])


def deadline_of(row: dict[str, object]) -> str:
    """The deadline, which all districts have, and the days that are left."""
    return f"截止{row['deadline']}，{days(row['days_left'])}" if row["deadline"] else "未设截止日期"


def local_time(moment: object) -> str | None:
    """A stored time as the office's clock showed it."""
    return f"{dt.datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}" if isinstance(moment, str) else None


def days(left: object) -> str | None:
    """Days to a deadline, in words once it has passed."""
    if not isinstance(left, int):
        return None
    return f"还有{left}天" if left >= 0 else f"已过{-left}天"


@click.command()
@click.option("--snapshot", default=None, metavar="ID", help="按该数据快照（默认按当前数据）。")
@json_option
@output_option
@click.pass_obj
def indicators(workspace: Path | None, snapshot: str | None, output: Path | None, *, as_json: bool) -> None:
    """计算各区的指标。"""
    from xltool.campaign import Campaign, save_indicators
    from xltool.campaign import indicators as compute

    campaign = Campaign.open(workspace)
    if output:
        save_indicators(campaign, output, snapshot=snapshot)
        say(f"已保存：{output}")
        return
    rows = compute(campaign, snapshot=snapshot)
    if as_json:
        print_json(rows)
    else:
        headings = ("区", "指标", "数值", "单位", "全市", "平均", "中位数", "位次", "说明")
        print_table("指标", headings, (indicator_line(row) for row in rows))


def indicator_line(row: dict[str, object]) -> list[object]:
    """A result as one line of the table, rounded for reading."""
    from xltool.model.states import SHOWN, State

    value = rounded(row["value"]) if row["state"] == State.VALUE else SHOWN[State(str(row["state"]))]
    rank = None if row["rank"] is None else f"{row['rank']}/{row['n']}"
    compared = (rounded(row[key]) for key in ("city", "mean", "median"))
    return [row["district"], row["label"], value, row["unit_of_measure"], *compared, rank, row["reason"]]


def rounded(value: object, decimals: int = 2) -> object:
    """A number for the terminal; text as it is."""
    from xltool.model.numbers import shown

    return shown(value, decimals) if isinstance(value, int | float) else value


@click.command()
@click.argument("district")
@click.argument("indicator")
@json_option
@click.pass_obj
def trace(workspace: Path | None, district: str, indicator: str, *, as_json: bool) -> None:
    """一个指标由哪些单元格算出。"""
    from xltool.campaign import Campaign
    from xltool.campaign import trace as follow

    rows = follow(Campaign.open(workspace), district, indicator)
    if as_json:
        print_json(rows)
        return
    say(f"{district} {indicator} = {rows[0]['formula'] if rows else ''}")
    headings = ("算式项", "成员单位", "数值", "原文", "计入", "文件", "工作表", "单元格")
    keys = ("input", "unit", "value", "raw", "counts", "file", "sheet", "cell")
    print_table("来源", headings, ([as_read(row[key]) for key in keys] for row in rows))


@click.command()
@click.argument("district")
@json_option
@click.pass_obj
def diff(workspace: Path | None, district: str, *, as_json: bool) -> None:
    """一个区最近一次报送与上一次相比改了什么。"""
    from xltool.campaign import Campaign
    from xltool.campaign import diff as compare

    rows = compare(Campaign.open(workspace), district)
    if as_json:
        print_json(rows)
    elif not rows:
        say(f"{district}没有可比较的改动：未报送、只报送过一次，或内容未变。")
    else:
        headings = ("成员单位", "数据项", "行", "改前", "改后", "工作表", "单元格", "版次")
        keys = ("unit", "label", "row", "before", "after", "sheet", "cell", "version")
        what = "暂存的报送与审核的数据相比的改动" if rows[0]["held"] else "的改动"
        print_table(f"{district}{what}", headings, ([as_read(row[key]) for key in keys] for row in rows))


COMMANDS = (values, diff, status, remind, indicators, trace)

"""Commands that give out workbooks and take them back: init, prefill, generate, cells, ingest, feedback."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from xltool.cli.output import Row, print_json, print_json_rows, print_table, progress, say, say_meanwhile
from xltool.cli.workforce import workforce_options
from xltool.errors import UsageError

if TYPE_CHECKING:
    from xltool.campaign import Workforce

OUTCOMES = {
    "accepted": "已收",
    "repeated": "重复（未变）",
    "held": "暂存",
    "rejected": "退回",
    "attachment": "附件",
    "ignored": "忽略",
}
json_option = click.option("--json", "as_json", is_flag=True, help="只输出JSON。")
due_option = click.option(
    "--due",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    metavar="DATE",
    help="改正期限，如2023-10-15（默认为campaign.toml中的采集截止日期）。",
)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--edition", default="2023", show_default=True, help="版本编号，或版本规则文件夹的路径。")
def init(folder: Path, edition: str) -> None:
    """新建一个监测项目文件夹。"""
    from xltool.campaign import init as create

    create(folder, edition)
    say(f"已新建项目文件夹：{folder}")
    say("下一步：核对“单位名单.xlsx”和“campaign.toml”，然后运行 xltool generate。")
    say("请备份“.secret”文件：没有它，返回的表格无法核对标识。")


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@json_option
@click.pass_context
def prefill(context: click.Context, files: tuple[Path, ...], *, as_json: bool) -> None:
    """读入其他系统的数据和上年数据（csv或xlsx：区、数据项、数值，可加年度、来源、日期），预填到工作簿。"""
    from xltool.campaign import Campaign
    from xltool.campaign import prefill as take

    rows = take(Campaign.open(context.obj), files)
    refused = [row for row in rows if row["outcome"] == "refused"]
    if as_json:
        print_json(rows)
    else:
        for row in refused:
            whose = " ".join(str(row[key]) for key in ("district", "item") if row[key])
            where = (f"“{row['sheet']}”" if row["sheet"] else "") + (f"第{row['line']}行" if row["line"] else "")
            say(f"未收 {row['file']} {where} {whose}：{row['reason']}。".replace(" ：", "："), colour="red")
        say(f"已收{len(rows) - len(refused)}个数，未收{len(refused)}个。")
        if len(refused) < len(rows):
            say("下一步：运行 xltool generate，新生成的工作簿带有这些数。")
    if refused:
        context.exit(1)


@click.command()
@click.option("--district", "districts", multiple=True, metavar="D", help="只生成该区（可多次给出）。")
@click.option("--unit", "units", multiple=True, metavar="U", help="只生成该成员单位（可多次给出）。")
@click.option("--rows", type=click.IntRange(1, 5000), default=None, help="各列表的行数。")
@click.option("--units-only", is_flag=True, help="只生成成员单位的工作簿（第一步）。")
@click.option("--from-units", is_flag=True, help="只生成区级工作簿，填入成员单位已报送的数据（第二步）。")
@click.option("--experts", is_flag=True, help="生成抽样区的实地监测专家意见表。")
@click.option("--survey", is_flag=True, help="生成抽样区的满意度问卷数据表。")
@workforce_options
@json_option
@click.pass_obj
def generate(
    workspace: Path | None,
    districts: tuple[str, ...],
    units: tuple[str, ...],
    rows: int | None,
    force: Workforce,
    *,
    units_only: bool,
    from_units: bool,
    experts: bool,
    survey: bool,
    as_json: bool,
) -> None:
    """生成各区和成员单位的填报工作簿，存入outbox。"""
    from xltool.campaign import Campaign
    from xltool.campaign import generate as issue
    from xltool.campaign import generate_field as issue_field

    if from_units and (units_only or units):
        raise UsageError("stages_together", options=f"--from-units与{'--units-only' if units_only else '--unit'}")
    stage: Literal["units", "district"] | None = "units" if units_only else "district" if from_units else None
    campaign = Campaign.open(workspace)
    kinds = [kind for kind, wanted in (("experts", experts), ("survey", survey)) if wanted]
    if kinds and (units or rows or stage):
        raise UsageError("stages_together", options="--experts、--survey与--unit、--rows、--units-only、--from-units")
    with progress("生成工作簿", silent=as_json) as advance:
        by: dict[str, Any] = {"force": force, "advance": advance}
        if kinds:
            issued = issue_field(campaign, kinds, districts=districts, **by)
        else:
            issued = issue(campaign, districts=districts, units=units, rows=rows, stage=stage, **by)
    if as_json:
        print_json(issued)
        return
    if kinds:
        for row in issued:
            say(str(row["file"]))
        return
    counts = {kind: sum(row["kind"] == kind for row in issued) for kind in ("district", "unit", "zip")}
    say(f"已生成区级工作簿{counts['district']}个、成员单位工作簿{counts['unit']}个，打包{counts['zip']}个压缩包。")
    say(f"位置：{campaign.workspace.outbox}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@click.pass_obj
def cells(workspace: Path | None, file: Path, *, as_json: bool) -> None:
    """列出一个工作簿中每个单元格的含义（已发出的、返回的均可）。"""
    from xltool.campaign import Campaign
    from xltool.campaign import cells as describe

    rows = describe(Campaign.open(workspace), file)
    if as_json:
        print_json(rows)
        return
    shown = [row for row in rows if row["kind"] in ("input", "prefilled", "formula")]
    headings = ("工作表", "单元格", "类别", "数据项", "行", "列", "类型", "单位")
    keys = ("sheet", "cell", "kind", "item", "row", "column", "type", "unit_of_measure")
    print_table(str(file), headings, ([row[key] for key in keys] for row in shown))


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "--as", "named", metavar="DISTRICT[/UNIT]", default=None, help="表格标识丢失时，指定是哪个区（或单位）的。"
)
@click.option("--password", metavar="P", default=None, help="加密的工作簿和压缩包的打开密码。")
@workforce_options
@json_option
@click.pass_context
def ingest(
    context: click.Context,
    paths: tuple[Path, ...],
    named: str | None,
    password: str | None,
    force: Workforce,
    *,
    as_json: bool,
) -> None:
    """读取返回的工作簿（文件、文件夹或压缩包），核对、查错、入库。"""
    from xltool.campaign import Campaign, changes_since, ingest_each

    campaign = Campaign.open(context.obj)
    total: Counter[str] = Counter()
    faulty = False

    def seen(rows: Iterable[Row]) -> Iterator[Row]:
        nonlocal faulty
        for row in rows:
            total[str(row["outcome"])] += 1
            faulty = faulty or row["outcome"] == "rejected" or bool(row["errors"])
            yield row

    with progress("读取返回的表格", silent=as_json) as advance:
        bars: dict[str, Any] = {"advance": advance, "checking": advance.then("核对各区数据")}
        rows = seen(ingest_each(campaign, paths, named=named, password=password, force=force, **bars))
        if as_json:
            print_json_rows(rows)
        else:
            for row in rows:
                newer = row["outcome"] == "accepted" and row["version"] != 1
                since = changes_since(campaign, str(row["sha256"])) if newer else None
                colour = "red" if row["outcome"] == "rejected" else None
                say_meanwhile(ingest_line(row) + since_words(row, since), colour=colour)
    if not as_json:
        say("合计：" + "，".join(f"{word}{total[name]}个" for name, word in OUTCOMES.items() if total[name]))
    if faulty:
        context.exit(1)


def ingest_line(row: dict[str, object]) -> str:
    """One line for one file."""
    whose = " ".join(str(row[key]) for key in ("district", "unit") if row[key])
    line = f"{OUTCOMES[str(row['outcome'])]} {row['file']}"
    if row["outcome"] == "accepted":
        counts = f"错误{row['errors']}、提醒{row['warnings']}、提示{row['hints']}"
        return f"{line}：{whose}，第{row['version']}版，{counts}"
    return f"{line}：{row['reason']}" if row["reason"] else line


def since_words(row: dict[str, object], since: tuple[int, int] | None) -> str:
    """What a newer return changed, and how to see it; nothing of a first one."""
    if since is None:
        return ""
    earlier, changed = since
    if not changed:
        return f"；与第{earlier}版相比没有改动"
    return f"；与第{earlier}版相比改动{changed}个单元格，可用 xltool diff {row['district']} 查看"


@click.command()
@click.option("--district", "districts", multiple=True, metavar="D", help="只退回该区（可多次给出）。")
@due_option
@workforce_options
@json_option
@click.pass_obj
def feedback(
    workspace: Path | None,
    districts: tuple[str, ...],
    due: dt.datetime | None,
    force: Workforce,
    *,
    as_json: bool,
) -> None:
    """生成退回修改的工作簿（已填内容不变，标出有问题的单元格）和各区的退回修改通知。"""
    from xltool.campaign import Campaign
    from xltool.campaign import feedback as mark

    campaign = Campaign.open(workspace)
    with progress("生成退回修改的工作簿", silent=as_json) as advance:
        rows = mark(campaign, districts=districts, due=due and due.date(), force=force, advance=advance)
    if as_json:
        print_json(rows)
        return
    for row in rows:
        say(str(row["file"]))
    marked = sum(row["kind"] == "marked" for row in rows)
    notices = len(rows) - marked
    said = f"已生成退回修改的工作簿{marked}个、退回修改通知{notices}份。"
    say(said if rows else "没有需要退回修改的工作簿：没有错误和提醒，只供核对的提示不退回。")


COMMANDS = (init, prefill, generate, cells, ingest, feedback)

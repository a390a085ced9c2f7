"""Commands for what isn't numbers: evidence, field, board."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from xltool.cli.collect import json_option
from xltool.cli.inspect import district_option, output_option, rounded
from xltool.cli.output import print_json, print_table, say


@click.command()
@district_option
@json_option
@output_option
@click.pass_obj
def evidence(workspace: Path | None, district: str | None, output: Path | None, *, as_json: bool) -> None:
    """佐证文档、附件，以及它们对指标和监测点的覆盖；-o 另存目录，附件复制在旁边的文件夹中。"""
    from xltool import campaign as office

    campaign = office.Campaign.open(workspace)
    if output:
        office.save_evidence(campaign, output, district=district)
        say(f"已保存：{output}")
    elif as_json:
        print_json(office.evidence(campaign, district=district))
    else:
        headings = (
            "区",
            "文档",
            "附件已收",
            "附件未收",
            "多余文件",
            "三级指标（有文档/全部）",
            "监测点（有文档/全部）",
        )
        lines = (
            [
                *(row[key] for key in ("district", "documents", "received", "missing", "surplus")),
                f"{row['third']}/{row['of_third']}",
                f"{row['points']}/{row['of_points']}",
            ]
            for row in office.evidence_totals(campaign, district=district)
        )
        print_table("佐证材料", headings, lines)


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), default=None, metavar="DIR", help="存入该文件夹。")
@json_option
@click.pass_obj
def board(workspace: Path | None, output: Path | None, *, as_json: bool) -> None:
    """各区进度总览：一个工作簿和一个可离线打开的网页，默认存入reports。"""
    from xltool import campaign as office

    rows = office.board(office.Campaign.open(workspace), output)
    if as_json:
        print_json(rows)
        return
    for row in rows:
        say(str(row["file"]))


@click.command()
@district_option
@json_option
@output_option
@click.pass_obj
def field(workspace: Path | None, district: str | None, output: Path | None, *, as_json: bool) -> None:
    """抽样区的实地监测：问卷结果和专家意见。"""
    from xltool import campaign as office

    campaign = office.Campaign.open(workspace)
    if output:
        office.save_field(campaign, output, district=district)
        say(f"已保存：{output}")
        return
    rows = office.field(campaign, district=district)
    if as_json:
        print_json(rows)
        return
    headings = ("区", "日期", "监测点", "专家意见（已收/应收）")
    plans = [row for row in rows if row["kind"] == "plan"]
    lines = [[row["district"], row["day"], row["site"], f"{row['returned']}/{row['expected']}"] for row in plans]
    print_table("实地监测安排", headings, lines)
    columns = ("区", "监测点", "问题", "有效问卷", "回收率", "回答人数", "肯定比例（95%区间）")
    surveys = [row for row in rows if row["kind"] == "survey"]
    print_table("问卷结果", columns, (survey_line(row) for row in surveys))
    opinions = Counter(str(row["district"]) for row in rows if row["kind"] == "opinion")
    say("专家意见：" + ("，".join(f"{name}{count}条" for name, count in opinions.items()) or "尚未收到"))


def survey_line(row: dict[str, object]) -> list[object]:
    """One question at one site, rounded for reading."""
    share, low, high = (rounded(row[name], 1) for name in ("share", "share_low", "share_high"))
    interval = f"{share}%（{low}%～{high}%）" if row["share"] is not None else None
    rate = None if row["response_rate"] is None else f"{rounded(row['response_rate'], 1)}%"
    return [row["district"], row["site"] or "各点合计", row["label"], row["respondents"], rate, row["n"], interval]


COMMANDS = (evidence, field, board)

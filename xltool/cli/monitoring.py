"""Commands for what isn't numbers: evidence, board."""

from __future__ import annotations

from pathlib import Path

import click

from xltool.cli.collect import json_option
from xltool.cli.inspect import district_option, output_option
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


COMMANDS = (evidence, board)

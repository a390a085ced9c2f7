"""What is wrong, and what the office answers: findings, explain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xltool.cli.collect import json_option
from xltool.cli.inspect import district_option, output_option
from xltool.cli.output import Row, print_json, print_table, say
from xltool.model.severity import SEVERITY_WORDS, Severity

if TYPE_CHECKING:
    from xltool.model.finding import Finding

SHORT_ID = 8  # letters of an id: of some hundred findings, no two begin alike


@click.command()
@district_option
@json_option
@output_option
@click.pass_context
def findings(context: click.Context, district: str | None, output: Path | None, *, as_json: bool) -> None:
    """列出错在哪里、应当怎样改。"""
    from xltool.campaign import Campaign, save_findings
    from xltool.campaign import findings as find

    campaign = Campaign.open(context.obj)
    rows = find(campaign, district=district)
    if output:
        save_findings(campaign, output, district=district)
        say(f"已保存：{output}")
    elif as_json:
        print_json(rows)
    else:
        shown = [row for row in rows if row["status"] != "folded"]  # what follows from another needs no answer
        headings = ("编号", "区", "成员单位", "级别", "处理状态", "工作表", "单元格", "问题", "处理办法或说明")
        print_table("问题清单", headings, (finding_line(row) for row in shown))
        say(f"合计（待处理）：{totals(shown)}")
    if any(row["severity"] == "error" and row["status"] == "open" for row in rows):
        context.exit(1)


def finding_line(row: Row) -> list[object]:
    """A finding as one line of the table, with as much of its id as `explain` needs."""
    severity = SEVERITY_WORDS[Severity(str(row["severity"]))]
    answer = row["action"] if row["explanation"] is None else f"{row['explanation']}（{row['by']}）"
    whose = (row["district"], row["unit"], severity, word_of(row))
    return [str(row["id"])[:SHORT_ID], *whose, row["sheet"], row["cell"], row["message"], answer]


def totals(rows: Sequence[Row]) -> str:
    """How many findings are open, by severity, and how many are not, by what became of them."""
    still_open = Counter(str(row["severity"]) for row in rows if row["status"] == "open")
    others = Counter(word_of(row) for row in rows if row["status"] != "open")
    told = "，".join(f"{word}{still_open[name]}个" for name, word in SEVERITY_WORDS.items())
    return told + "".join(f"；{word}{count}个" for word, count in others.items())


def word_of(row: Row) -> str:
    """What became of a finding, in a word."""
    from xltool.model.finding import status_word

    return status_word(str(row["status"]), str(row["code"]))


@click.command()
@click.argument("finding")
@click.option("--note", required=True, metavar="TEXT", help="说明、豁免或采用的理由，印在报告中。")
@click.option("--by", required=True, metavar="WHO", help="由谁说明（如“市级经办人”）。")
@click.option("--withdraw", is_flag=True, help="撤回市级以前的说明，--note写撤回的理由。")
@click.pass_obj
def explain(workspace: Path | None, finding: str, note: str, by: str, *, withdraw: bool) -> None:
    """市级说明一个问题：提醒予以说明，错误予以豁免，区里不同意的平台数据采用区里的数。

    FINDING为问题的编号，可只写开头几位，见 xltool findings。数据再有改动时，说明自动失效。
    """
    from xltool.campaign import Campaign
    from xltool.campaign import explain as answer

    answered = answer(Campaign.open(workspace), finding, note=note, by=by, withdraw=withdraw)
    before, after = answered.before, answered.after
    if not answered.changed:
        say(f"说明与已有的相同，未作改动：{told(after)}")
    elif withdraw:
        say(f"已撤回市级的说明，现为{after.status_word}：{told(after)}")
    else:
        say(f"{after.status_word}：{told(after)}")
        say(f"说明：{after.explanation}（{after.by}）")
        if before.explanation is not None:
            say(f"代替以前的说明：{before.explanation}（{before.by}）。以前的说明仍有记录。")


def told(finding: Finding) -> str:
    """A finding in one line: whose it is, and what."""
    return f"{' '.join(part for part in (finding.district, finding.unit) if part)} {finding.message}"


COMMANDS = (findings, explain)

"""The steps of a district's review, their log and its verification."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xltool.cli.collect import json_option
from xltool.cli.inspect import local_time
from xltool.cli.output import print_json, print_table, say

if TYPE_CHECKING:
    from xltool.campaign import Letter

UNKNOWN_RECORDER = "未注明"
LETTER_CHECKS = {"text": "快照编号已核对", "typed": "快照编号由记录人输入核对", "none": "快照编号未核对"}
SHORT = 12  # digits of an id in a table


def system_user() -> str:
    """Who is at the keyboard, as far as the system knows."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return UNKNOWN_RECORDER


by_option = click.option("--by", required=True, metavar="WHO", help="办理人（与填报审核表上的签名一致）。")
recorder_option = click.option(
    "--recorded-by", default=system_user, metavar="WHO", help="记录人（默认为本机用户名）。", show_default=False
)


@click.group()
def review() -> None:
    """各区数据的审核：提交、通过、退回、重新打开、收存确认函；审核记录及其核对。"""


@review.command()
@click.argument("district")
@by_option
@recorder_option
@click.option("--note", default=None, metavar="TEXT", help="意见（可不写）。")
@json_option
@click.pass_obj
def submit(
    workspace: Path | None, district: str, by: str, recorded_by: str, note: str | None, *, as_json: bool
) -> None:
    """提交审核：填报 → 初审。还有错误或未说明的提醒时不能提交。"""
    record(workspace, "submit", district, (by, recorded_by, note), as_json=as_json)


def step_with_note(step: str, what: str, note_help: str) -> None:
    """Add the command of a step that needs an opinion or a reason."""

    @review.command(step, help=what)
    @click.argument("district")
    @by_option
    @recorder_option
    @click.option("--note", required=True, metavar="TEXT", help=note_help)
    @json_option
    @click.pass_obj
    def take_step(
        workspace: Path | None, district: str, by: str, recorded_by: str, note: str, *, as_json: bool
    ) -> None:
        record(workspace, step, district, (by, recorded_by, note), as_json=as_json)


step_with_note("pass", "审核通过：初审 → 复审（联络员），复审 → 复审-确认函（负责人）。", "审核意见。")
step_with_note("return", "退回修改：初审、复审、复审-确认函 → 填报。暂存的报送随即计入。", "退回的原因。")
step_with_note("reopen", "重新打开：审核完成 → 填报。暂存的报送随即计入。", "重新打开的原因。")


@review.command()
@click.argument("district")
@click.option(
    "--letter", required=True, type=click.Path(path_type=Path), metavar="FILE.pdf", help="签字、盖章的确认函扫描件。"
)
@click.option("--snapshot", default=None, metavar="ID", help="确认函上印的数据快照编号（至少前8位）。")
@by_option
@recorder_option
@click.option("--note", default=None, metavar="TEXT", help="意见（可不写）。")
@json_option
@click.pass_obj
def confirm(
    workspace: Path | None,
    district: str,
    letter: Path,
    snapshot: str | None,
    by: str,
    recorded_by: str,
    note: str | None,
    *,
    as_json: bool,
) -> None:
    """收存确认函扫描件：复审-确认函 → 审核完成。"""
    from xltool.campaign import Letter

    scan = Letter(file=letter, snapshot=snapshot)
    record(workspace, "confirm", district, (by, recorded_by, note), scan, as_json=as_json)


def record(
    workspace: Path | None,
    step: str,
    district: str,
    signed: tuple[str, str, str | None],
    letter: Letter | None = None,
    *,
    as_json: bool,
) -> None:
    """Take a step and say what came of it."""
    from xltool.campaign import Campaign, Signature, event_row, take
    from xltool.model.review import STEP_WORDS, Step

    by, recorded_by, note = signed
    signature = Signature(by=by, recorded_by=recorded_by, note=note)
    campaign = Campaign.open(workspace)
    taken = take(campaign, district, Step(step), signature, letter)
    row = event_row(campaign, taken.event)
    if as_json:
        print_json([row])
        return
    who = f"{row['role']} {row['by']}，记录人 {row['recorded_by']}"
    say(f"{district}：{row['from']} → {row['to']}（{STEP_WORDS[Step(step)]}：{who}）")
    if step != "return":
        say(f"数据快照编号：{row['snapshot']}")
    if row["letter_check"]:
        say(f"确认函：已存档，{LETTER_CHECKS[str(row['letter_check'])]}")
    if taken.released:
        say(f"审核期间暂存的{len(taken.released)}份报送现已计入，用 xltool diff {district} 查看改动。")


@review.command()
@click.argument("district")
@json_option
@click.pass_obj
def log(workspace: Path | None, district: str, *, as_json: bool) -> None:
    """一个区的审核记录。"""
    from xltool.campaign import Campaign
    from xltool.campaign import log as entries

    rows = entries(Campaign.open(workspace), district)
    if as_json:
        print_json(rows)
    elif not rows:
        say(f"{district}还没有审核记录。")
    else:
        headings = ("序号", "时间", "办理", "状态", "办理人", "记录人", "意见或原因", "数据快照", "校验码")
        print_table(f"{district}审核记录", headings, (log_line(row) for row in rows))


def log_line(row: dict[str, object]) -> list[object]:
    """An entry as one line of the table; ids in short."""
    from xltool.model.review import STEP_WORDS, Step

    note = row["note"]
    if row["letter_check"]:
        note = "；".join(str(part) for part in (note, LETTER_CHECKS[str(row["letter_check"])]) if part)
    return [
        row["number"],
        local_time(row["at"]),
        STEP_WORDS[Step(str(row["step"]))],
        f"{row['from']} → {row['to']}",
        f"{row['role']} {row['by']}",
        row["recorded_by"],
        note,
        str(row["snapshot"])[:SHORT],
        str(row["digest"])[:SHORT],
    ]


@review.command()
@click.argument("district", required=False, metavar="[DISTRICT]")
@click.option(
    "--letter", default=None, type=click.Path(path_type=Path), metavar="FILE", help="确认函（.pdf或.docx），一并核对。"
)
@json_option
@click.pass_context
def verify(context: click.Context, district: str | None, letter: Path | None, *, as_json: bool) -> None:
    """核对审核记录：前后衔接、与保存的状态、数据快照和确认函存档一致；不写区名则核对全部区。"""
    from xltool.campaign import Campaign
    from xltool.campaign import verify as hold_together
    from xltool.messages import LIMITS

    rows = hold_together(Campaign.open(context.obj), district, letter=letter)
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            district = f"{row['district']}：" if row["district"] else ""
            number = f"第{row['number']}条：" if row["number"] else ""
            say(f"{district}{number}{row['message']}", colour=None if row["ok"] else "red")
        say("以下情况查不出来：")
        for limit in LIMITS:
            say(f"  {limit}")
    if not all(row["ok"] for row in rows):
        context.exit(1)


COMMANDS = (review,)

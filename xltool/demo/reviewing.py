"""The demo's reviews: one district goes all the way, another is sent back with a reason."""

from __future__ import annotations

import click

from xltool import campaign as office
from xltool.campaign import Campaign, Letter, Signature
from xltool.campaign.files import write_atomically
from xltool.demo.scan import sample_scan
from xltool.demo.scenario import Scenario
from xltool.model.review import DIGEST_MARK, SNAPSHOT_MARK, STEP_WORDS, Step

RECORDER = "演示程序"
OFFICE = "市级办公室"
SCAN_FILE = "确认函扫描件（示例）.pdf"


def review(campaign: Campaign, story: Scenario) -> None:
    """Record what the sign-off sheets ask for, confirm one district by a sample scan, and verify all logs."""
    click.echo("七、审核：")
    approve(campaign, story.confirmed)
    give_back(campaign, story.returned, story.return_reason)
    rows = office.verify(campaign)
    click.echo(f"    核对审核记录：{'全部相符' if all(row['ok'] for row in rows) else '有不符之处'}")


def approve(campaign: Campaign, district: str) -> None:
    """As the sheet of its return asks, step by step, then by the scan of its letter."""
    while (proposal := office.proposals(campaign).get(district)) is not None:
        signature = Signature(by=proposal.by, recorded_by=RECORDER, note=proposal.note)
        say(campaign, district, proposal.step, signature)
    say(campaign, district, Step.CONFIRM, Signature(by=OFFICE, recorded_by=RECORDER), scanned(campaign, district))


def give_back(campaign: Campaign, district: str, reason: str) -> None:
    """Submitted, and sent back by the city with a reason."""
    proposal = office.proposals(campaign)[district]
    say(campaign, district, proposal.step, Signature(by=proposal.by, recorded_by=RECORDER))
    say(campaign, district, Step.RETURN, Signature(by=OFFICE, recorded_by=RECORDER, note=reason))


def say(campaign: Campaign, district: str, step: Step, signature: Signature, letter: Letter | None = None) -> None:
    """Take a step, and say it in one line."""
    event = office.take(campaign, district, step, signature, letter).event
    words = campaign.edition.statuses
    reason = f"，原因：{event.note}" if step is Step.RETURN else ""
    way = f"{event.before.word(words)} → {event.after.word(words)}"
    click.echo(f"    {district}：{way}（{STEP_WORDS[step]}：{event.role} {event.by}{reason}）")


def scanned(campaign: Campaign, district: str) -> Letter:
    """A sample in the place of the letter that was signed, stamped and scanned, as it lies in the inbox."""
    last = campaign.store.events(district)[-1]
    lines = (f"{district}数据确认函", f"{SNAPSHOT_MARK}：{last.snapshot}", f"{DIGEST_MARK}：{last.digest}")
    file = campaign.workspace.inbox / district / SCAN_FILE
    write_atomically(file, sample_scan(lines))
    return Letter(file=file)

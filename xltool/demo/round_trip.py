"""The demo: the office's whole round on sample data, in a new folder, with people who make mistakes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from xltool import campaign as office
from xltool import data
from xltool.campaign import Campaign
from xltool.demo import Progress, monitoring, people, scenario
from xltool.demo import profile as profiles
from xltool.demo.answering import answer
from xltool.demo.answers import Answers, district_answers, unit_answers
from xltool.demo.attachments import files_beside
from xltool.demo.correcting import correct
from xltool.demo.last_year import LAST_YEAR_FILE
from xltool.demo.mistakes import is_found, split
from xltool.demo.people import Filling
from xltool.demo.reviewing import review
from xltool.demo.scenario import Scenario
from xltool.model.severity import SEVERITY_WORDS
from xltool.workspace import CONFIG_FILE, SECRET_FILE
from xltool.workspace.config import dumps

Row = dict[str, object]

SIGN_OFF = "signoff"
FINDINGS_FILE = "问题清单.xlsx"
INDICATORS_FILE = "指标.xlsx"


def play(folder: Path, progress: Progress) -> None:
    """Make a campaign in a new folder, let people fill its workbooks, take them back, review, and publish.

    Says on stdout what was found and where everything lies; a folder that isn't empty is a `UsageError`.
    """
    samples = max(path for path in data.folder("samples").iterdir() if path.is_dir())
    story = scenario.load(samples)
    root = office.init(folder, samples.name)
    choose_sampled(root, story)
    campaign = Campaign.open(root)
    click.echo(f"一、新建监测项目：{root}（示例数据，不是官方统计数据）")
    given = office.prefill(campaign, [samples / LAST_YEAR_FILE])
    click.echo(f"    预先填入上年数值{len(given)}个")
    issued = issue(campaign, progress)
    fill(campaign, story, issued, progress)
    take_back(campaign, story, folder / campaign.workspace.inbox.name, progress)
    send_back(campaign, story, folder / campaign.workspace.inbox.name, progress)
    answer(campaign, story.answered)
    review(campaign, story)
    inbox = folder / campaign.workspace.inbox.name
    topics = {node: topic for node, (topic, _) in profiles.load(samples).topics.items()}
    monitoring.field_days(campaign, story.field, topics, inbox, progress)
    monitoring.overviews(campaign, story.documented)
    publish(campaign, progress)
    say_where(campaign, folder)


def choose_sampled(root: Path, story: Scenario) -> None:
    """Name the sampled districts in the settings, as the office does by hand."""
    campaign = Campaign.open(root)
    text = dumps(replace(campaign.config, sampled=story.sampled, field_plans=story.field.plans), campaign.edition)
    (root / CONFIG_FILE).write_bytes(text.encode())


def issue(campaign: Campaign, progress: Progress) -> list[Row]:
    """Generate the workbooks of all districts and member units."""
    with progress("生成工作簿") as advance:
        issued = office.generate(campaign, advance=advance)
    counts = Counter(str(row["kind"]) for row in issued)
    click.echo(f"二、生成工作簿：区{counts['district']}个，成员单位{counts['unit']}个")
    return issued


def fill(campaign: Campaign, story: Scenario, issued: Sequence[Row], progress: Progress) -> None:
    """Let people fill what is returned, and lay it into the inbox."""
    fillings = list(to_fill(campaign, story, issued))
    with progress("模拟填报") as advance:
        people.fill_all(campaign.workspace.root, fillings, advance)
    files = sum(len(filling.files) for filling in fillings)
    click.echo(f"三、模拟填报：返回{len(fillings)}个工作簿和{files}个附件，其中故意出错{len(story.planted)}处")


def to_fill(campaign: Campaign, story: Scenario, issued: Sequence[Row]) -> Iterator[Filling]:
    """The workbooks that come back, each with what its filler types."""
    workspace = campaign.workspace
    for row in issued:
        if row["kind"] == "zip":
            continue
        district, unit = str(row["district"]), None if row["unit"] is None else str(row["unit"])
        answers = answers_of(campaign, story, district, unit)
        if answers is None:
            continue
        samples, mistaken = split(answers, story.mistakes_in(district, unit))
        samples |= {(SIGN_OFF, None, column): text for column, text in story.signoff.items()}
        source = workspace.root / str(row["file"])
        target = workspace.inbox / source.relative_to(workspace.outbox)
        files = files_beside(campaign.edition, answers.typed, story.file_faults_in(district, unit))
        yield Filling(source=source, target=target, samples=samples, mistaken=mistaken, files=files)


def answers_of(campaign: Campaign, story: Scenario, district: str, unit: str | None) -> Answers | None:
    """What is typed into one workbook; None if it doesn't come back."""
    told = story.by_units.get(district)
    entries = story.entries[district]
    if unit is not None:
        returned = told is not None and unit not in told.missing
        return unit_answers(entries, unit) if returned else None
    if district in story.unreturned:
        return None
    leaves = told.leaves if told else ()
    return district_answers(entries, campaign.edition, campaign.units_of(district), leaves=leaves)


def take_back(campaign: Campaign, story: Scenario, inbox: Path, progress: Progress) -> None:
    """Ingest the inbox, and say what was found; files are known by the path that is given here."""
    with progress("读取返回的表格") as advance:
        rows = office.ingest(campaign, [inbox], advance=advance)
    counts = Counter(str(row["outcome"]) for row in rows)
    click.echo(f"四、读取返回的表格：收下{counts['accepted']}个，附件{counts['attachment']}个")
    found = office.findings(campaign)
    click.echo("五、查出的问题：" + "，".join(f"{word}{count}个" for word, count in by_severity(found)))
    seen = sum(is_found(one, found) for one in story.planted)
    click.echo(f"    故意出错的{len(story.planted)}处，查出{seen}处")
    for row in office.status(campaign):
        units = f"成员单位{row['units_returned']}/{row['units_expected']}"
        click.echo(f"    {row['district']}：{row['status']}，{units}，错误{row['errors']}，提醒{row['warnings']}")


def by_severity(found: Sequence[Row]) -> Iterator[tuple[str, int]]:
    """How many findings there are, in words."""
    counts = Counter(str(row["severity"]) for row in found if row["status"] == "open")
    return ((word, counts[severity]) for severity, word in SEVERITY_WORDS.items())


def send_back(campaign: Campaign, story: Scenario, inbox: Path, progress: Progress) -> None:
    """Mark what must be corrected; one district corrects half of its mistakes, and when sent back again the rest."""
    with progress("生成退回修改的工作簿") as advance:
        kinds = Counter(str(row["kind"]) for row in office.feedback(campaign, advance=advance))
    click.echo(f"六、退回修改：标出问题的工作簿{kinds['marked']}个，退回修改通知{kinds['notice']}份")
    name = story.corrected
    mistakes = story.mistakes_in(name, None)
    answers = answers_of(campaign, story, name, None)
    if answers is None:
        raise ValueError(name)
    half = len(mistakes) // 2
    for turn, corrected in enumerate((mistakes[:half], mistakes[half:]), start=1):
        file = next(str(row["file"]) for row in office.feedback(campaign, districts=[name]) if row["unit"] is None)
        source = campaign.workspace.root / file
        correct(campaign, source, campaign.workspace.inbox / name / source.name, answers, corrected)
        office.ingest(campaign, [inbox / name / source.name])
        row = next(row for row in office.status(campaign) if row["district"] == name)
        click.echo(
            f"    {name}第{turn}次改正{len(corrected)}处，重新报送后：错误{row['errors']}，提醒{row['warnings']}"
        )


def publish(campaign: Campaign, progress: Progress) -> None:
    """Compute the indicators, and write the tables, the sub-reports, and what is on the whole city."""
    reports = campaign.workspace.reports
    indicators = office.indicators(campaign)
    office.save_indicators(campaign, reports / INDICATORS_FILE)
    office.save_findings(campaign, reports / FINDINGS_FILE)
    states = Counter(str(row["state"]) for row in indicators)
    click.echo(f"十、计算指标：{len(indicators)}个，其中有数值的{states['value']}个")
    with progress("生成报告") as advance:
        written = office.report_districts(campaign, (), advance=advance)
    office.report_city(campaign, ("analysis", "city"))
    office.report_package(campaign)
    click.echo(f"十一、生成监测分报告：{len(written)}份；全市数据分析报告、监测报告和数据包：各1份")


def say_where(campaign: Campaign, folder: Path) -> None:
    """Where each result lies, and what to try next."""
    workspace = campaign.workspace
    places = (
        ("发出的工作簿", workspace.outbox),
        ("返回的工作簿", workspace.inbox),
        ("返回文件的存档", workspace.archive),
        ("问题清单", workspace.reports / FINDINGS_FILE),
        ("指标", workspace.reports / INDICATORS_FILE),
        ("实地监测", workspace.reports / monitoring.FIELD_RESULTS),
        *(("文档目录", index) for index in sorted(workspace.reports.glob("*_文档目录.xlsx"))),
        *(("进度总览", page) for page in sorted(workspace.reports.glob("*.html"))),
        *(("退回修改通知", notice) for notice in sorted(workspace.outbox.glob("*/退回修改/*.docx"))[:1]),
        *(("监测分报告", report) for report in sorted(workspace.reports.glob("*监测分报告*.docx"))),
        *(("全市报告", report) for report in sorted(workspace.reports.glob(f"{campaign.edition.city}_*.docx"))),
        *(("数据包", package) for package in workspace.reports.glob("*.zip")),
        ("密钥（请备份）", workspace.root / SECRET_FILE),
    )
    click.echo("结果在：")
    for name, path in places:
        click.echo(f"    {name}：{folder / path.relative_to(workspace.root)}")
    district, indicator = campaign.config.sampled[0], campaign.edition.indicators[0].id
    click.echo(f"接着可以试：xltool -w {folder} trace {district} {indicator}")

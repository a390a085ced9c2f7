"""Findings as pages that the office reads, filters and prints: an overview, the list, what the office answered."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from xltool.model.edition import Edition
from xltool.model.explanation import Explanation
from xltool.model.finding import ACCEPTED_WORD, DISPUTE, STATUS_WORDS, Finding
from xltool.model.naming import FIELD_WORDS, cell_label
from xltool.model.pages import Cell, Column, Light, Page
from xltool.model.severity import SEVERITY_WORDS, Severity
from xltool.model.wording import LONGEST_QUOTE, clipped

OVERVIEW, LIST, RECORD = "概览", "问题清单", "市级说明记录"
LIGHTS: dict[Severity, Light] = {Severity.ERROR: "bad", Severity.WARNING: "open", Severity.HINT: "quiet"}
SETTLED_WORDS = (STATUS_WORDS["explained"], STATUS_WORDS["waived"], ACCEPTED_WORD, STATUS_WORDS["trial"])
WHOLE, DISTRICTS_OWN, FIELD = "全区汇总", "区表", "实地监测"
LONGEST = 300  # letters of a text that a cell shows; of what was typed, as many as a message quotes
SHORT_ID = 8

OVERVIEW_COLUMNS = (
    Column(heading="区", width=14, align="center"),
    *(Column(heading=f"待处理\n{word}", width=11, align="center") for word in SEVERITY_WORDS.values()),
    *(Column(heading=word, width=13, align="center") for word in SETTLED_WORDS),
    Column(heading=STATUS_WORDS["folded"], width=13, align="center"),
)
LIST_COLUMNS = (
    Column(heading="编号", width=10, align="center"),
    Column(heading="区", width=9, align="center"),
    Column(heading="表格", width=13, align="center"),
    Column(heading="级别", width=9, align="center"),
    Column(heading="处理状态", width=11, align="center"),
    Column(heading="数据项", width=19),
    Column(heading="位置", width=15),
    Column(heading="问题", width=38),
    Column(heading="原填内容", width=14),
    Column(heading="应填或核对依据", width=24),
    Column(heading="处理办法，或说明（说明人）", width=26),
)
RECORD_COLUMNS = (
    Column(heading="时间", width=17, align="center"),
    Column(heading="区", width=9, align="center"),
    Column(heading="表格", width=13, align="center"),
    Column(heading="级别", width=9, align="center"),
    Column(heading="问题", width=46),
    Column(heading="处理", width=15, align="center"),
    Column(heading="理由", width=34),
    Column(heading="说明人", width=14, align="center"),
    Column(heading="现在", width=20, align="center"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What is listed. `links` leads from district and file of a finding to where that file lies, from the workbook.

    `cut_off` is said as it is.
    """

    edition: Edition
    districts: Sequence[str]
    findings: Sequence[Finding]
    record: Sequence[Explanation]
    cut_off: str
    links: Mapping[tuple[str, str], str] = field(default_factory=dict)


def findings_pages(listing: Listing) -> tuple[Page, ...]:
    """The overview and the list; what the office answered, where it answered anything."""
    pages = (overview(listing), listed(listing))
    return (*pages, recorded(listing)) if listing.record else pages


def overview(listing: Listing) -> Page:
    """One row a district, and all of them together."""
    first = {finding.district: row for row, finding in reversed(tuple(enumerate(listing.findings)))}
    rows = []
    for name in listing.districts:
        own = [finding for finding in listing.findings if finding.district == name]
        link = f"#{LIST}!A{list_row(first[name])}" if name in first else None
        rows.append((Cell(content=name, link=link), *counted(own)))
    if len(rows) > 1:
        rows.append((Cell(content="合计"), *counted(listing.findings)))
    return Page(
        name=OVERVIEW,
        title=f"{listing.edition.short_title}：问题概览",
        notes=(
            f"{listing.edition.office}　{listing.cut_off}",
            "错误必须改正；提醒须改正或说明原因；提示供核对。点击区名可到该区的第一个问题。",
            "随其他问题的，由另一个问题引起，改正起因后自动消失；试行规则查出的，只供市级查看。",
        ),
        columns=OVERVIEW_COLUMNS,
        rows=rows,
        frozen=1,
    )


def counted(findings: Iterable[Finding]) -> Iterator[Cell]:
    """How many are open by severity, and how many are not, by what became of them."""
    known = tuple(findings)
    still_open = Counter(finding.severity for finding in known if finding.status == "open")
    others = Counter(finding.status_word for finding in known if finding.status != "open")
    for severity in SEVERITY_WORDS:
        count = still_open[severity]
        yield Cell(content=count, light=LIGHTS[severity] if count else None)
    yield from (Cell(content=others[word]) for word in (*SETTLED_WORDS, STATUS_WORDS["folded"]))


def listed(listing: Listing) -> Page:
    """One row a finding, in the order of districts, files and cells."""
    rows = {finding.id: list_row(number) for number, finding in enumerate(listing.findings)}
    return Page(
        name=LIST,
        title=f"{listing.edition.short_title}：问题清单",
        notes=LIST_NOTES,
        columns=LIST_COLUMNS,
        rows=[tuple(line(finding, listing, rows)) for finding in listing.findings],
        frozen=2,
    )


LIST_NOTES = (
    "本表供市级使用，含试行规则查出的问题；发给填报单位的是退回修改的工作簿和通知。",
    "点击“位置”打开返回的表格（须在项目文件夹的inbox中，且与读取时相同）；没有链接的，请到相应的表格中查看。",
    "市级说明、豁免或采用时，用 xltool explain 加编号。",
)


def list_row(number: int) -> int:
    """The spreadsheet row of a finding: behind title, notes and heading."""
    return len(LIST_NOTES) + 3 + number


def line(finding: Finding, listing: Listing, rows: Mapping[str, int]) -> Iterator[Cell]:
    """The cells of one finding."""
    is_open = finding.status == "open"
    cause = rows.get(finding.follows_from or "") if finding.status == "folded" else None
    yield Cell(content=finding.id[:SHORT_ID])
    yield Cell(content=finding.district)
    yield Cell(content=table_of(finding))
    yield Cell(content=SEVERITY_WORDS[finding.severity], light=LIGHTS[finding.severity] if is_open else None)
    yield Cell(content=finding.status_word, link=f"#{LIST}!A{cause}" if cause is not None else None)
    yield Cell(content=label(finding, listing.edition))
    yield place(finding, listing)
    yield Cell(content=short(finding.message))
    yield Cell(content=short(finding.raw, LONGEST_QUOTE))
    yield Cell(content=short(finding.expected))
    if finding.explanation is not None:
        yield Cell(content=short(f"{finding.explanation}（{finding.by}）"))
    else:
        yield Cell(content=f"见第{cause}行的问题" if cause is not None else short(finding.action))


def table_of(finding: Finding) -> str:
    """Whose workbook a finding is about."""
    if finding.item in FIELD_WORDS:
        return FIELD
    if finding.file is None:
        return finding.unit or WHOLE
    return finding.unit or DISTRICTS_OWN


def label(finding: Finding, edition: Edition) -> str | None:
    """What the finding's cell holds, with the entry of a list."""
    if finding.item is None:
        return None
    text = cell_label(edition, finding.item, finding.column)
    return text if finding.row is None else f"{text}（第{finding.row}行）"


def place(finding: Finding, listing: Listing) -> Cell:
    """Sheet and cell, as a link to where it stands in the returned file."""
    if finding.sheet is None:
        return Cell(content=None)
    text = f"{finding.sheet}!{finding.cell}" if finding.cell else finding.sheet
    file = listing.links.get((finding.district, finding.file or ""))
    if file is None:
        return Cell(content=text)
    sheet = finding.sheet.replace("'", "''")
    return Cell(content=text, link=f"{file}#'{sheet}'!{finding.cell or 'A1'}")


def short(text: str | None, limit: int = LONGEST) -> str | None:
    """A text short enough for a cell that is read."""
    return None if text is None else clipped(text, limit)


def recorded(listing: Listing) -> Page:
    """Every answer of the office, the newest first, and whether it still holds."""
    latest = {answer.finding.id: answer for answer in listing.record}
    standing = {finding.id: finding for finding in listing.findings}
    return Page(
        name=RECORD,
        title=f"{listing.edition.short_title}：市级说明记录",
        notes=("市级对问题的说明、豁免和采用，只增不改；同一个问题以最后一次为准，数据有改动的自动失效。",),
        columns=RECORD_COLUMNS,
        rows=[
            (
                Cell(content=f"{dt.datetime.fromisoformat(answer.at).astimezone():%Y-%m-%d %H:%M}"),
                Cell(content=answer.finding.district),
                Cell(content=table_of(answer.finding)),
                Cell(content=SEVERITY_WORDS[answer.finding.severity]),
                Cell(content=short(answer.finding.message)),
                Cell(content=done(answer)),
                Cell(content=short(answer.note)),
                Cell(content=answer.by),
                Cell(content=now(answer, latest, standing)),
            )
            for answer in reversed(listing.record)
        ],
    )


def done(answer: Explanation) -> str:
    """What the office did."""
    if answer.withdrawn:
        return "撤回说明"
    if answer.finding.code == DISPUTE:
        return ACCEPTED_WORD
    return STATUS_WORDS["waived" if answer.finding.severity is Severity.ERROR else "explained"]


def now(answer: Explanation, latest: Mapping[str, Explanation], standing: Mapping[str, Finding]) -> str:
    """Whether an answer still holds."""
    if latest[answer.finding.id] is not answer:
        return "已由后来的代替"
    if answer.withdrawn:
        return "已撤回"
    finding = standing.get(answer.finding.id)
    if finding is None:
        return "问题已不存在"
    return "有效" if answer.holds(finding) else "数据已变，失效"

"""`xltool feedback`: each return with open problems goes back as the filler's own workbook, marked, with a notice."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xltool import intake, layout, workbook
from xltool.campaign.files import remove, write_atomically
from xltool.campaign.issue import row
from xltool.campaign.notices import NOTICE, Notices, marked_folder, marked_name, notices_of, returning
from xltool.campaign.opened import Advance, Campaign, Row, quietly
from xltool.campaign.plans import stored_plan
from xltool.campaign.reports import file_name
from xltool.campaign.workforce import CORES, Workforce, make
from xltool.model.companions import NONE
from xltool.model.finding import Finding
from xltool.model.marking import Anchor, Marking, Place, Problem
from xltool.model.numbers import serial
from xltool.model.plan import Plan, Recipient, a1
from xltool.model.severity import SEVERITY_WORDS, Severity, worst
from xltool.model.states import DECLARED, NOT_APPLICABLE_WORD, State
from xltool.model.values import Scalar, Value
from xltool.store import Issued, Return

NOTE_BEGINS, NOTE_ENDS = "【退回意见】", "【以上为退回意见】"


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file to send back."""

    kind: str
    recipient: Recipient
    path: Path
    content: bytes


def feedback(
    campaign: Campaign,
    *,
    districts: Sequence[str] = (),
    due: dt.date | None = None,
    force: Workforce = CORES,
    advance: Advance = quietly,
) -> list[Row]:
    """Write the marked workbooks and the correction notices of the named districts (else of all) into the outbox.

    A return without anything to correct is not sent back: hints alone ask for nothing. The newest return is what is
    marked, as it was read; a workbook that was marked before and came back uncorrected is marked as any other. `due`
    is the day by which to correct, where it isn't the collection's deadline. What was written for an earlier return,
    or has been settled since, is taken away: nobody shall correct an old return.
    """
    chosen = returning(campaign, districts)
    back = SendBack(campaign, notices_of(campaign, due))
    rows: list[Row] = []

    def keep(name: str, files: Sequence[File]) -> None:
        for file in files:
            write_atomically(file.path, file.content)
        take_away_others(campaign, name, {file.path for file in files})
        rows.extend(row(campaign, file.kind, file.recipient, file.path) for file in files)

    make(back.files, chosen, keep, named=str, force=force, advance=advance)
    return rows


def take_away_others(campaign: Campaign, district: str, written: Container[Path]) -> None:
    """Take away what an earlier run wrote for a district and this one did not."""
    folder = marked_folder(campaign, district)
    for path in (folder / file_name(campaign, NOTICE, district), *folder.glob(marked_name("*", "*"))):
        if path not in written:
            remove(path)
    if folder.is_dir() and not any(folder.iterdir()):
        remove(folder)


class SendBack:
    """Makes what goes back to districts."""

    def __init__(self, campaign: Campaign, notices: Notices) -> None:
        """The notices are those of one run, from one snapshot."""
        self.campaign = campaign
        self.notices = notices

    def files(self, district: str) -> list[File]:
        """The marked workbooks of a district, its own first, then its notice."""
        found = [*marked_workbooks(self.campaign, district)]
        notice = self.notices.document(district)
        if notice is not None:
            path = marked_folder(self.campaign, district) / file_name(self.campaign, NOTICE, district)
            recipient = Recipient(kind="district", district=district, unit=None)
            found.append(File(kind=NOTICE, recipient=recipient, path=path, content=notice))
        return found


def marked_workbooks(campaign: Campaign, district: str) -> Iterator[File]:
    """The marked workbooks of one district, its own first."""
    issued = campaign.store.current_issues(district)
    open_findings = [
        found for found in campaign.store.findings(district) if found.status == "open" and not found.for_office
    ]
    for returned in campaign.store.current_returns(district):
        own = [found for found in open_findings if found.owner == returned.unit]
        if any(found.severity is not Severity.HINT for found in own):
            sent = issued[returned.unit]
            path = marked_folder(campaign, district) / marked_name(sent.file, returned.version)
            content = marked(campaign, sent, returned, own)
            yield File(kind="marked", recipient=sent.recipient, path=path, content=content)


def marked(campaign: Campaign, issued: Issued, returned: Return, findings: Sequence[Finding]) -> bytes:
    """A return as it was read, with its problems marked and its comments kept."""
    plan = stored_plan(campaign.store, issued.identity.plan)
    inputs = plan.inputs
    types = {at: plan.slots[cell.slot].type for at, (_, cell) in inputs.items() if cell.slot is not None}
    values = {anchor_of(value, inputs): value for value in campaign.store.values_of(returned)}
    answers = {
        anchor: told
        for anchor, value in values.items()
        if anchor in types and (told := answer(value, anchor, types[anchor])) is not None
    }
    anchored = [(finding, place_of(finding, returned, inputs)) for finding in findings]
    places = {at: (sheet, a1(cell.row, cell.col)) for at, (sheet, cell) in inputs.items()}
    kept, elsewhere = comments_of(campaign, issued, returned, plan, places)
    owner = " ".join(part for part in (issued.recipient.district, issued.recipient.unit) if part)
    return workbook.write_marked(
        layout.with_problems(plan, [*problems(anchored), *elsewhere], f"{owner}，第{returned.version}次报送"),
        issued.recipient,
        issued.identity,
        Marking(answers=answers, marks=marks(anchored), notes=notes(anchored, places, kept)),
        key=campaign.secret.key,
        password=campaign.secret.sheet_password,
    )


def comments_of(
    campaign: Campaign, issued: Issued, returned: Return, plan: Plan, planned: Mapping[Anchor, Place]
) -> tuple[dict[Place, str], list[Problem]]:
    """The filler's own comments: by their place in the plan, and, as lines of the problem sheet, those elsewhere."""
    data = campaign.store.archive.get(returned.sha256)
    texts = {place: own_words(text) for place, text in intake.comments(data).items()}
    texts = {place: text for place, text in texts.items() if text}
    if not texts:
        return {}, []
    grid = intake.read_bytes(returned.file, data)
    read = intake.read(grid, plan, issued.recipient, issued.identity, returned.file, returned.sha256)
    moved = {(place.sheet, place.cell): planned[at] for at, place in read.places.items() if at in planned}
    own = {sheet.name for sheet in plan.sheets}
    others = [
        Problem(severity=Severity.HINT, message=f"“{sheet}”表{cell}处的批注", raw=text, action="批注已保留在此处，请阅")
        for (sheet, cell), text in texts.items()
        if sheet not in own
    ]
    return {moved.get(place, place): text for place, text in texts.items() if place[0] in own}, others


def own_words(comment: str) -> str:
    """What the filler wrote of a comment: all but the note that an earlier marked workbook had there."""
    before, found, rest = comment.partition(NOTE_BEGINS)
    return (before + rest.partition(NOTE_ENDS)[2] if found else comment).strip()


def anchor_of(value: Value, inputs: Container[Anchor]) -> Anchor:
    """Where a value was typed; a list declared empty was declared in a cell of its own."""
    anchor = (value.item, value.row, value.column)
    declared = (value.item, None, NONE)
    return declared if anchor not in inputs and declared in inputs else anchor


def answer(value: Value, anchor: Anchor, kind: str) -> Scalar | None:
    """What stands in the cell again; what could not be read as a value is in the cell's note."""
    if anchor[2] == NONE:
        return DECLARED
    if value.state is State.NOT_APPLICABLE:
        return NOT_APPLICABLE_WORD
    if kind == "date" and isinstance(value.value, str):
        return serial(dt.date.fromisoformat(value.value))
    return value.value


def place_of(finding: Finding, returned: Return, inputs: Container[Anchor]) -> Anchor | None:
    """The input that a finding is about, where it is one of this workbook."""
    if finding.item is None:
        return None
    anchor = (finding.item, finding.row, finding.column)
    return anchor if finding.file is not None and finding.unit == returned.unit and anchor in inputs else None


def problems(anchored: Iterable[tuple[Finding, Anchor | None]]) -> list[Problem]:
    """The lines of the problem sheet, the worst first, else in the order of the findings."""
    order = list(Severity)
    return [
        Problem(
            severity=finding.severity,
            message=finding.message,
            action=finding.action,
            raw=finding.raw,
            expected=finding.expected,
            anchor=anchor,
        )
        for finding, anchor in sorted(anchored, key=lambda one: order.index(one[0].severity))
    ]


def marks(anchored: Iterable[tuple[Finding, Anchor | None]]) -> dict[Anchor, Severity]:
    """How badly each cell is wrong: as its worst finding."""
    found: dict[Anchor, Severity] = {}
    for finding, anchor in anchored:
        if anchor is not None:
            found[anchor] = worst((found.get(anchor, finding.severity), finding.severity))
    return found


def notes(
    anchored: Iterable[tuple[Finding, Anchor | None]], planned: Mapping[Anchor, Place], kept: Mapping[Place, str]
) -> dict[Place, str]:
    """One note a cell: all of its problems, what was typed, what to do, then the filler's own comment."""
    found: dict[Place, list[str]] = defaultdict(list)
    for finding, anchor in anchored:
        if anchor is not None:
            found[planned[anchor]].append(note_of(finding))
    said = {place: "\n".join((NOTE_BEGINS, *lines, NOTE_ENDS)) for place, lines in found.items()}
    return {place: "\n".join(filter(None, (said.get(place), kept.get(place)))) for place in {**said, **kept}}


def note_of(finding: Finding) -> str:
    """A problem in a note."""
    typed = f"原填写：{finding.raw}。" if finding.raw else ""
    return f"{SEVERITY_WORDS[finding.severity]}：{finding.message}。{typed}{finding.action}。"

"""Runs the damage through the reader: a file's bytes to values and findings, or to a refusal."""

from __future__ import annotations

import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from builders.returns import CAMPAIGN, KEY, Address

from corpus.bases import Base, base, scheme
from corpus.kinds import Damaged, Expected, Said, Typed
from corpus.pools import POOLS
from xltool import checks, intake
from xltool.errors import RefusedFile
from xltool.messages import fault
from xltool.model.finding import Finding
from xltool.model.identity import Identity
from xltool.model.submission import Submission

SLOWEST = 10.0
"""Seconds of work after which a file hangs the reader; not of waiting, since tests run side by side."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of a file: refused with a code and its reason, or values and findings."""

    refused: str | None = None
    reason: str = ""
    findings: tuple[Finding, ...] = ()
    values: Mapping[Address, Expected]
    seconds: float
    submission: Submission | None = None

    @property
    def said(self) -> tuple[Said, ...]:
        """Code and place of every finding."""
        return tuple((finding.code, place_of(finding)) for finding in self.findings)


def place_of(finding: Finding) -> str | None:
    return f"{finding.sheet}!{finding.cell}" if finding.cell else finding.sheet


def run(data: bytes, of: Base, name: str = "返回.xlsx") -> Outcome:
    """Read one file as ingest does, up to the checks of its values."""
    started = time.process_time()
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, name)
            path.write_bytes(data)
            (found,) = intake.walk([path])
            members = found.members() if found.may_be_archive else (found,)
            (incoming,) = [file for file in members if not file.system]
            content = incoming.read()
        grid = intake.read_bytes(name, content)
        identity = intake.recognise(grid, KEY, CAMPAIGN, lambda serial: _issued(of, serial))
        require_plan(identity, of)
        read = intake.read(grid, of.plan, of.recipient, identity, name, "0" * 64)
    except RefusedFile as refused:
        message, action = fault(refused.said, **refused.context)
        took = time.process_time() - started
        return Outcome(refused=refused.code, reason=f"{message}。{action}", values={}, seconds=took)
    values = {
        (value.item, value.row, value.column): value.value if value.state == "value" else str(value.state)
        for value in read.values
    }
    return Outcome(findings=read.findings, values=values, seconds=time.process_time() - started, submission=read)


def require_plan(identity: Identity, of: Base) -> None:
    """A plan that was never issued is refused, as ingest does."""
    if identity.plan != of.plan.digest:
        raise RefusedFile("old_edition", found=f"发出记录中没有编号{identity.serial}")


def _issued(of: Base, serial: str) -> Identity | None:
    return of.identity if serial.casefold() == of.identity.serial.casefold() else None


@cache
def outcome(case: Damaged) -> Outcome:
    """What becomes of a damaged workbook."""
    of = base(case.book)
    book = of.book()
    data = case.damage(book)
    return run(book.save() if data is None else data, of, case.file)


def expected(case: Damaged) -> Mapping[Address, Expected]:
    """The values that a damaged workbook must give."""
    if case.refused is not None:
        return {}
    changed = {**base(case.book).values, **case.values}
    return {address: value for address, value in changed.items() if value is not None}


def shared(cases: Sequence[Typed]) -> list[dict[Typed, Address]]:
    """Workbooks that hold all the contents, each at a cell of its own."""
    workbooks: list[dict[Typed, Address]] = []
    taken: Counter[str] = Counter()
    for case in cases:
        pool = POOLS[case.slot]
        workbook, place = divmod(taken[case.slot], len(pool))
        taken[case.slot] += 1
        if workbook == len(workbooks):
            workbooks.append({})
        workbooks[workbook][case] = pool[place]
    return workbooks


@dataclass(frozen=True, kw_only=True)
class Filled:
    """What became of one cell's content: findings at its cell, and what was read of it."""

    findings: tuple[Finding, ...]
    value: Expected


def fill(cases: Mapping[Typed, Address]) -> tuple[Mapping[Typed, Filled], Outcome]:
    """Type the contents into one district's workbook and read it."""
    of = base("district")
    book = of.book()
    styles: dict[tuple[str | None, bool], int] = {}
    for case, address in cases.items():
        style = None
        if case.number_format is not None or case.strike:
            key = (case.number_format, case.strike)
            style = styles.setdefault(key, 0) or book.style(case.number_format, strike=case.strike)
            styles[key] = style
        sheet, cell = of.place(address)
        book.sheet(sheet).put(cell, case.content, style)
    found = run(book.save(), of)
    assert found.submission is not None, found.reason
    by_rules = checks.check_cells(found.submission, of.plan, scheme(), of.recipient)
    at: dict[str | None, list[Finding]] = defaultdict(list)
    for finding in (*found.findings, *by_rules):
        at[place_of(finding)].append(finding)
    return {
        case: Filled(
            findings=tuple(at["!".join(of.place(address))]),
            value=found.values.get(address, found.values.get(item_of(address))),
        )
        for case, address in cases.items()
    }, found


def item_of(address: Address) -> Address:
    """A declaration that a table is empty is read as the table's own value."""
    return (address[0], None, None) if address[2] == "none" else address

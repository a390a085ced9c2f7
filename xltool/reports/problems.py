"""The findings of a district as a sub-report tells them, and which indicators they touch. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xltool.expression import operands, parse
from xltool.model.edition import Edition
from xltool.model.finding import SETTLED, Finding
from xltool.model.severity import SEVERITY_WORDS, Severity
from xltool.reports.facts import Standing
from xltool.reports.labels import table
from xltool.reports.text import enumerate_numbers, shorten

PROBLEMS = table("problems")
LISTED = 30
TEXT_LIMIT = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One row of the table of open problems."""

    number: int
    severity: str
    where: str
    message: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problems:
    """What is open: how much of it, its first rows, and what was explained or waived (sentences)."""

    intro: str
    rows: tuple[Problem, ...]
    rest: str
    settled: tuple[str, ...]


def open_problems(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Open errors and warnings, the gravest first, then by place."""
    return tuple(sorted((f for f in findings if f.status == "open" and f.severity != Severity.HINT), key=_order))


def problems(findings: Sequence[Finding], *, returned: bool) -> Problems:
    """The findings in words."""
    found = open_problems(findings)
    hints = sum(1 for finding in findings if finding.status == "open" and finding.severity == Severity.HINT)
    settled = sorted((finding for finding in findings if finding.status in SETTLED), key=_order)
    return Problems(
        intro=_intro(found, hints, returned=returned),
        rows=tuple(_problem(number, finding) for number, finding in enumerate(found[:LISTED], 1)),
        rest=f"共{len(found)}个，以上为前{LISTED}个，其余见市级发出的退回修改表格。" if len(found) > LISTED else "",
        settled=tuple(_settled(finding) for finding in settled),
    )


def concerns(edition: Edition, standings: Sequence[Standing], findings: Sequence[Finding]) -> dict[int, str]:
    """Row of the indicator table -> where the open problems of its inputs stand (`表2第1、3项`)."""
    touched = [(number, touches(edition, finding)) for number, finding in enumerate(open_problems(findings), 1)]
    places = {}
    for standing in standings:
        inputs = _inputs(standing)
        numbers = [number for number, names in touched if names & inputs]
        if numbers:
            listed = [number for number in numbers if number <= LISTED]
            places[standing.number] = f"{PROBLEMS}第{enumerate_numbers(listed)}项" if listed else f"未列入{PROBLEMS}"
    return places


def doubtful(edition: Edition, standings: Sequence[Standing], findings: Sequence[Finding]) -> frozenset[int]:
    """The rows of the indicator table whose inputs have an open error."""
    errors = [finding for finding in open_problems(findings) if finding.severity == Severity.ERROR]
    touched = {name for finding in errors for name in touches(edition, finding)}
    return frozenset(standing.number for standing in standings if touched & _inputs(standing))


def _inputs(standing: Standing) -> set[str]:
    return {operand.name for operand in operands(parse(standing.indicator.formula))}


def touches(edition: Edition, finding: Finding) -> set[str]:
    """The items and lists that a finding is about."""
    names = {finding.item} if finding.item else set()
    for check in edition.checks:
        if check.id == finding.rule:
            names |= {check.table} if check.table else {o.name for o in operands(parse(check.expression))}
    return {name for name in names if name}


def _order(finding: Finding) -> tuple[object, ...]:
    severity = list(SEVERITY_WORDS).index(Severity(finding.severity))
    return (
        severity,
        finding.unit or "",
        finding.sheet or "",
        finding.row or 0,
        finding.cell or "",
        finding.code,
        finding.rule or "",
        finding.item or "",
        finding.message,
    )


def _intro(found: Sequence[Finding], hints: int, *, returned: bool) -> str:
    also = f"另有{hints}个提示，供核对。" if hints else ""
    if not found and not returned:
        return "没有收到表格，没有可供核对的内容。"
    if not found:
        return f"没有尚待处理的错误和提醒。{also}"
    counts: Mapping[Severity, int] = {
        severity: sum(1 for finding in found if finding.severity == severity) for severity in SEVERITY_WORDS
    }
    told = "、".join(f"{count}个{SEVERITY_WORDS[severity]}" for severity, count in counts.items() if count)
    return f"尚有{told}（{PROBLEMS}）。错误须改正；提醒须改正或说明原因。{also}"


def _problem(number: int, finding: Finding) -> Problem:
    return Problem(
        number=number,
        severity=SEVERITY_WORDS[Severity(finding.severity)],
        where=_where(finding),
        message=shorten(finding.message, TEXT_LIMIT),
        action=shorten(finding.action, TEXT_LIMIT),
    )


def _where(finding: Finding) -> str:
    owner = finding.unit or ("区表" if finding.file else "全区汇总")
    place = "，".join(part for part in (finding.sheet, finding.cell) if part)
    return shorten(f"{owner}：{place}" if place else owner, TEXT_LIMIT)


def _settled(finding: Finding) -> str:
    reason = shorten(finding.explanation or "未写原因", TEXT_LIMIT)
    told = "，".join(part for part in (finding.status_word, finding.by) if part)
    return f"{_where(finding)}，{shorten(finding.message, TEXT_LIMIT)}（{told}：{reason}）。"

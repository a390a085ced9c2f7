"""What the checks found in all districts, what became of it, and which figures are missing. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from xltool.expression import operands, parse
from xltool.model.edition import Edition
from xltool.model.finding import SETTLED, STATUS_WORDS, Finding
from xltool.model.severity import SEVERITY_WORDS, Severity
from xltool.model.states import State
from xltool.reports.labels import table
from xltool.reports.problems import open_problems, touches
from xltool.reports.text import BLANK, clean, shorten
from xltool.reports.whole.facts import CitySources, Measure
from xltool.reports.whole.spread import unit_label

FINDINGS, FREQUENT, SETTLED_ONES, MISSING = table("findings"), table("frequent"), table("settled"), table("missing")
FREQUENT_LISTED, SETTLED_LISTED = 8, 40
TEXT_LIMIT = 100
ABOUT_WORDS = {
    "value": "单个数据",
    "check": "数据之间的关系",
    "content": "表格内容被改动",
    "identity": "表格的标识",
    "container": "文件",
}
"""What a finding is about, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """One kind of findings: how many of each severity there are, and what became of them."""

    name: str
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrequentRow:
    """A data item or a rule that many findings are about."""

    number: int
    name: str
    findings: str
    districts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledRow:
    """A finding that was explained or waived, with the reason."""

    number: int
    district: str
    message: str
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingRow:
    """An indicator that some districts have no number of."""

    number: int
    label: str
    missing: str
    others: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """The section on quality; `heads` are the statuses over the columns of `rows`."""

    sentences: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[FindingRow, ...]
    frequent: tuple[FrequentRow, ...]
    settled: tuple[SettledRow, ...]
    rest: str
    missing: tuple[MissingRow, ...]


def quality(edition: Edition, sources: CitySources, found: Sequence[Measure]) -> Quality:
    """The section."""
    findings = sources.findings
    settled = _settled(edition, findings)
    return Quality(
        sentences=(findings_text(sources), *_more_sentences(sources, found)),
        heads=tuple(STATUS_WORDS.values()),
        rows=tuple(_rows(findings)),
        frequent=tuple(_frequent(edition, findings)),
        settled=tuple(settled[:SETTLED_LISTED]),
        rest=f"共{len(settled)}个，以上为前{SETTLED_LISTED}个。" if len(settled) > SETTLED_LISTED else "",
        missing=tuple(_missing(sources, found)),
    )


def nothing_found(sources: CitySources) -> str:
    """What is said where there are no findings; empty where there are some."""
    if sources.findings:
        return ""
    returned = any(coverage.any_return for coverage in sources.coverage.values())
    return "核对中没有发现问题" if returned else "没有收到表格，没有可供核对的内容"


def findings_text(sources: CitySources) -> str:
    """How many findings there are, and how many are still open."""
    findings, nothing = sources.findings, nothing_found(sources)
    if nothing:
        return f"{nothing}。"
    told = "，".join(
        f"{word}{sum(one.severity == severity for one in findings)}个" for severity, word in SEVERITY_WORDS.items()
    )
    still = sum(one.status == "open" and one.severity != Severity.HINT for one in findings)
    settled = sum(one.status in SETTLED for one in findings)
    return (
        f"核对中现有问题{len(findings)}个（{told}）；其中尚待处理的错误和提醒{still}个，"
        f"已说明或市级豁免的{settled}个（{FINDINGS}）。已改正的问题不再列出。"
    )


def _more_sentences(sources: CitySources, found: Sequence[Measure]) -> list[str]:
    again = sum(sources.again.values())
    districts = sum(count > 0 for count in sources.again.values())
    told = [f"改正后重新报送的表格{again}份，涉及{districts}个区。" if again else "没有改正后重新报送的表格。"]
    absent = absent_districts(sources)
    if absent:
        told.append(f"没有收到任何表格的区（{'、'.join(map(clean, absent))}）全部指标未填，以下不再列出。")
    missing = [measure for measure in found if wanting(sources, measure)]
    if missing:
        count = sum(len(wanting(sources, measure)) for measure in missing)
        told.append(
            f"报送了表格的区中，有区未填的指标{len(missing)}项，共{count}个结果未填（{MISSING}）；"
            "未填的不按0计算，也不计入分布。"
        )
    return told


def absent_districts(sources: CitySources) -> tuple[str, ...]:
    """The districts that nothing came back from."""
    return tuple(name for name, coverage in sources.coverage.items() if not coverage.any_return)


def wanting(sources: CitySources, measure: Measure) -> tuple[str, ...]:
    """The districts that something came back from, but not this indicator's figures."""
    absent = absent_districts(sources)
    return tuple(name for name in measure.districts(State.MISSING) if name not in absent)


def doubts(edition: Edition, findings: Sequence[Finding], found: Sequence[Measure]) -> dict[int, tuple[str, ...]]:
    """Number of an indicator -> the districts where errors or warnings about its inputs are open, in their order."""
    touched = [(one.district, touches(edition, one)) for one in open_problems(findings)]
    doubtful = {}
    for measure in found:
        inputs = {operand.name for operand in operands(parse(measure.indicator.formula))}
        concerned = {district for district, names in touched if names & inputs}
        if concerned:
            doubtful[measure.number] = tuple(one.name for one in edition.districts if one.name in concerned)
    return doubtful


def _rows(findings: Sequence[Finding]) -> list[FindingRow]:
    if not findings:
        return []
    rows = []
    for severity, word in SEVERITY_WORDS.items():
        for about, kind in ABOUT_WORDS.items():
            own = [one for one in findings if (one.severity, one.about) == (severity, about)]
            if own:
                rows.append(_finding_row(f"{word}：{kind}", own))
    return [*rows, _finding_row("合计", findings)]


def _finding_row(name: str, findings: Sequence[Finding]) -> FindingRow:
    counts = Counter[str](one.status for one in findings)
    return FindingRow(name=name, counts=(*(str(counts[status]) for status in STATUS_WORDS), str(len(findings))))


def frequent_subjects(edition: Edition, findings: Sequence[Finding]) -> list[tuple[str, int, int]]:
    """What errors and warnings are most about: its name, how many findings, how many districts; twice and more."""
    counts: Counter[str] = Counter()
    districts: dict[str, set[str]] = {}
    for one in findings:
        name = None if one.severity == Severity.HINT else subject(edition, one)
        if name:
            counts[name] += 1
            districts.setdefault(name, set()).add(one.district)
    ordered = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    return [(name, count, len(districts[name])) for name, count in ordered if count > 1]


def subject(edition: Edition, finding: Finding) -> str | None:
    """The data item or the rule that a finding is about, as people call it."""
    item = edition.item_by_id.get(finding.item or "")
    document = edition.document_by_id.get(finding.item or "")
    check = next((check for check in edition.checks if check.id == finding.rule), None)
    if check is not None:
        return f"规则：{clean(check.label)}"
    named = item or document
    return clean(named.label) if named is not None else None


def _frequent(edition: Edition, findings: Sequence[Finding]) -> list[FrequentRow]:
    chosen = frequent_subjects(edition, findings)[:FREQUENT_LISTED]
    return [
        FrequentRow(number=number, name=name, findings=str(count), districts=str(districts))
        for number, (name, count, districts) in enumerate(chosen, 1)
    ]


def _settled(edition: Edition, findings: Sequence[Finding]) -> list[SettledRow]:
    order = {district.name: place for place, district in enumerate(edition.districts)}
    chosen = sorted(
        (one for one in findings if one.status in SETTLED),
        key=lambda one: (order[one.district], one.unit or "", one.code, one.rule or "", one.item or "", one.message),
    )
    return [
        SettledRow(
            number=number,
            district=clean(one.district),
            message=shorten(one.message, TEXT_LIMIT),
            outcome=one.status_word,
            reason=shorten(one.explanation or "未写原因", TEXT_LIMIT),
        )
        for number, one in enumerate(chosen, 1)
    ]


def _missing(sources: CitySources, found: Sequence[Measure]) -> list[MissingRow]:
    rows = []
    for measure in found:
        missing, undefined = wanting(sources, measure), measure.districts(State.UNDEFINED)
        unsuited = measure.districts(State.NOT_APPLICABLE)
        if not (missing or undefined or unsuited):
            continue
        others = [
            f"{word}：{'、'.join(names)}" for word, names in (("不适用", unsuited), ("无法计算", undefined)) if names
        ]
        rows.append(
            MissingRow(
                number=measure.number,
                label=unit_label(measure),
                missing="、".join(missing) or BLANK,
                others="；".join(others) or BLANK,
            )
        )
    return rows

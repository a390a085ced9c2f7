"""The corpus as a table for `docs/damage.zh.md`, and its counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus import TYPED, damaged
from corpus.bases import base
from corpus.kinds import Damaged, Expected, Group
from corpus.running import SLOWEST, Filled, Outcome, expected, fill, item_of, outcome, shared
from xltool.model.finding import Finding
from xltool.model.identity import TOKEN_PREFIX

HEAD = """# 返回的文件怎样处理

本文列出返回的工作簿可能出现的情况和本工具的处理办法，由测试用的样例生成（`python tests/damage.py --docs`），
每种情况都在测试中逐一核对。样例数据为虚构。

每个单元格的内容有三种结果：照读；读取并写明原文和读得的值；不读取并说明原因。没有不作说明而读成别的数的。
"""


@dataclass(frozen=True, kw_only=True)
class Result:
    """A kind of damage and what became of it; `wrong` says in what way that is not what must become of it."""

    group: Group
    name: str
    title: str
    does: str
    wrong: tuple[str, ...]
    seconds: float = 0.0
    crashed: bool = False


def results() -> Sequence[Result]:
    """Run the whole corpus."""
    return (*map(survived, damaged()), *of_all_typed())


def survived(case: Damaged) -> Result:
    """What became of a damaged workbook, also where it ended the reader."""
    try:
        return of_damaged(case)
    except Exception as error:  # noqa: BLE001 - to be counted
        return Result(group=case.group, name=case.name, title=case.title, does="", wrong=(repr(error),), crashed=True)


def of_damaged(case: Damaged) -> Result:
    found = outcome(case)
    must = dict(expected(case))
    wrong = []
    if found.refused != case.refused:
        wrong.append(f"refused: {found.refused} {found.reason}")
    if found.said != case.said:
        wrong.append(f"said: {found.said}")
    wrong += [
        f"{address}: {found.values.get(address)!r}, must be {must.get(address)!r}"
        for address in sorted({*must, *found.values}, key=str)
        if found.values.get(address) != must.get(address)
    ]
    return Result(
        group=case.group,
        name=case.name,
        title=case.title,
        does=summary(case, found),
        wrong=tuple(wrong),
        seconds=found.seconds,
    )


def of_all_typed() -> Iterator[Result]:
    for workbook in shared(TYPED):
        filled, found = fill(workbook)
        known = {"!".join(base("district").place(address)) for address in workbook.values()}
        strange = [f"{code} at {place}" for code, place in found.said if place not in known]
        values = {item_of(address) for address in workbook.values()}
        for address, value in base("district").values.items():
            if address not in values and found.values.get(address) != value:
                strange.append(f"{address}: {found.values.get(address)!r}, must be {value!r}")
        for case, cell in filled.items():
            codes = tuple(finding.code for finding in cell.findings)
            wrong = list(strange)
            if codes != case.codes:
                wrong.append(f"said: {codes}")
            if (type(cell.value), cell.value) != (type(case.value), case.value) and cell.value != case.value:
                wrong.append(f"{cell.value!r}, must be {case.value!r}")
            yield Result(
                group=case.group,
                name=case.name,
                title=case.title,
                does=summary_of_cell(cell),
                wrong=tuple(wrong),
                seconds=found.seconds,
            )


def summary(case: Damaged, found: Outcome) -> str:
    """What the tool does with a file, in one line."""
    if found.refused is not None:
        return f"拒收：{found.reason}"
    read = "全部照读" if not case.values else "其余照读" if found.findings else "照现在的样子读取"
    said = "；".join(dict.fromkeys(sentence(one) for one in found.findings))
    return f"{read}。{said}" if said else read


def summary_of_cell(cell: Filled) -> str:
    """What the tool does with a cell's content."""
    said = "；".join(sentence(finding) for finding in cell.findings)
    read = "视为空白" if cell.value is None else "不读取" if cell.value == "missing" else f"读作{shown(cell.value)}"
    return f"{read}。{said}" if said else read


def shown(value: Expected) -> str:
    return "“不适用”" if value == "not_applicable" else f"“{value:g}”" if isinstance(value, float) else f"“{value}”"


SEVERITIES = {"error": "错误", "warning": "提醒", "hint": "提示"}


def sentence(finding: Finding) -> str:
    return f"{SEVERITIES[finding.severity.value]}：{finding.message}"


def markdown(found: Iterable[Result]) -> str:
    """The page."""
    by_group: dict[Group, list[Result]] = {group: [] for group in Group}
    for result in found:
        by_group[result.group].append(result)
    parts = [HEAD]
    for group, rows in by_group.items():
        if rows:
            lines = [f"| {escaped(row.title)} | {escaped(row.does)} |" for row in rows]
            parts.append(
                "\n".join((f"## {group.value}（{len(rows)}种）", "", "| 情况 | 处理 |", "|---|---|", *lines, ""))
            )
    return "\n".join(parts)


def escaped(text: str) -> str:
    text = re.sub(rf"{TOKEN_PREFIX}-[0-9A-Z-]+", "…", text)  # another one whenever the edition changes
    for mark in "\\|*<_`[":
        text = text.replace(mark, f"\\{mark}")
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def counts(found: Sequence[Result]) -> str:
    """What the corpus shows, one figure a line."""
    groups = Counter(result.group.value for result in found)
    wrong = [result for result in found if result.wrong]
    return "\n".join(
        (
            f"kinds: {len(found)} ({'、'.join(f'{name} {count}' for name, count in groups.items())})",
            f"crashes: {sum(result.crashed for result in found)}",
            f"hangs over {SLOWEST:.0f} s: {sum(result.seconds > SLOWEST for result in found)}",
            f"not read or said as expected: {len(wrong)}",
            *(f"  {result.name}: {'; '.join(result.wrong)}" for result in wrong),
        )
    )

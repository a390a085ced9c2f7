"""No line of a sample sub-report has a number that isn't recomputed here or in `test_reports_numbers.py`."""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Iterator

import pytest
from builders import reports as build
from builders.told import EDITION, NUMBER, SAMPLED, Told, is_clear, labels, sign, spread, texts, told_of

Numbers = list[str]
ELSEWHERE = ("总体\t", "可与各区比较并分优劣的", "附件：1．", "　　　2．")
"""Lines whose numbers `test_counts_are_those_of_the_rows` recomputes, and the numbers of the annexes."""

STATES = ("missing", "not_applicable", "undefined")


def numbers_in(text: str) -> Numbers:
    """The numbers of a line, without those that name its tables, figures and indicators."""
    for label in sorted((one.label for one in EDITION.indicators), key=len, reverse=True):
        text = text.replace(label, "")
    return NUMBER.findall(re.sub(r"[表图]\d+|不按0计算", "", text))


def valued(told: list[Told]) -> list[Told]:
    return [one for one in told if isinstance(one.row["value"], float)]


def judged(told: list[Told]) -> list[Told]:
    return [one for one in valued(told) if one.indicator.direction != "none" and spread(one.values)]


def distance(one: Told) -> float:
    value: float = one.row["value"]
    return (value - statistics.median(one.values)) * sign(one)


def by_state(told: list[Told]) -> Numbers:
    texts_given = sum(isinstance(one.row["value"], str) for one in told)
    states = [sum(one.row["state"] == state for one in told) for state in STATES]
    return [str(count) for count in (len(told), len(valued(told)), texts_given, *states) if count]


def rows_in_state(state: str) -> Callable[[list[Told]], Numbers]:
    def found(told: list[Told]) -> Numbers:
        rows = [str(one.number) for one in told if one.row["state"] == state]
        return [str(len(rows)), *rows]

    return found


def undrawn(told: list[Told]) -> Numbers:
    return [str(one.number) for one in told if not spread(one.values)]


def beyond_three(told: list[Told], *, better: bool) -> Numbers:
    """Clear differences on one side that have no sentence of their own: how many, and their rows, farthest first."""
    own = [one for one in judged(told) if is_clear(one) and (distance(one) > 0) == better]
    rest = sorted(own, key=lambda one: (-abs(distance(one)) / spread(one.values), one.number))[3:]
    return [str(len(rest)), *sorted(str(one.number) for one in rest)]


def changes(told: list[Told]) -> Numbers:
    """How many compare, got clearly better, got clearly worse, and the largest step back in percent."""
    compared = [one for one in valued(told) if one.last is not None and one.indicator.direction != "none"]
    steps = {one.number: (one.row["value"] - one.last) / abs(one.last) * 100 for one in compared if one.last}
    better = [one for one in compared if steps.get(one.number, 0) * sign(one) >= 10]
    worse = [one for one in compared if steps.get(one.number, 0) * sign(one) <= -10]
    pairs = sum(one.last is not None for one in valued(told))
    largest = max((abs(steps[one.number]) for one in worse), default=None)
    return [str(pairs), str(len(better)), str(len(worse)), *([f"{largest:.1f}"] if largest is not None else [])]


def of_group(number: str) -> Callable[[list[Told]], Numbers]:
    """A row of the first table: its number, indicators, those with a value, and on which side of the median."""

    def found(told: list[Told]) -> Numbers:
        own = [one for one in told if one.indicator.belongs_to.startswith(f"{number}.")]
        if not own:
            return [number]
        sides = [distance(one) for one in judged(own)]
        counts = (len(own), len(valued(own)), sum(s > 0 for s in sides), sum(s < 0 for s in sides), sides.count(0))
        return [number, *map(str, counts)]

    return found


def units_of(one: Told) -> Callable[[list[Told]], Numbers]:
    return lambda _: [str(one.number), str(one.row["units_expected"]), str(one.row["units_answered"])]


def lines(told: list[Told]) -> Iterator[tuple[str, Callable[[list[Told]], Numbers]]]:
    """How a line with numbers begins, and its numbers."""
    yield f"本区{len(told)}项指标中", by_state
    yield "未填（不按0计算）的有", rows_in_state("missing")
    yield "不适用于本区的有", rows_in_state("not_applicable")
    yield "无法计算的有", rows_in_state("undefined")
    yield "下图按一级指标列出各区的位置", undrawn
    yield "与上年相比\t", changes
    for node in EDITION.framework:
        if node.level == 1:
            yield f"{node.id} {node.name}\t", of_group(node.id)
    for one in told:
        if one.row["units_expected"] is not None:
            yield f"{one.indicator.label}（表2第{one.number}行）涉及成员单位", units_of(one)


def given(district: str) -> set[str]:
    """Texts that are nobody's figures: of the edition, the snapshot, the returns and what districts wrote."""
    sources = build.sources(district)
    names = {f"{node.id} {node.name}" for node in EDITION.framework}
    written = {str(one.row["value"]) for one in told_of(district) if isinstance(one.row["value"], str)}
    return {EDITION.notice, EDITION.short_title, sources.snapshot_id[:12], *names, *written}


@pytest.mark.parametrize("district", SAMPLED)
def test_every_line_with_a_number_is_recomputed(district: str) -> None:
    told = list(told_of(district))
    known, others = dict(lines(told)), given(district)
    recomputed = 0
    for text in texts(district):
        begins = next((begin for begin in known if text.startswith(begin)), None)
        if begins is not None:
            assert numbers_in(text) == known[begins](told), text
            recomputed += 1
        elif text.startswith("另有"):
            count, *rows = numbers_in(text)
            assert [count, *sorted(rows)] in [beyond_three(told, better=side) for side in (True, False)], text
        elif re.search(r"\d", re.sub(r"[表图]\d+", "", text)):
            cells = text.split("\t")
            is_indicators_row = len(cells) == 10 and cells[0].isdigit()
            is_sentence = any(label in text for one in told for label in labels(one))
            is_note = text.startswith(("数据截至", "截至", "区表已报送", "第"))  # of the snapshot, returns, and reasons
            is_elsewhere = text.startswith(ELSEWHERE) or "项指标有上年数值" in text
            assert is_indicators_row or is_sentence or is_note or is_elsewhere or any(one in text for one in others), (
                text
            )
    assert recomputed >= 10

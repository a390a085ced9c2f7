"""Every number in the text of the sample sub-reports, computed once more from what `indicators --json` prints."""

from __future__ import annotations

import re
import statistics
from typing import Any

import pytest
from builders.told import (
    EDITION,
    NUMBER,
    SAMPLED,
    SAMPLES,
    is_clear,
    labels,
    sign,
    spread,
    texts,
    told_of,
    without_labels,
)

from xltool.demo import entries
from xltool.demo.last_year import LAST_YEAR_FILE


@pytest.mark.parametrize("district", SAMPLED)
def test_numbers_of_sentences_on_an_indicator_come_from_its_rows(district: str) -> None:
    told = [one for one in told_of(district) if isinstance(one.row["value"], float)]
    judged = 0
    for text in texts(district):
        about = [one for one in told if any(label in text for label in labels(one))]
        is_row = "\t" in text and not text.startswith(("优于中位数\t", "不及中位数\t"))
        if is_row or not about or "涉及成员单位" in text:
            continue
        judged += 1
        allowed = set[str]().union(*(one.allowed for one in about))
        numbers = {number.lstrip("-") for number in NUMBER.findall(without_labels(text, told))}
        assert numbers <= {one.lstrip("-") for one in allowed}, text
    assert judged >= 3


@pytest.mark.parametrize("district", SAMPLED)
def test_counts_are_those_of_the_rows(district: str) -> None:
    told = list(told_of(district))
    valued = [one for one in told if isinstance(one.row["value"], float)]
    judged = [one for one in valued if one.indicator.direction != "none" and spread(one.values)]
    sides = [(one.row["value"] - statistics.median(one.values)) * sign(one) for one in judged]
    better, worse = sum(side > 0 for side in sides), sum(side < 0 for side in sides)
    overall = next(text for text in texts(district) if text.startswith("总体\t"))
    assert NUMBER.findall(re.sub(r"表\d+", "", overall)) == [
        str(number) for number in (36, len(valued), len(judged), better, worse, len(judged) - better - worse)
    ]
    clear = [one for one, side in zip(judged, sides, strict=True) if is_clear(one) and side]
    strong = sum((one.row["value"] - statistics.median(one.values)) * sign(one) > 0 for one in clear)
    sentence = next(text for text in texts(district) if text.startswith("可与各区比较并分优劣的"))
    assert f"优于中位数的{strong}项，不及中位数的{len(clear) - strong}项" in sentence
    changed = next(text for text in texts(district) if "项指标有上年数值" in text)
    pairs = [one for one in valued if one.last is not None]
    moved = [
        (one.row["value"] - one.last) * sign(one)
        for one in pairs
        if one.last and one.indicator.direction != "none" and abs(one.row["value"] - one.last) / abs(one.last) >= 0.1
    ]
    compared = [one for one in pairs if one.indicator.direction != "none"]
    assert NUMBER.findall(re.sub(r"图\d+", "", changed).replace("10%", "")) == [
        str(number)
        for number in (
            len(pairs),
            len(compared),
            sum(side > 0 for side in moved),
            sum(side < 0 for side in moved),
            len(compared) - len(moved),
        )
    ]


@pytest.mark.parametrize("district", SAMPLED)
def test_the_table_of_all_indicators_is_that_of_the_rows(district: str) -> None:
    told = {one.number: one for one in told_of(district)}
    shown = 0
    for text in texts(district):
        cells = text.split("\t")
        if len(cells) != 10 or not cells[0].isdigit():
            continue
        one = told[int(cells[0])]
        value = one.row["value"]
        assert cells[1] == one.indicator.label
        shown += 1
        if not isinstance(value, float):
            continue
        rank = sum(other > value for other in one.values) + 1
        tied = "并列" if one.values.count(value) > 1 else ""
        assert cells[3:8] == [
            one.rounded(value),
            one.rounded(one.last) if one.last is not None else "—",
            one.rounded(statistics.fmean(one.values)),
            one.rounded(statistics.median(one.values)),
            f"{tied}{rank}/{len(one.values)}",
        ]
    assert shown == 36


def test_the_samples_of_last_year_are_those_that_the_script_makes() -> None:
    from xltool.demo import last_year as made  # noqa: PLC0415 - the module, not the figures above
    from xltool.demo import profile as profiles  # noqa: PLC0415

    values: Any = entries.loads((SAMPLES / entries.VALUES_FILE).read_text("utf-8"))
    text = made.dumps(EDITION, profiles.load(SAMPLES), values)
    assert text == (SAMPLES / LAST_YEAR_FILE).read_text("utf-8")

"""This year's figures against last year's: within the edition's relative and absolute limits, or asked about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from xltool import messages
from xltool.checks.judging import Judged, Verdict, finding_of, judge, places
from xltool.model.changes import CODE, change_check
from xltool.model.comparison import ChangeLimit
from xltool.model.edition import Edition
from xltool.model.finding import Finding
from xltool.model.naming import operand_label
from xltool.model.numbers import shown
from xltool.model.quantity import Quantity, previous_key


def change_of(limit: ChangeLimit, quantities: Mapping[str, Quantity], edition: Edition) -> Judged | None:
    """The limit judged on a district's figures; None while it holds, or this year's or last year's is missing."""
    if previous_key(limit.item) not in quantities:
        return None
    check = change_check(limit, edition)
    judged = judge(check, quantities)
    return judged if judged.verdict is Verdict.VIOLATED else None


def change_finding(judged: Judged, edition: Edition, district: str, *, unit: str | None, file: str | None) -> Finding:
    """The question about a large change, with both values and the change in words."""
    (leaf, now), last = judged.inputs[0], judged.inputs[1][1]
    item = edition.item_by_id[leaf.name]
    value, previous = number(now), number(last)
    _, message, action = messages.finding(
        CODE,
        label=operand_label(edition, leaf.kind, leaf.name, leaf.column),
        value=shown(value),
        previous=shown(previous),
        unit_of_measure=item.unit_of_measure or "",
        place=places(source for source in now.sources if not source.prefilled),
        change=change_in_words(value, previous),
    )
    whole = finding_of(judged, edition, district, unit=unit, file=file)
    return replace(whole, code=CODE, message=message, action=action)


def change_in_words(value: float, previous: float) -> str:
    """How much more or less than last year, as a share where last year's is not zero."""
    side = "增加" if value > previous else "减少"
    if previous == 0:
        return messages.reason("change_from_zero", side=side, difference=shown(abs(value - previous)))
    share = abs(value - previous) / abs(previous) * 100
    return messages.reason("change_share", side=side, share=shown(share, 0 if share >= 10 else 1))  # noqa: PLR2004 - display


def number(quantity: Quantity) -> float:
    """The figure of a quantity that a rule was judged on."""
    if not isinstance(quantity.value, int | float):
        raise TypeError(quantity.value)
    return float(quantity.value)

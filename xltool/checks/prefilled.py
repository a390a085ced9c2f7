"""Values from other systems against the district: what it disputes, and what it typed before they came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from xltool.model.catalogued import catalogued
from xltool.model.companions import AGREE, REASON, RIGHT_VALUE
from xltool.model.edition import Edition
from xltool.model.finding import DISPUTE, Finding
from xltool.model.grounds import grounds_of
from xltool.model.numbers import shown
from xltool.model.states import DISPUTED, SHOWN, State
from xltool.model.values import Value


def disputes(values: Iterable[Value], edition: Edition) -> Iterator[Finding]:
    """A finding for the office of each prefilled value that a workbook disputes, with both values.

    `values` are the prefilled ones of the workbook and what came back in it. A dispute about a value that has since
    been prefilled as the district has it is settled.
    """
    whole = [value for value in values if value.row is None]
    prefilled = {value.item: value for value in whole if value.prefilled and value.column is None}
    held = {(value.item, value.column): value for value in whole}
    for (item, column), answer in held.items():
        known, right, why = prefilled.get(item), held.get((item, RIGHT_VALUE)), held.get((item, REASON))
        if column != AGREE or answer.value != DISPUTED or known is None or (right and right.value == known.value):
            continue
        yield _finding(
            DISPUTE,
            answer,
            (known, right),
            label=edition.item_by_id[item].label,
            prefilled=_text(known),
            right=_text(right),
            why=_text(why),
        )


def typed_before(values: Iterable[Value], edition: Edition) -> Iterator[Finding]:
    """A finding of each value that a district typed and another system gives otherwise; the system's counts."""
    given = [value for value in values if value.unit is None and value.row is None and value.column is None]
    typed = {value.item: value for value in given if not value.prefilled and not value.is_blank}
    for known in given:
        own = typed.get(known.item)
        if not known.prefilled or own is None or own.value == known.value:
            continue
        found = _finding(
            "typed_before_prefill",
            own,
            (known, own),
            label=edition.item_by_id[known.item].label,
            prefilled=_text(known),
            source=known.file,
            typed=_text(own),
            place=f"{own.sheet}!{own.cell}",
        )
        yield replace(found, file=None, sheet=None, cell=None)


def _text(value: Value | None) -> str:
    """A value as a message quotes it."""
    if value is None or value.value is None:
        return SHOWN[State.MISSING if value is None or value.state is State.VALUE else value.state]
    return shown(value.value) if isinstance(value.value, int | float) else str(value.value)


def _finding(code: str, value: Value, about: Iterable[Value | None], **words: object) -> Finding:
    return catalogued(
        code,
        words,
        district=value.district,
        unit=value.unit,
        item=value.item,
        row=value.row,
        column=value.column,
        file=value.file,
        sheet=value.sheet,
        cell=value.cell,
        raw=value.typed,
        basis=grounds_of(filter(None, about)),
    )

"""Mistakes as people make them, as data: what is typed instead, and what must be found (`mistakes.toml`)."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xltool.demo.answers import Answers
from xltool.demo.attachments import FileFault
from xltool.demo.entries import Key

Typed = str | int | float | bool | dt.date
SAMPLE = "{value}"  # in a written text: what the samples have there


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One mistake in the workbook of `district` (of `unit`, where given).

    `of` names the member unit whose figure or list row in a district's workbook is meant; `row` then counts
    in that unit's list. `write` "" leaves the cell blank; a list without row and column is left blank whole.
    Either `finding` or `check` says what must be found.
    """

    district: str
    unit: str | None = None
    of: str | None = None
    item: str
    row: int | None = None
    column: str | None = None
    write: Typed
    finding: str | None = None
    check: str | None = None


def loads(text: str) -> tuple[Mistake, ...]:
    """The mistakes in a TOML text, in its order."""
    return tuple(Mistake(**entry) for entry in tomllib.loads(text)["mistake"])


def place_of(mistake: Mistake, answers: Answers) -> Key:
    """The cell of the workbook that a mistake stands in; a cell without a sample stands under its own key."""
    key = (mistake.item, mistake.row, mistake.column)
    owner = mistake.of or mistake.unit
    if (owner, key) in answers.places:
        return answers.places[owner, key]
    for (whose, sample), (item, row, _) in answers.places.items():
        if mistake.of and whose == owner and sample[:2] == key[:2]:
            return (item, row, mistake.column)
    return key


def split(answers: Answers, mistakes: Iterable[Mistake]) -> tuple[dict[Key, str], dict[Key, Typed]]:
    """What a filler who makes these mistakes types as the samples have it, and what is typed instead."""
    samples = dict(answers.typed)
    mistaken: dict[Key, Typed] = {}
    for mistake in mistakes:
        place = place_of(mistake, answers)
        whole = mistake.write == "" and place[1:] == (None, None)
        for key in [key for key in samples if key == place or (whole and key[0] == place[0])]:
            del samples[key]
        if isinstance(mistake.write, str):
            mistaken[place] = mistake.write.replace(SAMPLE, answers.typed.get(place, ""))
        else:
            mistaken[place] = mistake.write
    return samples, {place: typed for place, typed in mistaken.items() if typed != ""}


def is_found(mistake: Mistake | FileFault, findings: Iterable[Mapping[str, object]]) -> bool:
    """Whether the findings (rows of `findings --json`) name the mistake: its check, or its code at its item."""
    for found in findings:
        if found["district"] != mistake.district:
            continue
        if mistake.check is not None and found["rule"] == mistake.check:
            return True
        same_row = mistake.of is not None or found["row"] == mistake.row
        if found["code"] == mistake.finding and found["item"] == mistake.item and same_row:
            return True
    return False

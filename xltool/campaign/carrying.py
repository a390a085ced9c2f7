"""A return by an earlier state of the edition: which of its values today's edition still asks for (pure).

Read by its own plan, values carry over by item. What the edition no longer has is said and counts nowhere;
what it now asks for differently is an answer to another question, and is not read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from xltool.campaign.said import said_of
from xltool.errors import RefusedFile
from xltool.messages import reason
from xltool.model.edition import Edition, Level
from xltool.model.entries import NUMERIC
from xltool.model.plan import Plan, Slot
from xltool.model.states import State
from xltool.model.submission import Submission
from xltool.model.values import Value

MEMBERS = "member_units"
SHOWN = 20
"""Names that a finding lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """Items of a plan that the edition asks for no longer, or otherwise: item -> how a message names it."""

    gone: dict[str, str]
    changed: dict[str, str]


def carried(submission: Submission, plan: Plan, edition: Edition, newest: Plan) -> Submission:
    """What of a return by an earlier state of the edition counts today, with findings on the rest.

    Args:
        submission: Read by `plan`.
        plan: What was issued.
        edition: As it is now.
        newest: The plan of what was issued last to the same recipient.

    Raises:
        RefusedFile: `old_edition`: nothing that was filled in carries over.
    """
    differing = differences(plan, edition)
    filled = {value.item for value in submission.values if not value.is_blank}
    gone = {item: name for item, name in differing.gone.items() if item in filled}
    changed = {item: name for item, name in differing.changed.items() if item in filled}
    lost = [*gone.values(), *changed.values()]
    if lost and not (filled & {*plan.answers, *edition.document_by_id}) - gone.keys() - changed.keys():
        raise RefusedFile("old_edition", said="nothing_carries", count=len(lost), items=named(lost))
    added = [
        edition.item_by_id[item].label
        for item in newest.answers
        if item not in plan.answers and item in edition.item_by_id
    ]
    findings = [
        said_of(submission, code, count=len(names), items=named(names))
        for code, names in (
            ("no_longer_asked", gone.values()),
            ("asked_otherwise", changed.values()),
            ("asked_since", added),
        )
        if names
    ]
    values = tuple(unread(value) if value.item in changed else value for value in submission.values)
    return replace(submission, values=values, findings=(*submission.findings, *findings))


def differences(plan: Plan, edition: Edition) -> Differing:
    """Hold a plan's items and document types against the edition."""
    gone: dict[str, str] = {}
    changed: dict[str, str] = {}
    for item, (sheet, slots) in asked(plan).items():
        columns = asked_now(edition, item, district=plan.kind == "district")
        label = slots[None].label if None in slots else sheet
        if columns is None:
            gone[item] = label
        elif how := difference(slots, columns):
            changed[item] = reason("asked_how", label=label, how=how)
    return Differing(gone=gone, changed=changed)


Kinds = dict[str | None, Slot]
"""What is asked of an item: its columns, or None for a single figure or text."""


def asked(plan: Plan) -> dict[str, tuple[str, Kinds]]:
    """Item or document type -> the sheet that it is on, and what is asked of it."""
    found: dict[str, tuple[str, Kinds]] = {}
    for (item, entry, column), (sheet, cell) in plan.inputs.items():
        single = column is None and item in plan.answers
        listed = column is not None and entry is not None and item != MEMBERS
        if cell.slot is not None and (single or listed):
            found.setdefault(item, (sheet, {}))[1][column] = plan.slots[cell.slot]
    return found


def asked_now(edition: Edition, item: str, *, district: bool) -> dict[str | None, tuple[str, str | None]] | None:
    """Type and unit of what the edition asks, by column; None where it doesn't ask."""
    known = edition.item_by_id.get(item)
    if known is not None and known.rules is not None:
        return {None: (known.rules.type, known.unit_of_measure)}
    if known is None and item not in edition.document_by_id:
        return None
    shared = known is not None and known.level is Level.EACH_UNIT and district
    units: dict[str | None, tuple[str, str | None]] = {"unit": ("choice", None)} if shared else {}
    return units | {column.id: (column.rules.type, column.unit_of_measure) for column in edition.columns_of(item)}


def difference(was: Kinds, now: dict[str | None, tuple[str, str | None]]) -> str:
    """What makes an old answer another question's, in words; empty where it is the same question's."""
    if (None in was) != (None in now):
        return reason("asked_as_list" if None in was else "asked_as_figure")
    for column, slot in was.items():
        if slot.type in NUMERIC:
            kind, unit = now.get(column, ("", None))
            if kind not in NUMERIC:
                return reason("asked_other_column", label=slot.label)
            if unit != slot.unit_of_measure:
                return reason("asked_unit", was=slot.unit_of_measure, now=unit)
    return ""


def unread(value: Value) -> Value:
    """A value that holds its place and counts nowhere."""
    return replace(value, value=None, state=State.MISSING)


def named(names: Iterable[str]) -> str:
    """Names as a message lists them."""
    names = tuple(names)
    return "、".join(f"“{name}”" for name in names[:SHOWN]) + ("等" if len(names) > SHOWN else "")

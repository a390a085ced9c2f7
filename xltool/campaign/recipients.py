"""Who gets a workbook, and what the office knows beforehand of what stands in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from xltool.campaign.opened import Campaign
from xltool.errors import UsageError
from xltool.model.edition import Edition, Item
from xltool.model.plan import Prefilled, Recipient
from xltool.model.states import NOT_APPLICABLE_WORD, State
from xltool.model.values import Value
from xltool.workspace import ROSTER_FILE


def district_recipient(campaign: Campaign, district: str) -> Recipient:
    """The district's own workbook, with its unit names and what doesn't apply to it."""
    absent = absent_units(campaign, district)
    refused = (
        Prefilled(item=item.id, word=NOT_APPLICABLE_WORD, raw=NOT_APPLICABLE_WORD, source=ROSTER_FILE)
        for item in campaign.edition.items
        if item.not_applicable and item.responsible in absent
    )
    units = campaign.units_of(district)
    prefilled = (*refused, *prefilled_of(campaign, district))
    return Recipient(kind="district", district=district, unit=None, units=units, prefilled=prefilled)


def up_to_date(issued: Recipient, prefilled: Iterable[Prefilled]) -> Recipient:
    """A district's workbook as it was issued, with what is prefilled by now: the office's values count at once."""
    roster = tuple(entry for entry in issued.prefilled if entry.source == ROSTER_FILE)
    return replace(issued, prefilled=(*roster, *prefilled))


def prefilled_of(campaign: Campaign, district: str) -> tuple[Prefilled, ...]:
    """What the office prefilled for a district, of items that the edition still has."""
    known = campaign.edition.item_by_id
    return tuple(entry for entry in campaign.store.prefilled(district) if entry.item in known)


def unit_recipient(campaign: Campaign, district: str, unit: str, prefilled: Iterable[Prefilled]) -> Recipient:
    """A member unit's workbook, with last year's values of what only it answers for; `prefilled`: the district's."""
    answers = campaign.answers_of(district, unit)
    last = (entry for entry in prefilled if entry.column and entry.item in answers)
    return Recipient(
        kind="unit", district=district, unit=unit, units=campaign.units_of(district), prefilled=tuple(last)
    )


def absent_units(campaign: Campaign, district: str) -> frozenset[str]:
    """Responsible units of `one_unit` items that the district's list lacks, and for which nobody else answers."""
    members = campaign.roster.units(district)
    present = campaign.roster.other_names(district)
    answered = {item for unit in members for item in unit.answers_for}
    items = (item for item in campaign.edition.items if is_absent(item, present, answered))
    return frozenset(item.responsible for item in items)


def is_absent(item: Item, present: Iterable[str], answered: Iterable[str]) -> bool:
    """Whether nobody on the list could answer the item."""
    return item.level == "one_unit" and item.responsible not in present and item.id not in answered


def select(campaign: Campaign, districts: Iterable[str], units: Iterable[str]) -> list[Recipient]:
    """The recipients that a command names; all where it names none. Order: the edition's, districts first."""
    named_districts, named_units = tuple(districts), tuple(units)
    known = campaign.district_names
    for name in named_districts:
        campaign.require_district(name)
    chosen = [name for name in known if not named_districts or name in named_districts]
    recipients: list[Recipient] = []
    for district in chosen:
        members = campaign.units_of(district)
        if not named_units:
            recipients.append(district_recipient(campaign, district))
        given = prefilled_of(campaign, district)
        asked = [unit for unit in members if not named_units or unit in named_units]
        recipients += [unit_recipient(campaign, district, unit, given) for unit in asked]
    offered = {recipient.unit for recipient in recipients}
    for unit in named_units:
        if unit not in offered:
            raise UsageError("unknown_unit", district="、".join(chosen), name=unit)
    return recipients


def prefilled_values(edition: Edition, recipient: Recipient) -> tuple[Value, ...]:
    """What the office filled into a recipient's workbook, as values without a cell."""
    names = [
        Value(
            district=recipient.district,
            unit=recipient.unit,
            item="member_units",
            row=row,
            column="unit",
            value=name,
            state=State.VALUE,
            raw=name,
            unit_of_measure=None,
            file=ROSTER_FILE,
            prefilled=True,
        )
        for row, name in enumerate(recipient.units, start=1)
        if recipient.kind == "district"
    ]
    given = [
        Value(
            district=recipient.district,
            unit=recipient.unit,
            item=entry.item,
            row=entry.row,
            column=entry.column,
            value=entry.value,
            state=State.NOT_APPLICABLE if entry.word == NOT_APPLICABLE_WORD else State.VALUE,
            raw=entry.raw,
            unit_of_measure=edition.item_by_id[entry.item].unit_of_measure,
            file=entry.source,
            prefilled=True,
        )
        for entry in recipient.prefilled
        if entry.item in edition.item_by_id
    ]
    return (*names, *given)

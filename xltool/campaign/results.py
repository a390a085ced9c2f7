"""What the stored returns say: rolled-up quantities, statuses, findings, indicators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from xltool import indicators as computing
from xltool import rollup
from xltool.campaign.opened import Campaign, Row
from xltool.campaign.recipients import absent_units, district_recipient, prefilled_values, up_to_date
from xltool.campaign.rows import finding_row, result_of, result_row, trace_rows, value_row
from xltool.errors import UsageError
from xltool.model.explanation import accepted_items, applied
from xltool.model.finding import Finding
from xltool.model.indicator import Result
from xltool.model.plan import Recipient
from xltool.model.quantity import Rolled, main_key
from xltool.model.review import Status
from xltool.model.states import State
from xltool.model.values import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What counts in a district: its values, what they say together, and the findings that stand."""

    values: tuple[Value, ...]
    rolled: Rolled
    findings: tuple[Finding, ...]


def counted(campaign: Campaign, district: str) -> Counted:
    """What a district's returns say together, all of one moment."""
    with campaign.store.at_once() as store:
        inside = replace(campaign, store=store)
        returns = store.current_returns(district)
        own = store.current_recipient(district)
        values = (*_prefilled(inside, district, own), *store.current_values(district))
        findings = store.findings(district)
    rolled = rollup.combine(
        campaign.edition,
        district,
        campaign.units_of(district),
        values,
        absent_units=absent_units(campaign, district),
        accepted=accepted_items(findings),
        returns={one.unit: one.sha256 for one in sorted(returns, key=lambda one: one.id)},
        carried=_carried_into(own),
    )
    return Counted(values=values, rolled=rolled, findings=findings)


def _prefilled(campaign: Campaign, district: str, returned: Recipient | None) -> tuple[Value, ...]:
    """What the office prefilled, for the recipient of the district's own workbook that came back.

    The names of units are those of that workbook, by the plan it was issued with; where none came back yet, those
    that would be issued now. Values of other systems count from when they were taken.
    """
    if returned is None:
        return prefilled_values(campaign.edition, district_recipient(campaign, district))
    return prefilled_values(campaign.edition, up_to_date(returned, campaign.store.prefilled(district)))


def roll_up(campaign: Campaign, district: str) -> Rolled:
    """What a district's returns say together."""
    return counted(campaign, district).rolled


def _carried_into(returned: Recipient | None) -> set[tuple[str, str]]:
    """(item, unit) of the units' answers that stood in the district's workbook when it went out, and is back."""
    return {(each.item, each.unit) for each in returned.carried} if returned is not None else set()


def roll_up_all(campaign: Campaign) -> dict[str, Rolled]:
    """All districts, in the notice's order."""
    return {district: roll_up(campaign, district) for district in campaign.district_names}


def statuses(campaign: Campaign) -> dict[str, Status]:
    """Each district's status: not filled until a return of its own or of one of its units was accepted."""
    returned = {returned.district for returned in campaign.store.current_returns()}
    heads = campaign.store.heads()
    started = {name: Status.DRAFT if name in returned else Status.NOT_STARTED for name in campaign.district_names}
    return {name: heads[name].status if name in heads else status for name, status in started.items()}


def in_words(campaign: Campaign, states: Mapping[str, Status]) -> dict[str, str]:
    """Districts' statuses as the edition calls them."""
    return {name: status.word(campaign.edition.statuses) for name, status in states.items()}


def values(campaign: Campaign, *, district: str | None = None) -> list[Row]:
    """Every stored and prefilled value with its provenance."""
    names = [campaign.require_district(district)] if district else campaign.district_names
    rows: list[Row] = []
    for name in names:
        found = counted(campaign, name)
        rows += [value_row(value, found.rolled.counting) for value in found.values]
    return rows


def findings(campaign: Campaign, *, district: str | None = None) -> list[Row]:
    """What is wrong and where, in the notice's order of districts."""
    return [finding_row(finding) for finding in standing(campaign, district=district)]


def standing(campaign: Campaign, *, district: str | None = None) -> tuple[Finding, ...]:
    """All findings as the office answered them: of the districts' returns, and behind them of field monitoring."""
    names = [campaign.require_district(district)] if district else campaign.district_names
    explanations = campaign.store.explanations()
    field: dict[str, list[Finding]] = {}
    for one in campaign.store.field_returns():
        field.setdefault(one.district, []).extend(applied(one.findings, explanations))
    return tuple(finding for name in names for finding in (*campaign.store.findings(name), *field.get(name, ())))


def results(campaign: Campaign) -> tuple[Result, ...]:
    """All indicators of all districts, on the values as they stand."""
    return computing.compute(campaign.edition, roll_up_all(campaign), in_words(campaign, statuses(campaign)))


def indicators(campaign: Campaign, *, snapshot: str | None = None) -> list[Row]:
    """All indicators of all districts, now or as a snapshot holds them."""
    if snapshot is None:
        return [result_row(result) for result in results(campaign)]
    content = campaign.store.load_snapshot(snapshot).content
    return [result_row(result_of(row)) for row in content["indicators"]]


def trace(campaign: Campaign, district: str, indicator: str) -> list[Row]:
    """Down to file, sheet and cell: where one indicator of one district comes from."""
    campaign.require_district(district)
    if indicator not in campaign.edition.indicator_by_id:
        raise UsageError("unknown_indicator", name=indicator)
    rolled = roll_up(campaign, district)
    return list(trace_rows(computing.trace(campaign.edition, rolled, indicator), rolled.counting))


def coverage(campaign: Campaign, district: str) -> Row:
    """How much of a district came back: its own workbook, its units' of those expected, and who is missing."""
    returned = {entry.unit for entry in campaign.store.current_returns(district)}
    units = campaign.units_of(district)
    return {
        "own_return": None in returned,
        "units_returned": sum(unit in returned for unit in units),
        "units_expected": len(units),
        "unreturned": tuple(unit for unit in units if unit not in returned),
    }


def parts(campaign: Campaign, rolled: Rolled) -> list[Row]:
    """The parts of indicators that the notice computes by themselves, of one district."""
    return [
        {"indicator": indicator.id, "label": label, "value": quantity.value, "state": quantity.state}
        for indicator in campaign.edition.indicators
        if indicator.parts
        for label, _, quantity in computing.trace(campaign.edition, rolled, indicator.id).parts
    ]


def figures(campaign: Campaign, rolled: Rolled, items: Iterable[str]) -> list[Row]:
    """The figures of these items in one district; of those that each unit answers, how many units entered."""
    rows: list[Row] = []
    for name in items:
        key = main_key(campaign.edition.item_by_id[name])
        quantity, by_unit = rolled.quantities[key], rolled.by_unit.get(key)
        answered = None if by_unit is None else sum(one.state is State.VALUE for one in by_unit.values())
        rows.append(
            {
                "item": name,
                "value": quantity.value,
                "state": quantity.state,
                "answered": answered,
                "expected": None if by_unit is None else len(by_unit),
            }
        )
    return rows

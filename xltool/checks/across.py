"""Checks on what all returns of a district say together: rules over several files, conflicts, coverage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from xltool import messages
from xltool.checks.culprit import in_words, suspects
from xltool.checks.folding import folded, under
from xltool.checks.history import change_finding, change_of, number
from xltool.checks.judging import Judged, Verdict, constants_of, finding_of, judge
from xltool.checks.magnitude import echo, mistake_finding, mistakes
from xltool.checks.within import file_of, judged_by_unit
from xltool.model.edition import Check, Edition, Item, Level, Scope, Severity
from xltool.model.finding import Finding
from xltool.model.numbers import shown
from xltool.model.quantity import Quantity, Rolled, main_key
from xltool.model.states import SHOWN, State
from xltool.model.values import Value


def check_district(rolled: Rolled, edition: Edition, findings: Iterable[Finding] = ()) -> tuple[Finding, ...]:
    """Findings that no single file could give; their `file` is None.

    A check whose inputs all stand in one file is that file's. One whose inputs are all prefilled is the office's:
    a hint that blocks nobody.

    Args:
        rolled: What counts in the district.
        edition: The checks.
        findings: Those of the district's current files; what follows from an error there is folded, and a
            violation that the district's own file already has is not said twice.
    """
    known = tuple(findings)
    said = {finding.id for finding in known}
    found: list[Finding] = []
    constants = constants_of(edition)
    everywhere = [(unit, judged) for check in edition.checks for unit, judged in judged_over(check, rolled, constants)]
    suspected = suspects([judged for _, judged in everywhere], edition)
    for order, (unit, judged) in enumerate(everywhere):
        if judged.verdict is Verdict.VIOLATED and (judged.is_prefilled or len(judged.owners) > 1):
            whole = finding_of(judged, edition, rolled.district, unit=unit, file=None, whose=unit)
            whole = replace(whole, message=whole.message + in_words(suspected.get(order), judged, edition))
            if whole.id not in said:
                found.append(echo(folded(whole, judged.sources, known), judged, known))
    found += (conflict(rolled, edition, *pair) for pair in rolled.conflicts)
    silent = tuple(unanswered_units(rolled, edition))
    found += compared_over(rolled, edition, (*known, *silent))
    return (*found, *silent, *unanswered_items(rolled, edition, known))


def compared_over(rolled: Rolled, edition: Edition, known: tuple[Finding, ...]) -> Iterator[Finding]:
    """What the district's figures say against last year's, where no single file says it.

    A total that fell while units have not answered yet follows from that.
    """
    wrong = [
        mistake_finding(mistake, rolled.district)
        for mistake in mistakes(edition, rolled)
        if not file_of(rolled, mistake.item)
    ]
    yield from wrong
    silent = {finding.item: finding for finding in known if finding.code == "units_unanswered"}
    for limit in edition.comparisons.changes:
        judged = change_of(limit, rolled.quantities, edition)
        if judged is None or file_of(rolled, edition.item_by_id[limit.item]):
            continue
        change = change_finding(judged, edition, rolled.district, unit=None, file=None)
        fell = number(judged.inputs[0][1]) < number(judged.inputs[1][1])
        cause = silent.get(limit.item) if fell else None
        cause = cause or next((finding for finding in wrong if finding.item == limit.item), None)
        yield under(change, cause) if cause is not None else folded(change, judged.sources, known)


def judged_over(check: Check, rolled: Rolled, constants: Mapping[str, Quantity]) -> Iterator[tuple[str | None, Judged]]:
    """A check wherever it applies in the district."""
    if check.scope is Scope.UNIT:
        yield from judged_by_unit(check, rolled, constants)
    elif check.scope is Scope.DISTRICT:
        yield None, judge(check, {**rolled.quantities, **constants})


def conflict(rolled: Rolled, edition: Edition, district: Value, unit: Value) -> Finding:
    """District and unit give different values; the district's counts until they agree."""
    return finding(
        rolled,
        "unit_district_conflict",
        edition.item_by_id[district.item],
        at=district,
        unit=unit.unit,
        district_value=as_shown(district),
        district_cell=place(district),
        unit_value=as_shown(unit),
        unit_cell=place(unit),
    )


def unanswered_units(rolled: Rolled, edition: Edition) -> Iterator[Finding]:
    """One warning an `each_unit` item, naming the units that did not enter; once anything came back."""
    for item in edition.items:
        if item.level is not Level.EACH_UNIT or not rolled.files:
            continue
        by_unit = rolled.by_unit[main_key(item)]
        silent = [unit for unit in rolled.units if by_unit[unit].state is State.MISSING]
        if silent:
            yield finding(rolled, "units_unanswered", item, count=len(silent), units="、".join(silent))


def unanswered_items(rolled: Rolled, edition: Edition, known: Iterable[Finding]) -> Iterator[Finding]:
    """One error a `one_unit` item that neither district nor unit answered, once the district's workbook is in.

    It follows from the unit's own blank or unreadable cell, where there is one. A cell of the district that
    can't be read has its own finding.
    """
    causes = {
        cause.item: cause
        for cause in known
        if cause.unit is not None and cause.column is None and cause.severity is Severity.ERROR
    }
    for item in edition.items:
        quantity = rolled.quantities[main_key(item)]
        required = item.is_table or (item.rules is not None and item.rules.required)
        if item.level is not Level.ONE_UNIT or not required or not rolled.own_return:
            continue
        unreadable = any(source.unit is None and not source.is_blank for source in quantity.sources)
        if quantity.state is State.MISSING and not unreadable:
            said = finding(rolled, "unanswered_item", item)
            yield under(said, causes[item.id]) if item.id in causes else said


def finding(
    rolled: Rolled, code: str, item: Item, *, at: Value | None = None, unit: str | None = None, **context: object
) -> Finding:
    """A finding of the whole district about one item; `at` is the value that it concerns."""
    words = {"label": item.label, "unit": unit or item.responsible, **context}
    text, message, action = messages.finding(code, **words)
    return Finding(
        about="check",
        code=code,
        severity=Severity(text.severity),
        district=rolled.district,
        unit=unit,
        scope=Scope.DISTRICT,
        item=item.id,
        row=at.row if at is not None else None,
        column=at.column if at is not None else None,
        raw=at.raw if at is not None else None,
        message=message,
        action=action,
    )


def as_shown(value: Value) -> str:
    """A value as a message says it."""
    if isinstance(value.value, int | float):
        return shown(value.value)
    return SHOWN.get(value.state) or str(value.value)


def place(value: Value) -> str:
    """Where a value stands; the office's have no cell."""
    return f"{value.sheet}!{value.cell}" if value.cell is not None else "市级预填"

"""Checks on the values of one file; the workbook's live verdicts are compared with these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from xltool.checks.culprit import in_words, suspects
from xltool.checks.folding import folded, under, under_errors
from xltool.checks.history import change_finding, change_of
from xltool.checks.judging import Judged, Verdict, constants_of, finding_of, judge
from xltool.checks.magnitude import echo, mistake_finding, mistakes
from xltool.checks.peers import is_partial
from xltool.expression import operands, parse
from xltool.model.changes import in_one_file
from xltool.model.edition import Check, Edition, Item, Level, Scope
from xltool.model.entries import listing
from xltool.model.finding import Finding
from xltool.model.plan import Plan
from xltool.model.quantity import MISSING, Quantity, Rolled, main_key, quantity_of
from xltool.model.submission import Submission
from xltool.model.values import Value


def check_file(
    rolled: Rolled, submission: Submission, plan: Plan, edition: Edition, findings: Iterable[Finding] = ()
) -> tuple[Finding, ...]:
    """Findings of the checks of rows, units and the district on what one file says by itself.

    A check whose inputs the office all filled in is left to `check_district`.

    Args:
        rolled: This file's values and the prefilled ones of its workbook, rolled up by themselves.
        submission: The file.
        plan: What it holds.
        edition: The checks.
        findings: What was already said of the file's cells; what follows from an error there is folded.
    """
    constants = constants_of(edition)
    causes = tuple(findings)
    identity = submission.identity
    compared = tuple(compared_in(rolled, submission, edition, causes))
    everywhere = [
        (judged, whose)
        for check in edition.checks
        for judged, whose in judged_in(check, rolled, submission, plan, edition, constants)
    ]
    suspected = suspects([judged for judged, _ in everywhere], edition)
    found: list[Finding] = []
    sole: dict[str, Value | None] = {}
    for number, (judged, whose) in enumerate(everywhere):
        if judged.verdict is Verdict.VIOLATED and not judged.is_prefilled:
            named = whose if identity.unit is None else None
            said = finding_of(judged, edition, identity.district, unit=identity.unit, file=submission.file, whose=named)
            said = replace(said, message=said.message + in_words(suspected.get(number), judged, edition))
            found.append(echo(folded(said, judged.sources, causes), judged, compared))
            sole[found[-1].id] = suspected[number].sole if number in suspected else None
    return (*under_errors(found, sole), *compared)


def compared_in(
    rolled: Rolled, submission: Submission, edition: Edition, causes: Iterable[Finding]
) -> Iterator[Finding]:
    """What a file's own figures say against last year's: mistakes of unit, then large changes that are none."""
    identity, file, known = submission.identity, submission.file, tuple(causes)
    said = [
        folded(mistake_finding(mistake, identity.district, file=file), mistake.quantity.sources, known)
        for mistake in mistakes(edition, rolled)
        if file_of(rolled, mistake.item) == (identity.unit,)
    ]
    yield from said
    for limit in edition.comparisons.changes:
        judged = change_of(limit, rolled.quantities, edition)
        if judged is not None and file_of(rolled, edition.item_by_id[limit.item]) == (identity.unit,):
            change = change_finding(judged, edition, identity.district, unit=identity.unit, file=file)
            cause = next((finding for finding in said if finding.item == limit.item), None)
            yield under(change, cause) if cause is not None else folded(change, judged.sources, known)


def file_of(rolled: Rolled, item: Item) -> tuple[str | None, ...]:
    """Whose one file holds all of a figure, typed: (the unit,), or (None,) for the district's own; () for no such file.

    That file is asked about it, else the district. A unit's own figure is no total of the district's.
    """
    operand = main_key(item)
    sources = rolled.quantities[operand].sources
    owners = tuple({source.unit for source in sources})
    typed = not any(source.prefilled for source in sources) and not is_partial(rolled, operand)
    return owners if len(owners) == 1 and typed and (owners == (None,) or in_one_file(item)) else ()


def judged_in(
    check: Check,
    rolled: Rolled,
    submission: Submission,
    plan: Plan,
    edition: Edition,
    constants: Mapping[str, Quantity],
) -> Iterator[tuple[Judged, str | None]]:
    """A check wherever it applies in the file, with the unit it is about."""
    match check.scope:
        case Scope.ROW:
            yield from ((judge(check, {**constants, **row}), None) for row in rows_of(check, submission, plan, edition))
        case Scope.UNIT:
            yield from ((judged, unit) for unit, judged in judged_by_unit(check, rolled, constants))
        case Scope.DISTRICT if belongs(check, plan, edition):
            yield judge(check, {**rolled.quantities, **constants}), None
        case _:
            return


def rows_of(check: Check, submission: Submission, plan: Plan, edition: Edition) -> Iterator[Mapping[str, Quantity]]:
    """The filled rows of a check's table, as operands by column; rows that declare a unit's list empty aside."""
    table = check.table or ""
    item = edition.item_by_id.get(table)
    of_units = plan.kind == "district" and item is not None and item.level is Level.EACH_UNIT
    for entry in listing(value for value in submission.values if value.item == table).entries:
        if not (of_units and item is not None and entry.says_nothing(item)):
            yield {
                column.id: quantity_of(entry.cells.get(column.id), column.rules) for column in edition.columns_of(table)
            }


def judged_by_unit(check: Check, rolled: Rolled, constants: Mapping[str, Quantity]) -> Iterator[tuple[str, Judged]]:
    """A check of scope `unit` on each member unit; on those of which nothing is known, nearly all of one file, once."""
    silent: Judged | None = None
    for unit in rolled.units:
        own = rolled.of_units.get(unit)
        if own is not None:
            yield unit, judge(check, {**own, **constants})
            continue
        silent = silent or judge(check, {**dict.fromkeys(rolled.by_unit, MISSING), **constants})
        yield unit, silent


def belongs(check: Check, plan: Plan, edition: Edition) -> bool:
    """Whether the workbook holds all that a check of the district needs.

    A unit's own figures are not the district's totals, so checks on these are not for its workbook.
    """
    for leaf in operands(parse(check.expression)):
        item = edition.item_by_id.get(leaf.name)
        if item is None:
            if leaf.name in edition.constants:
                continue
            return plan.kind == "district"
        if item.id not in plan.answers or (plan.kind == "unit" and item.level is Level.EACH_UNIT):
            return False
    return True

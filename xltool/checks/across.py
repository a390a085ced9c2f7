"""Checks on what all returns of a district say together: rules over several files, conflicts, coverage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from xltool.checks.conflicts import conflicts, named_by_several
from xltool.checks.culprit import in_words, suspects
from xltool.checks.folding import folded, under
from xltool.checks.gaps import NO_CELLS, Cells, unanswered_items, unanswered_units
from xltool.checks.history import change_finding, change_of, number
from xltool.checks.judging import Judged, Verdict, constants_of, finding_of, judge
from xltool.checks.magnitude import echo, mistake_finding, mistakes
from xltool.checks.within import file_of, judged_by_unit
from xltool.model.edition import Check, Edition, Scope
from xltool.model.finding import Finding
from xltool.model.quantity import Quantity, Rolled


def check_district(
    rolled: Rolled, edition: Edition, findings: Iterable[Finding] = (), cells: Cells = NO_CELLS
) -> tuple[Finding, ...]:
    """Findings that no single file could give; their `file` is None.

    A check whose inputs all stand in one file is that file's. One whose inputs are all prefilled is the office's:
    a hint that blocks nobody.

    Args:
        rolled: What counts in the district.
        edition: The checks.
        findings: Those of the district's current files; what follows from an error there is folded, and a
            violation that the district's own file already has is not said twice.
        cells: Where the items stand in the workbooks that came back, so that gaps can name both cells.
    """
    known = tuple(findings)
    said = {finding.id for finding in known}
    judged_there = {finding.rule for finding in known if finding.file is not None and finding.unit is None}
    found: list[Finding] = []
    constants = constants_of(edition)
    everywhere = [(unit, judged) for check in edition.checks for unit, judged in judged_over(check, rolled, constants)]
    suspected = suspects([judged for _, judged in everywhere], edition)
    for order, (unit, judged) in enumerate(everywhere):
        if judged.verdict is Verdict.VIOLATED and (judged.is_prefilled or len(judged.owners) > 1):
            whole = finding_of(judged, edition, rolled.district, unit=unit, file=None, whose=unit)
            whole = replace(whole, message=whole.message + in_words(suspected.get(order), judged, edition))
            if whole.id not in said and not (unit is None and judged.check.id in judged_there):
                found.append(echo(folded(whole, judged.sources, known), judged, known))
    found += (*conflicts(rolled, edition), *named_by_several(rolled, edition))
    silent = tuple(unanswered_units(rolled, edition, cells))
    found += compared_over(rolled, edition, (*known, *silent))
    return (*found, *silent, *unanswered_items(rolled, edition, known, cells))


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

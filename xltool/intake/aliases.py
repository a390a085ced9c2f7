"""Member units that a district's workbook names in other words than its dropdown's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from xltool.intake.characters import folded
from xltool.model.catalogued import catalogued
from xltool.model.entries import UNIT_COLUMN
from xltool.model.finding import Finding
from xltool.model.plan import Plan
from xltool.model.states import State
from xltool.model.submission import Submission
from xltool.model.values import Value


def with_units_named(
    submission: Submission, plan: Plan, units: tuple[str, ...], names: Mapping[str, str]
) -> Submission:
    """The submission with the units' own names, each with a hint; what is nobody's name stays as it was typed.

    `names` are the office's other names of the units, each with the unit's.
    """
    known = {folded(name): unit for name, unit in names.items() if unit in units}
    values: list[Value] = []
    found: list[Finding] = []
    for value in submission.values:
        unit = known.get(folded(value.value)) if isinstance(value.value, str) else None
        if value.column != UNIT_COLUMN or value.state is not State.VALUE or value.value in units or unit is None:
            values.append(value)
            continue
        values.append(replace(value, value=unit))
        found.append(_hint(submission, plan, value, unit))
    return replace(submission, values=tuple(values), findings=(*submission.findings, *found))


def _hint(submission: Submission, plan: Plan, value: Value, unit: str) -> Finding:
    _, cell = plan.inputs[value.item, value.row, value.column]
    label = plan.slots[cell.slot or ""].label
    return catalogued(
        "unit_alias",
        {"label": label, "raw": value.value, "value": unit},
        district=submission.identity.district,
        unit=submission.identity.unit,
        item=value.item,
        row=value.row,
        column=value.column,
        file=submission.file,
        sheet=value.sheet,
        cell=value.cell,
        raw=value.raw,
        expected=unit,
    )

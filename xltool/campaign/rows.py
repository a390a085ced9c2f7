"""The flat objects that `--json` prints, field by field as the contract names them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, fields

from xltool.model.edition import Scope, Severity
from xltool.model.finding import Finding
from xltool.model.indicator import Result, Trace
from xltool.model.quantity import Quantity
from xltool.model.states import State
from xltool.model.values import Value
from xltool.store import Return

Row = dict[str, object]

VALUE_FIELDS = (
    "district",
    "unit",
    "item",
    "row",
    "column",
    "value",
    "state",
    "raw",
    "unit_of_measure",
    "counts",
    "file",
    "sha256",
    "sheet",
    "cell",
    "version",
)
RETURN_FIELDS = ("unit", "version", "file", "sha256", "received_at")
PLACE_FIELDS = ("file", "sha256", "sheet", "cell")
FINDING_FIELDS = (
    "id",
    "about",
    "code",
    "severity",
    "rule",
    "scope",
    "district",
    "unit",
    "item",
    "row",
    "column",
    "file",
    "sheet",
    "cell",
    "raw",
    "expected",
    "message",
    "action",
    "status",
    "follows_from",
    "explanation",
    "by",
    "version",
)
RESULT_FIELDS = tuple(field.name for field in fields(Result))


def value_row(value: Value, counting: Collection[Value]) -> Row:
    """A value with its provenance; `counts` says whether the roll-up uses it."""
    row: Row = {name: getattr(value, name) for name in VALUE_FIELDS if name != "counts"}
    row["counts"] = value in counting
    return {name: row[name] for name in VALUE_FIELDS}


def finding_row(finding: Finding) -> Row:
    """A finding; its id first."""
    return {name: getattr(finding, name) for name in FINDING_FIELDS}


def finding_of(row: Row) -> Finding:
    """The finding that `finding_row` made a row of."""
    fields = {name: value for name, value in row.items() if name != "id"}
    fields["severity"] = Severity(str(row["severity"]))
    fields["scope"] = None if row["scope"] is None else Scope(str(row["scope"]))
    return Finding(**fields)  # type: ignore[arg-type]


def return_row(returned: Return) -> Row:
    """A return that counts, as a snapshot keeps it."""
    return {name: getattr(returned, name) for name in RETURN_FIELDS}


def result_row(result: Result) -> Row:
    """A computed indicator of a district."""
    return asdict(result)


def result_of(row: Row) -> Result:
    """The result that `result_row` made a row of."""
    return Result(**{**row, "state": State(str(row["state"]))})  # type: ignore[arg-type]


def trace_rows(trace: Trace, counting: Collection[Value]) -> Iterable[Row]:
    """One row a value behind the indicator; an operand without any value is one row that says its state.

    At the end the parts that the notice computes by themselves, one row each: `input` is the part's name.
    """
    for text, unit, quantity in trace.inputs:
        head = trace_head(trace, trace.formula, text, unit)
        if not quantity.sources:
            yield computed_row(head, quantity)
        for source in quantity.sources:
            place = {name: getattr(source, name) for name in PLACE_FIELDS}
            owner = unit if unit is not None else source.unit
            found = {"value": source.value, "state": source.state, "raw": source.raw, "counts": source in counting}
            yield {**head, "unit": owner, **found, **place}
    for label, formula, quantity in trace.parts:
        yield computed_row(trace_head(trace, formula, label, None), quantity)


def trace_head(trace: Trace, formula: str, text: str, unit: str | None) -> Row:
    """What all rows of a trace begin with."""
    return {
        "district": trace.district,
        "indicator": trace.indicator,
        "formula": formula,
        "input": text,
        "unit": unit,
    }


def computed_row(head: Row, quantity: Quantity) -> Row:
    """A row for a quantity that stands in no single cell."""
    found = {"value": quantity.value, "state": quantity.state, "raw": None, "counts": False}
    return {**head, **found, **dict.fromkeys(PLACE_FIELDS)}

"""Values with their provenance, exactly as they were read."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, select

from xltool.model.states import State
from xltool.model.values import Scalar, Value
from xltool.store.records import Return
from xltool.store.schema import entries

_BIGGEST = 2**63
_STATES = {str(state): state for state in State}
_NOTHING: dict[str, object] = {"type": None, "integer": None, "number": None, "text": None}


def insert(connection: Connection, return_id: int, values: Iterable[Value]) -> None:
    """Store the values of one return. Whose they are, and the file, stand with the return itself."""
    rows = [
        {
            "return_id": return_id,
            "position": position,
            "item": value.item,
            "entry": value.row,
            "field": value.column,
            **encode(value.value),
            "state": str(value.state),
            "raw": value.raw,
            "unit_of_measure": value.unit_of_measure,
            "sheet": value.sheet,
            "cell": value.cell,
            "prefilled": value.prefilled,
            "source": value.file if value.prefilled else None,
        }
        for position, value in enumerate(values)
    ]
    if rows:
        connection.execute(entries.insert(), rows)


def of_returns(connection: Connection, returns: Sequence[Return], ids: Select[Any]) -> tuple[Value, ...]:
    """The values of some returns, in the returns' order; `ids` selects the same returns by id."""
    found: dict[int, list[Value]] = {returned.id: [] for returned in returns}
    by_id = {returned.id: returned for returned in returns}
    query = select(entries).where(entries.c.return_id.in_(ids)).order_by(entries.c.return_id, entries.c.position)
    for row in connection.execute(query):
        found[row.return_id].append(_value(row, by_id[row.return_id]))
    return tuple(value for values in found.values() for value in values)


def encode(value: Scalar | None) -> dict[str, object]:
    """The columns of a value: 12, 12.0 and the text 12 stay what they are."""
    if value is None:
        return _NOTHING
    if isinstance(value, str):
        return {**_NOTHING, "type": "text", "text": value}
    if isinstance(value, int):
        if -_BIGGEST <= value < _BIGGEST:
            return {**_NOTHING, "type": "integer", "integer": int(value)}
        return {**_NOTHING, "type": "integer", "text": str(value)}  # more digits than the database counts with
    if not math.isfinite(value):
        raise ValueError(value)
    return {**_NOTHING, "type": "number", "number": value}


def decode(kind: str | None, integer: int | None, number: float | None, text: str | None) -> Scalar | None:
    """The value that `encode` made columns of."""
    if kind == "integer":
        return integer if integer is not None else int(text or "")
    return number if kind == "number" else text


def _value(row: Any, returned: Return) -> Value:  # noqa: ANN401 - a row of a select has no static type
    return Value(
        district=returned.district or "",
        unit=returned.unit,
        item=row.item,
        row=row.entry,
        column=row.field,
        value=decode(row.type, row.integer, row.number, row.text),
        state=_STATES[row.state],
        raw=row.raw,
        unit_of_measure=row.unit_of_measure,
        file=row.source if row.prefilled else returned.file,
        sha256=None if row.prefilled else returned.sha256,
        sheet=row.sheet,
        cell=row.cell,
        version=None if row.prefilled else returned.version,
        prefilled=row.prefilled,
    )

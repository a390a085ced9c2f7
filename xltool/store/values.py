"""Values with their provenance, exactly as they were read."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, select

from xltool.model.states import State
from xltool.model.values import Scalar, Value
from xltool.store import bulk
from xltool.store.records import Return
from xltool.store.schema import entries, storable

_BIGGEST = 2**63
_STATES = {str(state): state for state in State}
_NAMES = (
    *("return_id", "position", "item", "entry", "field", "type", "integer", "number", "text", "state", "raw"),
    *("unit_of_measure", "sheet", "cell", "prefilled", "source"),
)


def row(position: int, value: Value) -> tuple[object, ...]:
    """A value's row, without the number of its return. Whose it is, and the file, stand with the return itself."""
    return (
        *(position, value.item, value.row, value.column, *encode(value.value), str(value.state), storable(value.raw)),
        *(value.unit_of_measure, storable(value.sheet), value.cell, value.prefilled),
        storable(value.file) if value.prefilled else None,
    )


def insert(connection: Connection, return_id: int, rows: Iterable[tuple[object, ...]]) -> None:
    """Store the values of one return, of each what `row` gives."""
    bulk.insert(connection, entries, _NAMES, [(return_id, *row) for row in rows])


def of_returns(connection: Connection, returns: Sequence[Return], ids: Select[Any]) -> tuple[Value, ...]:
    """The values of some returns, in the returns' order; `ids` selects the same returns by id."""
    found: dict[int, list[Value]] = {returned.id: [] for returned in returns}
    by_id = {returned.id: returned for returned in returns}
    query = select(*_COLUMNS).where(entries.c.return_id.in_(ids)).order_by(entries.c.return_id, entries.c.position)
    for number, *row in connection.execute(query).all():
        found[number].append(_value(by_id[number], *row))
    return tuple(value for values in found.values() for value in values)


def encode(value: Scalar | None) -> tuple[str | None, int | None, float | None, str | None]:
    """The columns `type`, `integer`, `number`, `text` of a value: 12, 12.0 and the text 12 stay what they are."""
    if value is None:
        return None, None, None, None
    if isinstance(value, str):
        return "text", None, None, storable(value)
    if isinstance(value, int):
        if -_BIGGEST <= value < _BIGGEST:
            return "integer", int(value), None, None
        return "integer", None, None, str(value)  # more digits than the database counts with
    if not math.isfinite(value):
        raise ValueError(value)
    return "number", None, value, None


def decode(kind: str | None, integer: int | None, number: float | None, text: str | None) -> Scalar | None:
    """The value that `encode` made columns of."""
    if kind == "integer":
        return integer if integer is not None else int(text or "")
    return number if kind == "number" else text


_COLUMNS = [entries.c[name] for name in _NAMES if name != "position"]


def _value(  # noqa: PLR0913, PLR0917 - one a column
    returned: Return,
    item: str,
    row: int | None,
    column: str | None,
    kind: str | None,
    integer: int | None,
    number: float | None,
    text: str | None,
    state: str,
    raw: str | None,
    unit_of_measure: str | None,
    sheet: str | None,
    cell: str | None,
    prefilled: bool,  # noqa: FBT001 - in the order of the columns
    source: str | None,
) -> Value:
    return Value(
        district=returned.district or "",
        unit=returned.unit,
        item=item,
        row=row,
        column=column,
        value=decode(kind, integer, number, text),
        state=_STATES[state],
        raw=raw,
        unit_of_measure=unit_of_measure,
        file=source if prefilled else returned.file,
        sha256=None if prefilled else returned.sha256,
        sheet=sheet,
        cell=cell,
        version=None if prefilled else returned.version,
        prefilled=prefilled,
    )
